//! Every incident as one line from the start of its impact; when there are many, how many were not over yet.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::scale::Scale;
use super::{RowView, TableView, TickView, metric_of};
use crate::analysis::{IncidentLine, NoticedBy, Value};
use crate::language::Language;

/// Every incident from the start of its impact, in bands by who noticed first.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct IncidentsView {
    /// What the drawing shows, in a sentence for readers who cannot see it.
    pub words: String,
    /// How to read the drawing, in a sentence.
    pub caption: String,
    /// The height in pixels; the width is that of the page.
    pub height: u32,
    /// The height of one line in pixels.
    pub row: u32,
    /// The bands from top to bottom, each with the incidents that somebody else noticed first.
    pub bands: Vec<IncidentBandView>,
    /// The lines of the scale.
    pub ticks: Vec<TickView>,
    /// How many incidents were over after each of the times of the scale; none when each has a line of its own.
    pub table: Option<TableView>,
}

/// The incidents that were first noticed by the same.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct IncidentBandView {
    /// A word for classes: `monitoring`, `staff`, `outside` or `none`.
    pub class: &'static str,
    /// Who noticed first: `First noticed by monitoring`.
    pub name: String,
    /// The same as a word in a table: `Monitoring`.
    pub by: String,
    /// How many incidents these are.
    pub count: usize,
    /// Where the name stands, in pixels from the top.
    pub y: u32,
    /// The incidents, the shortest impact first; none when there are many.
    pub lines: Vec<IncidentLineView>,
    /// The shape of all of them together, when there are many.
    pub shape: Option<IncidentShapeView>,
}

/// An incident as a line; places across are in tenths of a percent, those down in pixels.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct IncidentLineView {
    /// The title of the review.
    pub title: String,
    /// The page of the review.
    pub href: String,
    /// The day of the incident and its severity; may be empty.
    pub about: String,
    /// When it was noticed, after the start of impact: `17 min`; may be empty.
    pub detected: String,
    /// After which time the first impact ended: `27 min`.
    pub mitigated: String,
    /// After which time all was over.
    pub resolved: String,
    /// The middle of the line.
    pub y: u32,
    /// A class for its weight: 1 for the most severe, to 5.
    pub weight: usize,
    /// Where the impact ends.
    pub impact: u32,
    /// Where all was over; not before `impact`.
    pub end: u32,
    /// Where it was noticed; none when that is not known, else one place.
    pub dots: Vec<u32>,
}

/// How many incidents of a band were not over yet, through time: paths in a drawing 1000 wide and as high as there are
/// incidents.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct IncidentShapeView {
    /// The upper edge in pixels.
    pub y: u32,
    /// The height in pixels.
    pub height: u32,
    /// The path of those not resolved yet.
    pub unresolved: String,
    /// The path of those whose impact went on.
    pub impact: String,
    /// The path of those that nobody had noticed yet.
    pub unnoticed: String,
}

/// An incident with the words and the address of its review.
pub struct NamedIncident {
    /// When it was noticed, mitigated and resolved.
    pub line: IncidentLine,
    /// The title of the review.
    pub title: String,
    /// The page of the review.
    pub href: String,
    /// The day of the incident and its severity; may be empty.
    pub about: String,
}

/// More lines than these cannot be told apart.
const MANY: usize = 56;
/// The height of all lines together, in pixels, when there are many.
const ROOM: usize = 224;
/// The height of the name of a band.
const NAME: u32 = 22;
/// The room between the last line and the words of the scale.
const FOOT: u32 = 22;
/// The scale begins with a minute: what is shorter is as good as at once.
const LEAST: i64 = 60;
/// The width of a bin, in tenths of a percent.
const BIN: u32 = 16;

