//! Reads and writes single files: whole or not at all, and never through a symbolic link. All writing happens here.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use tempfile::{Builder, NamedTempFile};

use crate::text::SitePath;

/// What happens when the target exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existing {
    /// The new file replaces it and takes its permissions.
    Replaced,
    /// It stays, and writing fails.
    Kept,
}

/// The metadata of a path, without following a symbolic link; `None` when nothing is there.
///
/// # Errors
///
/// The path cannot be examined, for example because a name is too long for the file system.
pub(super) fn metadata_of(target: &Path) -> Result<Option<Metadata>> {
    match fs::symlink_metadata(target) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be opened", target.display())),
    }
}

/// Reads the file at `path` below `root`; none when it is not there.
///
/// # Errors
///
/// A symbolic link is part of the path, or it is no regular file: reading a pipe may never end.
pub(super) fn read(root: &Path, path: &SitePath) -> Result<Option<Vec<u8>>> {
    if !check_folder(root, path.folder())? {
        return Ok(None);
    }
    let target = root.join(path.as_str());
    let Some(metadata) = metadata_of(&target)? else { return Ok(None) };
    check_regular(&target, &metadata)?;
    fs::read(&target).map(Some).with_context(|| format!("{} cannot be read", target.display()))
}

/// Writes a file below `root` atomically, after creating its folders.
///
/// # Errors
///
/// It cannot be written, a symbolic link is part of the path, or it exists and is kept. An existing file is unchanged.
pub(super) fn write(root: &Path, path: &SitePath, bytes: &[u8], existing: Existing) -> Result<()> {
    make_folder(root, path.folder())?;
    put(&root.join(path.folder()), &root.join(path.as_str()), bytes, existing)
}

/// Writes `target` atomically, by way of a temporary file in the folder `waiting`.
///
/// # Errors
///
/// As for [`write`].
pub(super) fn put(waiting: &Path, target: &Path, bytes: &[u8], existing: Existing) -> Result<()> {
    let old = metadata_of(target)?;
    if let Some(old) = &old {
        check_regular(target, old)?;
    }
    let written = temporary(waiting).and_then(|mut file| {
        file.write_all(bytes)?;
        if let Some(old) = &old {
            file.as_file().set_permissions(old.permissions())?;
        }
        let placed = match existing {
            Existing::Replaced => file.persist(target),
            Existing::Kept => file.persist_noclobber(target),
        };
        placed.map_err(|error| error.error)
    });
    written.map(drop).with_context(|| format!("{} cannot be written", target.display()))
}

/// Writes a new file, after creating its folder.
///
/// # Errors
///
/// The file exists, a symbolic link too, or the system refuses.
pub(super) fn create(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let open = || OpenOptions::new().write(true).create_new(true).open(target);
    let file = open().or_else(|error| match (error.kind(), target.parent()) {
        (ErrorKind::NotFound, Some(folder)) => fs::create_dir_all(folder).and_then(|()| open()),
        _ => Err(error),
    });
    file?.write_all(bytes)
}

/// Appends to a file at any path, which the caller chose. It may be a symbolic link.
///
/// # Errors
///
/// It is no regular file, or cannot be written.
pub fn append(target: &Path, text: &str) -> Result<()> {
    let written = || -> Result<()> {
        let is_regular = fs::metadata(target).map_or(true, |metadata| metadata.is_file());
        ensure!(is_regular, "it is no ordinary file");
        let mut file = OpenOptions::new().append(true).create(true).open(target)?;
        Ok(file.write_all(text.as_bytes())?)
    };
    written().with_context(|| format!("{} cannot be written", target.display()))
}

/// Creates a folder below `root`, and `root` itself, unless they exist.
///
/// # Errors
///
/// As for [`check_folder`], or it cannot be created.
pub(super) fn make_folder(root: &Path, folder: &str) -> Result<()> {
    if !check_folder(root, folder)? {
        let path = root.join(folder);
        fs::create_dir_all(&path).with_context(|| format!("{} cannot be made", path.display()))?;
    }
    Ok(())
}

/// Whether a folder exists below `root`. A symbolic link on the way is an error, since it may lead anywhere.
///
/// # Errors
///
/// A symbolic link, or something else than a folder, is in the way.
pub(super) fn check_folder(root: &Path, folder: &str) -> Result<bool> {
    let mut path = root.to_owned();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        path.push(part);
        match metadata_of(&path)? {
            None => return Ok(false),
            Some(metadata) if metadata.is_dir() => {}
            Some(metadata) => {
                let what = if metadata.is_symlink() { "a link, and" } else { "no folder, and" };
                bail!("{} is {what} in the way of a folder; move it away", path.display())
            }
        }
    }
    Ok(metadata_of(&path)?.is_some())
}

/// Whether `path` or a folder above it, below `root`, is a symbolic link.
pub fn is_linked(root: &Path, path: &SitePath) -> bool {
    let is_link = |metadata: Metadata| metadata.is_symlink();
    let folders = path.as_str().match_indices('/').map(|(end, _)| &path.as_str()[..end]);
    folders.chain([path.as_str()]).any(|part| fs::symlink_metadata(root.join(part)).is_ok_and(is_link))
}

fn check_regular(target: &Path, metadata: &Metadata) -> Result<()> {
    let what =
        if metadata.is_symlink() { "a link, which nothing is read or written through" } else { "no ordinary file" };
    ensure!(metadata.is_file(), "{} is {what}; move it away", target.display());
    Ok(())
}

/// A temporary file. Its name begins with a dot, so that it is not read as a part of the site.
fn temporary(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".casebook-").suffix(".tmp");
    // By default only the owner may read temporary files, but a web server has to read them, too.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

/// The absolute path of a folder, which need not exist, with all symbolic links resolved.
///
/// # Errors
///
/// A part of the path cannot be examined, or the path climbs from a folder that does not exist.
pub(super) fn resolve(folder: &Path) -> Result<PathBuf> {
    let problem = || format!("{} cannot be opened", folder.display());
    let absolute = std::path::absolute(folder).with_context(problem)?;
    for there in absolute.ancestors() {
        match fs::canonicalize(there) {
            Ok(real) => {
                let missing = absolute.strip_prefix(there).unwrap_or(Path::new(""));
                let climbs = |part| matches!(part, std::path::Component::ParentDir);
                ensure!(
                    !missing.components().any(climbs),
                    "{} leads up from a folder that is not there",
                    folder.display()
                );
                return Ok(if missing.as_os_str().is_empty() { real } else { real.join(missing) });
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(problem),
        }
    }
    Ok(absolute)
}
