//! Reads a site folder into a source set, and only changed files when it is read again.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::asset::read_asset;
use super::list::Listing;
use super::picture;
use super::watched::WatchedFolders;
use crate::text::{Asset, FilePatterns, MAX_DATASET_LENGTH, ReadProblem, ReadProblemKind, SitePath, Source, SourceSet};

/// The greatest length of a text file in bytes. Longer files would stall the program.
pub(super) const LONGEST_TEXT: u64 = 4 * 1024 * 1024;

/// The greatest length of a Markdown file in bytes. A page may take a thousand times the memory of its text. The longest
/// public review that we know has 24 kB.
pub(super) const LONGEST_MARKDOWN: u64 = 384 * 1024;

/// How old a file has to be before its modification time proves that it is unchanged, since some file systems count in
/// steps of two seconds.
const SETTLED: Duration = Duration::from_secs(3);

/// Reads the site folder at `root` once, with the reviews that `reviews` name. A file that cannot be read becomes a problem
/// of the set.
///
/// # Errors
///
/// The folder does not exist, or is a file.
pub fn read(root: &Path, reviews: &[FilePatterns]) -> Result<SourceSet> {
    Reader::new(root).read(reviews)
}

/// Reads files below `root` as reviews, and nothing else.
pub fn read_reviews(root: &Path, paths: &[SitePath]) -> SourceSet {
    let mut sources = SourceSet::default();
    for path in paths {
        let at = root.join(path.as_str());
        let item = fs::metadata(&at).and_then(|metadata| read_file(&at, path, &metadata, FileKind::Review));
        let refused = |error: std::io::Error| {
            let kind = ReadProblemKind::Refused(error.to_string());
            Item::Problem(ReadProblem { path: path.as_str().to_owned(), kind })
        };
        match item.unwrap_or_else(refused) {
            Item::Text(source) => _ = sources.texts.insert(path.clone(), source),
            Item::Asset(asset) => _ = sources.assets.insert(path.clone(), asset),
            Item::Problem(problem) => sources.problems.push(problem),
        }
    }
    sources
}

/// The settings of the site at `root`, which say what else to read; none when they are missing or cannot be read.
pub fn read_settings(root: &Path) -> Option<Source> {
    let path = SitePath::new("casebook.toml").expect("the name is a path");
    let at = root.join(path.as_str());
    let metadata = fs::metadata(&at).ok()?;
    match read_file(&at, &path, &metadata, FileKind::OtherText).ok()? {
        Item::Text(source) => Some(source),
        Item::Asset(_) | Item::Problem(_) => None,
    }
}

/// Reads a site folder repeatedly. A file with unchanged size, times and inode is not read again, unless it was read just
/// after it was written.
#[derive(Debug)]
pub struct Reader {
    pub(super) root: PathBuf,
    known: HashMap<SitePath, Known>,
    /// The reviews of the last reading: which files are texts follows from them.
    pub(super) reviews: Vec<FilePatterns>,
    watched: WatchedFolders,
}

/// A file as it was read.
#[derive(Clone, Debug)]
struct Known {
    /// Equal as long as the file is unchanged; `None` when its content has to be compared.
    fingerprint: Option<Fingerprint>,
    item: Item,
}

#[derive(Clone, Debug)]
enum Item {
    Text(Source),
    Asset(Asset),
    Problem(ReadProblem),
}

/// Metadata that changes whenever a file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fingerprint {
    length: u64,
    modified: SystemTime,
    /// Seconds and nanoseconds of the last change of content or metadata; device and number of the file.
    inode: [i128; 4],
}

