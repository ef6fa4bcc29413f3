//! How often each two factors were seen together, as a grid.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::Matrix;
use crate::language::Language;
use crate::render::part::link::LinkView;

/// How often each two factors were seen together: `chart_matrix`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct MatrixView {
    /// What it shows, in a sentence.
    pub alt: String,
    /// The width in user units.
    pub width: usize,
    /// The height in user units.
    pub height: usize,
    /// The side of a cell in user units.
    pub side: usize,
    /// The factors, the most frequent first.
    pub rows: Vec<MatrixRowView>,
    /// Two factors that were seen together, the most frequent pair first.
    pub pairs: Vec<PairView>,
}

/// A factor in a matrix.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct MatrixRowView {
    /// Its number, from 1, which stands above its column.
    pub number: usize,
    /// Its name, cut to the place that there is.
    pub name: String,
    /// Where its row begins, in user units.
    pub y: usize,
    /// The cells that are not empty.
    pub cells: Vec<CellView>,
}

/// A cell of a matrix.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct CellView {
    /// Where it begins, in user units.
    pub x: usize,
    /// The number of reviews that have both factors.
    pub count: usize,
    /// How strong it is, from 1 to 5; 0 where a factor meets itself.
    pub strength: usize,
}

/// Two factors that were seen together.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct PairView {
    /// The factor of the pair that stands higher in the matrix.
    pub one: LinkView,
    /// The factor of the pair that stands lower in the matrix.
    pub other: LinkView,
    /// The number of reviews that have both factors.
    pub count: usize,
}

/// The side of a cell, the place for numbers and names, in user units.
const SIDE: usize = 26;

const NAMES: usize = 244;

const NAME_LENGTH: usize = 34;

/// A matrix; `link` gives each factor's name and page. None when no two factors were seen together.
pub(in crate::render) fn factor_matrix(
    matrix: &Matrix,
    language: &Language,
    link: impl Fn(&str) -> LinkView,
) -> Option<MatrixView> {
    let names: Vec<LinkView> = matrix.factors.iter().map(|id| link(id)).collect();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (row, counts) in matrix.counts.iter().enumerate() {
        pairs.extend((0..row).filter(|column| counts[*column] > 0).map(|column| (counts[column], column, row)));
    }
    pairs.sort_by_key(|(count, one, other)| (std::cmp::Reverse(*count), *one, *other));
    let (most, one, other) = *pairs.first()?;
    let row = |(at, counts): (usize, &Vec<usize>)| MatrixRowView {
        number: at + 1,
        name: shorten(&names[at].title),
        y: (at + 1) * SIDE,
        cells: counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(|(column, count)| CellView {
                x: NAMES + column * SIDE,
                count: *count,
                strength: if column == at { 0 } else { (count * 5).div_ceil(most).min(5) },
            })
            .collect(),
    };
    let length = matrix.factors.len();
    let pair = [("length", &length.to_string()), ("one", &names[one].title), ("other", &names[other].title)];
    let alt = language.count("matrix.words", most, &pair.map(|(name, value)| (name, value.as_str())));
    let pair = |(count, one, other): (usize, usize, usize)| PairView {
        one: names[one].clone(),
        other: names[other].clone(),
        count,
    };
    Some(MatrixView {
        alt,
        width: NAMES + length * SIDE,
        height: (length + 1) * SIDE,
        side: SIDE,
        rows: matrix.counts.iter().enumerate().map(row).collect(),
        pairs: pairs.into_iter().map(pair).collect(),
    })
}

fn shorten(name: &str) -> String {
    if name.chars().count() <= NAME_LENGTH {
        return name.to_owned();
    }
    let cut: String = name.chars().take(NAME_LENGTH - 1).collect();
    format!("{}…", cut.trim_end())
}
