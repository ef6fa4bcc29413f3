//! What a theme's templates see: plain data, with every address relative to the page it stands on.

mod build;
mod card;
mod entry;
mod listing;
mod review;
mod ribbon;

pub(super) use build::Builder;

use serde::Serialize;

/// The site as every page sees it: `site`.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The name of the site.
    pub title: String,
    /// What it is, in a sentence; may be empty.
    pub description: String,
    /// A BCP 47 language tag.
    pub language: String,
    /// Whose site it is; may be empty.
    pub organisation: String,
    /// The address of the home page, with a closing slash.
    pub base_url: String,
    /// The number of published reviews.
    pub reviews: usize,
    /// The program and its version.
    pub generator: String,
}

/// The page itself: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// Its title, without the site's.
    pub title: String,
    /// A sentence for search engines; may be empty.
    pub description: String,
    /// Its absolute address.
    pub canonical: String,
    /// The way to the home page's folder: empty or `../`; for 404 the base path, which is absolute.
    pub root: String,
    /// Which template it was made with: home, review, reviews, factors, factor, terms, term, actions, page, not-found.
    pub kind: &'static str,
    /// The places to go, in order.
    pub navigation: Vec<LinkView>,
    /// The addresses of the theme's files by their names: `assets["style.css"]`.
    pub assets: std::collections::BTreeMap<String, String>,
    /// The address of the RSS feed.
    pub feed: String,
}

/// A link with a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// Whether it leads to the section of the site that this page is in.
    pub current: bool,
}

/// A term, such as a service, with the reviews that have it.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The number of reviews.
    pub count: usize,
    /// What it means; may be empty.
    pub description: String,
}

/// A date for people and machines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// ISO 8601: `2026-03-19`.
    pub iso: String,
    /// `19 March 2026`.
    pub text: String,
}

/// The severity of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeverityView {
    /// The id: `P1`.
    pub id: String,
    /// What it is called: `Critical`.
    pub name: String,
    /// 1 is the most severe.
    pub rank: usize,
    /// Its page.
    pub href: String,
}

/// A review in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// The permanent name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The day of the incident.
    pub date: Option<DateView>,
    /// How bad it was.
    pub severity: Option<SeverityView>,
    /// `incident` or `near-miss`.
    pub kind: &'static str,
    /// `interim`, `final` or `withdrawn`.
    pub status: &'static str,
    /// `own` or `collected`.
    pub perspective: &'static str,
    /// Whose incident it was, with the page of that organisation; only when it is not the site's own.
    pub organisation: Option<LinkView>,
    /// The services affected, with their pages.
    pub services: Vec<LinkView>,
    /// The beginning of the summary, as plain text; may be empty.
    pub summary: String,
    /// The factor without which it would not have happened.
    pub primary_factor: Option<LinkView>,
    /// How long there was impact: `27 min`; may be empty.
    pub impact_time: String,
}

/// A list of reviews under headings.
#[derive(Clone, Debug, Serialize)]
pub struct ListingView {
    /// What the list holds, in a sentence; may be empty.
    pub lead: String,
    /// The number of reviews.
    pub count: usize,
    /// The reviews, by year or by role.
    pub groups: Vec<GroupView>,
}

/// A part of a list.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// Its heading; may be empty.
    pub title: String,
    /// Its anchor.
    pub id: String,
    /// The reviews.
    pub reviews: Vec<CardView>,
}

/// A factor in a list.
#[derive(Clone, Debug, Serialize)]
pub struct FactorView {
    /// The permanent name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The id of its category.
    pub category: String,
    /// What it means.
    pub definition: String,
    /// The number of reviews it was seen in.
    pub count: usize,
    /// In how many of them it was the primary factor.
    pub primary: usize,
    /// The day it was last seen.
    pub last_seen: Option<DateView>,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// Questions for readers: could this happen to us?
    pub ask: Vec<String>,
}

/// A category with its factors: an item of `categories`.
#[derive(Clone, Debug, Serialize)]
pub struct CategoryView {
    /// The id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What belongs there.
    pub description: String,
    /// The factors that were seen, the most frequent first.
    pub factors: Vec<FactorView>,
    /// The factors of the registry that no published review has.
    pub unseen: Vec<FactorView>,
}

/// A factor's page: `factor`.
#[derive(Clone, Debug, Serialize)]
pub struct FactorPageView {
    /// The factor.
    pub factor: FactorView,
    /// The name of its category.
    pub category_name: String,
    /// Where it was seen, the newest first.
    pub seen: Vec<SightingView>,
    /// The actions that answered it.
    pub actions: Vec<ActionView>,
}

