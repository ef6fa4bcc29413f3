//! The timeline of a review as readers see it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::language::Language;
use crate::model::{
    Line, Mark, Metric, MetricKind, Moment, PhaseMark, Precision, Review, TimelineEntry, UntimedEntry, entry_anchor,
};
use crate::render::context::PageContext;
use crate::render::markdown::Body;
use crate::render::page::review::block::{BlockView, block_view};
use crate::text::{Span, Spanned, kebab_case};

/// An entry of the timeline.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct EntryView {
    /// The anchor of the entry on its page; empty for an entry without a time.
    pub id: String,
    /// ISO 8601, as exact as it is known.
    pub iso: String,
    /// The end of a range in ISO 8601, where its time is known; else empty.
    pub until: String,
    /// The day, `4 March 2024`, when it differs from the entry above; else empty.
    pub day: String,
    /// `13:40`, `~13:40`, `13:40–13:55`; empty when only the day is known.
    pub time: String,
    /// After the start of impact: `+17 min`; may be empty.
    pub offset: String,
    /// Its marks: a word for classes and the name.
    pub marks: Vec<MarkView>,
    /// Whether any of them is a phase; a decision or a communication alone is none.
    pub phase: bool,
    /// The time as the authors wrote it, where that is not UTC: `10:00 CET`, `10:00 (zone not known)`; else empty.
    pub written: String,
    /// Whether there was impact from here to the next entry.
    pub impact: bool,
    /// What happened, as HTML without a paragraph around it.
    pub html: String,
}

/// A mark of an entry.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct MarkView {
    /// A word for classes: `impact-started`, `decision`.
    pub id: String,
    /// The mark in the language of the site: `Impact started`.
    pub name: String,
}

pub(super) fn timeline_block(context: &PageContext<'_>, review: &Review, content: Span, body: &Body<'_>) -> BlockView {
    let places = review.timeline.places();
    let first = places.first().map_or(content.end, |place| body.start_around(*place));
    let first = first.clamp(content.start, content.end);
    let (above, below) = (Span::new(content.start, first), Span::new(first, content.end));
    // Of a list whose items are all entries an empty item may be left.
    let shown = |passage: Span| Some(body.html_without(passage, &places)).filter(|html| shows_something(html));
    let (intro, html) = (shown(above).unwrap_or_default(), shown(below).unwrap_or_default());
    let entries = timeline_entries(review, body, &context.site.language);
    let has_utc = entries.iter().any(|entry| entry.iso.contains('T'));
    let unmarked = entries.iter().filter(|entry| !entry.phase).count();
    BlockView {
        intro,
        unmarked,
        has_utc,
        entries,
        ..block_view("timeline", "timeline", context.say("section.timeline"), html)
    }
}

/// Whether any of the marks is a phase; a decision or a communication is none.
fn has_phase(marks: &[Spanned<Mark>]) -> bool {
    marks.iter().any(|mark| match mark.value {
        Mark::Phase(_) | Mark::Custom(_) => true,
        Mark::Decision | Mark::Communication => false,
    })
}

/// Whether HTML has words or pictures.
fn shows_something(html: &str) -> bool {
    let words = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, after)| after));
    html.contains("<img") || words.into_iter().any(|words| !words.trim().is_empty())
}

/// The entries of a review's timeline.
fn timeline_entries(review: &Review, body: &Body<'_>, language: &Language) -> Vec<EntryView> {
    let impact = review.timeline.first(PhaseMark::ImpactStarted);
    let mut day: Option<(NaiveDate, Precision)> = None;
    let mut views = Vec::new();
    let mut has_impact = false;
    for line in review.timeline.lines() {
        let (at, entry) = match line {
            Line::Timed(at, entry) => (at, entry),
            Line::Untimed(entry) => {
                let view = untimed_entry(entry, review, body, language);
                views.push(EntryView { impact: has_impact, ..view });
                continue;
            }
        };
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
        has_impact = changed_impact(entry).unwrap_or(has_impact);
        let is_new = day.is_none_or(|day| day != this);
        day = Some(this);
        views.push(EntryView {
            id: entry_anchor(at),
            iso: iso(&moment),
            until: entry.until.as_ref().filter(|until| until.has_time()).map(iso).unwrap_or_default(),
            day: if is_new { day_text(&moment, language) } else { String::new() },
            time: time_text(&moment, entry.until.as_ref(), language),
            offset: impact.map(|impact| offset(&impact, &moment, language)).unwrap_or_default(),
            marks: entry.marks.iter().map(|mark| mark_view(&mark.value, language)).collect(),
            phase: has_phase(&entry.marks),
            impact: has_impact,
            written: written(entry, language),
            html: entry.note.map(|note| body.html(note)).unwrap_or_default()
                + &body.html_after(entry.span, entry.text_start, &review.text),
        });
    }
    views
}

fn written(entry: &TimelineEntry, language: &Language) -> String {
    match &entry.written {
        Some(time) if !entry.at.has_time() => language.fill("timeline.zone_unknown", &[("time", time)]),
        Some(time) => time.clone(),
        None => String::new(),
    }
}

/// An entry without a time keeps its place among the others.
fn untimed_entry(entry: &UntimedEntry, review: &Review, body: &Body<'_>, language: &Language) -> EntryView {
    EntryView {
        id: String::new(),
        iso: String::new(),
        until: String::new(),
        day: String::new(),
        time: String::new(),
        offset: String::new(),
        marks: entry.marks.iter().map(|mark| mark_view(&mark.value, language)).collect(),
        phase: has_phase(&entry.marks),
        impact: false,
        written: String::new(),
        html: body.html_after(entry.span, entry.text_start, &review.text),
    }
}

/// Whether an entry begins an impact or ends one; none when it does neither.
fn changed_impact(entry: &TimelineEntry) -> Option<bool> {
    let has = |phase| entry.marks.iter().any(|mark| mark.value == Mark::Phase(phase));
    if has(PhaseMark::Mitigated) || has(PhaseMark::Resolved) {
        return Some(false);
    }
    has(PhaseMark::ImpactStarted).then_some(true)
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
        Precision::Day | Precision::Minute | Precision::Second => language.day(moment.at.date()),
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
