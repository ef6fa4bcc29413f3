//! Site folders, found by their casebook.toml.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// The file that makes a folder a site.
const SETTINGS: &str = "casebook.toml";

/// How many folders below the one that is opened in an editor a site is looked for.
const DEEPEST: usize = 3;

/// The greatest number of files and folders that are looked at for sites.
const MOST_ENTRIES: usize = 20_000;

/// The nearest folder, `path` or above it, that has a casebook.toml.
pub fn site_around(path: &Path) -> Option<&Path> {
    path.ancestors().find(|folder| folder.join(SETTINGS).exists())
}

/// The site folders in `folder` and not far below it, in order. Hidden folders, and those that a program fills, hold none.
pub fn sites_below(folder: &Path) -> Vec<PathBuf> {
    let is_entered = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let is_filled = matches!(name.as_ref(), "node_modules" | "target" | "public");
        entry.depth() == 0 || (!name.starts_with('.') && !is_filled)
    };
    let entries = WalkDir::new(folder).max_depth(DEEPEST + 1).sort_by_file_name().into_iter().filter_entry(is_entered);
    let settings = entries.filter_map(Result::ok).take(MOST_ENTRIES).filter(|entry| entry.file_name() == SETTINGS);
    let mut found: Vec<PathBuf> = settings.filter_map(|entry| entry.path().parent().map(Path::to_owned)).collect();
    found.sort();
    found
}
