//! Mistakes that reading a file finds. Each becomes a finding of the rule for its kind.

use super::Quote;
use crate::text::{Edit, Span};

/// Kinds of mistakes; each belongs to exactly one rule of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A file that cannot be read at all.
    Unreadable,
    /// A review without front matter.
    FrontMatterMissing,
    /// Front matter that is not valid TOML or YAML, or another file that is not valid TOML.
    BrokenToml,
    /// A key that the format does not know.
    UnknownKey,
    /// A required key that is absent or empty.
    MissingKey,
    /// A value of a type that its key does not take.
    WrongType,
    /// A word that is not in the vocabulary of its key.
    UnknownValue,
    /// An id that two items share.
    DuplicateId,
    /// An id that cannot be part of an address.
    UnsafeId,
    /// An internal block that is not closed, or closed without being open.
    InternalBlock,
    /// A passage that resembles a marker of an internal block and is none.
    MarkerLookalike,
    /// A line of the timeline that does not begin with a time.
    UnreadableEntry,
    /// A review of which nobody can tell on which day the incident was.
    UnknownDay,
    /// A time of day whose zone is not known.
    TimeWithoutZone,
    /// A mark in the timeline that resembles a phase mark but is none.
    UnknownMark,
    /// A section that looks like a timeline beside the one that is measured.
    UnmeasuredTimeline,
    /// Front matter and text that say different things.
    Contradiction,
    /// An allowance without a reason.
    AllowanceWithoutReason,
    /// An allowance for a rule that finds nothing there.
    UnusedAllowance,
    /// A template of the theme that cannot be parsed or rendered.
    BrokenTemplate,
    /// Reviews of a federated site that are not taken over.
    RejectedFederatedSite,
    /// Factors of a federated site that this site does not have.
    UnmappedFactor,
    /// A passage that is written like a link, a picture or a footnote and is none.
    LinkWithoutTarget,
    /// An element or attribute of HTML that no page has.
    HtmlLeftOut,
    /// A pattern of `[[reviews]]` that takes no file.
    UnmatchedPattern,
    /// More items, or deeper nesting, than the program reads.
    TooMuch,
}

/// One mistake and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Decides which rule reports it.
    pub kind: ProblemKind,
    /// The smallest place that is wrong.
    pub span: Span,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it here; without it the report shows the remedy of the rule.
    pub help: Option<String>,
    /// Changes that fix it; empty unless the fix is certain.
    pub fix: Vec<Edit>,
    /// How reports quote the place.
    pub quote: Quote,
}

/// Problems in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds a problem, and returns it for [`Problem::help`].
    pub fn add(&mut self, kind: ProblemKind, span: Span, message: impl Into<String>) -> &mut Problem {
        self.0.push(Problem {
            kind,
            span,
            message: message.into(),
            help: None,
            fix: Vec::new(),
            quote: Quote::Verbatim,
        });
        self.0.last_mut().expect("a problem was just added")
    }
}

impl Problem {
    /// Says what the author can do about it.
    pub fn help(&mut self, help: impl Into<String>) {
        self.help = Some(help.into());
    }

    /// Makes reports redact the place.
    pub fn redact(&mut self) {
        self.quote = Quote::Redacted;
    }
}
