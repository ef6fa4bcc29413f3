//! The output folder: staged inside itself, put in place at once, never touching what this program did not write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use walkdir::WalkDir;

use super::file::{self, Existing};
use super::lock::Lock;
use super::manifest::Manifest;
use super::output_place;
use crate::text::{Output, SitePath};

/// How the name of the folder begins in which files wait. What a killed build left there is removed by the next one.
const STAGING: &str = ".casebook-staging";

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
        output_place::check(folder, &named, &site)?;
        let missing = named.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned);
        let mut made: Vec<PathBuf> = missing.collect();
        made.reverse();
        let created = fs::create_dir_all(&named);
        created.with_context(|| format!("the output folder {} cannot be made", folder.display()))?;
        let folder = fs::canonicalize(&named).with_context(|| format!("{} cannot be opened", named.display()))?;
        let lock = Lock::take(&folder)?;
        let manifest = Manifest::read(&folder)?;
        clear_staging(&folder)?;
        let staging = tempfile::Builder::new().prefix(STAGING).tempdir_in(&folder);
        let staging = staging.with_context(|| format!("{} cannot be written", folder.display()))?;
        Ok(Self { folder, site, manifest, staging, made, _lock: lock })
    }

    /// The number of files, when the folder holds all of them as they were last written; none when any of them is gone or
    /// was changed.
    pub fn count_if_whole(&self) -> Option<usize> {
        self.manifest.count_if_whole(&self.folder)
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
        let foreign = match metadata.is_dir() {
            true if self.manifest.has_below(path) => self.foreign_below(target)?,
            true => Some(target.to_owned()),
            false => (!metadata.is_file() || !self.manifest.has(path.as_str())).then(|| target.to_owned()),
        };
        if let Some(foreign) = foreign {
            bail!(
                "{} was not written by casebook and stands where {path} belongs; move it away (files for the site go into `static`)",
                foreign.display()
            );
        }
        Ok(metadata.is_file().then_some(metadata.len()))
    }

    /// A file below `folder` that this program did not write.
    fn foreign_below(&self, folder: &Path) -> Result<Option<PathBuf>> {
        for entry in WalkDir::new(folder) {
            let entry = entry.with_context(|| format!("{} cannot be opened", folder.display()))?;
            let below = entry.path().strip_prefix(&self.folder).unwrap_or(entry.path());
            let name = below.to_string_lossy().replace(MAIN_SEPARATOR, "/");
            if !entry.file_type().is_dir() && !self.manifest.has(&name) {
                return Ok(Some(entry.into_path()));
            }
        }
        Ok(None)
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
        let files: BTreeMap<String, String> =
            staged.iter().map(|file| (file.path.as_str().to_owned(), file.hash.clone())).collect();
        let [in_the_way, others] = self.gone(&files);
        let folders: BTreeSet<&str> = staged.iter().map(|file| file.path.folder()).collect();
        for folder in &folders {
            let mut way = folders_of(folder).chain([*folder]).filter_map(|part| SitePath::new(part).ok());
            if !way.any(|part| in_the_way.contains(&part)) {
                file::check_folder(&self.folder, folder)?;
            }
        }
        if staged.iter().any(|file| file.is_waiting) {
            // What an earlier build was about to write when it was interrupted may be there, too.
            self.manifest.pending.extend(files.keys().cloned());
            self.manifest.write(&self.folder, self.staging.path())?;
        }
        for path in in_the_way {
            written.removed.extend(self.remove(&path)?.then_some(path));
        }
        folders.into_iter().try_for_each(|folder| file::make_folder(&self.folder, folder))?;
        for file in &staged {
            if file.is_waiting {
                self.place(&file.path)?;
                written.written += 1;
            } else {
                written.unchanged += 1;
            }
        }
        for path in others {
            written.removed.extend(self.remove(&path)?.then_some(path));
        }
        written.removed.sort();
        let is_new = |file: &&Staged| !self.manifest.files.contains_key(file.path.as_str());
        written.added = staged.iter().filter(is_new).map(|file| file.path.clone()).collect();
        self.manifest = Manifest::of(files);
        self.manifest.write(&self.folder, self.staging.path())?;
        self.staging.close().with_context(|| format!("{STAGING} cannot be removed from {}", self.folder.display()))?;
        Ok(written)
    }

    /// The files that the new site lacks: those that stand where it needs a folder or below a file of it, and the others.
    fn gone(&self, files: &BTreeMap<String, String>) -> [BTreeSet<SitePath>; 2] {
        let gone = self.manifest.paths().into_iter().filter(|path| !files.contains_key(*path));
        // A manifest that was changed by hand leads nowhere outside, and neither does a link.
        let gone = gone.filter_map(|path| SitePath::new(path).ok());
        let parents: BTreeSet<&str> = files.keys().flat_map(|path| folders_of(path)).collect();
        let is_in_the_way = |old: &SitePath| {
            parents.contains(old.as_str()) || folders_of(old.as_str()).any(|folder| files.contains_key(folder))
        };
        let (in_the_way, others) = gone.partition(is_in_the_way);
        [in_the_way, others]
    }

    /// Moves a file from where it waits to where it belongs.
    fn place(&self, path: &SitePath) -> Result<()> {
        let (waiting, target) = (self.staging.path().join(path.as_str()), self.folder.join(path.as_str()));
        if target.is_dir() {
            // All files below it were removed.
            for folder in WalkDir::new(&target).contents_first(true).into_iter().flatten() {
                let removed = fs::remove_dir(folder.path());
                removed.with_context(|| format!("the folder {} cannot be removed", folder.path().display()))?;
            }
        }
        match fs::rename(&waiting, &target) {
            // A folder of the output is a disk of its own.
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                let folder = target.parent().unwrap_or(&self.folder);
                file::put(folder, &target, &fs::read(&waiting)?, Existing::Replaced)
            }
            renamed => renamed.with_context(|| format!("{} cannot be put in place", target.display())),
        }
    }

    /// Leaves everything in place as it was.
    ///
    /// # Errors
    ///
    /// The staged files cannot be removed.
    pub fn abandon(self) -> Result<()> {
        let Self { folder, staging, made, _lock: lock, .. } = self;
        staging.close().with_context(|| format!("{STAGING} cannot be removed from {}", folder.display()))?;
        // On Windows the lock is a file in the folder.
        let _lock = (!cfg!(windows)).then_some(lock);
        // Folders that this build made are removed again, but only while they are empty.
        made.iter().rev().for_each(|folder| _ = fs::remove_dir(folder));
        Ok(())
    }

    /// Removes a file, and the folders above it that are empty then. False when it was gone already.
    fn remove(&self, path: &SitePath) -> Result<bool> {
        let Ok(has_folder) = file::check_folder(&self.folder, path.folder()) else { return Ok(false) };
        let target = self.folder.join(path.as_str());
        // After an interruption a folder may stand there: what was a file in one site is a folder in another.
        let is_there = has_folder && file::metadata_of(&target)?.is_some_and(|metadata| !metadata.is_dir());
        if is_there {
            fs::remove_file(&target).with_context(|| format!("{} cannot be removed", target.display()))?;
        }
        let mut folder = target.parent();
        // Folders that are empty now go too; one that is not refuses. An interrupted build may have removed the innermost.
        while let Some(empty) = folder.filter(|folder| *folder != self.folder) {
            if fs::remove_dir(empty).is_err_and(|error| error.kind() != ErrorKind::NotFound) {
                break;
            }
            folder = empty.parent();
        }
        Ok(is_there)
    }
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
        if let Some(clash) = folders_of(file).find(|folder| files.contains(folder)) {
            bail!(
                "the site has a file {clash} and a file {file}, for which {clash} would have to be a folder; rename one of them"
            );
        }
    }
    Ok(())
}

/// The folders that a path lies in, the outermost first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}
