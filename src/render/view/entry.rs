//! The entries of a timeline as readers see them.

use chrono::NaiveDate;

use super::{EntryView, MarkView};
use crate::language::Language;
use crate::model::{Mark, Metric, MetricKind, Moment, PhaseMark, Precision, Review, TimelineEntry, entry_anchor};
use crate::render::markdown::Body;
use crate::text::kebab_case;

/// The entries of a review's timeline.
pub(super) fn entries(review: &Review, body: &Body<'_>, language: &Language) -> Vec<EntryView> {
    let impact = review.timeline.first(PhaseMark::ImpactStarted);
    let mut day: Option<(NaiveDate, Precision)> = None;
    let mut views = Vec::new();
    let mut is_felt = false;
    for (at, entry) in review.timeline.entries().iter().enumerate() {
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
        is_felt = felt_after(entry, is_felt);
        let is_new = day.is_none_or(|day| day != this);
        day = Some(this);
        views.push(EntryView {
            id: entry_anchor(at),
            iso: iso(&moment),
            day: if is_new { day_text(&moment, language) } else { String::new() },
            time: time_text(&moment, entry.until.as_ref(), language),
            offset: impact.map(|impact| offset(&impact, &moment, language)).unwrap_or_default(),
            marks: entry.marks.iter().map(|mark| mark_view(&mark.value, language)).collect(),
            impact: is_felt,
            html: body.html_after(entry.span, entry.text_start, &review.text),
        });
    }
    views
}

/// Whether there is impact after an entry, given whether there was before it.
fn felt_after(entry: &TimelineEntry, before: bool) -> bool {
    let has = |phase| entry.marks.iter().any(|mark| mark.value == Mark::Phase(phase));
    let ends = has(PhaseMark::Mitigated) || has(PhaseMark::Resolved);
    !ends && (before || has(PhaseMark::ImpactStarted))
}

/// A mark: a word for classes and its name.
pub(super) fn mark_view(mark: &Mark, language: &Language) -> MarkView {
    let id = kebab_case(mark.name());
    let name = match mark {
        Mark::Custom(name) => name,
        Mark::Phase(_) | Mark::Decision | Mark::Communication => language.say(&format!("phase.{id}")),
    };
    MarkView { name: name.to_owned(), id }
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

pub(super) fn day_text(moment: &Moment, language: &Language) -> String {
    let day = match moment.precision {
        Precision::Month => language.month(moment.at.date()),
        _ => language.day(moment.at.date()),
    };
    if moment.approximate && !moment.has_time() { language.fill("date.about", &[("date", &day)]) } else { day }
}

fn time_text(moment: &Moment, until: Option<&Moment>, language: &Language) -> String {
    let from = clock(moment);
    let Some(until) = until else { return from };
    let same_day = until.at.date() == moment.at.date();
    let day = day_text(until, language);
    match (until.has_time(), same_day) {
        (true, true) => format!("{from}–{}", clock(until)),
        (true, false) => language.fill("date.range_into", &[("from", &from), ("to", &clock(until)), ("date", &day)]),
        (false, _) => from + &language.fill("date.until", &[("date", &day)]),
    }
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
pub(super) fn offset(impact: &Moment, moment: &Moment, language: &Language) -> String {
    let distance = moment.at - impact.at;
    if !impact.has_time() || !moment.has_time() || distance.is_zero() {
        return String::new();
    }
    let (sign, duration) = if distance < chrono::Duration::zero() { ("−", -distance) } else { ("+", distance) };
    let approximate = impact.approximate || moment.approximate;
    let metric = Metric { kind: MetricKind::TimeOfImpact, duration, precision: Precision::Minute, approximate };
    language.signed_duration(sign, &metric)
}
