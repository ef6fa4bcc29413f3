//! What a reader could not understand, before any rule has a name for it.

use crate::text::{Edit, Span};

/// The kinds of mistakes that reading itself finds. Each belongs to one rule of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A file could not be read at all.
    Unreadable,
    /// A review does not begin with front matter.
    FrontMatterMissing,
    /// The front matter, or another TOML file, breaks the grammar.
    BrokenToml,
    /// A key that the format does not know.
    UnknownKey,
    /// A key that has to be there is not.
    MissingKey,
    /// A value of another type than the key takes.
    WrongType,
    /// A word that is not in the vocabulary of its key.
    UnknownValue,
    /// The same id twice.
    DuplicateId,
    /// An id that cannot be part of an address.
    UnsafeId,
    /// An internal block that is not closed, or closed without being open.
    InternalBlock,
    /// A passage that resembles a marker of an internal block and is none.
    MarkerLookalike,
    /// A line of the timeline that does not begin with a time.
    UnreadableEntry,
    /// A time of day whose zone is not known.
    TimeWithoutZone,
    /// A mark in the timeline that resembles a phase mark but is none.
    UnknownMark,
    /// A rule was set aside without a reason.
    AllowanceWithoutReason,
    /// A rule was set aside where it finds nothing.
    UnusedAllowance,
    /// A template of the theme that does not work.
    BrokenTemplate,
    /// The reviews of another site that are left out.
    RejectedSource,
    /// Factors of another site that have no counterpart.
    UnmappedFactor,
    /// More of something than is read.
    TooMuch,
}

/// One mistake that reading found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which kind of mistake.
    pub kind: ProblemKind,
    /// Where it stands.
    pub span: Span,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it here.
    pub help: Option<String>,
    /// The changes that mend it, when that is certain.
    pub fix: Vec<Edit>,
}

/// A growing list of problems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds a problem that explains itself.
    pub fn add(&mut self, kind: ProblemKind, span: Span, message: impl Into<String>) {
        self.0.push(Problem { kind, span, message: message.into(), help: None, fix: Vec::new() });
    }

    /// Adds a problem and what to do about it.
    pub fn add_with_help(
        &mut self,
        kind: ProblemKind,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.push(Problem { kind, span, message: message.into(), help: Some(help.into()), fix: Vec::new() });
    }
}
