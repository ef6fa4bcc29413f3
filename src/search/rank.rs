//! Ranks the reviews that match a query. `search-engine.js` takes the same steps.

use std::ops::Range;

use super::filter::{Field, FilterColumns};
use super::index::{FIRST, Index, NAMES, SECTIONS, TITLE};
use super::query::{Query, QueryTerm, TermRole};
use super::shard::{correction_terms, frequent_terms, shards};
use super::variant::Variant;
use super::varint;

/// The factor of each of the four weights that postings distinguish.
const LEVELS: [f64; 4] = [0.6, 1.0, 1.7, 2.6];

/// The factor of a match in the title, the names, the summary, and any other section.
const FIELDS: [f64; 4] = [3.0, 1.6, 1.3, 1.0];

/// The factor of a correction of a misspelt word.
const CORRECTION: f64 = 0.7;

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

/// The matching reviews, and corrections of misspelt words.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Matching reviews, the best first.
    pub hits: Vec<Hit>,
    /// Words that no review has, each with the corrections that were searched instead; may be empty.
    pub unknown: Vec<(String, Vec<String>)>,
    /// Values of filters that no review has.
    pub unknown_values: Vec<UnknownValue>,
}

/// A value of a filter that no review has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    /// The column.
    pub field: Field,
    /// The value as it is written.
    pub value: String,
    /// Values that may be meant, the nearest first; the most frequent ones when none is near.
    pub offers: Vec<String>,
}

/// The index with derived data, ready for queries.
pub struct Searcher<'a> {
    pub(super) index: &'a Index,
    catalogue: &'a FilterColumns,
    pub(super) shards: Vec<Range<usize>>,
    pub(super) frequent_terms: Vec<&'a str>,
    pub(super) correction_terms: Vec<usize>,
}

/// Scores by review and by section.
struct Sums {
    /// The score by review.
    total: Vec<f64>,
    /// By review: the rarity of the wanted words that it has.
    covered: Vec<f64>,
    /// The score by section, `SECTIONS` for each review.
    sections: Vec<f64>,
    /// The rarity of all wanted words.
    wanted: f64,
}

impl<'a> Searcher<'a> {
    /// Prepares queries on `index`; `catalogue` holds the values for filters.
    pub fn new(index: &'a Index, catalogue: &'a FilterColumns) -> Self {
        Self {
            index,
            catalogue,
            shards: shards(index),
            frequent_terms: frequent_terms(index),
            correction_terms: correction_terms(index),
        }
    }

    /// The reviews that match `query`. The index knows only that a section has all words of a phrase, not their order.
    pub fn search(&self, query: &Query) -> Answer {
        let reviews = self.index.places.len();
        let mut answer = Answer::default();
        let mut allowed = vec![true; reviews];
        for filter in &query.filters {
            let column = self.catalogue.column(filter.field);
            let chosen = column.reviews_with(&filter.value);
            allowed.iter_mut().zip(chosen).for_each(|(allowed, chosen)| *allowed &= chosen != filter.is_excluded);
            if !column.has(&filter.value) {
                let offers = column.near(&filter.value);
                answer.unknown_values.push(UnknownValue { field: filter.field, value: filter.value.clone(), offers });
            }
        }
        for group in &query.excluded {
            let role = if group.len() == 1 { TermRole::Wanted } else { TermRole::Exact };
            let found = self.in_one_section(group, role);
            allowed.iter_mut().zip(found).for_each(|(allowed, found)| *allowed &= !found);
        }
        for phrase in &query.phrases {
            let found = self.in_one_section(phrase, TermRole::Exact);
            allowed.iter_mut().zip(found).for_each(|(allowed, found)| *allowed &= found);
        }
        let mut sums = Sums {
            total: vec![0.0; reviews],
            covered: vec![0.0; reviews],
            sections: vec![0.0; reviews * SECTIONS],
            wanted: 0.0,
        };
        for asked in self.looked_up(query) {
            let mut variants = self.variants(asked);
            if variants.is_empty() && asked.role == TermRole::Wanted {
                let corrections = self.corrections(&asked.word);
                let texts = corrections.iter().map(|term| self.index.terms[*term].text.to_string()).collect();
                answer.unknown.push((asked.word.clone(), texts));
                variants = corrections.into_iter().map(|term| Variant { term, weight: CORRECTION }).collect();
            }
            self.add(asked, &variants, &mut sums);
        }
        answer.hits = hits(&sums, &allowed);
        answer
    }

