//! The files of a site folder, by their places.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::read::LONGEST_MARKDOWN;
use crate::text::{FilePattern, FilePatterns, MANIFEST, ReadProblem, ReadProblemKind, SitePath, Source, is_markdown};

/// The files and folders that belong to a site, whatever its casebook.toml says.
pub(super) const PARTS: [&str; 4] = ["casebook.toml", "content", "static", "themes"];

/// A file that marks a folder which a program can make again at any time.
const CACHE_TAG: &str = "CACHEDIR.TAG";

/// The greatest number of Markdown files that are looked at in a folder.
const MOST_TEXTS: usize = 20_000;

/// Endings of texts in Markdown, also of those that another program fills in first.
const TEXTS: [&str; 5] = ["md", "markdown", "mdx", "qmd", "erb"];

/// The Markdown files that people wrote below `folder`, and texts without an ending, by path. No link is followed, and what cannot be read is left out.
pub fn texts_below(folder: &Path) -> Vec<Source> {
    let is_entered = |entry: &DirEntry| {
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        entry.depth() == 0 || (!is_hidden && (!entry.file_type().is_dir() || is_worked_on(entry)))
    };
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(is_entered);
    let read = |entry: DirEntry| {
        let path = SitePath::new(&shown(entry.path(), folder)).ok()?;
        let is_text = match path.extension() {
            Some(ending) => TEXTS.iter().any(|text| ending.eq_ignore_ascii_case(text)),
            None => true,
        };
        let is_short = entry.file_type().is_file() && entry.metadata().ok()?.len() <= LONGEST_MARKDOWN;
        let text = if is_text && is_short { fs::read_to_string(entry.path()).ok()? } else { return None };
        Some(Source::new(path, &text))
    };
    entries.filter_map(Result::ok).filter_map(read).take(MOST_TEXTS).collect()
}

/// The files of a site folder.
pub(super) struct Listing<'a> {
    /// A path without links.
    root: &'a Path,
    pub(super) files: BTreeMap<SitePath, PathBuf>,
    pub(super) problems: Vec<ReadProblem>,
    /// The folders, below the root, whose changes may concern reviews.
    pub(super) review_folders: BTreeSet<String>,
}

/// What is taken of the files below a folder.
struct Walk<'a> {
    start: &'a Path,
    enters: &'a dyn Fn(&DirEntry, &str) -> bool,
    takes: &'a dyn Fn(&SitePath) -> bool,
    /// Whether it matters that the file or folder of this name cannot be read.
    reports: &'a dyn Fn(&str) -> bool,
}

impl<'a> Listing<'a> {
    /// The parts of the site at `root`, and the files that `reviews` name, with what lies beside them.
    pub(super) fn new(root: &'a Path, reviews: &[FilePatterns]) -> Self {
        let mut listing = Self { root, files: BTreeMap::new(), problems: Vec::new(), review_folders: BTreeSet::new() };
        for part in PARTS {
            let start = root.join(part);
            if start.symlink_metadata().is_ok() {
                listing.walk(&Walk { start: &start, enters: &|_, _| true, takes: &|_| true, reports: &|_| true });
            }
        }
        listing.add_reviews(reviews);
        listing.problems.sort_by(|a, b| a.path.cmp(&b.path));
        listing.problems.dedup_by(|a, b| a.path == b.path);
        listing
    }

    fn add_reviews(&mut self, reviews: &[FilePatterns]) {
        let patterns = || reviews.iter().flat_map(|place| &place.files);
        let mut folders = topmost(patterns().map(FilePattern::folder));
        folders.retain(|folder| !is_part(folder));
        let mut around: BTreeSet<String> = BTreeSet::new();
        for folder in folders {
            let before: BTreeSet<SitePath> = self.files.keys().cloned().collect();
            if let Some(start) = self.start(&folder) {
                self.walk(&Walk {
                    start: &start,
                    enters: &|entry, shown| is_worked_on(entry) && patterns().any(|pattern| pattern.may_lie_in(shown)),
                    takes: &|path| reviews.iter().any(|place| place.matches(path)),
                    // In a whole repository much else cannot be read, and does not have to be.
                    reports: &|shown| !folder.is_empty() || shown.ends_with(".md"),
                });
            }
            let found: Vec<&SitePath> = self.files.keys().filter(|path| !before.contains(*path)).collect();
            around.extend(found.iter().map(|path| path.folder().to_owned()));
            match folder.as_str() {
                "" => self.review_folders.extend(found.iter().filter_map(|path| top_folder(path))),
                _ => _ = self.review_folders.insert(folder),
            }
        }
        let whole =
            patterns().filter(|pattern| pattern.takes_whole_folder()).map(|pattern| pattern.folder().to_owned());
        around.extend(whole);
        around.retain(|folder| !folder.is_empty() && !is_part(folder));
        for folder in topmost(around.iter().map(String::as_str)) {
            let Some(start) = self.start(&folder) else { continue };
            self.walk(&Walk {
                start: &start,
                enters: &|entry, _| is_worked_on(entry),
                takes: &|path| !is_markdown(path),
                reports: &|_| false,
            });
        }
    }

