//! What is said about a mistake: the finding, the metadata of the rule behind it, and its level.

mod problem;

pub use problem::{Problem, ProblemKind, Problems};

use crate::text::{Edit, SitePath, SourceMap, Span, escape_sentence};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Off,
    /// What a better review has.
    Advice,
    /// Something that readers will miss or stumble over.
    Warning,
    /// The site would be impossible, misleading or unsafe to publish.
    Error,
}

impl Level {
    /// Every level, the lightest first.
    pub const ALL: [Self; 4] = [Self::Off, Self::Advice, Self::Warning, Self::Error];

    /// The word that stands in casebook.toml and in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

/// The metadata of a rule: all that `explain` and the reports say about it.
#[derive(Debug)]
pub struct Metadata {
    /// Family letter and three digits, never reused.
    pub code: &'static str,
    /// The name that reads well after "allow".
    pub name: &'static str,
    /// The level for a team's own reviews.
    pub level: Level,
    /// The level for summaries of somebody else's public review.
    pub collected: Level,
    /// One sentence: what the rule finds.
    pub summary: &'static str,
    /// Why it matters to somebody.
    pub why: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// A review, or a change to the standard one, that has exactly this finding.
    pub wrong: Example,
    /// The same, mended.
    pub right: Example,
}

impl Metadata {
    /// Whether `word` names the rule, by its code or its name.
    pub fn is_called(&self, word: &str) -> bool {
        self.name.eq_ignore_ascii_case(word) || self.code.eq_ignore_ascii_case(word)
    }

    /// Whether no setting lowers `level`, one of the rule's own two. What is unsafe to publish stays so, and what
    /// was published once cannot be taken back.
    pub fn is_fixed(&self, level: Level) -> bool {
        self.code.starts_with('P') && level == Level::Error
    }
}

/// An example: what `explain` shows, and what the tests put into a review that is otherwise complete.
#[derive(Debug)]
pub enum Example {
    /// Text that replaces a passage of the sample review.
    Edit {
        /// The passage of the sample review.
        replace: &'static str,
        /// What stands there instead.
        with: &'static str,
    },
    /// A whole file of the site, beside the sample review.
    File {
        /// Its path in the site folder.
        path: &'static str,
        /// Its text.
        text: &'static str,
    },
    /// Something that text alone cannot bring about: it is shown, not run.
    Shown {
        /// What it looks like.
        text: &'static str,
    },
}

/// One finding about one place.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule behind it.
    pub rule: &'static Metadata,
    /// Its level, after casebook.toml was asked.
    pub level: Level,
    /// What is wrong here, in one sentence, which holds nothing hidden.
    pub message: String,
    /// The file. It may be one that could not be read, and its name may hold anything.
    pub path: String,
    /// The place in the file.
    pub span: Span,
    /// What to do here, when that can be said more precisely than in the rule.
    pub help: Option<String>,
    /// Whether the place may be shown: reports are read by many, and printed into public logs.
    pub shown: Shown,
    /// The changes that clear the finding, when a program can make them without changing what is meant.
    pub fix: Vec<Edit>,
}

/// What reports may repeat of the place of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// All of it.
    Whole,
    /// Nothing: a secret stands there.
    Masked,
}

/// The findings of one file, in the making.
#[derive(Debug)]
pub struct Findings<'a> {
    path: &'a SitePath,
    found: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// No findings yet about the file at `path`.
    pub fn new(path: &'a SitePath) -> Self {
        Self { path, found: Vec::new() }
    }

    /// Adds a finding of `rule` at `span`.
    pub fn add(&mut self, rule: &'static Metadata, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic::new(rule, self.path.as_str(), span, message));
        self.found.last_mut().expect("a finding was just added")
    }

    /// Adds findings that were made elsewhere, about the same file.
    pub fn extend(&mut self, found: Vec<Diagnostic>) {
        self.found.extend(found);
    }

    /// The findings, in the order in which they were made.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }
}

impl Diagnostic {
    /// A finding of `rule` at `span` of the file at `path`, at the rule's own level.
    pub fn new(rule: &'static Metadata, path: &str, span: Span, message: impl Into<String>) -> Self {
        let (level, message, path) = (rule.level, escape_sentence(&message.into()), path.to_owned());
        Self { rule, level, message, path, span, help: None, shown: Shown::Whole, fix: Vec::new() }
    }

    /// Turns a place in a text that parts were left out of into the place in its file. A change that would run over such
    /// a part is no longer offered: it would delete what only the team may see.
    pub fn place_in_source(&mut self, map: &SourceMap) {
        if map.is_identity() {
            return;
        }
        self.span = map.to_source(self.span);
        if !self.fix.iter().all(|edit| map.is_whole(edit.span)) {
            self.fix.clear();
        }
        self.fix.iter_mut().for_each(|edit| edit.span = map.to_source(edit.span));
    }

    /// Says what to do here.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(escape_sentence(&help.into()));
        self
    }

    /// Keeps the place out of reports.
    pub fn mask(&mut self) -> &mut Self {
        self.shown = Shown::Masked;
        self
    }

    /// Offers a change that clears the finding without changing what is meant.
    pub fn fix(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.fix.push(Edit { span, text: text.into() });
        self
    }
}