/// The drawing of all incidents, which stand in the order of [`crate::analysis::incident_lines`]; none without one.
pub fn incidents_chart(incidents: &[NamedIncident], language: &Language) -> Option<IncidentsView> {
    if incidents.is_empty() {
        return None;
    }
    let moments = |NamedIncident { line, .. }: &NamedIncident| {
        [line.detected, Some(line.mitigated), Some(line.resolved)].into_iter().flatten()
    };
    // Every line begins at nothing.
    let moments = incidents.iter().flat_map(moments).map(|seconds| if seconds > 0 { seconds.max(LEAST) } else { 0 });
    let scale = Scale::new(std::iter::once(0).chain(moments));
    let is_dense = incidents.len() > MANY;
    let row = pixels((ROOM / incidents.len()).clamp(4, 9));
    let mut bands = Vec::new();
    let mut height = 0;
    for by in NoticedBy::ALL {
        let of: Vec<&NamedIncident> = incidents.iter().filter(|incident| incident.line.noticed_by == by).collect();
        if of.is_empty() {
            continue;
        }
        let y = height + NAME;
        let (lines, shape) = if is_dense {
            (Vec::new(), Some(shape(&of, incidents.len(), y, &scale)))
        } else {
            (of.iter().zip(0..).map(|(of, at)| line_view(of, y + at * row + row / 2, &scale, language)).collect(), None)
        };
        height = y + shape.as_ref().map_or(pixels(of.len()) * row, |shape| shape.height);
        let name = language.say(&format!("detection.{}_first", by.word())).to_owned();
        let short = language.say(&format!("detection.{}", by.word())).to_owned();
        bands.push(IncidentBandView { class: by.word(), name, by: short, count: of.len(), y: y - 6, lines, shape });
    }
    let parts = bands.iter().map(|band| {
        let count = language.number(band.count as u64);
        language.fill("list.labelled", &[("label", &band.name), ("value", &count)])
    });
    let words = language.list(parts);
    Some(IncidentsView {
        words: language.count("incidents.words", incidents.len(), &[("parts", &words)]),
        caption: language.say(if is_dense { "incidents.caption_many" } else { "incidents.caption" }).to_owned(),
        height: height + FOOT,
        row,
        table: is_dense.then(|| table(incidents, &bands, &scale, language)),
        ticks: scale.ticks(language),
        bands,
    })
}

fn line_view(incident: &NamedIncident, y: u32, scale: &Scale, language: &Language) -> IncidentLineView {
    let line = &incident.line;
    let words =
        |seconds: i64| language.duration(&metric_of(&Value { seconds, review: line.review, approximate: false }));
    IncidentLineView {
        title: incident.title.clone(),
        href: incident.href.clone(),
        about: incident.about.clone(),
        detected: line.detected.map(words).unwrap_or_default(),
        mitigated: words(line.mitigated),
        resolved: words(line.resolved),
        y,
        weight: line.kind().weight,
        impact: scale.x(line.mitigated),
        end: scale.x(line.resolved),
        dots: line.detected.map(|seconds| scale.x(seconds)).into_iter().collect(),
    }
}

/// The shape of a band of `all` incidents: as high as its share of them.
fn shape(of: &[&NamedIncident], all: usize, y: u32, scale: &Scale) -> IncidentShapeView {
    let path = |until: &dyn Fn(&IncidentLine) -> i64| {
        let ends: Vec<u32> = of.iter().map(|incident| scale.x(until(&incident.line))).collect();
        steps(&ends, of.len())
    };
    IncidentShapeView {
        y,
        height: pixels((of.len() * ROOM / all).max(6)),
        unresolved: path(&|line| line.resolved),
        impact: path(&|line| line.mitigated),
        unnoticed: path(&|line| line.detected.map_or(-1, |detected| detected.min(line.mitigated))),
    }
}

/// How many of the ends lie after the left edge of each bin, as steps down to the right; `bottom` is the lower edge.
fn steps(ends: &[u32], bottom: usize) -> String {
    let mut path = format!("M0 {bottom}");
    let mut before = 0;
    for from in (0..=1000 / BIN).map(|bin| bin * BIN) {
        let left = ends.iter().filter(|end| **end > from).count();
        if left != before {
            let _ = write!(path, "H{from}V{}", bottom - left);
            before = left;
        }
    }
    if before > 0 {
        let _ = write!(path, "H1000V{bottom}");
    }
    path
}

/// How many incidents of each band had no impact any more after each time that the scale names.
fn table(incidents: &[NamedIncident], bands: &[IncidentBandView], scale: &Scale, language: &Language) -> TableView {
    let marks = scale.marks(language);
    let row = |band: &IncidentBandView| {
        let of = || incidents.iter().filter(|incident| incident.line.noticed_by.word() == band.class);
        let until = |(seconds, _): &(i64, String)| of().filter(|of| of.line.mitigated <= *seconds).count();
        let cells = std::iter::once(band.count).chain(marks.iter().map(until));
        RowView { head: band.name.clone(), cells: cells.map(|count| language.number(count as u64)).collect() }
    };
    let within = |(_, name): &(i64, String)| language.fill("incidents.within", &[("time", name)]);
    let columns = std::iter::once(language.say("chart.incidents").to_owned());
    TableView {
        caption: language.say("incidents.table").to_owned(),
        columns: columns.chain(marks.iter().map(within)).collect(),
        rows: bands.iter().map(row).collect(),
    }
}

fn pixels(number: usize) -> u32 {
    u32::try_from(number).unwrap_or_default()
}
