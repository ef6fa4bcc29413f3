//! The output folder: staged inside itself, put in place at once, never touching what this program did not write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use super::file::{self, Existing};
use super::lock::Lock;
use crate::text::{MANIFEST, Output, SitePath};

/// How the names of what this program keeps in an output folder for itself begin.
const OWN: &str = ".casebook-";

/// How the name of the folder begins in which files wait. What a killed build left there is removed by the next one.
const STAGING: &str = ".casebook-staging";

/// What this program wrote into a folder.
#[derive(Default, Serialize, Deserialize)]
struct Manifest {
    generator: String,
    /// The BLAKE3 hash of each file, by its path.
    files: BTreeMap<String, String>,
    /// What was about to be written when the program was last interrupted.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pending: BTreeSet<String>,
}

/// An output folder, locked while this program writes it.
pub struct OutputFolder {
    folder: PathBuf,
    site: PathBuf,
    manifest: Manifest,
    staging: TempDir,
    /// The folders that were made for it, the outermost first.
    made: Vec<PathBuf>,
    /// Given back when everything is in place.
    _lock: Lock,
}

/// An output that is ready to be put in place.
#[derive(Debug)]
pub struct Staged {
    path: SitePath,
    hash: String,
    /// Whether its bytes wait; the file in place has them already when not.
    is_waiting: bool,
}

/// What putting in place did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files that are no longer part of the site, in order.
    pub removed: Vec<SitePath>,
    /// Files that the build before did not have.
    pub added: BTreeSet<SitePath>,
}

impl OutputFolder {
    /// Opens `folder` for the site in `site`, and makes it when nothing speaks against it.
    ///
    /// # Errors
    ///
    /// The folder holds files but no manifest, so casebook did not write them; it is part of the site itself, or a
    /// link in it; or another build is writing it.
    pub fn open(folder: &Path, site: &Path) -> Result<Self> {
        let site = fs::canonicalize(site).with_context(|| format!("{} cannot be opened", site.display()))?;
        let named = file::resolve(folder)?;
        check_place(folder, &named, &site)?;
        let missing = named.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned);
        let mut made: Vec<PathBuf> = missing.collect();
        made.reverse();
        let created = fs::create_dir_all(&named);
        created.with_context(|| format!("the output folder {} cannot be made", folder.display()))?;
        let folder = fs::canonicalize(&named).with_context(|| format!("{} cannot be opened", named.display()))?;
        let lock = Lock::take(&folder)?;
        let manifest = read_manifest(&folder)?;
        clear_staging(&folder)?;
        let staging = tempfile::Builder::new().prefix(STAGING).tempdir_in(&folder);
        let staging = staging.with_context(|| format!("{} cannot be written", folder.display()))?;
        Ok(Self { folder, site, manifest, staging, made, _lock: lock })
    }

    /// The number of files, when the folder holds all of them as they were last written; none when any of them is gone or
    /// was changed.
    pub fn count_if_whole(&self) -> Option<usize> {
        let is_whole = |(path, hash): (&String, &String)| {
            let path = SitePath::new(path).ok()?;
            let bytes = file::read(&self.folder, &path).ok()??;
            (blake3::hash(&bytes).to_hex().as_str() == hash).then_some(())
        };
        let is_finished = self.manifest.pending.is_empty() && !self.manifest.files.is_empty();
        let all = is_finished.then(|| self.manifest.files.par_iter().try_for_each(is_whole))?;
        all.map(|()| self.manifest.files.len())
    }

    /// Makes an output ready. Nothing in place changes yet.
    ///
    /// # Errors
    ///
    /// The bytes cannot be read or written, or a file that casebook did not write has their name.
    pub fn stage(&self, path: &SitePath, output: Output) -> Result<Staged> {
        let bytes = match output {
            Output::Bytes(bytes) => bytes,
            Output::Copy(source) => super::read_published(&self.site, &source)?,
        };
        let hash = blake3::hash(&bytes).to_hex().to_string();
        let target = self.folder.join(path.as_str());
        let in_place = self.in_place(path, &target)?;
        let is_same = in_place == Some(bytes.len() as u64) && fs::read(&target).is_ok_and(|old| old == bytes);
        if !is_same {
            // Under its own name: what the file system refuses of it is refused now, before anything changes.
            let staged = file::create(&self.staging.path().join(path.as_str()), &bytes);
            staged
                .map_err(|error| match error.kind() {
                    ErrorKind::AlreadyExists => {
                        anyhow::anyhow!("two files of the site are one for this file system: {path}")
                    }
                    _ => anyhow::Error::new(error),
                })
                .with_context(|| format!("{path} cannot be written"))?;
        }
        Ok(Staged { path: path.clone(), hash, is_waiting: !is_same })
    }

    /// The length of the file in place, if there is one and it is ours.
    fn in_place(&self, path: &SitePath, target: &Path) -> Result<Option<u64>> {
        let Some(metadata) = file::metadata_of(target)? else { return Ok(None) };
        let is_ours = self.manifest.files.contains_key(path.as_str()) || self.manifest.pending.contains(path.as_str());
        ensure!(
            is_ours && metadata.is_file(),
            "{} was not written by casebook and stands where {path} belongs; move it away (files for the site go into `static`)",
            target.display()
        );
        Ok(Some(metadata.len()))
    }

    /// Puts everything in place, removes what is no longer part of the site, and writes the manifest.
    /// After an interruption at any moment the next build completes the work.
    ///
    /// # Errors
    ///
    /// A file cannot be put in place.
    pub fn publish(mut self, staged: Vec<Staged>) -> Result<Written> {
        let mut written = Written::default();
        check_folders(&staged)?;
        let folders: BTreeSet<&str> = staged.iter().map(|file| file.path.folder()).collect();
        for folder in &folders {
            file::check_folder(&self.folder, folder)?;
        }
        let files: BTreeMap<String, String> =
            staged.iter().map(|file| (file.path.as_str().to_owned(), file.hash.clone())).collect();
        if staged.iter().any(|file| file.is_waiting) {
            self.manifest.pending = files.keys().cloned().collect();
            self.write_manifest()?;
        }
        folders.into_iter().try_for_each(|folder| file::make_folder(&self.folder, folder))?;
        for file in &staged {
            if !file.is_waiting {
                written.unchanged += 1;
                continue;
            }
            let waiting = self.staging.path().join(file.path.as_str());
            let target = self.folder.join(file.path.as_str());
            fs::rename(waiting, &target).with_context(|| format!("{} cannot be put in place", target.display()))?;
            written.written += 1;
        }
        let old = std::mem::replace(&mut self.manifest, Manifest { files, ..Manifest::default() });
        for path in old.files.keys().chain(&old.pending).collect::<BTreeSet<_>>() {
            // A manifest that was changed by hand leads nowhere outside, and neither does a link.
            let Ok(path) = SitePath::new(path) else { continue };
            if !self.manifest.files.contains_key(path.as_str()) && self.remove(&path)? {
                written.removed.push(path);
            }
        }
        let is_new = |file: &&Staged| !old.files.contains_key(file.path.as_str());
        written.added = staged.iter().filter(is_new).map(|file| file.path.clone()).collect();
        self.write_manifest()?;
        self.staging.close().with_context(|| format!("{STAGING} cannot be removed from {}", self.folder.display()))?;
        Ok(written)
    }

    /// Leaves everything in place as it was.
    ///
    /// # Errors
    ///
    /// The staged files cannot be removed.
    pub fn abandon(self) -> Result<()> {
        self.staging.close().with_context(|| format!("{STAGING} cannot be removed from {}", self.folder.display()))?;
        // Folders that this build made are removed again, but only while they are empty.
        self.made.iter().rev().for_each(|folder| _ = fs::remove_dir(folder));
        Ok(())
    }

    fn remove(&self, path: &SitePath) -> Result<bool> {
        if !file::check_folder(&self.folder, path.folder()).unwrap_or(false) {
            return Ok(false);
        }
        let target = self.folder.join(path.as_str());
        match fs::remove_file(&target) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be removed", target.display())),
        }
        let mut folder = target.parent();
        // Folders that are empty now go too; one that is not refuses.
        while let Some(empty) = folder.filter(|folder| *folder != self.folder) {
            if fs::remove_dir(empty).is_err() {
                break;
            }
            folder = empty.parent();
        }
        Ok(true)
    }

    fn write_manifest(&mut self) -> Result<()> {
        self.manifest.generator = concat!("casebook ", env!("CARGO_PKG_VERSION")).to_owned();
        let mut json = serde_json::to_string_pretty(&self.manifest)?;
        json.push('\n');
        let target = self.folder.join(MANIFEST);
        if file::read(&self.folder, &manifest_path())?.is_some_and(|old| old == json.as_bytes()) {
            return Ok(());
        }
        file::put(self.staging.path(), &target, json.as_bytes(), Existing::Replaced)
    }
}

