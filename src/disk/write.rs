//! The output folder: staged beside itself, put in place at once, never touching what this program did not write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

use crate::text::{Output, SitePath};

const MANIFEST: &str = "casebook-manifest.json";
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

/// An output folder that is being written.
pub struct OutputFolder {
    folder: PathBuf,
    site: PathBuf,
    manifest: Manifest,
    next: AtomicUsize,
}

/// An output that is ready to be put in place.
#[derive(Debug)]
pub struct Staged {
    path: SitePath,
    hash: String,
    /// Where its bytes wait; none when the file in place has them already.
    waiting: Option<PathBuf>,
}

/// What putting in place did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files that are no longer part of the site.
    pub removed: usize,
}

impl OutputFolder {
    /// Opens `folder` for the site in `site`.
    ///
    /// # Errors
    ///
    /// The folder holds files but no manifest, so they are somebody's; or it is part of the site itself.
    pub fn open(folder: &Path, site: &Path) -> Result<Self> {
        let created = fs::create_dir_all(folder);
        created.with_context(|| format!("the output folder {} cannot be made", folder.display()))?;
        let folder = fs::canonicalize(folder).with_context(|| format!("{} cannot be opened", folder.display()))?;
        let site = fs::canonicalize(site).with_context(|| format!("{} cannot be opened", site.display()))?;
        ensure!(
            !site.starts_with(&folder),
            "the output folder {} holds the site itself; choose another one",
            folder.display()
        );
        for part in ["content", "static", "themes"] {
            ensure!(
                !folder.starts_with(site.join(part)),
                "the output folder lies in `{part}`, which is part of the site; choose another one"
            );
        }
        let manifest = read_manifest(&folder)?;
        let opened = Self { folder, site, manifest, next: AtomicUsize::new(0) };
        opened.clear_staging()?;
        let staging = opened.folder.join(STAGING);
        fs::create_dir_all(&staging).with_context(|| format!("{} cannot be made", staging.display()))?;
        Ok(opened)
    }

    /// Makes an output ready. Nothing in place changes yet.
    ///
    /// # Errors
    ///
    /// The bytes cannot be read or written, or somebody's file stands where they belong.
    pub fn stage(&self, path: &SitePath, output: Output) -> Result<Staged> {
        let bytes = match output {
            Output::Bytes(bytes) => bytes,
            Output::Copy(source) => super::read_published(&self.site, &source)?,
        };
        let hash = blake3::hash(&bytes).to_hex().to_string();
        let target = self.folder.join(path.as_str());
        let in_place = self.in_place(path, &target)?;
        let is_same = in_place == Some(bytes.len() as u64) && fs::read(&target).is_ok_and(|old| old == bytes);
        if is_same {
            return Ok(Staged { path: path.clone(), hash, waiting: None });
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let waiting = self.folder.join(STAGING).join(number.to_string());
        fs::write(&waiting, &bytes).with_context(|| format!("{path} cannot be written"))?;
        Ok(Staged { path: path.clone(), hash, waiting: Some(waiting) })
    }

    /// The length of the file in place, if there is one and it is ours.
    fn in_place(&self, path: &SitePath, target: &Path) -> Result<Option<u64>> {
        let Ok(metadata) = fs::symlink_metadata(target) else { return Ok(None) };
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
        let files: BTreeMap<String, String> =
            staged.iter().map(|file| (file.path.as_str().to_owned(), file.hash.clone())).collect();
        if staged.iter().any(|file| file.waiting.is_some()) {
            self.manifest.pending = files.keys().cloned().collect();
            self.write_manifest()?;
        }
        let folders: BTreeSet<&str> = staged.iter().map(|file| file.path.folder()).collect();
        folders.into_iter().try_for_each(|folder| self.make_folder(folder))?;
        for file in &staged {
            let Some(waiting) = &file.waiting else {
                written.unchanged += 1;
                continue;
            };
            let target = self.folder.join(file.path.as_str());
            fs::rename(waiting, &target).with_context(|| format!("{} cannot be put in place", target.display()))?;
            written.written += 1;
        }
        let old = std::mem::replace(&mut self.manifest, Manifest { files, ..Manifest::default() });
        for path in old.files.keys().chain(&old.pending).collect::<BTreeSet<_>>() {
            if !self.manifest.files.contains_key(path) && self.remove(path)? {
                written.removed += 1;
            }
        }
        self.clear_staging()?;
        self.write_manifest()?;
        Ok(written)
    }

    /// Leaves everything in place as it was.
    ///
    /// # Errors
    ///
    /// The staged files cannot be removed.
    pub fn abandon(self) -> Result<()> {
        self.clear_staging()?;
        // A folder that was made for nothing is not left behind; one that holds something stays.
        let _ = fs::remove_dir(&self.folder);
        Ok(())
    }

    /// Makes a folder below the output folder. None of its parents may be a link, which could lead anywhere.
    fn make_folder(&self, folder: &str) -> Result<()> {
        let mut path = self.folder.clone();
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            path.push(part);
            match fs::symlink_metadata(&path) {
                Ok(metadata) if metadata.is_dir() => {}
                Ok(_) => bail!("{} is in the way of a folder of the site; move it away", path.display()),
                Err(_) => fs::create_dir(&path).with_context(|| format!("{} cannot be made", path.display()))?,
            }
        }
        Ok(())
    }

