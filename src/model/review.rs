//! The review itself: what its front matter and its sections say, typed and with places.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::timeline::Timeline;
use super::vocabulary::{
    ActionKind, ActionStatus, Detection, FactorRole, ImpactKind, Kind, Perspective, Question, Status, Tlp, Update,
    Verdict,
};
use crate::document::SectionKind;
use crate::text::{SitePath, SourceMap, Span, Spanned, kebab_case};

/// The anchors that the page of every review has, or may have. Headings in its text get others.
pub const PAGE_ANCHORS: [&str; 16] = [
    "main",
    "contents",
    "summary",
    "impact",
    "timeline",
    "root-cause",
    "factors",
    "what-went-well",
    "what-went-poorly",
    "where-we-got-lucky",
    "response",
    "actions",
    "weaknesses",
    "corrections",
    "references",
    "related",
];

/// The permanent name of a review: its file's name without `.md`, or its folder's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReviewId(pub String);

impl fmt::Display for ReviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reviews that are counted together. They are never mixed in one number: what is missing in somebody else's was perhaps
/// just not published, and others choose differently what they review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// The organisation's own.
    Own,
    /// Summaries of somebody else's public reviews.
    Collected,
    /// Taken over from other sites.
    Sources,
}

impl Group {
    /// Every group, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Own, Self::Collected, Self::Sources];
}

/// Another site whose reviews stand among those of this one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    /// Its name in addresses, chosen by this site.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Whose site it is.
    pub organisation: String,
    /// Its home page.
    pub address: String,
    /// The licence of its reviews; may be empty.
    pub licence: String,
}

/// Where a review of another site comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The site.
    pub publisher: Arc<Publisher>,
    /// The page of the review there.
    pub address: String,
}

/// A document about an incident. What was missing or wrong in the source is `None` or empty here.
#[derive(Clone, Debug)]
pub struct Review {
    /// Its permanent name.
    pub id: ReviewId,
    /// The file it was read from.
    pub path: SitePath,
    /// The site it was taken over from; none when it is this site's own, or a summary that this site wrote.
    pub origin: Option<Origin>,
    /// What it is called.
    pub title: String,
    /// The id of a severity of the policy.
    pub severity: Option<Spanned<String>>,
    /// Incident or near miss.
    pub kind: Kind,
    /// How far the text is; `None` when that is not said.
    pub status: Option<Spanned<Status>>,
    /// Whether the front matter says clearly enough whether it may be published. What does not is withheld,
    /// whatever level its findings were given.
    pub is_clear: bool,
    /// Who may read it; `None` when that is not said, and then nobody may.
    pub tlp: Option<Spanned<Tlp>>,
    /// The day from which it may be read.
    pub publish: Option<Spanned<NaiveDate>>,
    /// The day of the review meeting.
    pub reviewed: Option<Spanned<NaiveDate>>,
    /// The teams or roles that reviewed it together.
    pub participants: Vec<Spanned<String>>,
    /// Whose incident it is.
    pub perspective: Perspective,
    /// The organisation, when it is not the site's own.
    pub organisation: Option<Spanned<String>>,
    /// The services affected.
    pub services: Vec<Spanned<String>>,
    /// The ids of related reviews.
    pub related: Vec<Spanned<String>>,
    /// Former ids.
    pub aliases: Vec<Spanned<String>>,
    /// Whom it affected, and how much.
    pub impact: Impact,
    /// How the response went.
    pub response: Response,
    /// The factors seen.
    pub factors: Vec<FactorUse>,
    /// What will be, or was, changed.
    pub actions: Vec<Action>,
    /// The weaknesses left as they are.
    pub accepted: Vec<Accepted>,
    /// The sources.
    pub references: Vec<Reference>,
    /// The corrections after publication, in the order of the file.
    pub revisions: Vec<Revision>,
    /// When things happened.
    pub timeline: Timeline,
    /// The parts of the text, in order.
    pub parts: Vec<Part>,
    /// The headings of the text, those of parts among them, in order.
    pub headings: Vec<String>,
    /// The links and images of the text, in order.
    pub links: Vec<LinkUse>,
    /// The addresses of other sites in the strings of the front matter, in order.
    pub addresses: Vec<Spanned<String>>,
    /// The text without front matter, internal blocks and comments. All spans are places in it.
    pub text: Arc<str>,
    /// From places in `text` to those in the file as it is written.
    pub map: SourceMap,
    /// The part of `text` that is Markdown.
    pub body: Span,
}

/// A part of the text.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is about, when its heading is a known one.
    pub kind: Option<SectionKind>,
    /// The text of its heading.
    pub title: Option<Spanned<String>>,
    /// What follows the heading.
    pub content: Span,
    /// Whether anything visible stands there.
    pub is_empty: bool,
    /// The labels of its list items that begin with bold words.
    pub labels: Vec<Spanned<String>>,
    /// Its list items, those in other lists left out.
    pub items: Vec<PartItem>,
}

/// A list item of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartItem {
    /// Its label; empty when it does not begin with bold words.
    pub label: String,
    /// Its words, without the marker of the list.
    pub text: Span,
}

/// A link or an image in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkUse {
    /// Where it leads, as written.
    pub destination: String,
    /// Where it stands.
    pub span: Span,
    /// Whether it shows what it leads to.
    pub image: bool,
}

/// Whom or what the incident affected.
#[derive(Clone, Debug, Default)]
pub struct Impact {
    /// What was said about each kind, in the order of the vocabulary.
    pub texts: Vec<(ImpactKind, Spanned<String>)>,
    /// Whole US dollars lost, at the time.
    pub funds_lost_usd: Option<u64>,
    /// Whole US dollars recovered.
    pub funds_recovered_usd: Option<u64>,
}

