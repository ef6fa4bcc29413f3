//! The drawing of all incidents as a PNG without words, for places where links are shared.

use std::collections::BTreeMap;

use png::{BitDepth, ColorType, Compression, Encoder};
use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Rect, Transform};

use super::Renderer;
use super::chart::{IncidentBandView, IncidentLineView, IncidentsView, NamedIncident, incidents_chart};
use crate::analysis::{IncidentKind, incident_lines};

/// The size that most places show, in pixels.
const SIZE: (u32, u32) = (1200, 630);
/// The room around the drawing.
const MARGIN: f32 = 60.0;
/// The height that the drawing leaves to the steps of the severity below it.
const FOOT: f32 = 60.0;

/// A colour as red, green and blue. They are those of the light theme.
type Rgb = [u8; 3];
const PAPER: Rgb = [253, 253, 251];
const INK: Rgb = [27, 30, 33];
const RULE: Rgb = [220, 220, 213];
const FAINT: Rgb = [205, 207, 204];

/// The picture in which the incidents of `kind` stand out; all do without one.
pub(super) fn picture(renderer: &Renderer, kind: Option<IncidentKind>) -> Vec<u8> {
    let named = |line| NamedIncident { line, title: String::new(), href: String::new(), about: String::new() };
    let lines: Vec<NamedIncident> = incident_lines(&renderer.analysis).lines.into_iter().map(named).collect();
    let (chart, pixels) = (incidents_chart(&lines, &renderer.site.language), Pixmap::new(SIZE.0, SIZE.1));
    let (Some(chart), Some(pixels)) = (chart, pixels) else { return Vec::new() };
    let mut canvas = Canvas { pixels, scale: (SIZE.1 as f32 - 2.0 * MARGIN - FOOT) / chart.height as f32 };
    canvas.pixels.fill(Color::from_rgba8(PAPER[0], PAPER[1], PAPER[2], 255));
    canvas.draw(&chart, kind);
    encode(&canvas.pixels)
}

struct Canvas {
    pixels: Pixmap,
    /// Pixels of the picture for one of the drawing.
    scale: f32,
}

impl Canvas {
    fn draw(&mut self, chart: &IncidentsView, kind: Option<IncidentKind>) {
        let bottom = chart.height as f32 * self.scale;
        for tick in &chart.ticks {
            self.fill((x(tick.x), 0.0, 2.0, bottom), RULE);
        }
        for band in &chart.bands {
            let is_meant = kind.is_none_or(|kind| kind.noticed_by.word() == band.class);
            let colour = if is_meant { colour_of(band.class) } else { FAINT };
            self.shape(band, colour);
            for line in &band.lines {
                let is_kind = kind.is_none_or(|kind| is_meant && kind.weight == line.weight);
                self.line(
                    chart.row,
                    line,
                    match (is_kind, is_meant) {
                        (true, _) => (colour, INK),
                        (false, true) => (mixed(colour, 0.45), FAINT),
                        (false, false) => (FAINT, FAINT),
                    },
                );
            }
        }
        for step in kind.map(|_| 1..=5).into_iter().flatten() {
            let is_on = kind.is_some_and(|kind| step <= 6 - kind.weight);
            let (left, height) = ((step - 1) as f32 * 26.0, step as f32 * 9.0);
            self.fill((left, bottom + FOOT - height, 18.0, height), if is_on { INK } else { RULE });
        }
    }