/// A factor as it was seen in one review.
#[derive(Clone, Debug, Serialize)]
pub struct SightingView {
    /// The review.
    pub review: CardView,
    /// `primary` or `contributing`.
    pub role: &'static str,
    /// How it showed, as HTML; may be empty.
    pub note: String,
}

/// An action.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    /// Its anchor on the page of its review.
    pub anchor: String,
    /// What is changed, as HTML.
    pub change: String,
    /// `prevent`, `detect`, `mitigate`, `process` or empty.
    pub kind: &'static str,
    /// What it answers: factors and items, with links.
    pub addresses: Vec<LinkView>,
    /// The team or role; may be empty.
    pub owner: String,
    /// By when.
    pub due: Option<DateView>,
    /// `open`, `in-progress`, `done` or `cancelled`.
    pub status: &'static str,
    /// Whether its date has passed.
    pub overdue: bool,
    /// When it was closed.
    pub closed: Option<DateView>,
    /// What changes with it.
    pub updates: Vec<&'static str>,
    /// Where to follow it; may be empty.
    pub link: String,
    /// How it is known to work, as HTML; may be empty.
    pub evidence: String,
    /// The review it belongs to.
    pub review: LinkView,
}

/// The page of all actions: `actions`.
#[derive(Clone, Debug, Serialize)]
pub struct ActionsView {
    /// Not done, and the date has passed.
    pub overdue: Vec<ActionView>,
    /// Not done; the next date first.
    pub open: Vec<ActionView>,
    /// Done or cancelled; the newest first.
    pub closed: Vec<ActionView>,
    /// The day by which this was judged.
    pub today: DateView,
}

/// The home page: `home`.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// The newest reviews, at most ten.
    pub latest: Vec<CardView>,
    /// The factors seen most often, at most eight.
    pub top_factors: Vec<FactorView>,
    /// The newest near misses, at most three.
    pub near_misses: Vec<CardView>,
    /// The actions whose date has passed, at most five.
    pub overdue: Vec<ActionView>,
    /// The number of all actions that are not done.
    pub open_actions: usize,
    /// The number of all actions that are done.
    pub done_actions: usize,
    /// The number of factors that were seen.
    pub factors: usize,
    /// The number of organisations.
    pub organisations: usize,
    /// The years with reviews, the newest first.
    pub years: Vec<TermView>,
    /// The severities with reviews, the most severe first.
    pub severities: Vec<TermView>,
}

/// A page of a review: `review`.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewView {
    /// The same as in lists.
    pub card: CardView,
    /// The summary, as HTML; may be empty.
    pub lead: String,
    /// When it was published.
    pub published: Option<DateView>,
    /// When it was last changed; only when that is later.
    pub modified: Option<DateView>,
    /// When the review was held.
    pub reviewed: Option<DateView>,
    /// The teams and roles that reviewed it.
    pub participants: Vec<String>,
    /// Former ids.
    pub aliases: Vec<String>,
    /// Whom it affected.
    pub impact: Vec<FactView>,
    /// The durations that follow from the timeline.
    pub metrics: Vec<MetricView>,
    /// The phases, to scale; none when fewer than two times are known.
    pub ribbon: Option<RibbonView>,
    /// The parts of the page after the summary, in order.
    pub blocks: Vec<BlockView>,
    /// The contents: the blocks that have a title.
    pub contents: Vec<LinkView>,
    /// Footnotes, as an HTML list; may be empty.
    pub footnotes: String,
    /// Reviews with a connection, and which.
    pub related: Vec<RelatedView>,
    /// The sources.
    pub references: Vec<ReferenceView>,
    /// The corrections, the newest first.
    pub revisions: Vec<RevisionView>,
    /// The next newer review.
    pub newer: Option<LinkView>,
    /// The next older review.
    pub older: Option<LinkView>,
}

/// A fact: what it is about, and what is said.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// `Users`, `Services`, `Funds`, …
    pub name: String,
    /// As HTML.
    pub html: String,
}

/// A duration.
#[derive(Clone, Debug, Serialize)]
pub struct MetricView {
    /// A word for classes: `time-to-detect`.
    pub id: &'static str,
    /// `Time to detect`.
    pub name: &'static str,
    /// From what to what.
    pub meaning: &'static str,
    /// `27 min`.
    pub text: String,
    /// ISO 8601: `PT27M`.
    pub iso: String,
}

/// The phases of an incident, to scale.
#[derive(Clone, Debug, Serialize)]
pub struct RibbonView {
    /// The same in words.
    pub alt: String,
    /// The stretches between phases, from left to right.
    pub segments: Vec<SegmentView>,
    /// The phases, from left to right.
    pub phases: Vec<PhaseView>,
}

