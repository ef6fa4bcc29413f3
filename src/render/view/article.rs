//! What the template of a review sees: `review`.

use serde::Serialize;

use super::{ActionView, CardView, CitationView, DateView, FactorView, LinkView, WeaknessView};

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
    /// How to cite it.
    pub citation: CitationView,
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
    pub name: String,
    /// From what to what.
    pub meaning: String,
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
    /// `impact` while there was impact, else `calm`; `before` for the long time, not to scale, before all else.
    pub state: &'static str,
    /// How long it lasted; empty where there is no room for it.
    pub length: String,
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
    /// `section`, `timeline`, `root-cause`, `factors`, `reflection`, `response`, `actions` or `weaknesses`.
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
    /// For `weaknesses`: each weakness with what answers it.
    pub weaknesses: Vec<WeaknessView>,
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
    /// Whether there was impact from here to the next entry.
    pub impact: bool,
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
    /// `First noticed by monitoring`; may be empty.
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
    pub question: String,
    /// `yes`, `partly` or `no`.
    pub verdict: &'static str,
    /// The same in the language of the site.
    pub verdict_name: String,
    /// What it rests on, as HTML; may be empty.
    pub note: String,
}

/// A review with a connection to this one.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedView {
    /// The review.
    pub review: LinkView,
    /// Its day.
    pub date: Option<DateView>,
    /// Whose incident it was; empty when it is the site's own.
    pub organisation: String,
    /// `Linked by the authors; shared factors: No staged rollout, Alert threshold`.
    pub reason: String,
    /// Whether the authors of one of the two named the other.
    pub is_named: bool,
    /// The factors that both have, the rarest first.
    pub factors: Vec<LinkView>,
    /// The services that both affected.
    pub services: Vec<String>,
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
