//! The files of a site folder and of an output folder, as values.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{LinkStatus, SitePath};

/// The greatest length in bytes of the dataset of a federated site.
pub const MAX_DATASET_LENGTH: u64 = 32 * 1024 * 1024;

/// The name of the file in an output folder that lists what this program wrote there.
pub const MANIFEST: &str = "casebook-manifest.json";

/// A text file of the site folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path below the site folder.
    pub path: SitePath,
    /// Its text without a byte order mark, with `\n` between lines.
    pub text: Arc<str>,
}

impl Source {
    /// Drops a byte order mark and turns `\r\n`, and each `\r` alone, into `\n`.
    pub fn new(path: SitePath, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { path, text: with_line_feeds(text).into() }
    }
}

/// A text with `\n` at the end of each line, whatever ends it.
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// A file of which only metadata is read; its bytes are copied when it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The length in bytes.
    pub length: u64,
    /// The BLAKE3 hash of its content, in hexadecimal.
    pub hash: String,
    /// Width and height in pixels as they are seen, when it is an image whose header could be read.
    pub pixels: Option<(usize, usize)>,
    /// Why publishing it could harm; `None` when it has no metadata, or all of it is removed.
    pub risk: Option<AssetRisk>,
    /// Its text, when it is one and short enough to be checked; of a drawing, with what is taken out of it.
    pub text: Option<Arc<str>>,
}

/// Why publishing a file could harm; the text explains it in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssetRisk {
    /// Files of its kind can hold metadata, and it is published unchanged.
    Metadata(String),
    /// Its content does not fit its extension, and it is published unchanged.
    Mismatch(String),
    /// It is a picture whose metadata cannot be removed, so it is not published.
    Refused(String),
}

/// The content of a file of the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Rendered by the program.
    Bytes(Vec<u8>),
    /// A copy of a file of the site folder. Images are copied without their metadata.
    Copy(SitePath),
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadProblemKind {
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// The offset of the first byte that is not UTF-8.
        offset: usize,
    },
    /// The file is too long to be read.
    TooLarge {
        /// The length in bytes.
        length: u64,
        /// The greatest length in bytes that is read.
        limit: u64,
    },
    /// A folder stands where a text file is expected.
    IsFolder,
    /// It is a pipe, a socket or a device, which may never end.
    NotAFile,
    /// A symbolic link leads out of the site folder.
    LinkOutside,
    /// A symbolic link leads to itself or to a folder around it.
    LinkLoop,
    /// The name cannot be part of an address, for this reason.
    Name(String),
    /// The operating system refused, with this message.
    Refused(String),
}

/// A file that was not read. All other files are read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadProblem {
    /// The path below the site folder; bytes that are not UTF-8 are replaced.
    pub path: String,
    /// The reason.
    pub kind: ReadProblemKind,
}

/// All input of a site. Equal sets give equal sites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSet {
    /// Markdown, TOML, templates and datasets of federated sites.
    pub texts: BTreeMap<SitePath, Source>,
    /// All other files.
    pub assets: BTreeMap<SitePath, Asset>,
    /// Files that were not read, by path.
    pub problems: Vec<ReadProblem>,
    /// The outcome for each external link that was requested; empty unless links are checked.
    pub link_statuses: BTreeMap<String, LinkStatus>,
}

impl SourceSet {
    /// Adds a text file, normalised by [`Source::new`].
    pub fn add_text(&mut self, path: SitePath, text: &str) {
        self.texts.insert(path.clone(), Source::new(path, text));
    }

    /// Whether the operating system refused to read a file. A later attempt may succeed although no file changes, for
    /// example when the process ran out of file descriptors.
    pub fn is_incomplete(&self) -> bool {
        self.problems.iter().any(|problem| matches!(problem.kind, ReadProblemKind::Refused(_)))
    }

    /// The text file at `path`; `None` also when `path` is not a valid path.
    pub fn text(&self, path: &str) -> Option<&Source> {
        self.texts.get(&SitePath::new(path).ok()?)
    }
}
