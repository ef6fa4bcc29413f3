//! How wide each stretch between two phases is drawn, and where the labels of the phases have room.

/// The width of the drawing.
pub(super) const WIDTH: i64 = 1000;

/// The width of a stretch that is not drawn to scale.
const SHORTENED: i64 = 120;

/// The least part of the drawing that shows impact.
const LEAST_IMPACT: i64 = WIDTH / 2;

/// The width of the drawing on the narrowest screen, in pixels.
const NARROW: f64 = 288.0;

/// The room between a line and its label, and between two labels, in pixels.
const GAP: f64 = 6.0;

/// The time between two phases that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// How long it is; none when that is not known, or so long that nothing else could be told apart.
    pub seconds: Option<i64>,
    /// Whether there was impact.
    pub has_impact: bool,
}

/// The width of each stretch, and whether it is shortened. All others have one scale. Where impact would be less than half
/// of the drawing, the longest stretches without impact are shortened.
pub(super) fn widths(stretches: &[Stretch]) -> Vec<(i64, bool)> {
    let mut shortened: Vec<bool> = stretches.iter().map(|stretch| stretch.seconds.is_none()).collect();
    loop {
        let drawn = drawn(stretches, &shortened);
        let with_impact = || stretches.iter().zip(&drawn).filter(|(stretch, _)| stretch.has_impact);
        let impact: i64 = with_impact().map(|(_, width)| width).sum();
        let calm = (0..stretches.len()).filter(|at| !stretches[*at].has_impact && !shortened[*at]);
        let longest = calm.filter(|at| drawn[*at] > 0).max_by_key(|at| stretches[*at].seconds);
        match longest.filter(|_| impact > 0 || with_impact().any(|(stretch, _)| stretch.seconds > Some(0))) {
            Some(longest) if impact < LEAST_IMPACT => shortened[longest] = true,
            Some(_) | None => return drawn.into_iter().zip(shortened).collect(),
        }
    }
}

fn drawn(stretches: &[Stretch], shortened: &[bool]) -> Vec<i64> {
    let count = shortened.iter().filter(|is_shortened| **is_shortened).count() as i64;
    let short = SHORTENED.min((WIDTH - LEAST_IMPACT) / count.max(1));
    let length = |at: usize| if shortened[at] { 0 } else { stretches[at].seconds.unwrap_or(0) };
    let total: i64 = (0..stretches.len()).map(length).sum();
    let rest = WIDTH - count * short;
    let (mut passed, mut widths) = (0, Vec::new());
    for (at, is_shortened) in shortened.iter().enumerate() {
        // Rounded places, so that rounded widths add up.
        let place = |seconds: i64| if total == 0 { 0 } else { (seconds * rest + total / 2) / total };
        let before = place(passed);
        passed += length(at);
        widths.push(if *is_shortened { short } else { place(passed) - before });
    }
    widths
}

/// The words at a phase: its name, and how long after the start of impact it was.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label<'a> {
    /// Where the phase stands, from 0 to [`WIDTH`].
    pub x: i64,
    /// The name of the phase.
    pub name: &'a str,
    /// The words after its name; may be empty.
    pub rest: &'a str,
}

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Whether it stands above the line and goes on to the right, or below it and ends at its phase.
    pub is_above: bool,
    /// The row nearest to the line that it takes, from 1.
    pub row: usize,
    /// The rows that it takes: 1, or 2 where its words stand below its name.
    pub rows: usize,
}

impl Place {
    pub(super) fn last_row(&self) -> usize {
        self.row + self.rows - 1
    }
}

/// Places at which no label meets another one or the mark of another phase, on the narrowest screen and all others.
/// The labels are in the order of their phases.
pub(super) fn places(labels: &[Label<'_>]) -> Vec<Place> {
    let side = |label: &Label<'_>| {
        let is_above = label.x < WIDTH / 2;
        let room = pixels(if is_above { WIDTH - label.x } else { label.x }) - GAP;
        let rows = if !label.rest.is_empty() && width(label, 1) > room { 2 } else { 1 };
        Place { is_above, row: 1, rows }
    };
    let mut places: Vec<Place> = labels.iter().map(side).collect();
    // The mark of a phase passes the labels between it and its own label, so the nearest to an end is the farthest out.
    let above = (0..labels.len()).filter(|at| places[*at].is_above).rev();
    let below = (0..labels.len()).filter(|at| !places[*at].is_above);
    for side in [above.collect::<Vec<_>>(), below.collect()] {
        for (count, at) in side.iter().enumerate() {
            let reach = width(&labels[*at], places[*at].rows) + 2.0 * GAP;
            let met = side[..count].iter().filter(|other| pixels((labels[**other].x - labels[*at].x).abs()) < reach);
            let last = met.map(|other| places[*other].last_row()).max();
            places[*at].row = last.unwrap_or(0) + 1;
        }
    }
    places
}

