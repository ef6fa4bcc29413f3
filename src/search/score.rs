//! What words weigh in the sections of reviews, and the reviews in order of that. `search-engine.js` counts alike.

use super::index::{FIRST, NAMES, SECTIONS, TITLE};
use super::query::{QueryTerm, TermRole};

/// The factor of a match in the title, the names, the summary, and any other section.
const FIELDS: [f64; 4] = [3.0, 1.6, 1.3, 1.0];

/// The weight of occurrences at which more of them add little, as `k1` of BM25.
const SATURATION: f64 = 1.2;

/// The factor of a section that has several words of the query.
const TOGETHER: f64 = 2.5;

/// A review that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The number of the review, from the oldest.
    pub number: usize,
    /// How well it matches; comparable within one query only.
    pub score: f64,
    /// Whether it has every wanted word.
    pub is_complete: bool,
    /// The best matching sections, 0 for the first section of the text.
    pub sections: Vec<usize>,
}

/// Scores by review and by section.
pub(super) struct Sums {
    /// The score by review.
    total: Vec<f64>,
    /// By review: the rarity of the wanted words that it has.
    covered: Vec<f64>,
    /// The score by section, `SECTIONS` for each review.
    sections: Vec<f64>,
    /// The rarity of all wanted words.
    wanted: f64,
}

impl Sums {
    /// Nothing yet, for so many reviews.
    pub(super) fn new(reviews: usize) -> Self {
        Self {
            total: vec![0.0; reviews],
            covered: vec![0.0; reviews],
            sections: vec![0.0; reviews * SECTIONS],
            wanted: 0.0,
        }
    }

    /// Adds what a word weighs, the more the rarer it is.
    pub(super) fn add(&mut self, asked: &QueryTerm, weights: &Weights) {
        let rarity = rarity(weights.total.len(), weights.found.len());
        if asked.role != TermRole::Bonus {
            self.wanted += rarity;
        }
        for review in weights.found.iter().copied() {
            let weight = weights.total[review];
            // A word of the title counts beyond what more of it in the text could add.
            let title = rarity * weights.titles[review];
            self.total[review] += rarity * weight * (SATURATION + 1.0) / (weight + SATURATION) + title;
            if asked.role != TermRole::Bonus {
                self.covered[review] += rarity;
            }
            let range = review * SECTIONS..(review + 1) * SECTIONS;
            for (sum, value) in self.sections[range.clone()].iter_mut().zip(&weights.sections[range]) {
                if *value > 0.0 {
                    *sum += rarity * value * 2.0 / (value + 1.0);
                }
            }
        }
    }

    /// The reviews that are allowed and have a wanted word, the best first.
    pub(super) fn hits(&self, allowed: &[bool]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let asks_nothing = self.wanted == 0.0;
        for (number, _) in allowed.iter().enumerate().filter(|(_, allowed)| **allowed) {
            let covered = self.covered[number];
            if covered == 0.0 && !asks_nothing {
                continue;
            }
            let sections = &self.sections[number * SECTIONS..(number + 1) * SECTIONS];
            let together = sections.iter().copied().fold(0.0, f64::max);
            let share = if asks_nothing { 1.0 } else { covered / self.wanted };
            // Rounded, so that the last digit of a logarithm decides nothing.
            let score = ((self.total[number] + TOGETHER * together) * share * share * 1e6).round() / 1e6;
            let is_complete = share > 1.0 - 1e-9;
            hits.push((share, Hit { number, score, is_complete, sections: best_sections(sections) }));
        }
        // All words, then most of them.
        let best = hits.iter().map(|(share, _)| *share).fold(0.0, f64::max);
        hits.retain(|(share, _)| *share >= best * 0.5);
        let mut hits: Vec<Hit> = hits.into_iter().map(|(_, hit)| hit).collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.number.cmp(&a.number)));
        hits
    }
}

/// What a word of a query weighs by review and by section.
pub(super) struct Weights {
    total: Vec<f64>,
    titles: Vec<f64>,
    sections: Vec<f64>,
    /// The reviews that have it.
    found: Vec<usize>,
}

impl Weights {
    /// Nothing yet, for so many reviews.
    pub(super) fn new(reviews: usize) -> Self {
        Self {
            total: vec![0.0; reviews],
            titles: vec![0.0; reviews],
            sections: vec![0.0; reviews * SECTIONS],
            found: Vec::new(),
        }
    }

    /// Whether it is in a section, counted through all reviews.
    pub(super) fn is_at(&self, place: usize) -> bool {
        self.sections[place] > 0.0
    }

    /// Adds an occurrence in a section.
    pub(super) fn add(&mut self, review: usize, section: usize, value: f64) {
        if self.total[review] == 0.0 {
            self.found.push(review);
        }
        self.total[review] += value * FIELDS[field(section)];
        self.sections[review * SECTIONS + section] += value;
        if section == TITLE {
            self.titles[review] = f64::max(self.titles[review], value);
        }
    }
}

/// The inverse document frequency of a word that `found` of `reviews` have, as in BM25.
fn rarity(reviews: usize, found: usize) -> f64 {
    let (reviews, found) = (reviews as f64, found as f64);
    (1.0 + (reviews - found + 0.5) / (found + 0.5)).ln()
}

fn field(section: usize) -> usize {
    match section {
        TITLE => 0,
        NAMES => 1,
        FIRST => 2,
        _ => 3,
    }
}

/// The three sections of the text with the greatest sums, the greatest first.
fn best_sections(sections: &[f64]) -> Vec<usize> {
    let mut best: Vec<usize> = (FIRST..SECTIONS).filter(|at| sections[*at] > 0.0).collect();
    best.sort_by(|a, b| sections[*b].total_cmp(&sections[*a]).then(a.cmp(b)));
    // A section with little of what was asked for says little.
    let least = best.first().map_or(0.0, |first| sections[*first] * 0.4);
    best.retain(|at| sections[*at] >= least);
    best.truncate(3);
    best.into_iter().map(|at| at - FIRST).collect()
}
