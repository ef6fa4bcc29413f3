//! The phases of an incident, drawn to scale.

use schemars::JsonSchema;
use serde::Serialize;

use crate::language::Language;
use crate::model::{Mark, Metric, MetricKind, Moment, PhaseMark, Precision, Timeline, TimelineEntry, entry_anchor};
use crate::render::page::review::timeline::{MarkView, clock, day_text, iso, mark_view, offset};

/// The phases of an incident, to scale.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct PhaseChartView {
    /// What the chart shows, in a sentence for readers who cannot see it.
    pub alt: String,
    /// The stretches between phases, from left to right.
    pub segments: Vec<PhaseSegmentView>,
    /// The phases, from left to right.
    pub phases: Vec<PhaseView>,
}

/// A stretch between two phases.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct PhaseSegmentView {
    /// Where it begins, from 0 to 1000.
    pub x: u32,
    /// How wide it is, on the scale of `x`.
    pub width: u32,
    /// `impact` while there was impact, else `calm`; `before` for the long time, not to scale, before all else.
    pub state: &'static str,
    /// How long it lasted; empty where there is no room for it.
    pub length: String,
}

/// A phase where the chart marks it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct PhaseView {
    /// The phase in the language of the site: `Impact started`.
    pub name: String,
    /// A word for classes: `impact-started`.
    pub id: String,
    /// Where it stands, from 0 to 1000.
    pub x: u32,
    /// The time of day, `13:40`, or a date where the chart spans several days.
    pub time: String,
    /// The moment in ISO 8601, as exact as it is known.
    pub iso: String,
    /// After the start of impact: `+17 min`; may be empty.
    pub offset: String,
    /// The anchor of its entry in the timeline; empty where the head of the text states it.
    pub href: String,
}

/// The width of the drawing.
const WIDTH: i64 = 1000;

/// The width of the time before all else when it is too long to be drawn to scale.
const WIDTH_BEFORE: i64 = 90;

/// The least width of a stretch that has room for its length in words.
const LEAST_LABELLED_WIDTH: i64 = 110;

/// A phase where it stands in the timeline.
type PhasePoint = (PhaseMark, Moment, usize);

/// The chart of a timeline; none when fewer than two times of day are known.
///
/// The introduction of the weakness stands before the scale when it lies so far back, or is known so coarsely, that
/// nothing else could be told apart.
pub(in crate::render::page) fn phase_chart(timeline: &Timeline, language: &Language) -> Option<PhaseChartView> {
    let mut points = phase_points(timeline);
    let introduced = points.iter().position(|(phase, ..)| *phase == PhaseMark::Introduced).map(|at| points.remove(at));
    points.retain(|(_, moment, _)| moment.has_time());
    points.sort_by_key(|(_, moment, at)| (moment.at, *at));
    let (second, last) = (points.first()?.1, points.last()?.1);
    let is_near = |(_, moment, _): &PhasePoint| {
        moment.has_time() && moment.at <= second.at && second.at - moment.at <= last.at - second.at
    };
    let near = introduced.filter(is_near);
    let before = introduced.filter(|point| !is_near(point) && point.1.at < second.at);
    points.splice(0..0, near);
    let first = points.first()?.1;
    let length = (last.at - first.at).num_seconds();
    if points.len() < 2 || length <= 0 {
        return None;
    }
    let left = if before.is_some() { WIDTH_BEFORE } else { 0 };
    let x = |moment: &Moment| left + (moment.at - first.at).num_seconds() * (WIDTH - left) / length;
    let impact = timeline.first(PhaseMark::ImpactStarted);
    let is_one_day = first.at.date() == last.at.date();
    let phase = |(phase, moment, at): &PhasePoint| {
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
            href: timeline.entries().get(*at).map(|_| format!("#{}", entry_anchor(*at))).unwrap_or_default(),
        }
    };
    let phases: Vec<PhaseView> = before.iter().chain(&points).map(phase).collect();
    let long = before.map(|_| PhaseSegmentView { x: 0, width: number(left), state: "before", length: String::new() });
    let segments = long.into_iter().chain(segments(&points, x, language)).collect();
    Some(PhaseChartView { alt: chart_words(&phases, language), segments, phases })
}

fn phase_points(timeline: &Timeline) -> Vec<PhasePoint> {
    let of = |(at, entry): (usize, &TimelineEntry)| {
        let (moment, marks) = (entry.at, entry.marks.clone());
        let is_marked = move |phase: &PhaseMark| marks.iter().any(|mark| mark.value == Mark::Phase(*phase));
        PhaseMark::ALL.into_iter().filter(is_marked).map(move |phase| (phase, moment, at))
    };
    // Those of the head have numbers after all entries.
    timeline.entries().iter().chain(timeline.stated()).enumerate().flat_map(of).collect()
}

fn segments(points: &[PhasePoint], x: impl Fn(&Moment) -> i64, language: &Language) -> Vec<PhaseSegmentView> {
    let mut segments: Vec<PhaseSegmentView> = Vec::new();
    let mut state = "calm";
    for pair in points.windows(2) {
        state = match pair[0].0 {
            PhaseMark::ImpactStarted => "impact",
            PhaseMark::Mitigated | PhaseMark::Resolved => "calm",
            PhaseMark::Introduced | PhaseMark::Detected | PhaseMark::Responded | PhaseMark::CauseIdentified => state,
        };
        let (from, to) = (x(&pair[0].1), x(&pair[1].1));
        let duration = pair[1].1.at - pair[0].1.at;
        if duration > chrono::Duration::zero() {
            let kind = MetricKind::TimeOfImpact;
            let approximate = pair[0].1.approximate || pair[1].1.approximate;
            let metric = Metric { kind, duration, precision: Precision::Minute, approximate };
            let length =
                if to - from >= LEAST_LABELLED_WIDTH { language.brief_duration(&metric) } else { String::new() };
            segments.push(PhaseSegmentView { x: number(from), width: number(to - from), state, length });
        }
    }
    segments
}

fn number(value: i64) -> u32 {
    u32::try_from(value).unwrap_or_default()
}

fn chart_words(phases: &[PhaseView], language: &Language) -> String {
    let words = phases.iter().map(|phase| {
        let key = if phase.offset.is_empty() { "phase_chart.phase_at" } else { "phase_chart.phase_after" };
        language.fill(key, &[("phase", &phase.name), ("time", &phase.time), ("offset", &phase.offset)])
    });
    language.fill("phase_chart.words", &[("phases", &language.list(words))])
}