impl Reader {
    /// A reader that has read nothing yet.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), known: HashMap::new(), reviews: Vec::new(), watched: WatchedFolders::default() }
    }

    /// The folders of reviews that the last reading found, to be watched.
    pub fn watched(&self) -> WatchedFolders {
        self.watched.clone()
    }

    /// The settings of the site, which say what else to read.
    pub fn settings(&self) -> Option<Source> {
        read_settings(&self.root)
    }

    /// Reads changed files and returns all: the fixed parts of a site, and what `reviews` name. Unchanged texts are shared
    /// with earlier sets.
    ///
    /// # Errors
    ///
    /// The folder does not exist, or is a file.
    pub fn read(&mut self, reviews: &[FilePatterns]) -> Result<SourceSet> {
        let root = fs::canonicalize(&self.root)
            .with_context(|| format!("the site folder {} cannot be opened", self.root.display()))?;
        anyhow::ensure!(root.is_dir(), "{} is no folder", self.root.display());
        if self.reviews != reviews {
            self.reviews = reviews.to_owned();
            self.known.clear();
        }
        let listing = Listing::new(&root, reviews);
        let mut review_folders = listing.review_folders;
        let mut sources = SourceSet { problems: listing.problems, ..SourceSet::default() };
        let mut files: Vec<(SitePath, PathBuf)> = listing.files.into_iter().collect();
        let known = &self.known;
        let read = |(path, at): &(SitePath, PathBuf)| read_if_changed(at, path, reviews, known.get(path));
        let mut items: Vec<Known> = files.par_iter().map(read).collect();
        let listed = |path: &SitePath| files.binary_search_by(|(known, _)| known.cmp(path)).is_ok();
        let reviews_in = items.iter().filter_map(|known| match &known.item {
            Item::Text(source) if reviews.iter().any(|place| place.matches(&source.path)) => Some(source),
            Item::Text(_) | Item::Asset(_) | Item::Problem(_) => None,
        });
        let mut pictures: Vec<(SitePath, PathBuf)> = picture::shown_by(reviews_in, &root).into_iter().collect();
        pictures.retain(|(path, _)| !listed(path));
        let folders = pictures.iter().map(|(path, _)| path.folder().to_owned());
        review_folders.extend(folders.filter(|folder| !folder.is_empty()));
        self.watched.set(review_folders);
        items.extend(pictures.par_iter().map(read).collect::<Vec<_>>());
        files.extend(pictures);
        let mut texts = Vec::with_capacity(items.len());
        for ((path, _), known) in files.iter().zip(&items) {
            match known.item.clone() {
                Item::Text(source) => texts.push((path.clone(), source)),
                Item::Asset(asset) => _ = sources.assets.insert(path.clone(), asset),
                Item::Problem(problem) => sources.problems.push(problem),
            }
        }
        // They come in order: taken together, that is quick.
        sources.texts = texts.into_iter().collect();
        sources.problems.sort_by(|a, b| a.path.cmp(&b.path));
        self.known = files.into_iter().map(|(path, _)| path).zip(items).collect();
        Ok(sources)
    }
}

impl Reader {
    /// The texts of an earlier reading with those of the `changed` files in their place, without a look at any other file;
    /// `None` unless each of them is a text that was there before.
    pub fn read_only(&self, changed: &[PathBuf], before: &SourceSet) -> Option<SourceSet> {
        let root = fs::canonicalize(&self.root).ok()?;
        let mut sources = None;
        for at in changed {
            let below = at.strip_prefix(&root).ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
            let path = SitePath::new(&below).ok()?;
            let known = before.texts.get(&path)?;
            let metadata = fs::symlink_metadata(at).ok().filter(Metadata::is_file)?;
            let Item::Text(text) = read_file(at, &path, &metadata, FileKind::of(&path, &self.reviews)).ok()? else {
                return None;
            };
            if text != *known {
                sources.get_or_insert_with(|| before.clone()).texts.insert(path, text);
            }
        }
        sources
    }
}

