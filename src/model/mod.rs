//! A review as readers think of it, and the corpus of all of them.

mod action;
mod anchor;
mod corpus;
mod coverage;
mod factor;
mod factor_use;
mod facts;
pub mod format;
mod impact;
mod metric;
mod origin;
mod policy;
mod position;
mod recurrence;
mod reserved;
mod response;
mod review;
mod review_place;
mod timeline;
mod vocabulary;
mod weakness;
mod zone_name;

pub use action::{Accepted, Action};
pub use anchor::{Anchors, entry_anchor, section_anchor};
pub use corpus::{Corpus, Page};
pub use coverage::Coverage;
pub use factor::{Factor, Registry};
pub use factor_use::{FactorUse, LocalFactor, WrittenFactor};
pub use impact::Impact;
pub use metric::{Metric, Metrics, Spoken, TimeUnit};
pub use origin::{FederatedSite, Origin};
pub use policy::{Category, MarkDefinition, Policy, SeverityDefinition};
pub use position::{ActionIndex, ActionRef, PageIndex, ReviewIndex};
pub use recurrence::{Closure, Closures, counts};
pub use reserved::{Reserved, reserved_for};
pub use response::{Answer, Response, ResponseAnswer};
pub use review::{Group, LinkUse, Part, PartItem, Reference, Review, ReviewId, Revision};
pub use review_place::{DecidedValue, Decision, ReviewPlace, ReviewPlaces};
pub use timeline::{Line, Mark, Moment, Timeline, TimelineEntry, UntimedEntry};
pub use vocabulary::{
    ActionKind, ActionStatus, Detection, Extra, FactorRole, FeedEvent, ImpactKind, Kind, MetricKind, Perspective,
    PhaseMark, Precision, Question, Status, Tlp, Unknown, Update, Verdict, Words, words,
};
pub use weakness::{NamedWeakness, WeaknessKind};
pub use zone_name::{ZoneError, is_region, offset_of};