    fn add(&self, asked: &QueryTerm, variants: &[Variant], sums: &mut Sums) {
        let reviews = self.index.places.len();
        let mut weights = vec![0.0; reviews];
        let mut sections = vec![0.0; reviews * SECTIONS];
        let mut titles = vec![0.0; reviews];
        let mut found = Vec::new();
        for variant in variants {
            each_posting(&self.index.terms[variant.term].postings, |review, section, level| {
                let value = variant.weight * LEVELS[level];
                if weights[review] == 0.0 {
                    found.push(review);
                }
                weights[review] += value * FIELDS[field(section)];
                sections[review * SECTIONS + section] += value;
                if section == TITLE {
                    titles[review] = f64::max(titles[review], value);
                }
            });
        }
        let rarity = rarity(reviews, found.len());
        if asked.role != TermRole::Bonus {
            sums.wanted += rarity;
        }
        for review in found {
            let weight = weights[review];
            // A word of the title counts beyond what more of it in the text could add.
            sums.total[review] +=
                rarity * weight * (SATURATION + 1.0) / (weight + SATURATION) + rarity * titles[review];
            if asked.role != TermRole::Bonus {
                sums.covered[review] += rarity;
            }
            let range = review * SECTIONS..(review + 1) * SECTIONS;
            for (sum, value) in sums.sections[range.clone()].iter_mut().zip(&sections[range]) {
                if *value > 0.0 {
                    *sum += rarity * value * 2.0 / (value + 1.0);
                }
            }
        }
    }

    /// For each review, whether one section has all words of `group`, each matched by `role`.
    fn in_one_section(&self, group: &[String], role: TermRole) -> Vec<bool> {
        let reviews = self.index.places.len();
        let mut counts = vec![0_u32; reviews * SECTIONS];
        let mut words: Vec<&String> = group.iter().collect();
        words.sort();
        words.dedup();
        for (at, word) in words.iter().enumerate() {
            let asked = QueryTerm { word: (*word).clone(), role, is_open: false };
            for variant in self.variants(&asked) {
                each_posting(&self.index.terms[variant.term].postings, |review, section, _| {
                    let count = &mut counts[review * SECTIONS + section];
                    if *count == at as u32 {
                        *count += 1;
                    }
                });
            }
        }
        let all = words.len() as u32;
        counts.chunks(SECTIONS).map(|sections| sections.contains(&all)).collect()
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

/// Calls `each` with review, section and weight for every posting of a word.
fn each_posting(postings: &str, mut each: impl FnMut(usize, usize, usize)) {
    let mut bytes = postings.as_bytes();
    let mut review = 0;
    while let Some(distance) = varint::take(&mut bytes) {
        review += distance as usize;
        let mut section = 0;
        while let Some(value) = varint::take(&mut bytes) {
            section += (value >> 3) as usize;
            each(review, section, (value >> 1 & 3) as usize);
            section += 1;
            if value & 1 == 0 {
                break;
            }
        }
        review += 1;
    }
}

fn hits(sums: &Sums, allowed: &[bool]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let asks_nothing = sums.wanted == 0.0;
    for (number, _) in allowed.iter().enumerate().filter(|(_, allowed)| **allowed) {
        let covered = sums.covered[number];
        if covered == 0.0 && !asks_nothing {
            continue;
        }
        let sections = &sums.sections[number * SECTIONS..(number + 1) * SECTIONS];
        let together = sections.iter().copied().fold(0.0, f64::max);
        let share = if asks_nothing { 1.0 } else { covered / sums.wanted };
        // Rounded, so that the last digit of a logarithm decides nothing.
        let score = ((sums.total[number] + TOGETHER * together) * share * share * 1e6).round() / 1e6;
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