/// Returns `known` if the file at `at` is unchanged, and reads it otherwise.
fn read_if_changed(at: &Path, path: &SitePath, reviews: &[FilePatterns], known: Option<&Known>) -> Known {
    let refused = |error: std::io::Error| {
        let kind = ReadProblemKind::Refused(error.to_string());
        Known { fingerprint: None, item: Item::Problem(ReadProblem { path: path.as_str().to_owned(), kind }) }
    };
    let metadata = match fs::metadata(at) {
        Ok(metadata) => metadata,
        Err(error) => return refused(error),
    };
    let fingerprint = Fingerprint::of(&metadata);
    if let Some(known) = known.filter(|known| known.fingerprint.is_some() && known.fingerprint == fingerprint) {
        return known.clone();
    }
    let now = SystemTime::now();
    match read_file(at, path, &metadata, FileKind::of(path, reviews)) {
        Ok(mut item) => {
            if let (Item::Text(new), Some(Known { item: Item::Text(old), .. })) = (&mut item, known)
                && new == old
            {
                // Sharing the text makes the comparison of the two cheap.
                *new = old.clone();
            }
            Known { fingerprint: fingerprint.filter(|fingerprint| fingerprint.is_settled(now)), item }
        }
        Err(error) => refused(error),
    }
}

impl Fingerprint {
    fn of(metadata: &Metadata) -> Option<Self> {
        let modified = metadata.modified().ok()?;
        #[cfg(unix)]
        let inode = {
            use std::os::unix::fs::MetadataExt;
            [metadata.ctime().into(), metadata.ctime_nsec().into(), metadata.dev().into(), metadata.ino().into()]
        };
        #[cfg(not(unix))]
        let inode = [0; 4];
        Some(Self { length: metadata.len(), modified, inode })
    }

    /// Whether every write after `now` changes the fingerprint.
    fn is_settled(&self, now: SystemTime) -> bool {
        let [seconds, ..] = self.inode;
        let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
        let is_old = |time: SystemTime| now.duration_since(time).is_ok_and(|age| age > SETTLED);
        is_old(self.modified) && is_old(changed)
    }
}

/// How a file is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// Markdown that people write.
    Review,
    Dataset,
    OtherText,
    Asset,
}

impl FileKind {
    pub(super) fn of(path: &SitePath, reviews: &[FilePatterns]) -> Self {
        let extension = path.extension().unwrap_or_default();
        let is_text = match path.as_str().split('/').next() {
            Some("casebook.toml") => true,
            Some("content") => matches!(extension, "md" | "toml"),
            Some("themes") => matches!(extension, "html" | "css" | "js" | "svg" | "toml" | "txt" | "xml" | "json"),
            _ => false,
        };
        match path.folder() {
            "content/sources" if extension == "json" => Self::Dataset,
            _ if reviews.iter().any(|place| place.matches(path)) => Self::Review,
            // A page is as long as a review.
            _ if is_text && extension == "md" => Self::Review,
            _ if is_text => Self::OtherText,
            _ => Self::Asset,
        }
    }

    /// The greatest length in bytes; none for what is not read as text.
    pub(super) fn limit(self) -> Option<u64> {
        match self {
            Self::Review => Some(LONGEST_MARKDOWN),
            Self::Dataset => Some(MAX_DATASET_LENGTH),
            Self::OtherText => Some(LONGEST_TEXT),
            Self::Asset => None,
        }
    }
}

fn read_file(at: &Path, path: &SitePath, metadata: &Metadata, kind: FileKind) -> std::io::Result<Item> {
    let problem = |kind| Ok(Item::Problem(ReadProblem { path: path.as_str().to_owned(), kind }));
    if !metadata.is_file() {
        return problem(ReadProblemKind::NotAFile);
    }
    let Some(limit) = kind.limit() else { return Ok(Item::Asset(read_asset(at, path, metadata.len())?)) };
    if metadata.len() > limit {
        return problem(ReadProblemKind::TooLarge { length: metadata.len(), limit });
    }
    match String::from_utf8(fs::read(at)?) {
        Ok(text) => Ok(Item::Text(Source::new(path.clone(), &text))),
        Err(error) => problem(ReadProblemKind::NotUtf8 { offset: error.utf8_error().valid_up_to() }),
    }
}
