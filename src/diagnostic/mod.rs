//! Findings, the metadata of rules, and levels.

mod problem;

pub use problem::{Problem, ProblemKind, Problems};

use crate::text::{Edit, SitePath, SourceMap, Span, escape_line, escape_sentence};

/// The severity of a finding, which decides whether the site can be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Off,
    /// Improves the review.
    Advice,
    /// Readers will miss it or stumble over it.
    Warning,
    /// Publishing the site would be impossible, misleading or unsafe.
    Error,
}

impl Level {
    /// Every level, the lightest first.
    pub const ALL: [Self; 4] = [Self::Off, Self::Advice, Self::Warning, Self::Error];

    /// The name in casebook.toml and in reports, such as `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Reads what [`Level::word`] writes; `None` for any other word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

/// What a rule judges. Adopted reviews, which were written before the team used Casebook, are judged by what they say and
/// not by what they lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// Whether the text is safe to publish.
    Safety,
    /// Whether the site can be built: files, ids, templates, datasets.
    Site,
    /// Whether what is written can be read as it was meant.
    Form,
    /// Whether two places agree.
    Contradiction,
    /// Whether something is missing that a complete review has.
    Completeness,
    /// Whether it could be said or linked better.
    Quality,
}

impl Subject {
    /// The highest level of a rule in an adopted review. What is missing there stands in one summary, so that rules about
    /// it are off.
    pub fn highest_if_adopted(self) -> Level {
        match self {
            Self::Safety | Self::Site => Level::Error,
            Self::Form | Self::Contradiction => Level::Warning,
            Self::Quality => Level::Advice,
            Self::Completeness => Level::Off,
        }
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
    /// The level in summaries of another organisation's public review.
    pub collected: Level,
    /// What it judges, which decides its level in adopted reviews.
    pub subject: Subject,
    /// One sentence: what the rule finds.
    pub summary: &'static str,
    /// The harm that the mistake does.
    pub why: &'static str,
    /// How to fix it.
    pub remedy: &'static str,
    /// A review, or a change to the sample review, that has exactly this finding.
    pub wrong: Example,
    /// A review, or a change to the sample review, without a finding.
    pub right: Example,
}

impl Metadata {
    /// Whether `word` is the code or the name of the rule, in upper or lower case.
    pub fn is_called(&self, word: &str) -> bool {
        self.name.eq_ignore_ascii_case(word) || self.code.eq_ignore_ascii_case(word)
    }

    /// The level in the team's own adopted reviews.
    pub fn adopted(&self) -> Level {
        self.level.min(self.subject.highest_if_adopted())
    }

    /// Whether settings cannot lower `level`, one of the rule's two levels: what is published by mistake cannot be
    /// taken back.
    pub fn is_fixed(&self, level: Level) -> bool {
        self.code.starts_with('P') && level == Level::Error
    }
}

/// An example that `explain` shows and that the tests run.
#[derive(Debug)]
pub enum Example {
    /// Text that replaces a passage of the sample review.
    Edit {
        /// The passage of the sample review.
        replace: &'static str,
        /// Its replacement.
        with: &'static str,
    },
    /// Several passages of the sample review, in order, each with what stands there instead.
    Edits(&'static [(&'static str, &'static str)]),
    /// The sample review without everything between two passages of it.
    Cut {
        /// The first passage, which is left out.
        from: &'static str,
        /// The second one, which stays.
        until: &'static str,
    },
    /// A whole file of the site, beside the sample review.
    File {
        /// Its path in the site folder.
        path: &'static str,
        /// Its text.
        text: &'static str,
    },
    /// An example that text alone cannot cause: `explain` shows it, and tests do not run it.
    Shown {
        /// What `explain` shows.
        text: &'static str,
    },
}

/// One finding at one place.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Metadata,
    /// The level after the settings of casebook.toml.
    pub level: Level,
    /// What is wrong here, in one sentence without hidden characters.
    pub message: String,
    /// The file. Its name may hold any character, since it may be a file that cannot be read.
    pub path: String,
    /// The place in the file.
    pub span: Span,
    /// What to do here, when it is more precise than the remedy of the rule.
    pub help: Option<String>,
    /// Whether reports may quote the place; they may end in public logs.
    pub quote: Quote,
    /// Changes that fix the finding without changing the meaning; empty when an author has to decide.
    pub fix: Vec<Edit>,
    /// Whether it is about an adopted review. Reports on many of them count such findings.
    pub adopted: bool,
    /// The parts of a complete review that this one lacks, where the finding is about that.
    pub lacks: Vec<&'static str>,
    /// Other places that one has to see to understand it.
    pub related: Vec<RelatedPlace>,
}

/// A place that a finding refers to, in its file or in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedPlace {
    /// The file.
    pub path: String,
    /// The place in the file.
    pub span: Span,
    /// What stands there, in a few words.
    pub message: String,
}

