//! The files of a site folder, by their places.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use walkdir::WalkDir;

use crate::text::{ReadProblem, ReadProblemKind, SitePath};

/// Lists what lies below `start`, a part of the site folder at `root`, which is a path without links.
pub(super) fn list(start: &Path, root: &Path, files: &mut Vec<(PathBuf, SitePath)>, problems: &mut Vec<ReadProblem>) {
    // A link from `static` into `content` would publish drafts as they are.
    let lies_inside = |path: &Path| {
        let own_part = start.file_name().map(|part| root.join(part));
        let real = fs::canonicalize(path);
        own_part.zip(real.ok()).is_some_and(|(part, real)| real.starts_with(part))
    };
    let is_visible = |entry: &walkdir::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let mut entries = WalkDir::new(start).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_visible);
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(walk_problem(&error, root));
                continue;
            }
        };
        let shown = shown(entry.path(), root);
        // Only a link leads elsewhere. What lies below one that leads out, perhaps a whole disk, is not even listed.
        if entry.path_is_symlink() && !lies_inside(entry.path()) {
            problems.push(ReadProblem { path: shown, kind: ReadProblemKind::LinkOutside });
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        if entry.file_type().is_dir() {
            if shown.starts_with("content/") && shown.ends_with(".md") {
                problems.push(ReadProblem { path: shown, kind: ReadProblemKind::IsFolder });
            }
            continue;
        }
        let checked = SitePath::new(&shown).and_then(|path| path.portability_error().map_or(Ok(path), Err));
        match checked {
            Ok(path) if entry.path().to_str().is_some() => files.push((entry.path().to_owned(), path)),
            Ok(_) => problems.push(ReadProblem { path: shown, kind: ReadProblemKind::Name("is not UTF-8".to_owned()) }),
            Err(error) => problems.push(ReadProblem { path: shown, kind: ReadProblemKind::Name(error.to_string()) }),
        }
    }
}

fn shown(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace(MAIN_SEPARATOR, "/")
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
