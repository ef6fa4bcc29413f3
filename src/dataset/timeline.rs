//! When things happened and how long they took, in a dataset and back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::untrusted::line;
use super::word::{ByWord, Explained, Instant, is_default};
use crate::markdown::{PlainText, single_spaced};
use crate::model::{Mark, Metric, MetricKind, Metrics, Moment, Precision, TimelineEntry};
use crate::text::{Span, Spanned};

/// The greatest number of marks of one entry that are taken over.
const MOST_MARKS: usize = 8;

/// A point in time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MomentData {
    /// The earliest it can be, in UTC.
    pub at: Instant,
    /// How exactly it is known.
    pub precision: Explained<Precision>,
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
    pub precision: Explained<Precision>,
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
    /// Those that can be derived.
    #[serde(flatten)]
    pub durations: ByWord<MetricKind, DurationData>,
}

/// A duration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DurationData {
    /// How long, in seconds.
    pub seconds: i64,
    /// How exactly both ends are known. Only durations known to the minute or better can be compared.
    pub precision: Explained<Precision>,
    /// Whether an end is approximate.
    #[serde(default, skip_serializing_if = "is_default")]
    pub approximate: bool,
}

impl MomentData {
    fn from_model(moment: &Moment) -> Self {
        Self { at: Instant(moment.at), precision: Explained(moment.precision), approximate: moment.approximate }
    }

    fn to_model(&self) -> Moment {
        Moment { at: self.at.0, precision: self.precision.0, approximate: self.approximate }
    }
}

impl EntryData {
    pub(super) fn from_model(entry: &TimelineEntry, text: &PlainText<'_>) -> Self {
        let MomentData { at, precision, approximate } = MomentData::from_model(&entry.at);
        Self {
            at,
            precision,
            approximate,
            until: entry.until.as_ref().map(MomentData::from_model),
            marks: entry.marks.iter().map(|mark| mark.value.name().to_owned()).collect(),
            text: single_spaced(&text.words(Span::new(entry.text_start, entry.span.end))),
        }
    }

    /// The entry that is the item `item` of the review's text; its words begin at `text_start`.
    pub(super) fn to_model(&self, item: Span, text_start: usize) -> TimelineEntry {
        let place = Span::at(text_start);
        TimelineEntry {
            at: Moment { at: self.at.0, precision: self.precision.0, approximate: self.approximate },
            until: self.until.as_ref().map(MomentData::to_model),
            marks: self.marks.iter().take(MOST_MARKS).map(|name| Spanned::new(mark(name), place)).collect(),
            span: item,
            stamp_span: place,
            written: None,
            note: None,
            text_start,
        }
    }
}

impl MetricsData {
    pub(super) fn from_model(metrics: &Metrics) -> Self {
        let duration = |metric: &Metric| DurationData {
            seconds: metric.duration.num_seconds(),
            precision: Explained(metric.precision),
            approximate: metric.approximate,
        };
        Self { durations: metrics.all.iter().map(|metric| (metric.kind, duration(metric))).collect() }
    }
}

fn mark(name: &str) -> Mark {
    let known = Mark::built_in().find(|mark| mark.name().eq_ignore_ascii_case(name));
    known.unwrap_or_else(|| Mark::Custom(line(name)))
}
