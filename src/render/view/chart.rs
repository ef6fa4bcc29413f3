//! Drawings as data: numbers are computed here, templates only place them.
//!
//! Across the page lengths are thousandths of the width, so that a drawing fits every screen; down the page they are
//! pixels. A sparkline and a matrix have user units of their own.

use serde::Serialize;

use super::LinkView;
use crate::analysis::{Count, Matrix, Quarter, Trend};
use crate::language::Language;
use crate::render::chart::{self, ColumnsView, LegendView};

/// A drawing as small as a word: `chart_spark`.
#[derive(Clone, Debug, Serialize)]
pub struct SparkView {
    /// The same in words.
    pub alt: String,
    /// The width in user units; the height is 16.
    pub width: usize,
    /// The outline of all columns, as an SVG path.
    pub path: String,
}

/// Something with its share in a whole: `chart_shares`.
#[derive(Clone, Debug, Serialize)]
pub struct ShareView {
    /// What it is; without an address it is no link.
    pub name: LinkView,
    /// How often.
    pub count: usize,
}

/// How often each two factors were seen together: `chart_matrix`.
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    /// Where it begins, in user units.
    pub x: usize,
    /// The number of reviews.
    pub count: usize,
    /// How strong it is, from 1 to 5; 0 where a factor meets itself.
    pub strength: usize,
}

/// Two factors that were seen together.
#[derive(Clone, Debug, Serialize)]
pub struct PairView {
    /// The more frequent one.
    pub one: LinkView,
    /// The other one.
    pub other: LinkView,
    /// In how many reviews.
    pub count: usize,
}

/// The columns of a trend, the stronger colour where it was the primary factor; none when nothing is drawn.
pub(super) fn columns(trend: &Trend, name: &str, language: &Language) -> Option<ColumnsView> {
    let (from, to) = (trend.quarters.first()?.0, trend.quarters.last()?.0);
    trend.quarters.iter().find(|(_, count)| count.all > 0)?;
    let entry = |class: &str, key: &str| LegendView { class: class.to_owned(), name: language.say(key).to_owned() };
    let legend = vec![entry("primary", "factor.primary"), entry("contributing", "factor.contributing")];
    let period = |(at, (quarter, count)): (usize, &(Quarter, Count))| {
        let below = if at == 0 || quarter.number() == 1 { quarter.year().to_string() } else { String::new() };
        (quarter_name(*quarter, language), below, vec![count.primary, count.all - count.primary])
    };
    let periods: Vec<(String, String, Vec<usize>)> = trend.quarters.iter().enumerate().map(period).collect();
    let (from, to) = (quarter_name(from, language), quarter_name(to, language));
    let title = language.fill("trend.title", &[("name", name), ("from", &from), ("to", &to)]);
    Some(chart::columns(&title, legend, &periods, language))
}

/// What a trend does not draw, in a sentence; may be empty.
pub(super) fn rest(trend: &Trend, language: &Language) -> String {
    let first = trend.quarters.first().map(|(quarter, _)| quarter_name(*quarter, language)).unwrap_or_default();
    let part = |key: &str, number: usize| (number > 0).then(|| language.count(key, number, &[("quarter", &first)]));
    let earlier = part("trend.earlier", trend.earlier.all);
    let undated = part("trend.undated", trend.undated.all);
    earlier.into_iter().chain(undated).collect::<Vec<_>>().join(" ")
}

/// The columns of a trend as a drawing in a line of text.
pub(super) fn spark(trend: &Trend, language: &Language) -> Option<SparkView> {
    let (from, to) = (trend.quarters.first()?.0, trend.quarters.last()?.0);
    let most = trend.quarters.iter().map(|(_, count)| count.all).max().filter(|most| *most > 0)?;
    let mut path = String::from("M0 15.5h");
    let width = trend.quarters.len() * 3;
    path.push_str(&format!("{width}v.5h-{width}z"));
    let seen = trend.quarters.iter().enumerate().filter(|(_, (_, count))| count.all > 0);
    for (at, (_, count)) in seen {
        let height = (count.all * 15).div_ceil(most);
        path.push_str(&format!("M{} 16v-{height}h2v{height}z", at * 3));
    }
    let sum: usize = trend.quarters.iter().map(|(_, count)| count.all).sum();
    let (from, to, most) = (from.year().to_string(), to.year().to_string(), most.to_string());
    let alt = language.count("trend.spark", sum, &[("from", &from), ("to", &to), ("most", &most)]);
    Some(SparkView { alt, width, path })
}

/// The side of a cell, the place for numbers and names, in user units.
const SIDE: usize = 26;
const NAMES: usize = 244;
const NAME_LENGTH: usize = 34;

/// A matrix; `link` gives each factor's name and page. None when no two factors were seen together.
pub(super) fn matrix(matrix: &Matrix, language: &Language, link: impl Fn(&str) -> LinkView) -> Option<MatrixView> {
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

fn quarter_name(quarter: Quarter, language: &Language) -> String {
    language.quarter(quarter.year(), quarter.number())
}