/// A stretch between two phases.
#[derive(Clone, Debug, Serialize)]
pub struct SegmentView {
    /// Where it begins, from 0 to 1000.
    pub x: u32,
    /// How wide it is.
    pub width: u32,
    /// `impact` while there was impact, else `calm`.
    pub state: &'static str,
}

/// A phase on the ribbon.
#[derive(Clone, Debug, Serialize)]
pub struct PhaseView {
    /// `Impact started`.
    pub name: String,
    /// A word for classes: `impact-started`.
    pub id: String,
    /// Where it stands, from 0 to 1000.
    pub x: u32,
    /// `13:40`, or a date.
    pub time: String,
    /// ISO 8601.
    pub iso: String,
    /// After the start of impact: `+17 min`; may be empty.
    pub offset: String,
    /// The anchor of its entry in the timeline.
    pub href: String,
}

/// A part of a review's page.
#[derive(Clone, Debug, Serialize)]
pub struct BlockView {
    /// `section`, `timeline`, `root-cause`, `factors`, `reflection`, `response`, `actions` or `accepted`.
    pub kind: &'static str,
    /// Its anchor.
    pub id: String,
    /// Its heading; may be empty.
    pub title: String,
    /// Its text, as HTML; may be empty. For `factors` and `timeline` it is what stands there beside the list.
    pub html: String,
    /// For `timeline`: the entries.
    pub entries: Vec<EntryView>,
    /// For `factors`: the factors, the primary one first.
    pub factors: Vec<FactorUseView>,
    /// For `reflection`: what went well, poorly, and where the team was lucky. `kind` is `went-well`, `went-poorly` or `got-lucky`.
    pub columns: Vec<BlockView>,
    /// For `response`: who noticed first, the answers, and what should change.
    pub response: Option<ResponseView>,
    /// For `actions`: the actions, those not done first.
    pub actions: Vec<ActionView>,
    /// For `accepted`: the weaknesses left as they are.
    pub accepted: Vec<AcceptedView>,
}

/// An entry of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct EntryView {
    /// Its anchor.
    pub id: String,
    /// ISO 8601, as exact as it is known.
    pub iso: String,
    /// The day, `4 March 2024`, when it differs from the entry above; else empty.
    pub day: String,
    /// `13:40`, `~13:40`, `13:40–13:55`; empty when only the day is known.
    pub time: String,
    /// After the start of impact: `+17 min`; may be empty.
    pub offset: String,
    /// Its marks: a word for classes and the name.
    pub marks: Vec<MarkView>,
    /// What happened, as HTML.
    pub html: String,
}

/// A mark of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct MarkView {
    /// A word for classes: `impact-started`, `decision`.
    pub id: String,
    /// `Impact started`.
    pub name: String,
}

/// A factor on a review's page.
#[derive(Clone, Debug, Serialize)]
pub struct FactorUseView {
    /// The factor of the registry.
    pub factor: FactorView,
    /// The name of its category.
    pub category_name: String,
    /// `primary` or `contributing`.
    pub role: &'static str,
    /// How it showed, as HTML; may be empty.
    pub note: String,
    /// The number of other reviews with it.
    pub others: usize,
}

/// How the response went.
#[derive(Clone, Debug, Serialize)]
pub struct ResponseView {
    /// `Monitoring noticed first`; may be empty.
    pub detection: String,
    /// The answers.
    pub answers: Vec<AnswerView>,
    /// What should change, as HTML; may be empty.
    pub controls: String,
}

/// An answer.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerView {
    /// The question.
    pub question: &'static str,
    /// `yes`, `partly` or `no`.
    pub verdict: &'static str,
    /// What it rests on, as HTML; may be empty.
    pub note: String,
}

/// A weakness left as it is.
#[derive(Clone, Debug, Serialize)]
pub struct AcceptedView {
    /// The weakness.
    pub weakness: LinkView,
    /// Why, as HTML; may be empty.
    pub reason: String,
}

/// A review with a connection to this one.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedView {
    /// The review.
    pub review: LinkView,
    /// Its day.
    pub date: Option<DateView>,
    /// `Named by the authors`, `Both had: No staged rollout`.
    pub reason: String,
}

/// A source.
#[derive(Clone, Debug, Serialize)]
pub struct ReferenceView {
    /// What it is called.
    pub title: String,
    /// Where it is; empty when the address may not be linked.
    pub href: String,
    /// The commit it was read at; may be empty.
    pub commit: String,
    /// The licence of its text; may be empty.
    pub licence: String,
}

/// A correction.
#[derive(Clone, Debug, Serialize)]
pub struct RevisionView {
    /// When.
    pub date: DateView,
    /// What, as HTML.
    pub change: String,
}
