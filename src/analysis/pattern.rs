//! What the sightings of factors show together: when, how they were noticed, and which come in company.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::Analysis;
use crate::model::{Detection, FactorRole, ReviewIndex, Words};

/// A quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter(i32);

impl Quarter {
    /// The quarter of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.year() * 4 + i32::try_from(day.month0() / 3).unwrap_or_default())
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(4)
    }

    /// The quarter of its year, from 1 to 4.
    pub fn number(self) -> i32 {
        self.0.rem_euclid(4) + 1
    }
}

/// How often a factor was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The reviews in which it had any role.
    pub all: usize,
    /// The reviews in which it was the primary factor.
    pub primary: usize,
}

/// How often a factor was seen in each quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trend {
    /// The quarters, up to that of the newest review of the site, so that all factors have the same.
    pub quarters: Vec<(Quarter, Count)>,
    /// Before the first of the quarters.
    pub earlier: Count,
    /// The reviews that have no date.
    pub undated: Count,
}

/// The greatest number of quarters that a trend shows: ten years.
const QUARTERS: i32 = 40;

/// The least: with fewer, single sightings look like more than they are.
const FEWEST: i32 = 12;

/// How often the factor `id` was seen in each quarter.
pub fn trend(analysis: &Analysis, id: &str) -> Trend {
    let days = || analysis.corpus.reviews.iter();
    let newest = days().find_map(|review| review.date()).map(Quarter::of);
    let oldest = days().rev().find_map(|review| review.date()).map(Quarter::of);
    let (Some(newest), Some(oldest)) = (newest, oldest) else { return Trend::default() };
    let first = Quarter(oldest.0.clamp(newest.0 - QUARTERS + 1, newest.0 - FEWEST + 1));
    let mut trend = Trend {
        quarters: (first.0..=newest.0).map(|at| (Quarter(at), Count::default())).collect(),
        ..Trend::default()
    };
    for (position, role) in sightings(analysis, id) {
        let quarter = analysis.corpus.reviews[position].date().map(Quarter::of);
        let count = match quarter {
            None => &mut trend.undated,
            Some(quarter) => match usize::try_from(quarter.0 - first.0) {
                Ok(at) if at < trend.quarters.len() => &mut trend.quarters[at].1,
                _ => &mut trend.earlier,
            },
        };
        count.all += 1;
        count.primary += usize::from(role == FactorRole::Primary);
    }
    trend
}

/// Who or what noticed the incidents with the factor `id` first, in the order of the vocabulary; `None` is not said.
pub fn detections(analysis: &Analysis, id: &str) -> Vec<(Option<Detection>, usize)> {
    let given: Vec<Option<Detection>> =
        sightings(analysis, id).map(|(position, _)| analysis.corpus.reviews[position].response.detection).collect();
    let kinds = Detection::WORDS.iter().map(|(_, kind)| Some(*kind)).chain([None]);
    let count = |kind: Option<Detection>| given.iter().filter(|detection| **detection == kind).count();
    kinds.map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0).collect()
}

/// The factors seen in the reviews at `positions`, each with the number of those reviews; the most frequent first.
pub fn factors_in(analysis: &Analysis, positions: &[ReviewIndex]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &position in positions {
        for id in ids(analysis, position) {
            *counts.entry(id).or_default() += 1;
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().map(|(id, count)| (id.to_owned(), count)).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// The factors that were seen together with the factor `id`, each with the number of reviews; the most frequent first.
pub fn companions(analysis: &Analysis, id: &str) -> Vec<(String, usize)> {
    let positions = analysis.sightings().get(id).map_or(&[][..], |seen| &seen.reviews);
    let mut others = factors_in(analysis, positions);
    others.retain(|(other, _)| other != id);
    others
}

/// The factors seen most often, and how often each two of them were seen together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The factors by id, the most frequent first.
    pub factors: Vec<String>,
    /// For each factor: the number of reviews with it and each factor up to itself.
    pub counts: Vec<Vec<usize>>,
}

/// The matrix of the `limit` factors that were seen most often.
pub fn matrix(analysis: &Analysis, limit: usize) -> Matrix {
    let mut factors: Vec<(&String, usize)> =
        analysis.sightings().iter().map(|(id, seen)| (id, seen.reviews.len())).collect();
    factors.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    factors.truncate(limit);
    let rank: BTreeMap<&str, usize> = factors.iter().enumerate().map(|(at, (id, _))| (id.as_str(), at)).collect();
    let mut counts: Vec<Vec<usize>> = (0..factors.len()).map(|at| vec![0; at + 1]).collect();
    for (position, _) in analysis.corpus.indexed() {
        let ranks: Vec<usize> = ids(analysis, position).into_iter().filter_map(|id| rank.get(id).copied()).collect();
        for &row in &ranks {
            for &column in ranks.iter().filter(|column| **column <= row) {
                counts[row][column] += 1;
            }
        }
    }
    Matrix { factors: factors.into_iter().map(|(id, _)| id.clone()).collect(), counts }
}

/// Where the factor `id` was seen, and in which role.
fn sightings<'a>(analysis: &'a Analysis, id: &'a str) -> impl Iterator<Item = (ReviewIndex, FactorRole)> + 'a {
    let positions = analysis.sightings().get(id).map_or(&[][..], |seen| &seen.reviews);
    positions.iter().filter_map(move |position| Some((*position, analysis.use_of(*position, id)?.role)))
}

/// The ids of the factors that were seen in a review, each once.
fn ids(analysis: &Analysis, position: ReviewIndex) -> Vec<&str> {
    let review = &analysis.corpus.reviews[position];
    if !crate::model::counts(review) {
        return Vec::new();
    }
    let mut ids: Vec<&str> = review
        .factors
        .iter()
        .filter_map(|used| analysis.corpus.factor(used))
        .map(|factor| factor.id.value.as_str())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