/// An output folder holds nothing of the site, and no link of the site leads to it. `named` is where `folder` is.
fn check_place(folder: &Path, named: &Path, site: &Path) -> Result<()> {
    ensure!(
        !site.starts_with(named),
        "the output folder {} holds the site itself; choose another one",
        folder.display()
    );
    for part in ["content", "static", "themes"] {
        ensure!(
            !named.starts_with(site.join(part)),
            "the output folder lies in `{part}`, which is part of the site; choose another one"
        );
    }
    // The site must not choose a folder of this machine: a link in it may lead anywhere.
    let absolute = std::path::absolute(folder).ok();
    let below = absolute.as_deref().and_then(|folder| folder.strip_prefix(site).ok()?.to_str());
    if let Some(below) = below {
        let problem = "to write where a link leads, name the folder itself with --output";
        file::check_folder(site, &below.replace(std::path::MAIN_SEPARATOR, "/")).context(problem)?;
    }
    Ok(())
}

/// Removes what builds that were killed left behind.
fn clear_staging(folder: &Path) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(STAGING);
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let path = entry.path();
            fs::remove_dir_all(&path).with_context(|| format!("{} cannot be removed", path.display()))?;
        }
    }
    Ok(())
}

/// No output may be a file where another one needs a folder.
fn check_folders(staged: &[Staged]) -> Result<()> {
    let files: BTreeSet<&str> = staged.iter().map(|file| file.path.as_str()).collect();
    for file in &files {
        let folders = file.match_indices('/').map(|(at, _)| &file[..at]);
        if let Some(clash) = folders.into_iter().find(|folder| files.contains(folder)) {
            bail!(
                "the site has a file {clash} and a file {file}, for which {clash} would have to be a folder; rename one of them"
            );
        }
    }
    Ok(())
}

fn manifest_path() -> SitePath {
    SitePath::new(MANIFEST).expect("the name is a path")
}

fn read_manifest(folder: &Path) -> Result<Manifest> {
    if let Some(json) = file::read(folder, &manifest_path())? {
        return serde_json::from_slice(&json).with_context(|| {
            let path = folder.join(MANIFEST);
            format!("{} is damaged; delete the folder {} if nothing in it is yours", path.display(), folder.display())
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
    Ok(Manifest::default())
}
