//! The phases of an incident, to scale.

use super::entry::{clock, day_text, iso, mark_view, offset};
use super::{MarkView, PhaseView, RibbonView, SegmentView};
use crate::language::Language;
use crate::model::{Mark, Metric, MetricKind, Moment, PhaseMark, Precision, Timeline, entry_anchor};

/// The width of the drawing.
const WIDTH: i64 = 1000;

/// The width of the time before all else when it is too long to be drawn to scale.
const BEFORE: i64 = 90;

/// The least width of a stretch that has room for its length in words.
const ROOM: i64 = 110;

/// A phase where it stands in the timeline.
type Stop = (PhaseMark, Moment, usize);

/// The ribbon of a timeline; none when fewer than two times of day are known.
///
/// The introduction of the weakness stands before the scale when it lies so far back, or is known so coarsely, that
/// nothing else could be told apart.
pub(super) fn ribbon(timeline: &Timeline, language: &Language) -> Option<RibbonView> {
    let mut stops = stops(timeline);
    let introduced = stops.iter().position(|(phase, ..)| *phase == PhaseMark::Introduced).map(|at| stops.remove(at));
    stops.retain(|(_, moment, _)| moment.has_time());
    stops.sort_by_key(|(_, moment, at)| (moment.at, *at));
    let (second, last) = (stops.first()?.1, stops.last()?.1);
    let is_near = |(_, moment, _): &Stop| {
        moment.has_time() && moment.at <= second.at && second.at - moment.at <= last.at - second.at
    };
    let (near, before) = match introduced {
        Some(stop) if is_near(&stop) => (Some(stop), None),
        Some(stop) if stop.1.at < second.at => (None, Some(stop)),
        _ => (None, None),
    };
    stops.splice(0..0, near);
    let first = stops.first()?.1;
    let length = (last.at - first.at).num_seconds();
    if stops.len() < 2 || length <= 0 {
        return None;
    }
    let left = if before.is_some() { BEFORE } else { 0 };
    let x = |moment: &Moment| left + (moment.at - first.at).num_seconds() * (WIDTH - left) / length;
    let impact = timeline.first(PhaseMark::ImpactStarted);
    let is_one_day = first.at.date() == last.at.date();
    let phase = |(phase, moment, at): &Stop| {
        let MarkView { id, name } = mark_view(&Mark::Phase(*phase), language);
        let is_before = before.is_some_and(|(.., before)| before == *at);
        PhaseView {
            name,
            id,
            x: if is_before { 0 } else { number(x(moment)) },
            time: match (is_before, is_one_day) {
                (true, _) => day_text(moment, language),
                (false, true) => clock(moment),
                (false, false) => format!("{} {}", language.short_day(moment.at.date()), clock(moment)),
            },
            iso: iso(moment),
            offset: impact.map(|impact| offset(&impact, moment, language)).unwrap_or_default(),
            href: format!("#{}", entry_anchor(*at)),
        }
    };
    let phases: Vec<PhaseView> = before.iter().chain(&stops).map(phase).collect();
    let long = before.map(|_| SegmentView { x: 0, width: number(left), state: "before", length: String::new() });
    let segments = long.into_iter().chain(segments(&stops, x, language)).collect();
    Some(RibbonView { alt: in_words(&phases, language), segments, phases })
}

fn stops(timeline: &Timeline) -> Vec<Stop> {
    let of = |(at, entry): (usize, &crate::model::TimelineEntry)| {
        let (moment, marks) = (entry.at, entry.marks.clone());
        let is_marked = move |phase: &PhaseMark| marks.iter().any(|mark| mark.value == Mark::Phase(*phase));
        PhaseMark::ALL.into_iter().filter(is_marked).map(move |phase| (phase, moment, at))
    };
    timeline.entries().iter().enumerate().flat_map(of).collect()
}

fn segments(stops: &[Stop], x: impl Fn(&Moment) -> i64, language: &Language) -> Vec<SegmentView> {
    let mut segments: Vec<SegmentView> = Vec::new();
    let mut state = "calm";
    for pair in stops.windows(2) {
        state = match pair[0].0 {
            PhaseMark::ImpactStarted => "impact",
            PhaseMark::Mitigated | PhaseMark::Resolved => "calm",
            _ => state,
        };
        let (from, to) = (x(&pair[0].1), x(&pair[1].1));
        let duration = pair[1].1.at - pair[0].1.at;
        if duration > chrono::Duration::zero() {
            let kind = MetricKind::TimeOfImpact;
            let approximate = pair[0].1.approximate || pair[1].1.approximate;
            let metric = Metric { kind, duration, precision: Precision::Minute, approximate };
            let length = if to - from >= ROOM { language.brief_duration(&metric) } else { String::new() };
            segments.push(SegmentView { x: number(from), width: number(to - from), state, length });
        }
    }
    segments
}

fn number(value: i64) -> u32 {
    u32::try_from(value).unwrap_or_default()
}

fn in_words(phases: &[PhaseView], language: &Language) -> String {
    let words = phases.iter().map(|phase| {
        let key = if phase.offset.is_empty() { "ribbon.phase_at" } else { "ribbon.phase_after" };
        language.fill(key, &[("phase", &phase.name), ("time", &phase.time), ("offset", &phase.offset)])
    });
    language.fill("ribbon.words", &[("phases", &language.list(words))])
}
