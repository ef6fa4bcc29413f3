//! The phases of an incident as a drawing.

use schemars::JsonSchema;
use serde::Serialize;

use crate::language::Language;
use crate::model::{Mark, Moment, PhaseMark, Timeline, TimelineEntry, entry_anchor};
use crate::render::page::review::phase_scale::{Label, Place, Stretch, places, widths};
use crate::render::page::review::timeline::{MarkView, day_text, mark_view, offset};

/// The phases of an incident: a line through time, and a mark with words at each phase.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct PhaseChartView {
    /// The stretches between phases, from left to right.
    pub segments: Vec<PhaseSegmentView>,
    /// The phases, from left to right.
    pub phases: Vec<PhaseView>,
    /// Whether a stretch shows impact.
    pub impact: bool,
    /// Whether a stretch is shortened. All others have one scale.
    pub shortened: bool,
    /// The height of the drawing, in pixels.
    pub height: usize,
    /// Where the middle of the line is, in pixels from above.
    pub middle: usize,
}

/// A stretch between two phases.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct PhaseSegmentView {
    /// Where it begins, from 0 to 1000.
    pub x: i64,
    /// How wide it is, on the scale of `x`.
    pub width: i64,
    /// `impact` while there was impact, else `calm`.
    pub state: &'static str,
    /// Whether it is shorter than the scale of the others makes it.
    pub shortened: bool,
}

/// A phase where the chart marks it.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct PhaseView {
    /// The phase in the language of the site: `Impact started`.
    pub name: String,
    /// A word for classes: `impact-started`.
    pub id: String,
    /// Where it stands, from 0 to 1000.
    pub x: i64,
    /// After the start of impact, or after the first phase where that is not known: `+17 min`. The day for a phase without
    /// a time. May be empty.
    pub offset: String,
    /// The anchor of its entry in the timeline; empty where the head of the text states it.
    pub href: String,
    /// Whether its words stand above the line and begin at its mark, or below the line and end there.
    pub above: bool,
    /// Whether `offset` stands below the name, where there is no room beside it.
    pub stacked: bool,
    /// Where its words stand, in pixels from above.
    pub y: usize,
    /// Where its mark ends that begins at the line, in pixels from above.
    pub end: usize,
}

/// The height of a row of words, which may be pressed.
const ROW: usize = 24;

/// Half the height of the line.
const HALF: usize = 10;

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
    if points.len() < 2 || last.at <= first.at {
        return None;
    }
    let long = before.map(|_| Stretch { seconds: None, has_impact: false });
    let segments = segments(&long.into_iter().chain(stretches(&points)).collect::<Vec<_>>());
    points.splice(0..0, before);
    let zero = timeline.first(PhaseMark::ImpactStarted).filter(Moment::has_time).unwrap_or(first);
    let ends = std::iter::once(0).chain(segments.iter().map(|segment| segment.x + segment.width));
    let view = |((phase, moment, at), x): (&PhasePoint, i64)| PhaseView {
        x,
        offset: if moment.has_time() { offset(&zero, moment, language) } else { day_text(moment, language) },
        href: timeline.entries().get(*at).map(|_| format!("#{}", entry_anchor(*at))).unwrap_or_default(),
        ..named(mark_view(&Mark::Phase(*phase), language))
    };
    let phases = points.iter().zip(ends).map(view).collect();
    Some(laid_out(phases, segments))
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

/// The time between each two of the points.
fn stretches(points: &[PhasePoint]) -> Vec<Stretch> {
    let mut has_impact = false;
    let between = |pair: &[PhasePoint]| {
        has_impact = match pair[0].0 {
            PhaseMark::ImpactStarted => true,
            PhaseMark::Mitigated | PhaseMark::Resolved => false,
            PhaseMark::Introduced | PhaseMark::Detected | PhaseMark::Responded | PhaseMark::CauseIdentified => {
                has_impact
            }
        };
        Stretch { seconds: Some((pair[1].1.at - pair[0].1.at).num_seconds()), has_impact }
    };
    points.windows(2).map(between).collect()
}

fn segments(stretches: &[Stretch]) -> Vec<PhaseSegmentView> {
    let mut x = 0;
    let segment = |(stretch, (width, shortened)): (&Stretch, (i64, bool))| {
        x += width;
        let state = if stretch.has_impact { "impact" } else { "calm" };
        PhaseSegmentView { x: x - width, width, state, shortened }
    };
    stretches.iter().zip(widths(stretches)).map(segment).collect()
}

fn named(MarkView { id, name }: MarkView) -> PhaseView {
    PhaseView { id, name, ..PhaseView::default() }
}

/// The chart, with room for the words of all phases.
fn laid_out(mut phases: Vec<PhaseView>, segments: Vec<PhaseSegmentView>) -> PhaseChartView {
    let labels = phases.iter().map(|phase| Label { x: phase.x, name: &phase.name, rest: &phase.offset });
    let places = places(&labels.collect::<Vec<_>>());
    let rows = |is_above: bool| {
        let side = places.iter().filter(|place| place.is_above == is_above);
        side.map(Place::last_row).max().unwrap_or(0) * ROW
    };
    let middle = rows(true) + HALF;
    for (phase, place) in phases.iter_mut().zip(&places) {
        let (nearest, farthest) = ((place.row - 1) * ROW, place.last_row() * ROW);
        phase.above = place.is_above;
        phase.stacked = place.rows > 1;
        // Words stand on their line, which is somewhat above the end of a row.
        (phase.y, phase.end) = if place.is_above {
            (middle - HALF - farthest + 14, middle - HALF - farthest + 3)
        } else {
            (middle + HALF + nearest + 18, middle + HALF + farthest - 3)
        };
    }
    let segments: Vec<PhaseSegmentView> = segments.into_iter().filter(|segment| segment.width > 0).collect();
    PhaseChartView {
        impact: segments.iter().any(|segment| segment.state == "impact"),
        shortened: segments.iter().any(|segment| segment.shortened),
        height: middle + HALF + rows(false),
        middle,
        segments,
        phases,
    }
}
