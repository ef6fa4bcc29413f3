//! Plain files: written here only, whole or not at all, and never through a link.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use tempfile::{Builder, NamedTempFile};

use crate::text::SitePath;

/// What happens to a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existing {
    /// The new one takes its place, and has its permissions.
    Replaced,
    /// Nothing is written.
    Kept,
}

/// What stands at a place, links not followed; none when nothing does.
///
/// # Errors
///
/// The place cannot be looked at: a name is too long for the file system, say.
pub(super) fn look(target: &Path) -> Result<Option<Metadata>> {
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
/// A link leads there, or it is no ordinary file: a pipe would be waited for without end.
pub(super) fn read(root: &Path, path: &SitePath) -> Result<Option<Vec<u8>>> {
    if !check_folder(root, path.folder())? {
        return Ok(None);
    }
    let target = root.join(path.as_str());
    let Some(metadata) = look(&target)? else { return Ok(None) };
    check_plain(&target, &metadata)?;
    fs::read(&target).map(Some).with_context(|| format!("{} cannot be read", target.display()))
}

/// Writes a file below `root` in one step, so that nobody ever reads half of it. Folders are made.
///
/// # Errors
///
/// It cannot be written, a link leads there, or it is there already and is kept. What was there before stays.
pub(super) fn write(root: &Path, path: &SitePath, bytes: &[u8], existing: Existing) -> Result<()> {
    make_folder(root, path.folder())?;
    put(&root.join(path.folder()), &root.join(path.as_str()), bytes, existing)
}

/// Writes `target` in one step. Until then the bytes wait in the folder `waiting`, under a name that nobody else has.
///
/// # Errors
///
/// As for [`write`].
pub(super) fn put(waiting: &Path, target: &Path, bytes: &[u8], existing: Existing) -> Result<()> {
    let old = look(target)?;
    if let Some(old) = &old {
        check_plain(target, old)?;
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

/// Writes a new file; no other one, and no link, is in the way. Its folder is made.
///
/// # Errors
///
/// Those of the system.
pub(super) fn create(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let open = || OpenOptions::new().write(true).create_new(true).open(target);
    let file = open().or_else(|error| match (error.kind(), target.parent()) {
        (ErrorKind::NotFound, Some(folder)) => fs::create_dir_all(folder).and_then(|()| open()),
        _ => Err(error),
    });
    file?.write_all(bytes)
}

/// Adds to a file that somebody else named, wherever it is.
///
/// # Errors
///
/// It is no ordinary file, or cannot be written.
pub fn append(target: &Path, text: &str) -> Result<()> {
    let written = || -> Result<()> {
        let is_plain = fs::metadata(target).map_or(true, |metadata| metadata.is_file());
        ensure!(is_plain, "it is no ordinary file");
        let mut file = OpenOptions::new().append(true).create(true).open(target)?;
        Ok(file.write_all(text.as_bytes())?)
    };
    written().with_context(|| format!("{} cannot be written", target.display()))
}

/// Makes a folder below `root`, and `root` itself. What is there already is no link.
///
/// # Errors
///
/// As for [`check_folder`], or it cannot be made.
pub(super) fn make_folder(root: &Path, folder: &str) -> Result<()> {
    if !check_folder(root, folder)? {
        let path = root.join(folder);
        fs::create_dir_all(&path).with_context(|| format!("{} cannot be made", path.display()))?;
    }
    Ok(())
}

/// Whether a folder is there. None of the folders below `root` that lead to it may be a link, which could lead anywhere.
///
/// # Errors
///
/// A link, or something that is no folder, is in the way.
pub(super) fn check_folder(root: &Path, folder: &str) -> Result<bool> {
    let mut path = root.to_owned();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        path.push(part);
        match look(&path)? {
            None => return Ok(false),
            Some(metadata) if metadata.is_dir() => {}
            Some(metadata) => {
                let what = if metadata.is_symlink() { "a link, and" } else { "no folder, and" };
                bail!("{} is {what} in the way of a folder; move it away", path.display())
            }
        }
    }
    Ok(look(&path)?.is_some())
}

/// Whether a link leads to `path`, or is part of the way to it.
pub fn is_linked(root: &Path, path: &SitePath) -> bool {
    let is_link = |metadata: Metadata| metadata.is_symlink();
    let folders = path.as_str().match_indices('/').map(|(end, _)| &path.as_str()[..end]);
    folders.chain([path.as_str()]).any(|part| fs::symlink_metadata(root.join(part)).is_ok_and(is_link))
}

fn check_plain(target: &Path, metadata: &Metadata) -> Result<()> {
    let what =
        if metadata.is_symlink() { "a link, which nothing is read or written through" } else { "no ordinary file" };
    ensure!(metadata.is_file(), "{} is {what}; move it away", target.display());
    Ok(())
}

/// A file that waits to be put in place. Its name begins with a dot, so that no reader takes it for a part of the site.
fn temporary(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".casebook-").suffix(".tmp");
    // Those that the library chooses let nobody else read the file, and a web server is somebody else.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

/// Where a folder is, or would be when it is made: no part of the path is a link.
///
/// # Errors
///
/// It cannot be told.
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