    fn line(&mut self, row: u32, line: &IncidentLineView, (colour, dot): (Rgb, Rgb)) {
        let (middle, row) = (line.y as f32 * self.scale, row as f32 * self.scale);
        let thick = (row * [0.78, 0.6, 0.45, 0.3, 0.15][line.weight.clamp(1, 5) - 1]).round().max(1.0);
        let (impact, end) = (x(line.impact), x(line.end));
        self.fill((impact, (middle - 1.0).round(), end - impact, 2.0), mixed(colour, 0.6));
        self.fill((0.0, (middle - thick / 2.0).round(), impact, thick), colour);
        let Some(&at) = line.dots.first() else { return };
        for (radius, colour) in [(row * 0.36 + 2.0, PAPER), (row * 0.36, dot)] {
            if let Some(path) = PathBuilder::from_circle(MARGIN + x(at), MARGIN + middle, radius) {
                self.pixels.fill_path(&path, &paint(colour), FillRule::Winding, Transform::identity(), None);
            }
        }
    }

    /// The three shapes of a band of many, the widest first.
    fn shape(&mut self, band: &IncidentBandView, colour: Rgb) {
        let Some(shape) = &band.shape else { return };
        let (top, height) = (shape.y as f32 * self.scale, shape.height as f32 * self.scale);
        for (path, strength) in [(&shape.unresolved, 0.25), (&shape.impact, 0.55), (&shape.unnoticed, 1.0)] {
            // `M0 9H0V4H16V5…`: from each place on, so far from the top.
            let steps = path.split('H').skip(1).filter_map(|step| step.split_once('V'));
            let steps = steps.filter_map(|(at, from)| Some((at.parse().ok()?, from.parse::<f32>().ok()?)));
            let steps: Vec<(u32, f32)> = steps.collect();
            for pair in steps.windows(2) {
                let (left, right) = (x(pair[0].0), x(pair[1].0));
                let above = (pair[0].1 / band.count as f32 * height).round();
                self.fill((left, top + above, right - left, height - above), mixed(colour, strength));
            }
        }
    }

    /// Fills a rectangle, given by left, top, width and height from the corner of the drawing.
    fn fill(&mut self, (left, top, width, height): (f32, f32, f32, f32), colour: Rgb) {
        let (left, top) = ((MARGIN + left).round(), (MARGIN + top).round());
        if let Some(rect) = Rect::from_xywh(left, top, width.round(), height.round()) {
            self.pixels.fill_rect(rect, &paint(colour), Transform::identity(), None);
        }
    }
}

/// From tenths of a percent to pixels.
fn x(place: u32) -> f32 {
    (place as f32 / 1000.0 * (SIZE.0 as f32 - 2.0 * MARGIN)).round()
}

fn colour_of(class: &str) -> Rgb {
    match class {
        "monitoring" => [43, 110, 160],
        "staff" => [46, 125, 87],
        "outside" => [200, 80, 12],
        _ => [125, 131, 135],
    }
}

/// A colour on paper of which so much is seen.
fn mixed(colour: Rgb, strength: f32) -> Rgb {
    let part = |at: usize| (f32::from(colour[at]) * strength + f32::from(PAPER[at]) * (1.0 - strength)).round() as u8;
    [part(0), part(1), part(2)]
}

fn paint(colour: Rgb) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(colour[0], colour[1], colour[2], 255);
    paint
}

/// The picture with a palette of its own colours, each pixel one byte; few colours make a small file.
fn encode(pixels: &Pixmap) -> Vec<u8> {
    let mut known: BTreeMap<[u8; 4], u8> = BTreeMap::new();
    let mut palette = Vec::new();
    let mut bytes = Vec::with_capacity(pixels.data().len() / 4);
    let (mut last, mut at) = ([0; 4], 0);
    for &pixel in pixels.data().as_chunks::<4>().0 {
        if pixel != last {
            // Edges of points that are more than a palette holds look like the paper.
            let next = u8::try_from(known.len()).unwrap_or_default();
            at = *known.entry(pixel).or_insert_with(|| {
                palette.extend_from_slice(&pixel[..3]);
                next
            });
            last = pixel;
        }
        bytes.push(at);
    }
    palette.truncate(256 * 3);
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, SIZE.0, SIZE.1);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_palette(palette);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&bytes));
    if written.is_ok() { file } else { Vec::new() }
}
