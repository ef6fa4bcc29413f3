//! The files of a source that another program wrote: one file, or a folder with all below it.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use walkdir::{DirEntry, WalkDir};

use super::file;
use crate::text::SitePath;

/// The greatest number of files of a folder.
const MOST_FILES: usize = 20_000;

/// What was read of a source.
#[derive(Clone, Debug, Default)]
pub struct SourceFiles {
    /// Each file with its path below the source, by path.
    pub files: Vec<(SitePath, Vec<u8>)>,
    /// What was not read, and why.
    pub unread: Vec<(String, String)>,
}

/// Reads a file, or all files below a folder. No link below it is followed, and names that begin with a dot are left out.
///
/// # Errors
///
/// Nothing is there, or a file that was named cannot be read or has more than `largest` bytes in all.
pub fn read_source(path: &Path, largest: u64) -> Result<SourceFiles> {
    let metadata = fs::metadata(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    let mut source = SourceFiles::default();
    if !metadata.is_dir() {
        ensure!(metadata.is_file(), "{} is no ordinary file", path.display());
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = SitePath::new(&name).map_err(|error| anyhow::anyhow!("{}: the name {error}", path.display()))?;
        let bytes = read_limited(path, largest)?;
        let bytes = bytes.with_context(|| format!("{} has more than {} MiB", path.display(), largest >> 20))?;
        source.files.push((name, bytes));
        return Ok(source);
    }
    let mut left = largest;
    let is_entered = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let entries = WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(is_entered);
    for entry in entries.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir()) {
        let below: PathBuf = entry.path().strip_prefix(path).unwrap_or(entry.path()).to_owned();
        let shown = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let mut unread = |why: &str| source.unread.push((shown.clone(), why.to_owned()));
        let name = match SitePath::new(&shown) {
            Ok(name) => name,
            Err(error) => {
                unread(&format!("its name {error}"));
                continue;
            }
        };
        if !entry.file_type().is_file() {
            unread("a link, which is not followed, or no ordinary file");
            continue;
        }
        if source.files.len() >= MOST_FILES {
            unread("the folder has more files than can be read in one run");
            break;
        }
        match read_limited(entry.path(), left)? {
            None => unread("the folder holds more than can be read in one run"),
            Some(bytes) => {
                left -= bytes.len() as u64;
                source.files.push((name, bytes));
            }
        }
    }
    Ok(source)
}

/// The bytes of a file below `root`; none when it is not there.
///
/// # Errors
///
/// A symbolic link is part of the path, or it is no regular file.
pub fn read_present(root: &Path, path: &SitePath) -> Result<Option<Vec<u8>>> {
    file::read(root, path)
}

/// The bytes of a file, unless there are more than `most`. How many it claims to have does not count.
fn read_limited(path: &Path, most: u64) -> Result<Option<Vec<u8>>> {
    let problem = || format!("{} cannot be read", path.display());
    let mut bytes = Vec::new();
    File::open(path).with_context(problem)?.take(most + 1).read_to_end(&mut bytes).with_context(problem)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}
