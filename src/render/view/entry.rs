//! The entries of a timeline as readers see them.

use chrono::NaiveDate;

use super::build::date;
use super::{EntryView, MarkView};
use crate::document::label_of;
use crate::model::{Mark, Metric, MetricKind, Moment, PhaseMark, Precision, Review, human_duration};
use crate::render::markdown::Body;

/// The entries of a review's timeline.
pub(super) fn entries(review: &Review, body: &Body<'_>) -> Vec<EntryView> {
    let impact = review.timeline.first(PhaseMark::ImpactStarted);
    let mut day: Option<(NaiveDate, Precision)> = None;
    let mut views = Vec::new();
    for (at, entry) in review.timeline.entries.iter().enumerate() {
        let moment = entry.at;
        // Months and days differ as headings, times of one day do not.
        let this = (
            moment.at.date(),
            moment.precision.min(Precision::Minute).min(if moment.has_time() {
                Precision::Day
            } else {
                moment.precision
            }),
        );
        let is_new = day.is_none_or(|day| day != this);
        day = Some(this);
        views.push(EntryView {
            id: entry_id(at),
            iso: iso(&moment),
            day: if is_new { day_text(&moment) } else { String::new() },
            time: time_text(&moment, entry.until.as_ref()),
            offset: impact.map(|impact| offset(&impact, &moment)).unwrap_or_default(),
            marks: entry.marks.iter().map(|mark| mark_view(&mark.value)).collect(),
            html: body.html_after(entry.span, entry.text_start, &review.text),
        });
    }
    views
}

/// The anchor of the entry at a position.
pub(super) fn entry_id(at: usize) -> String {
    format!("entry-{}", at + 1)
}

/// A mark: a word for classes and its name.
pub(super) fn mark_view(mark: &Mark) -> MarkView {
    MarkView { id: label_of(mark.name()), name: mark.name().to_owned() }
}

/// ISO 8601, as exact as the moment is known.
pub(super) fn iso(moment: &Moment) -> String {
    let format = match moment.precision {
        Precision::Month => "%Y-%m",
        Precision::Day => "%Y-%m-%d",
        Precision::Minute => "%Y-%m-%dT%H:%MZ",
        Precision::Second => "%Y-%m-%dT%H:%M:%SZ",
    };
    moment.at.format(format).to_string()
}

fn day_text(moment: &Moment) -> String {
    let about = if moment.approximate && !moment.has_time() { "about " } else { "" };
    match moment.precision {
        Precision::Month => format!("{about}{}", moment.at.format("%B %Y")),
        _ => format!("{about}{}", date(moment.at.date()).text),
    }
}

fn time_text(moment: &Moment, until: Option<&Moment>) -> String {
    let mut text = clock(moment);
    let Some(until) = until else { return text };
    let same_day = until.at.date() == moment.at.date();
    match (until.has_time(), same_day) {
        (true, true) => text.push_str(&format!("–{}", clock(until))),
        (true, false) => text.push_str(&format!("–{}, {}", clock(until), day_text(until))),
        (false, _) => text.push_str(&format!("until {}", day_text(until))),
    }
    text
}

/// `13:40`, `~13:40` or `13:40:05`; empty when only the day is known.
pub(super) fn clock(moment: &Moment) -> String {
    let about = if moment.approximate { "~" } else { "" };
    match moment.precision {
        Precision::Month | Precision::Day => String::new(),
        Precision::Minute => format!("{about}{}", moment.at.format("%H:%M")),
        Precision::Second => format!("{about}{}", moment.at.format("%H:%M:%S")),
    }
}

/// How long after the start of impact, or before it.
pub(super) fn offset(impact: &Moment, moment: &Moment) -> String {
    let distance = moment.at - impact.at;
    if !impact.has_time() || !moment.has_time() || distance.is_zero() {
        return String::new();
    }
    let (sign, duration) = if distance < chrono::Duration::zero() { ("−", -distance) } else { ("+", distance) };
    let metric = Metric { kind: MetricKind::TimeOfImpact, duration, precision: Precision::Minute, approximate: false };
    format!("{sign}{}", human_duration(&metric))
}
