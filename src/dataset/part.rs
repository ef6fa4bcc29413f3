//! The shape of what a review in casebook.json is made of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::word::{Address, Day, Instant, Word};
use crate::model::{ActionKind, ActionStatus, Detection, FactorRole, Precision, Update, Verdict};

/// Whether a value says nothing, so that it need not be written.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Whom or what an incident affected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImpactData {
    /// People who use the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<String>,
    /// Functions that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub services: Option<String>,
    /// Money and assets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funds: Option<String>,
    /// Partners and suppliers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partners: Option<String>,
    /// The work of the teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operations: Option<String>,
    /// Whole US dollars lost, at the time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funds_lost_usd: Option<u64>,
    /// Whole US dollars recovered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funds_recovered_usd: Option<u64>,
}

/// How the response went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResponseData {
    /// Who or what noticed first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detection: Option<Word<Detection>>,
    /// Was it detected as quickly as it should be?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected_quickly: Option<AnswerData>,
    /// Was the severity declared at first the right one?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity_fit: Option<AnswerData>,
    /// Were the right people involved?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right_people: Option<AnswerData>,
    /// Did a runbook help?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runbook: Option<AnswerData>,
    /// Were affected people told in time?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub communication: Option<AnswerData>,
    /// Were there records to find the cause with?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<AnswerData>,
    /// What should change in monitoring, alerting, staffing or access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controls: Option<String>,
}

/// The answer to a question about the response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerData {
    /// The answer.
    pub answer: Word<Verdict>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How exactly a point in time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum PrecisionData {
    /// The month.
    Month,
    /// The day.
    Day,
    /// The minute.
    Minute,
    /// The second.
    Second,
}

impl From<Precision> for PrecisionData {
    fn from(precision: Precision) -> Self {
        match precision {
            Precision::Month => Self::Month,
            Precision::Day => Self::Day,
            Precision::Minute => Self::Minute,
            Precision::Second => Self::Second,
        }
    }
}

impl From<PrecisionData> for Precision {
    fn from(precision: PrecisionData) -> Self {
        match precision {
            PrecisionData::Month => Self::Month,
            PrecisionData::Day => Self::Day,
            PrecisionData::Minute => Self::Minute,
            PrecisionData::Second => Self::Second,
        }
    }
}

/// A point in time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MomentData {
    /// The earliest it can be, in UTC.
    pub at: Instant,
    /// How exactly it is known.
    pub precision: PrecisionData,
    /// Whether the authors call it approximate.
    #[serde(default, skip_serializing_if = "is_default")]
    pub approximate: bool,
}

/// An entry of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EntryData {
    /// When, at the earliest, in UTC.
    pub at: Instant,
    /// How exactly that is known.
    pub precision: PrecisionData,
    /// Whether the authors call it approximate.
    #[serde(default, skip_serializing_if = "is_default")]
    pub approximate: bool,
    /// Until when, for a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<MomentData>,
    /// The phases that begin here (Introduced, Impact started, Detected, Responded, Cause identified, Mitigated,
    /// Resolved), and other marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<String>,
    /// What happened.
    pub text: String,
}

/// The durations that follow from a timeline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MetricsData {
    /// From the introduction of the weakness to the first impact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exposure: Option<DurationData>,
    /// From the first impact to detection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_to_detect: Option<DurationData>,
    /// From the first impact to the first response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_to_respond: Option<DurationData>,
    /// From the first impact to its mitigation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_to_mitigate: Option<DurationData>,
    /// From the first impact to resolution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_to_resolve: Option<DurationData>,
    /// The total time with impact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_of_impact: Option<DurationData>,
}

/// A duration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DurationData {
    /// How long, in seconds.
    pub seconds: i64,
    /// How exactly both ends are known. Only durations known to the minute or better can be compared.
    pub precision: PrecisionData,
    /// Whether an end is approximate.
    #[serde(default, skip_serializing_if = "is_default")]
    pub approximate: bool,
}

/// A factor as it was seen in one incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FactorUseData {
    /// The id of a factor.
    pub id: String,
    /// The part it played.
    pub role: Word<FactorRole>,
    /// How it showed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An item of a list, such as one of what went well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemData {
    /// The name by which actions address it, made from its first words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What it says.
    pub text: String,
}

/// A change that addresses a weakness.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActionData {
    /// Its name within the review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it stands on the page of its review.
    pub url: Address,
    /// What exactly is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Word<ActionKind>>,
    /// The factors, or labels of items, that it addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// The team or role responsible for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// How far it is.
    pub status: Word<ActionStatus>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Day>,
    /// What changes tangibly with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updates: Vec<Word<Update>>,
    /// Where its progress is tracked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Address>,
    /// How it is known to work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// A known weakness, left as it is on purpose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AcceptedData {
    /// A factor, or the label of an item.
    pub weakness: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReferenceData {
    /// What it is called.
    pub title: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Address>,
    /// The commit of the source when it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The licence of its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

/// A correction after publication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RevisionData {
    /// When.
    pub date: Day,
    /// What was corrected.
    pub change: String,
}