    /// The place of a folder; none when it is not there, or a link on the way leads elsewhere, which is reported.
    fn start(&mut self, folder: &str) -> Option<PathBuf> {
        if folder.is_empty() {
            return Some(self.root.to_owned());
        }
        let start = self.root.join(folder);
        let real = fs::canonicalize(&start).ok()?;
        if real != start {
            self.problems.push(ReadProblem { path: folder.to_owned(), kind: ReadProblemKind::LinkOutside });
            return None;
        }
        Some(start)
    }

    fn walk(&mut self, walk: &Walk<'_>) {
        // A link from `static` into `content` would publish drafts as they are.
        let lies_inside = |path: &Path| fs::canonicalize(path).is_ok_and(|real| real.starts_with(walk.start));
        let root = self.root;
        let is_entered = |entry: &DirEntry| {
            let is_visible = entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
            let is_start = entry.depth() == 0 || !entry.file_type().is_dir();
            is_visible && (is_start || (walk.enters)(entry, &shown(entry.path(), root)))
        };
        let entries = WalkDir::new(walk.start).follow_links(true).sort_by_file_name().into_iter();
        let mut entries = entries.filter_entry(is_entered);
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.report(walk, walk_problem(&error, root));
                    continue;
                }
            };
            let shown = shown(entry.path(), root);
            // Only a link leads elsewhere. What lies below one that leads out, perhaps a whole disk, is not even listed.
            if entry.path_is_symlink() && !lies_inside(entry.path()) {
                self.report(walk, ReadProblem { path: shown, kind: ReadProblemKind::LinkOutside });
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                continue;
            }
            if entry.file_type().is_dir() {
                if shown.starts_with("content/") && shown.ends_with(".md") {
                    self.report(walk, ReadProblem { path: shown, kind: ReadProblemKind::IsFolder });
                }
                continue;
            }
            let checked = SitePath::new(&shown).and_then(|path| path.portability_error().map_or(Ok(path), Err));
            let name = |reason: String| ReadProblem { path: shown.clone(), kind: ReadProblemKind::Name(reason) };
            match checked {
                Ok(path) if !(walk.takes)(&path) => {}
                Ok(path) if entry.path().to_str().is_some() => _ = self.files.insert(path, entry.path().to_owned()),
                Ok(_) => self.report(walk, name("is not UTF-8".to_owned())),
                Err(error) => self.report(walk, name(error.to_string())),
            }
        }
    }

    fn report(&mut self, walk: &Walk<'_>, problem: ReadProblem) {
        if (walk.reports)(&problem.path) {
            self.problems.push(problem);
        }
    }
}

/// Whether a path is, or lies in, one of the fixed parts of a site.
fn is_part(path: &str) -> bool {
    PARTS.contains(&path.split('/').next().unwrap_or(path))
}

/// Whether people work on the files of a folder, so that it is none that programs fill.
fn is_worked_on(entry: &DirEntry) -> bool {
    let is_there = |name: &str| entry.path().join(name).exists();
    entry.file_name() != "node_modules" && !is_there(CACHE_TAG) && !is_there(MANIFEST)
}

/// The folders that lie in no other one.
fn topmost<'a>(folders: impl Iterator<Item = &'a str>) -> Vec<String> {
    let sorted: BTreeSet<&str> = folders.collect();
    let mut top: Vec<String> = Vec::new();
    for folder in sorted {
        let is_inside =
            |outer: &String| outer.is_empty() || folder == outer || folder.starts_with(&format!("{outer}/"));
        if !top.iter().any(is_inside) {
            top.push(folder.to_owned());
        }
    }
    top
}

fn top_folder(path: &SitePath) -> Option<String> {
    path.as_str().split_once('/').map(|(folder, _)| folder.to_owned())
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
