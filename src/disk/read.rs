//! From a site folder to a source set.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::text::{Asset, LONGEST_DATASET, ReadProblem, ReadProblemKind, SitePath, SourceSet};

/// Longer text files are not read: no review is that long, and one that is would stall everything else.
const LONGEST_TEXT: u64 = 4 * 1024 * 1024;

/// What a site folder is made of. Everything else in it is left alone.
const PARTS: [&str; 4] = ["casebook.toml", "content", "static", "themes"];

/// Reads the site folder at `root`. A file that cannot be read becomes a problem of the set.
///
/// # Errors
///
/// The folder itself is not there or is none.
pub fn read(root: &Path) -> Result<SourceSet> {
    let real_root =
        fs::canonicalize(root).with_context(|| format!("the site folder {} cannot be opened", root.display()))?;
    anyhow::ensure!(real_root.is_dir(), "{} is no folder", root.display());
    let mut sources = SourceSet::default();
    let mut files = Vec::new();
    for part in PARTS {
        let start = real_root.join(part);
        if start.symlink_metadata().is_ok() {
            list(&start, &real_root, &mut files, &mut sources.problems);
        }
    }
    let read: Vec<Result<Item, ReadProblem>> =
        files.par_iter().map(|(path, site_path)| read_file(path, site_path)).collect();
    for ((_, site_path), item) in files.into_iter().zip(read) {
        match item {
            Ok(Item::Text(text)) => sources.add_text(site_path, &text),
            Ok(Item::Asset(asset)) => {
                sources.assets.insert(site_path, asset);
            }
            Err(problem) => sources.problems.push(problem),
        }
    }
    sources.problems.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

/// The bytes of a file of the site folder.
///
/// # Errors
///
/// The file cannot be read.
pub fn read_bytes(root: &Path, path: &SitePath) -> Result<Vec<u8>> {
    fs::read(root.join(path.as_str())).with_context(|| format!("{path} cannot be read"))
}

enum Item {
    Text(String),
    Asset(Asset),
}

fn list(start: &Path, root: &Path, files: &mut Vec<(PathBuf, SitePath)>, problems: &mut Vec<ReadProblem>) {
    // A link from `static` into `content` would publish drafts as they are.
    let lies_inside = |path: &Path| {
        let own_part = start.file_name().map(|part| root.join(part));
        let real = fs::canonicalize(path);
        own_part.zip(real.ok()).is_some_and(|(part, real)| real.starts_with(part))
    };
    let is_visible = |entry: &walkdir::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(start).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_visible) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(walk_problem(&error, root));
                continue;
            }
        };
        let shown = shown(entry.path(), root);
        if entry.path_is_symlink() && !lies_inside(entry.path()) {
            problems.push(ReadProblem { path: shown, kind: ReadProblemKind::LinkOutside });
            continue;
        }
        if entry.file_type().is_dir() {
            if shown.starts_with("content/") && shown.ends_with(".md") {
                problems.push(ReadProblem { path: shown, kind: ReadProblemKind::IsFolder });
            }
            continue;
        }
        // A link to a folder outside was reported; what lies below it is not read.
        if !lies_inside(entry.path()) {
            continue;
        }
        match SitePath::new(&shown) {
            Ok(path) if entry.path().to_str().is_some() => files.push((entry.path().to_owned(), path)),
            Ok(_) => problems.push(ReadProblem { path: shown, kind: ReadProblemKind::Name("is not UTF-8".to_owned()) }),
            Err(error) => problems.push(ReadProblem { path: shown, kind: ReadProblemKind::Name(error.to_string()) }),
        }
    }
}

fn shown(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn walk_problem(error: &walkdir::Error, root: &Path) -> ReadProblem {
    let path = error.path().map(|path| shown(path, root)).unwrap_or_default();
    let kind = match (error.loop_ancestor(), error.io_error()) {
        (Some(_), _) => ReadProblemKind::LinkLoop,
        // The system counted the links and gave up: a link that leads to itself.
        (None, Some(refused)) if is_link(error) && refused.kind() != std::io::ErrorKind::NotFound => {
            ReadProblemKind::LinkLoop
        }
        (None, Some(error)) => ReadProblemKind::Refused(error.to_string()),
        (None, None) => ReadProblemKind::Refused(error.to_string()),
    };
    ReadProblem { path, kind }
}

fn is_link(error: &walkdir::Error) -> bool {
    error.path().and_then(|path| path.symlink_metadata().ok()).is_some_and(|metadata| metadata.is_symlink())
}

fn is_text(path: &SitePath) -> bool {
    let extension = path.extension().unwrap_or_default();
    match path.as_str().split('/').next() {
        Some("casebook.toml") => true,
        Some("content") => matches!(extension, "md" | "toml") || is_dataset(path),
        Some("themes") => matches!(extension, "html" | "css" | "js" | "svg" | "toml" | "txt" | "xml" | "json"),
        _ => false,
    }
}

/// Whether a file is the dataset of another site.
fn is_dataset(path: &SitePath) -> bool {
    path.folder() == "content/sources" && path.extension() == Some("json")
}

fn read_file(path: &Path, site_path: &SitePath) -> Result<Item, ReadProblem> {
    let problem = |kind| ReadProblem { path: site_path.as_str().to_owned(), kind };
    let refused = |error: std::io::Error| problem(ReadProblemKind::Refused(error.to_string()));
    let metadata = fs::metadata(path).map_err(refused)?;
    if !metadata.is_file() {
        return Err(problem(ReadProblemKind::Refused("it is no ordinary file".to_owned())));
    }
    if !is_text(site_path) {
        return Ok(Item::Asset(read_asset(path, metadata.len()).map_err(refused)?));
    }
    let limit = if is_dataset(site_path) { LONGEST_DATASET } else { LONGEST_TEXT };
    if metadata.len() > limit {
        return Err(problem(ReadProblemKind::TooLarge { length: metadata.len(), limit }));
    }
    let bytes = fs::read(path).map_err(refused)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Item::Text(text)),
        Err(error) => Err(problem(ReadProblemKind::NotUtf8 { offset: error.utf8_error().valid_up_to() })),
    }
}

fn read_asset(path: &Path, length: u64) -> std::io::Result<Asset> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(path)?)?;
    let pixels = imagesize::size(path).ok().map(|size| (size.width, size.height));
    Ok(Asset { length, hash: hasher.finalize().to_hex().to_string(), pixels })
}