fn pixels(x: i64) -> f64 {
    x as f64 * NARROW / WIDTH as f64
}

/// About how wide the words of a label are, in pixels.
fn width(label: &Label<'_>, rows: usize) -> f64 {
    let of = |words: &str, letter: f64| -> f64 {
        // Letters of Chinese, Japanese and Korean are squares.
        words.chars().map(|c| if ('\u{2e80}'..'\u{fff0}').contains(&c) { 12.5 } else { letter }).sum()
    };
    let (name, rest) = (of(label.name, 7.9), of(label.rest, 7.3));
    if rows == 1 && !label.rest.is_empty() { name + 4.0 + rest } else { name.max(rest) }
}

#[cfg(test)]
mod tests {
    use super::{Label, Place, Stretch, places, widths};

    fn stretches(all: &[(i64, bool)]) -> Vec<Stretch> {
        let stretch =
            |(minutes, has_impact): &(i64, bool)| Stretch { seconds: Some(minutes * 60), has_impact: *has_impact };
        all.iter().map(stretch).collect()
    }

    #[test]
    fn stretches_have_one_scale_while_impact_has_half_of_the_room() {
        assert_eq!(
            widths(&stretches(&[(10, true), (50, true), (40, false)])),
            [(100, false), (500, false), (400, false)]
        );
        // 73 minutes of impact, then thirty hours.
        assert_eq!(
            widths(&stretches(&[(10, true), (63, true), (1800, false)])),
            [(121, false), (759, false), (120, true)]
        );
        // What is not the longest stays to scale.
        let three = widths(&stretches(&[(600, false), (60, true), (6, false)]));
        assert_eq!(three, [(120, true), (800, false), (80, false)]);
        let before = Stretch { seconds: None, has_impact: false };
        assert_eq!(widths(&[&[before][..], &stretches(&[(60, true)])].concat()), [(120, true), (880, false)]);
    }

    #[test]
    fn impact_has_half_of_the_room_however_little_it_was() {
        let many: Vec<(i64, bool)> = (0..12).map(|at| (1_000_000 * at + 1, at == 6)).collect();
        let many = widths(
            &stretches(&many)
                .iter()
                .map(|stretch| Stretch { seconds: Some(if stretch.has_impact { 1 } else { 9_000_000 }), ..*stretch })
                .collect::<Vec<_>>(),
        );
        assert!(many[6].0 >= 500 && many.iter().map(|(width, _)| width).sum::<i64>() <= 1000, "{many:?}");
        // Without impact, and with one that lasted no time, all is to scale.
        assert_eq!(widths(&stretches(&[(30, false), (10, false)])), [(750, false), (250, false)]);
        assert_eq!(widths(&stretches(&[(0, true), (10, false)])), [(0, false), (1000, false)]);
        assert_eq!(widths(&stretches(&[(0, true)])), [(0, false)]);
    }

    #[test]
    fn labels_step_outward_from_the_nearest_neighbour() {
        let label = |x, name| Label { x, name, rest: "" };
        let place = |is_above, row| Place { is_above, row, rows: 1 };
        let close = [label(0, "One"), label(20, "Two"), label(400, "Three"), label(990, "Four"), label(1000, "Five")];
        let expected = [place(true, 2), place(true, 1), place(true, 1), place(false, 1), place(false, 2)];
        assert_eq!(places(&close), expected);
        let long = Label { x: 480, name: "Cause identified", rest: "+3 days 3 hours" };
        assert_eq!(places(&[long]), [Place { is_above: true, row: 1, rows: 2 }]);
    }
}