    fn remove(&self, path: &str) -> Result<bool> {
        // A manifest that was changed by hand leads nowhere outside.
        let Ok(path) = SitePath::new(path) else { return Ok(false) };
        let target = self.folder.join(path.as_str());
        let parent_is_inside = target.parent().and_then(|parent| fs::canonicalize(parent).ok());
        if !parent_is_inside.is_some_and(|parent| parent.starts_with(&self.folder)) {
            return Ok(false);
        }
        match fs::remove_file(&target) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
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

    fn clear_staging(&self) -> Result<()> {
        let staging = self.folder.join(STAGING);
        match fs::remove_dir_all(&staging) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("{} cannot be removed", staging.display()))
            }
            _ => Ok(()),
        }
    }

    fn write_manifest(&mut self) -> Result<()> {
        self.manifest.generator = concat!("casebook ", env!("CARGO_PKG_VERSION")).to_owned();
        let mut json = serde_json::to_string_pretty(&self.manifest)?;
        json.push('\n');
        let target = self.folder.join(MANIFEST);
        if fs::read_to_string(&target).is_ok_and(|old| old == json) {
            return Ok(());
        }
        let waiting = self.folder.join(format!("{MANIFEST}.tmp"));
        fs::write(&waiting, json).with_context(|| format!("{} cannot be written", waiting.display()))?;
        fs::rename(&waiting, &target).with_context(|| format!("{} cannot be put in place", target.display()))
    }
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

fn read_manifest(folder: &Path) -> Result<Manifest> {
    let path = folder.join(MANIFEST);
    match fs::read_to_string(&path) {
        Ok(json) => serde_json::from_str(&json).with_context(|| {
            format!("{} is damaged; delete the folder {} if nothing in it is yours", path.display(), folder.display())
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let known = [STAGING.to_owned(), format!("{MANIFEST}.tmp")];
            let foreign = fs::read_dir(folder)?
                .flatten()
                .find(|entry| !known.contains(&entry.file_name().to_string_lossy().into_owned()));
            if let Some(foreign) = foreign {
                bail!(
                    "the output folder {} holds files that casebook did not write, such as {}; choose an empty folder with --output, or move them away",
                    folder.display(),
                    foreign.file_name().to_string_lossy()
                );
            }
            Ok(Manifest::default())
        }
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Writes new files below `folder`. Either all are written, or none because one is there already.
///
/// # Errors
///
/// A file is there already, or cannot be written.
pub fn create_files(folder: &Path, files: &[(SitePath, Vec<u8>)]) -> Result<()> {
    let there: Vec<&str> =
        files.iter().map(|(path, _)| path.as_str()).filter(|path| folder.join(path).exists()).collect();
    ensure!(
        there.is_empty(),
        "nothing was written, because these files are there already in {}: {}",
        folder.display(),
        there.join(", ")
    );
    for (path, bytes) in files {
        let target = folder.join(path.as_str());
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))?;
        }
        fs::write(&target, bytes).with_context(|| format!("{} cannot be written", target.display()))?;
    }
    Ok(())
}

/// Puts `text` in the place of a text file of the site folder, with the line ends and the byte order mark that it had.
///
/// # Errors
///
/// The file changed since it was read as `before`, its line ends differ from line to line, or it cannot be written.
pub fn rewrite(root: &Path, path: &SitePath, before: &str, text: &str) -> Result<()> {
    let target = root.join(path.as_str());
    let old = fs::read_to_string(&target).with_context(|| format!("{path} cannot be read"))?;
    let (mark, body) = match old.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", old.as_str()),
    };
    ensure!(body.replace("\r\n", "\n") == before, "{path} was changed while it was checked; nothing in it was mended");
    let windows = body.matches("\r\n").count();
    ensure!(
        windows == 0 || windows == body.matches('\n').count(),
        "{path} has line ends of two kinds, so nothing in it was mended"
    );
    let text = if windows > 0 { text.replace('\n', "\r\n") } else { text.to_owned() };
    let waiting = target.with_extension("casebook-tmp");
    fs::write(&waiting, format!("{mark}{text}")).with_context(|| format!("{} cannot be written", waiting.display()))?;
    fs::set_permissions(&waiting, fs::metadata(&target)?.permissions())?;
    fs::rename(&waiting, &target).with_context(|| format!("{path} cannot be put in place"))
}
