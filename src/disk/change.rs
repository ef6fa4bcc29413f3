//! Changes in the site folder: new files, files in the place of others, and mended texts.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::plain::{self, Existing};
use crate::text::SitePath;

/// Writes a file below `root` in one step, so that nobody ever reads half of it. Folders are made.
///
/// # Errors
///
/// It cannot be written, or a link leads there. What was there before stays.
pub fn replace(root: &Path, path: &SitePath, text: &str) -> Result<()> {
    plain::write(root, path, text.as_bytes(), Existing::Replaced)
}

/// Writes new files below `folder`. Either all are written, or none because one is there already.
///
/// # Errors
///
/// A file is there already, or cannot be written.
pub fn create_files(folder: &Path, files: &[(SitePath, Vec<u8>)]) -> Result<()> {
    let mut there = Vec::new();
    for (path, _) in files {
        if plain::check_folder(folder, path.folder())? && plain::look(&folder.join(path.as_str()))?.is_some() {
            there.push(path.as_str());
        }
    }
    ensure!(
        there.is_empty(),
        "nothing was written, because these files are there already in {}: {}",
        folder.display(),
        there.join(", ")
    );
    for (number, (path, bytes)) in files.iter().enumerate() {
        let written = plain::write(folder, path, bytes, Existing::Kept);
        if written.is_err() {
            // They are new, and so nobody's yet.
            files[..number].iter().for_each(|(path, _)| _ = fs::remove_file(folder.join(path.as_str())));
        }
        written?;
    }
    Ok(())
}

/// Puts `text` in the place of a text file of the site folder, with the line ends and the byte order mark that it had.
///
/// # Errors
///
/// The file changed since it was read as `before`, a link leads there, its line ends differ from line to line, or it
/// cannot be written.
pub fn rewrite(root: &Path, path: &SitePath, before: &str, text: &str) -> Result<()> {
    let bytes = plain::read(root, path)?.with_context(|| format!("{path} is not there any more"))?;
    let old = String::from_utf8(bytes).with_context(|| format!("{path} cannot be read"))?;
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
    plain::write(root, path, format!("{mark}{text}").as_bytes(), Existing::Replaced)
}