/// What reports may quote of the place of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// The text as it is.
    Verbatim,
    /// Placeholders of the same length, since the text is a secret.
    Redacted,
}

/// Collects the findings about one file.
#[derive(Debug)]
pub struct Findings<'a> {
    path: &'a SitePath,
    found: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// Starts without findings.
    pub fn new(path: &'a SitePath) -> Self {
        Self { path, found: Vec::new() }
    }

    /// Adds a finding at the rule's own level, and returns it for help and fixes.
    pub fn add(&mut self, rule: &'static Metadata, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic::new(rule, self.path.as_str(), span, message));
        self.found.last_mut().expect("a finding was just added")
    }

    /// Adds findings about this file that were made elsewhere.
    pub fn extend(&mut self, found: Vec<Diagnostic>) {
        self.found.extend(found);
    }

    /// The findings, in the order in which they were added.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }
}

impl Diagnostic {
    /// A finding of `rule` at `span` of the file at `path`, at the rule's own level.
    pub fn new(rule: &'static Metadata, path: &str, span: Span, message: impl Into<String>) -> Self {
        let (level, message, path) = (rule.level, escape_sentence(&message.into()), path.to_owned());
        let (fix, lacks, related) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            rule,
            level,
            message,
            path,
            span,
            help: None,
            quote: Quote::Verbatim,
            fix,
            adopted: false,
            lacks,
            related,
        }
    }

    /// Moves the finding from its place in a redacted text to the place in the file. Fixes across a cut are dropped: they
    /// would delete passages that only the team can see.
    pub fn place_in_source(&mut self, map: &SourceMap) {
        if map.is_identity() {
            return;
        }
        self.span = map.to_source(self.span);
        let own = self.related.iter_mut().filter(|place| place.path == self.path);
        own.for_each(|place| place.span = map.to_source(place.span));
        if !self.fix.iter().all(|edit| map.is_whole(edit.span)) {
            self.fix.clear();
        }
        self.fix.iter_mut().for_each(|edit| edit.span = map.to_source(edit.span));
    }

    /// Sets what to do here, in one sentence.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(escape_sentence(&help.into()));
        self
    }

    /// Adds lines to copy, below what the author can do about it.
    pub fn lines(&mut self, lines: impl IntoIterator<Item = String>) -> &mut Self {
        let mut help = self.help.take().unwrap_or_else(|| self.rule.remedy.to_owned());
        for line in lines {
            help.push('\n');
            help.push_str(&escape_line(&line));
        }
        self.help = Some(help);
        self
    }

    /// Names another place that one has to see to understand the finding. In another file it is one of that file as it is
    /// written, in the same one it is where the finding's own place is.
    pub fn relate(&mut self, path: &str, span: Span, message: &str) -> &mut Self {
        self.related.push(RelatedPlace { path: path.to_owned(), span, message: escape_sentence(message) });
        self
    }

    /// Makes reports redact the place.
    pub fn redact(&mut self) -> &mut Self {
        self.quote = Quote::Redacted;
        self
    }

    /// Adds a replacement that fixes the finding without changing the meaning.
    pub fn fix(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.fix.push(Edit { span, text: text.into() });
        self
    }
}
