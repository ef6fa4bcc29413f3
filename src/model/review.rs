//! The review itself: what its front matter and its sections say, typed and with places.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::action::{Accepted, Action};
use super::factor_use::{FactorUse, LocalFactor};
use super::impact::Impact;
use super::origin::Origin;
use super::response::Response;
use super::timeline::Timeline;
use super::vocabulary::{FactorRole, Kind, Perspective, Status, Tlp, Unknown};
use crate::document::SectionKind;
use crate::text::{SitePath, SourceMap, Span, Spanned};

/// The permanent name of a review: `id`, else its file's name without the ending, or its folder's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReviewId(pub String);

impl fmt::Display for ReviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reviews that are counted together. Numbers never mix groups: a public review of another organisation may leave things
/// out, and each organisation chooses which incidents it reviews.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// The organisation's own.
    Own,
    /// Summaries of other organisations' public reviews.
    Collected,
    /// Taken over from federated sites.
    Federated,
}

impl Group {
    /// Every group, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Own, Self::Collected, Self::Federated];
}

/// A document about an incident. What was missing or wrong in the source is `None` or empty here.
#[derive(Clone, Debug)]
pub struct Review {
    /// Its permanent name, the last part of the address of its page.
    pub id: ReviewId,
    /// The file it was read from.
    pub path: SitePath,
    /// The site it was taken over from; none when it is this site's own, or a summary that this site wrote.
    pub origin: Option<Origin>,
    /// What the incident is called, in plain text.
    pub title: String,
    /// The id of a severity of the policy.
    pub severity: Option<Spanned<String>>,
    /// Whether anybody felt it, or it was a near miss.
    pub kind: Kind,
    /// How far the text is; `None` when that is not said.
    pub status: Option<Spanned<Status>>,
    /// Whether the front matter says clearly enough whether it may be published. What does not is withheld,
    /// whatever level its findings were given.
    pub is_clear: bool,
    /// Who may read it; `None` when that is not said; the review is then withheld.
    pub tlp: Option<Spanned<Tlp>>,
    /// The day from which it may be read.
    pub publish: Option<Spanned<NaiveDate>>,
    /// The day of the review meeting.
    pub reviewed: Option<Spanned<NaiveDate>>,
    /// What the authors say that they do not know: severity, reviewed.
    pub unknown: Vec<Unknown>,
    /// The day of the incident as the head of the text states it.
    pub stated_day: Option<NaiveDate>,
    /// The teams or roles that reviewed it together.
    pub participants: Vec<Spanned<String>>,
    /// Whether it was there before the team used Casebook, so that it is judged by what it says and not by what it lacks.
    pub adopted: bool,
    /// Whether the organisation wrote the review, or this is a summary of what it published.
    pub perspective: Perspective,
    /// The organisation, when it is not the site's own.
    pub organisation: Option<Spanned<String>>,
    /// The services that failed or were slow, as the organisation calls them.
    pub services: Vec<Spanned<String>>,
    /// The ids of related reviews.
    pub related: Vec<Spanned<String>>,
    /// Former ids, whose addresses lead here.
    pub aliases: Vec<Spanned<String>>,
    /// Whom it affected, and how much.
    pub impact: Impact,
    /// How the incident was noticed and handled.
    pub response: Response,
    /// The factors of the registry that were seen in this incident.
    pub factors: Vec<FactorUse>,
    /// The items under its contributing factors that name no factor of the registry, in order.
    pub local_factors: Vec<LocalFactor>,
    /// What will be, or was, changed.
    pub actions: Vec<Action>,
    /// The weaknesses left as they are.
    pub accepted: Vec<Accepted>,
    /// The sources that the review rests on.
    pub references: Vec<Reference>,
    /// The corrections after publication, in the order of the file.
    pub revisions: Vec<Revision>,
    /// What happened when; durations follow from it.
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
    /// Whether its heading says the title of the review again, which a page shows above all parts.
    pub is_titled_as_review: bool,
    /// The level of its heading on the page: 2, or 3 below the heading of another part.
    pub level: u8,
    /// What follows the heading, up to the next part.
    pub content: Span,
    /// Whether nothing visible stands there.
    pub is_empty: bool,
    /// Its list items, those in other lists left out.
    pub items: Vec<PartItem>,
}

impl Part {
    /// The words of its heading, without a colon at their end; empty when it has none of its own.
    pub fn heading(&self) -> &str {
        self.title
            .as_ref()
            .filter(|_| !self.is_titled_as_review)
            .map_or("", |title| title.value.trim().trim_end_matches(':'))
    }

    /// Whether it says what went well, what went poorly, or where the team got lucky.
    pub fn is_reflection(&self) -> bool {
        matches!(self.kind, Some(SectionKind::WentWell | SectionKind::WentPoorly | SectionKind::GotLucky))
    }

    /// Whether its heading is the one of the template for new reviews.
    pub fn has_heading_of_template(&self) -> bool {
        self.kind.is_some_and(|kind| kind.heading().eq_ignore_ascii_case(self.heading()))
    }

    /// The labels of its list items.
    pub fn labels(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.items.iter().filter_map(|item| item.label.as_ref())
    }
}

/// A list item of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartItem {
    /// The bold words that it begins with, as a label.
    pub label: Option<Spanned<String>>,
    /// Its words, without the marker of the list.
    pub text: Span,
}

/// A link or an image in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkUse {
    /// Where it leads, as written.
    pub destination: String,
    /// The whole link in the text.
    pub span: Span,
    /// Whether it shows what it leads to.
    pub image: bool,
}

/// A source that the review rests on.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Its title; its address where it has none.
    pub title: String,
    /// Its address on the web.
    pub url: Spanned<String>,
    /// The commit of the source when it was read.
    pub commit: Option<String>,
    /// The licence of its text.
    pub licence: Option<String>,
}

/// A correction that was made after publication.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The day of the correction.
    pub date: Spanned<NaiveDate>,
    /// What was corrected, in Markdown.
    pub change: String,
}

impl Review {
    /// The day of the incident as its author states it, else its timeline, else the date its id begins with.
    pub fn date(&self) -> Option<NaiveDate> {
        self.stated_day.or(self.timeline.date()).or_else(|| self.id.0.get(..10).and_then(|day| day.parse().ok()))
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

    /// The part that stands for its kind: the first that says something, else the first.
    pub fn part(&self, kind: SectionKind) -> Option<&Part> {
        let mut parts = self.parts.iter().filter(|part| part.kind == Some(kind));
        parts.clone().find(|part| !part.is_empty).or_else(|| parts.next())
    }

    /// With which others it may be counted.
    pub fn group(&self) -> Group {
        match (&self.origin, self.perspective) {
            (Some(_), _) => Group::Federated,
            (None, Perspective::Own) => Group::Own,
            (None, Perspective::Collected) => Group::Collected,
        }
    }

    /// Whether it was found to be wrong after it had been published.
    pub fn is_withdrawn(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.value == Status::Withdrawn)
    }

    /// Whether one of its actions is late on `today`. Actions of a withdrawn review are never late.
    pub fn is_overdue(&self, action: &Action, today: NaiveDate) -> bool {
        !self.is_withdrawn() && action.is_overdue(today)
    }

    /// Where the headings of the parts begin.
    pub fn part_headings(&self) -> Vec<(usize, u8)> {
        self.parts.iter().filter_map(|part| Some((part.title.as_ref()?.span.start, part.level))).collect()
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
