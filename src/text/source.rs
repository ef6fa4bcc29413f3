//! The files of a site folder, as values.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Reply, SitePath};

/// The greatest length in bytes of the dataset of another site.
pub const LONGEST_DATASET: u64 = 32 * 1024 * 1024;

/// The file of an output folder that lists what this program wrote there.
pub const MANIFEST: &str = "casebook-manifest.json";

/// A text file of the site folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it lies, relative to the site folder.
    pub path: SitePath,
    /// What it says. UTF-8, without a byte order mark, with `\n` between lines.
    pub text: Arc<str>,
}

impl Source {
    /// A text file. A byte order mark is dropped and `\r\n` becomes `\n`.
    pub fn new(path: SitePath, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text: Arc<str> = if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text.into() };
        Self { path, text }
    }
}

/// A file whose bytes stay on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its length in bytes.
    pub length: u64,
    /// The BLAKE3 hash of its content, in hexadecimal.
    pub hash: String,
    /// Width and height in pixels as they are seen, when it is an image whose header could be read.
    pub pixels: Option<(usize, usize)>,
    /// What speaks against publishing it; nothing when nothing is hidden in it, or all of that is taken out.
    pub concern: Option<Concern>,
    /// What it says, when it is a plain text that is published as it is and not too long to be looked at.
    pub text: Option<Arc<str>>,
}

/// What speaks against publishing a file, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// Files of its kind can hold more than what is seen, and it is published as it is.
    Metadata(String),
    /// It is something else than its name says, and it is published as it is.
    Mismatch(String),
    /// It is a picture that cannot be cleaned, and nothing of it is published.
    Refused(String),
}

/// What stands at an output path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of a file of the site folder. Images are copied without their metadata.
    Copy(SitePath),
}

/// What kept a file from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadProblemKind {
    /// The bytes are not UTF-8, first at this offset.
    NotUtf8 {
        /// The first byte that begins no character.
        offset: usize,
    },
    /// The file is longer than what is read.
    TooLarge {
        /// Its length in bytes.
        length: u64,
        /// The greatest length that is read.
        limit: u64,
    },
    /// A folder stands where a text file is expected.
    IsFolder,
    /// It is a pipe, a socket or a device: reading it could wait for ever.
    NotAFile,
    /// A symbolic link leads out of the site folder.
    LinkOutside,
    /// Symbolic links lead in a circle.
    LinkLoop,
    /// The name cannot be part of an address.
    Name(String),
    /// The system refused; its own words.
    Refused(String),
}

/// A file that could not be read, and why. The rest of the site is read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadProblem {
    /// The file, as far as its name can be shown.
    pub path: String,
    /// What kept it from being read.
    pub kind: ReadProblemKind,
}

/// Everything that a site is made from. Two equal sets give the same site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSet {
    /// Text files by path: Markdown, TOML, templates.
    pub texts: BTreeMap<SitePath, Source>,
    /// All other files by path.
    pub assets: BTreeMap<SitePath, Asset>,
    /// What could not be read.
    pub problems: Vec<ReadProblem>,
    /// What other servers said about the addresses that texts lead to. Empty unless they were asked.
    pub replies: BTreeMap<String, Reply>,
}

impl SourceSet {
    /// Adds a text file, as [`Source::new`] takes it.
    pub fn add_text(&mut self, path: SitePath, text: &str) {
        self.texts.insert(path.clone(), Source::new(path, text));
    }

    /// Whether the system refused to hand something over. It may do so later without any change to the folder, for
    /// example when other programs left no descriptors.
    pub fn is_incomplete(&self) -> bool {
        self.problems.iter().any(|problem| matches!(problem.kind, ReadProblemKind::Refused(_)))
    }

    /// The text file at `path`, if there is one.
    pub fn text(&self, path: &str) -> Option<&Source> {
        self.texts.get(&SitePath::new(path).ok()?)
    }
}
