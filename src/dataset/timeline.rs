//! When things happened and how long they took, in a dataset and back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::untrusted::line;
use super::word::{ByWord, Explained, Instant, is_default};
use crate::markdown::{PlainText, single_spaced};
use crate::model::{Mark, Metric, MetricKind, Metrics, Moment, Precision, TimelineEntry, UntimedEntry};
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
    /// How the authors wrote the time, where that is not UTC: `10:00 CET`. Beside an entry that is known to the day, it is a
    /// time in a zone that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    /// What happened.
    pub text: String,
}

/// An entry of a timeline whose time is not known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UntimedData {
    /// How many entries with a time stand before it.
    pub after: usize,
    /// As those of entries with a time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<String>,
    /// What happened.
    pub text: String,
}

/// A phase that the head of a review states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatedPhaseData {
    /// The phase, by the name of its mark: `Detected`.
    pub phase: String,
    /// When it began.
    pub began: MomentData,
    /// Until when, for a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<MomentData>,
    /// How the authors wrote the time, as in a timeline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
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
            marks: mark_names(&entry.marks),
            written: entry.written.clone(),
            text: entry_text(text, entry.note, Span::new(entry.text_start, entry.span.end)),
        }
    }

    /// The entry that is the item `item` of the review's text; its words begin at `text_start`.
    pub(super) fn to_model(&self, item: Span, text_start: usize) -> TimelineEntry {
        let place = Span::at(text_start);
        TimelineEntry {
            at: Moment { at: self.at.0, precision: self.precision.0, approximate: self.approximate },
            until: self.until.as_ref().map(MomentData::to_model),
            marks: marks(&self.marks, place),
            span: item,
            stamp_span: place,
            written: self.written.as_deref().map(line).filter(|written| !written.is_empty()),
            note: None,
            text_start,
        }
    }
}

impl StatedPhaseData {
    pub(super) fn from_model(entry: &TimelineEntry) -> Self {
        Self {
            phase: mark_names(&entry.marks).concat(),
            began: MomentData::from_model(&entry.at),
            until: entry.until.as_ref().map(MomentData::from_model),
            written: entry.written.clone(),
        }
    }

    /// `None` for a word that is no phase.
    pub(super) fn to_model(&self) -> Option<TimelineEntry> {
        let place = Span::at(0);
        let phase = Mark::built_in().find(|mark| mark.name().eq_ignore_ascii_case(&self.phase))?;
        Some(TimelineEntry {
            at: self.began.to_model(),
            until: self.until.as_ref().map(MomentData::to_model),
            marks: vec![Spanned::new(phase, place)],
            span: place,
            stamp_span: place,
            written: self.written.as_deref().map(line).filter(|written| !written.is_empty()),
            note: None,
            text_start: 0,
        })
    }
}

impl UntimedData {
    pub(super) fn from_model(entry: &UntimedEntry, text: &PlainText<'_>) -> Self {
        Self {
            after: entry.after,
            marks: mark_names(&entry.marks),
            text: entry_text(text, None, Span::new(entry.text_start, entry.span.end)),
        }
    }

    /// As [`EntryData::to_model`], `after` so many entries.
    pub(super) fn to_model(&self, item: Span, text_start: usize, after: usize) -> UntimedEntry {
        UntimedEntry { after, marks: marks(&self.marks, Span::at(text_start)), span: item, text_start }
    }
}

/// The words of an entry: what stands between its time and its text, and the text.
fn entry_text(text: &PlainText<'_>, note: Option<Span>, words: Span) -> String {
    let passages: Vec<Span> = note.into_iter().chain([words]).collect();
    single_spaced(&text.words_of(&passages))
}

fn mark_names(marks: &[Spanned<Mark>]) -> Vec<String> {
    marks.iter().map(|mark| mark.value.name().to_owned()).collect()
}

fn marks(names: &[String], place: Span) -> Vec<Spanned<Mark>> {
    names.iter().take(MOST_MARKS).map(|name| Spanned::new(mark(name), place)).collect()
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
