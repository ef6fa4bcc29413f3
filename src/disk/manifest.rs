//! The list of what this program wrote into an output folder. Nothing else in the folder is changed or removed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::file::{self, Existing};
use crate::text::{MANIFEST, SitePath};

/// How the names of what this program keeps in an output folder for itself begin.
const OWN: &str = ".casebook-";

/// What this program wrote into a folder.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    generator: String,
    /// The BLAKE3 hash of each file, by its path.
    pub(super) files: BTreeMap<String, String>,
    /// What was about to be written when the program was last interrupted.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) pending: BTreeSet<String>,
}

impl Manifest {
    /// The manifest of a site whose files are all in place.
    pub(super) fn of(files: BTreeMap<String, String>) -> Self {
        Self { files, ..Self::default() }
    }

    /// The manifest of `folder`; an empty one in a folder that holds nothing.
    ///
    /// # Errors
    ///
    /// It is damaged, or missing in a folder that holds files.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        if let Some(json) = file::read(folder, &manifest_path())? {
            return serde_json::from_slice(&json).with_context(|| {
                let path = folder.join(MANIFEST);
                format!(
                    "{} is damaged; delete the folder {} if nothing in it is yours",
                    path.display(),
                    folder.display()
                )
            });
        }
        let is_foreign = |name: &str| !name.starts_with(OWN);
        let names = fs::read_dir(folder)?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        if let Some(foreign) = names.into_iter().find(|name| is_foreign(name)) {
            bail!(
                "the output folder {} holds files that casebook did not write, such as {foreign}; choose an empty folder with --output, or move them away",
                folder.display(),
            );
        }
        Ok(Self::default())
    }

    /// Writes the manifest into `folder` by way of the folder `waiting`, unless it is there already.
    ///
    /// # Errors
    ///
    /// It cannot be written. The old one stays.
    pub(super) fn write(&mut self, folder: &Path, waiting: &Path) -> Result<()> {
        self.generator = concat!("casebook ", env!("CARGO_PKG_VERSION")).to_owned();
        let mut json = serde_json::to_string_pretty(self)?;
        json.push('\n');
        if file::read(folder, &manifest_path())?.is_some_and(|old| old == json.as_bytes()) {
            return Ok(());
        }
        file::put(waiting, &folder.join(MANIFEST), json.as_bytes(), Existing::Replaced)
    }

    /// The number of files, when `folder` holds all of them as they were last written; none when any of them is gone or was
    /// changed.
    pub(super) fn count_if_whole(&self, folder: &Path) -> Option<usize> {
        let is_whole = |(path, hash): (&String, &String)| {
            let path = SitePath::new(path).ok()?;
            let bytes = file::read(folder, &path).ok()??;
            (blake3::hash(&bytes).to_hex().as_str() == hash).then_some(())
        };
        let is_finished = self.pending.is_empty() && !self.files.is_empty();
        let all = is_finished.then(|| self.files.par_iter().try_for_each(is_whole))?;
        all.map(|()| self.files.len())
    }

    /// Whether this program wrote the file at a path, or was about to.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.pending.contains(path)
    }

    /// Whether this program wrote a file below a folder, or was about to.
    pub(super) fn has_below(&self, folder: &SitePath) -> bool {
        let start = format!("{folder}/");
        let file = self.files.range(start.clone()..).next().map(|(path, _)| path);
        [file, self.pending.range(start.clone()..).next()].into_iter().flatten().any(|path| path.starts_with(&start))
    }

    /// The paths of all files that this program wrote or was about to write, in order.
    pub(super) fn paths(&self) -> BTreeSet<&str> {
        self.files.keys().chain(&self.pending).map(String::as_str).collect()
    }
}

fn manifest_path() -> SitePath {
    SitePath::new(MANIFEST).expect("the name is a path")
}
