//! Writing one file of the site folder, whole or not at all.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::text::SitePath;

/// Writes a file below `root` in one step, so that nobody ever reads half of it. Folders are made.
///
/// # Errors
///
/// It cannot be written. What was there before stays.
pub fn replace(root: &Path, path: &SitePath, text: &str) -> Result<()> {
    let target = root.join(path.as_str());
    let folder = root.join(path.folder());
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let waiting = folder.join(format!("{}.casebook-tmp", path.name()));
    let written = fs::write(&waiting, text).and_then(|()| fs::rename(&waiting, &target));
    if written.is_err() {
        // It may not even be there.
        let _ = fs::remove_file(&waiting);
    }
    written.with_context(|| format!("{} cannot be written", target.display()))
}
