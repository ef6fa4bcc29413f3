//! A review as readers think of it, and the corpus of all of them.

mod anchor;
mod corpus;
mod coverage;
mod factor;
pub mod format;
mod metric;
mod policy;
mod recurrence;
mod review;
mod timeline;
mod vocabulary;
mod weakness;

pub use anchor::{Anchors, entry_anchor, section_anchor};
pub use corpus::{Corpus, Page};
pub use coverage::Coverage;
pub use factor::{Factor, Registry};
pub use metric::{Metric, MetricKind, Metrics, Spoken, TimeUnit};
pub use policy::{Category, MarkDefinition, Policy, SeverityDefinition};
pub use recurrence::{Closure, Closures, counts};
pub use review::{
    Accepted, Action, Answer, FactorUse, Group, Impact, LinkUse, Origin, Part, PartItem, Publisher, Reference,
    Response, ResponseAnswer, Review, ReviewId, Revision,
};
pub use timeline::{Mark, Moment, PhaseMark, Precision, Timeline, TimelineEntry};
pub use vocabulary::{
    ActionKind, ActionStatus, Detection, Extra, FactorRole, FeedEvent, ImpactKind, Kind, Perspective, Question, Status,
    Tlp, Update, Verdict, Words,
};
pub use weakness::{NamedWeakness, WeaknessKind};
