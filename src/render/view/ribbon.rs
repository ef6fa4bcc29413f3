//! The phases of an incident, to scale.

use chrono::Duration;

use super::entry::{clock, entry_id, iso, mark_view, offset};
use super::{MarkView, PhaseView, RibbonView, SegmentView};
use crate::language::Language;
use crate::model::{Mark, Moment, PhaseMark, Timeline};

/// The width of the drawing.
const WIDTH: i64 = 1000;

/// The ribbon of a timeline; none when fewer than two times of day are known.
///
/// The introduction of the weakness is left out when it lies so far back that nothing else could be told apart.
pub(super) fn ribbon(timeline: &Timeline, language: &Language) -> Option<RibbonView> {
    let mut marks: Vec<(PhaseMark, Moment, usize)> = Vec::new();
    for (at, entry) in timeline.entries.iter().enumerate() {
        let phases =
            PhaseMark::ALL.into_iter().filter(|phase| entry.marks.iter().any(|mark| mark.value == Mark::Phase(*phase)));
        marks.extend(phases.filter(|_| entry.at.has_time()).map(|phase| (phase, entry.at, at)));
    }
    marks.sort_by_key(|(_, moment, at)| (moment.at, *at));
    let last = marks.last()?.1;
    let second = marks.iter().find(|(phase, ..)| *phase != PhaseMark::Introduced)?.1;
    if marks[0].0 == PhaseMark::Introduced && (second.at - marks[0].1.at) > (last.at - second.at) {
        marks.remove(0);
    }
    let first = marks.first()?.1;
    let length = (last.at - first.at).num_seconds();
    if marks.len() < 2 || length <= 0 {
        return None;
    }
    let x = |moment: &Moment| (moment.at - first.at).num_seconds() * WIDTH / length;
    let impact = timeline.first(PhaseMark::ImpactStarted);
    let phase = |(phase, moment, at): &(PhaseMark, Moment, usize)| {
        let MarkView { id, name } = mark_view(&Mark::Phase(*phase), language);
        PhaseView {
            name,
            id,
            x: u32::try_from(x(moment)).unwrap_or_default(),
            time: if first.at.date() == last.at.date() {
                clock(moment)
            } else {
                format!("{} {}", language.short_day(moment.at.date()), clock(moment))
            },
            iso: iso(moment),
            offset: impact.map(|impact| offset(&impact, moment, language)).unwrap_or_default(),
            href: format!("#{}", entry_id(*at)),
        }
    };
    let phases: Vec<PhaseView> = marks.iter().map(phase).collect();
    Some(RibbonView { alt: in_words(&phases, language), segments: segments(&marks, x), phases })
}

fn segments(marks: &[(PhaseMark, Moment, usize)], x: impl Fn(&Moment) -> i64) -> Vec<SegmentView> {
    let mut segments: Vec<SegmentView> = Vec::new();
    let mut state = "calm";
    for pair in marks.windows(2) {
        state = match pair[0].0 {
            PhaseMark::ImpactStarted => "impact",
            PhaseMark::Mitigated | PhaseMark::Resolved => "calm",
            _ => state,
        };
        let (from, to) = (x(&pair[0].1), x(&pair[1].1));
        if pair[1].1.at - pair[0].1.at > Duration::zero() {
            let number = |value: i64| u32::try_from(value).unwrap_or_default();
            segments.push(SegmentView { x: number(from), width: number(to - from), state });
        }
    }
    segments
}

fn in_words(phases: &[PhaseView], language: &Language) -> String {
    let words = phases.iter().map(|phase| {
        let key = if phase.offset.is_empty() { "ribbon.phase_at" } else { "ribbon.phase_after" };
        language.fill(key, &[("phase", &phase.name), ("time", &phase.time), ("offset", &phase.offset)])
    });
    language.fill("ribbon.words", &[("phases", &language.list(words))])
}