/// How the response went.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// Who or what noticed first.
    pub detection: Option<Detection>,
    /// The answers given, in the order of the questions.
    pub answers: Vec<ResponseAnswer>,
    /// What should change in monitoring, alerting, staffing or access.
    pub controls: Option<Spanned<String>>,
}

/// An answer to one question about the response.
#[derive(Clone, Debug)]
pub struct ResponseAnswer {
    /// The question.
    pub question: Question,
    /// The answer.
    pub answer: Answer,
}

/// Yes, partly or no, and what that rests on.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// What it rests on.
    pub note: Option<String>,
}

/// A factor of the registry as it was seen in one incident.
#[derive(Clone, Debug)]
pub struct FactorUse {
    /// The id as written; an alias is possible here.
    pub id: Spanned<String>,
    /// Its part.
    pub role: FactorRole,
    /// How it showed.
    pub note: Option<Spanned<String>>,
}

/// A change that answers a weakness.
#[derive(Clone, Debug)]
pub struct Action {
    /// Where it stands.
    pub span: Span,
    /// Its name within the review.
    pub id: Option<Spanned<String>>,
    /// What exactly is changed.
    pub change: Option<Spanned<String>>,
    /// What it is for.
    pub kind: Option<ActionKind>,
    /// The factors or labels that it answers.
    pub addresses: Vec<Spanned<String>>,
    /// The team or role that sees it through.
    pub owner: Option<Spanned<String>>,
    /// By when.
    pub due: Option<Spanned<NaiveDate>>,
    /// How far it is.
    pub status: ActionStatus,
    /// When it was closed.
    pub closed: Option<Spanned<NaiveDate>>,
    /// What changes with it.
    pub updates: Vec<Update>,
    /// Where its progress can be followed.
    pub link: Option<Spanned<String>>,
    /// How it is known to work.
    pub evidence: Option<String>,
}

impl Action {
    /// Whether it is still to be done and its date has passed on `today`.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.is_open() && self.due.as_ref().is_some_and(|due| due.value < today)
    }

    /// Its anchor on the page of its review, in which it stands at position `at`.
    pub fn anchor(&self, at: usize) -> String {
        let id = self.id.as_ref().map(|id| kebab_case(&id.value)).filter(|id| !id.is_empty());
        format!("action-{}", id.unwrap_or_else(|| (at + 1).to_string()))
    }

    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        matches!(self.status, ActionStatus::Open | ActionStatus::InProgress)
    }
}

/// A weakness left as it is, on purpose.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// A factor or a label.
    pub weakness: Spanned<String>,
    /// Why.
    pub reason: Option<Spanned<String>>,
}

/// A source.
#[derive(Clone, Debug)]
pub struct Reference {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: Spanned<String>,
    /// The commit it was read at.
    pub commit: Option<String>,
    /// The licence of its text.
    pub licence: Option<String>,
}

/// A correction after publication.
#[derive(Clone, Debug)]
pub struct Revision {
    /// When.
    pub date: Spanned<NaiveDate>,
    /// What was corrected.
    pub change: String,
}

impl Review {
    /// The day of the incident as its timeline gives it, else the date its id begins with.
    pub fn date(&self) -> Option<NaiveDate> {
        self.timeline.date().or_else(|| self.id.0.get(..10).and_then(|day| day.parse().ok()))
    }

    /// The day it was published: `publish`, else `reviewed`, else the last entry's.
    pub fn published(&self) -> Option<NaiveDate> {
        let given = self.publish.as_ref().or(self.reviewed.as_ref()).map(|date| date.value);
        given.or_else(|| self.timeline.last_date()).or_else(|| self.date())
    }

    /// The day it was last changed: its newest revision's, else the day it was published.
    pub fn modified(&self) -> Option<NaiveDate> {
        self.revisions.iter().map(|revision| revision.date.value).max().or_else(|| self.published())
    }

    /// The first part of a kind.
    pub fn part(&self, kind: SectionKind) -> Option<&Part> {
        self.parts.iter().find(|part| part.kind == Some(kind))
    }

    /// With which others it may be counted.
    pub fn group(&self) -> Group {
        match (&self.origin, self.perspective) {
            (Some(_), _) => Group::Sources,
            (None, Perspective::Own) => Group::Own,
            (None, Perspective::Collected) => Group::Collected,
        }
    }

    /// Whether it was found to be wrong after it had been published.
    pub fn is_withdrawn(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.value == Status::Withdrawn)
    }

    /// Whether one of its actions is late on `today`. Nobody waits for those of a review that was withdrawn.
    pub fn is_overdue(&self, action: &Action, today: NaiveDate) -> bool {
        !self.is_withdrawn() && action.is_overdue(today)
    }

    /// Where the headings of the parts begin.
    pub fn section_starts(&self) -> Vec<usize> {
        self.parts.iter().filter_map(|part| part.title.as_ref()).map(|title| title.span.start).collect()
    }

    /// The factor without which it would not have happened.
    pub fn primary_factor(&self) -> Option<&FactorUse> {
        self.factors.iter().find(|factor| factor.role == FactorRole::Primary)
    }

    /// Whether it may be read by anybody on `today`.
    pub fn is_public(&self, today: NaiveDate) -> bool {
        let clear = self.tlp.as_ref().is_some_and(|tlp| tlp.value == Tlp::Clear);
        let ready = self.status.as_ref().is_some_and(|status| status.value != Status::Draft);
        let due = self.publish.as_ref().is_none_or(|publish| publish.value <= today);
        self.is_clear && clear && ready && due
    }
}
