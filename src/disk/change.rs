//! Changes to the site folder: new files, replaced files, and fixed texts.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::file::{self, Existing};
use crate::text::{SitePath, with_line_feeds};

/// Writes a file below `root` atomically, over an existing one, after creating its folders.
///
/// # Errors
///
/// It cannot be written, or a symbolic link is part of the path. An existing file is unchanged.
pub fn replace(root: &Path, path: &SitePath, content: impl AsRef<[u8]>) -> Result<()> {
    file::write(root, path, content.as_ref(), Existing::Replaced)
}

/// Writes new files below `folder`, all or none.
///
/// # Errors
///
/// One of the files exists, or cannot be written.
pub fn create_files(folder: &Path, files: &[(SitePath, Vec<u8>)]) -> Result<()> {
    let mut there = Vec::new();
    for (path, _) in files {
        if file::check_folder(folder, path.folder())? && file::metadata_of(&folder.join(path.as_str()))?.is_some() {
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
        let written = file::write(folder, path, bytes, Existing::Kept);
        if written.is_err() {
            // They are new, so no other program uses them yet.
            files[..number].iter().for_each(|(path, _)| _ = fs::remove_file(folder.join(path.as_str())));
        }
        written?;
    }
    Ok(())
}

/// Writes those of `files` below `folder` that are not there, all or none, and returns the others.
///
/// # Errors
///
/// One of the files cannot be written.
pub fn create_missing(folder: &Path, files: Vec<(SitePath, Vec<u8>)>) -> Result<Vec<SitePath>> {
    let (mut missing, mut kept) = (Vec::new(), Vec::new());
    for (path, bytes) in files {
        let has_folder = file::check_folder(folder, path.folder())?;
        let there = if has_folder { file::metadata_of(&folder.join(path.as_str()))? } else { None };
        let is_link = there.as_ref().is_some_and(std::fs::Metadata::is_symlink);
        ensure!(!is_link, "{path} is a link, which nothing is read or written through");
        let is_there = there.is_some();
        if is_there { kept.push(path) } else { missing.push((path, bytes)) }
    }
    create_files(folder, &missing)?;
    Ok(kept)
}

/// Replaces the text of a file of the site folder. Its line ends and its byte order mark stay.
///
/// # Errors
///
/// The file differs from `before`, a symbolic link is part of the path, its line ends are mixed, or it cannot be written.
pub fn rewrite(root: &Path, path: &SitePath, before: &str, text: &str) -> Result<()> {
    let bytes = file::read(root, path)?.with_context(|| format!("{path} is not there any more"))?;
    let old = String::from_utf8(bytes).with_context(|| format!("{path} cannot be read"))?;
    let (mark, body) = match old.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", old.as_str()),
    };
    let read = with_line_feeds(body);
    ensure!(read == before, "{path} was changed while it was checked; nothing in it was mended");
    let own = ["\r\n", "\r", "\n"].into_iter().find(|end| body.contains(end)).unwrap_or("\n");
    ensure!(read.replace('\n', own) == body, "{path} has line ends of two kinds, so nothing in it was mended");
    let text = text.replace('\n', own);
    file::write(root, path, format!("{mark}{text}").as_bytes(), Existing::Replaced)
}

#[cfg(test)]
mod tests {
    use super::rewrite;
    use crate::text::SitePath;

    #[test]
    fn a_text_keeps_its_line_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = SitePath::new("a.md").unwrap();
        let file = folder.path().join("a.md");
        for end in ["\n", "\r\n", "\r"] {
            std::fs::write(&file, format!("\u{feff}a{end}b{end}")).unwrap();
            rewrite(folder.path(), &path, "a\nb\n", "a\nc\nb\n").unwrap();
            assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("\u{feff}a{end}c{end}b{end}"));
        }
        std::fs::write(&file, "a\r\nb\n").unwrap();
        assert!(rewrite(folder.path(), &path, "a\nb\n", "a\n").unwrap_err().to_string().contains("two kinds"));
        assert!(rewrite(folder.path(), &path, "a\n", "b\n").unwrap_err().to_string().contains("was changed"));
    }
}
