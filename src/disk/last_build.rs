//! What the last build read and said, in the folder `.casebook/` of the site: a build of the same files says it again.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};

use super::link_cache::{FOLDER, write_ignored};
use crate::text::{SitePath, SourceSet};

const FILE: &str = "last-build.json";

/// What a build read, and what it said.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBuild {
    /// The hash of all that the site is made from, by [`fingerprint`].
    pub input: String,
    /// The folder that the site was written to.
    pub output: String,
    /// The findings as they were told.
    pub findings: String,
    /// The counts of findings and reviews as they were told.
    pub summary: String,
}

impl LastBuild {
    /// The last build of the site at `root`; none when there was none, or what is kept of it cannot be read.
    pub fn read(root: &Path) -> Option<Self> {
        let text = super::file::read(root, &path().ok()?).ok()??;
        serde_json::from_slice(&text).ok()
    }

    /// Keeps this build for the next one.
    ///
    /// # Errors
    ///
    /// The folder or the file cannot be written.
    pub fn write(&self, root: &Path) -> Result<()> {
        let text = serde_json::to_string(self).context("the last build cannot be kept")?;
        write_ignored(root, &path()?, &text)
    }
}

fn path() -> Result<SitePath> {
    SitePath::new(&format!("{FOLDER}/{FILE}")).map_err(|error| anyhow!("{FILE} {error}"))
}

/// A hash of everything that a site is made from: this program, the files, and what `others` say, such as the day.
pub fn fingerprint(sources: &SourceSet, others: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &str| {
        // The length before each part keeps the parts apart.
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    };
    for (path, source) in &sources.texts {
        add(path.as_str());
        add(&source.text);
    }
    for (path, asset) in &sources.assets {
        add(path.as_str());
        add(&format!("{:?} {:?} {:?}", asset.hash, asset.pixels, asset.risk));
    }
    add(&format!("{:?} {:?}", sources.problems, sources.link_statuses));
    others.iter().for_each(|other| add(other));
    add(&program());
    hasher.finalize().to_hex().to_string()
}

/// The program that runs, told apart from other builds of the same version.
fn program() -> String {
    let metadata = std::env::current_exe().and_then(std::fs::metadata);
    let build = metadata.map(|metadata| (metadata.len(), metadata.modified().ok()));
    format!("{} {build:?}", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::{LastBuild, fingerprint};
    use crate::text::{SitePath, SourceSet};

    #[test]
    fn whatever_changes_has_another_fingerprint() {
        let of = |files: &[(&str, &str)], others: &[&str]| {
            let mut sources = SourceSet::default();
            files.iter().for_each(|(path, text)| sources.add_text(SitePath::new(path).unwrap(), text));
            fingerprint(&sources, others)
        };
        let all = [
            of(&[], &[]),
            of(&[("a", "b")], &[]),
            of(&[("a", "c")], &[]),
            of(&[("ab", "")], &[]),
            of(&[("a", "")], &["b"]),
            of(&[("a", "b")], &["2026-01-01"]),
            of(&[("a", "b")], &["2026-01-02"]),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(!all[..at].contains(one), "{at}");
        }
        assert_eq!(all[1], of(&[("a", "b")], &[]));
    }

    #[test]
    fn a_build_is_kept_unless_it_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(LastBuild::read(folder.path()), None);
        let [input, output, findings, summary] = ["1", "public", "none", "0 errors"].map(str::to_owned);
        let build = LastBuild { input, output, findings, summary };
        build.write(folder.path()).unwrap();
        assert_eq!(LastBuild::read(folder.path()), Some(build));
        std::fs::write(folder.path().join(".casebook/last-build.json"), "{").unwrap();
        assert_eq!(LastBuild::read(folder.path()), None);
        assert!(folder.path().join(".casebook/.gitignore").exists());
    }
}
