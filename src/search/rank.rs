//! Ranks the reviews that match a query. `search-engine.js` takes the same steps.

use std::ops::Range;

use super::filter::{Field, FilterColumns};
use super::index::{Index, SECTIONS};
use super::query::{Query, QueryTerm, TermRole};
use super::score::{Hit, Sums, Weights};
use super::shard::{correction_terms, frequent_terms, shards};
use super::variant::Variant;
use super::varint;

/// The factor of each of the four weights that postings distinguish.
const LEVELS: [f64; 4] = [0.6, 1.0, 1.7, 2.6];

/// The factor of a correction of a misspelt word.
const CORRECTION: f64 = 0.7;

/// The factor of a section that has all pieces of a name in camel case, and not the name.
const PIECES: f64 = 0.5;

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
        let mut sums = Sums::new(reviews);
        for asked in self.looked_up(query) {
            let mut variants = self.variants(asked);
            let in_pieces = self.in_pieces(asked);
            if variants.is_empty() && in_pieces.is_empty() && asked.role == TermRole::Wanted {
                let corrections = self.corrections(&asked.word);
                let texts = corrections.iter().map(|term| self.index.terms[*term].text.to_string()).collect();
                answer.unknown.push((asked.word.clone(), texts));
                variants = corrections.into_iter().map(|term| Variant { term, weight: CORRECTION }).collect();
            }
            let weights = self.weights(&variants, &in_pieces);
            sums.add(asked, &weights);
        }
        answer.hits = sums.hits(&allowed);
        answer
    }

    /// What the variants of a word, or its pieces in the sections at `in_pieces`, weigh.
    fn weights(&self, variants: &[Variant], in_pieces: &[usize]) -> Weights {
        let mut weights = Weights::new(self.index.places.len());
        for variant in variants {
            each_posting(&self.index.terms[variant.term].postings, |review, section, level| {
                weights.add(review, section, variant.weight * LEVELS[level]);
            });
        }
        for place in in_pieces {
            if !weights.is_at(*place) {
                weights.add(place / SECTIONS, place % SECTIONS, PIECES);
            }
        }
        weights
    }

    /// The sections, counted through all reviews, that have every piece of a word.
    fn in_pieces(&self, asked: &QueryTerm) -> Vec<usize> {
        match asked.pieces.as_slice() {
            [] => Vec::new(),
            pieces => {
                let (counts, all) = self.counts(pieces, TermRole::Exact);
                (0..counts.len()).filter(|place| counts[*place] == all).collect()
            }
        }
    }

    /// For each review, whether one section has all words of `group`, each matched by `role`.
    fn in_one_section(&self, group: &[String], role: TermRole) -> Vec<bool> {
        let (counts, all) = self.counts(group, role);
        counts.chunks(SECTIONS).map(|sections| sections.contains(&all)).collect()
    }

    /// For each section of each review, how many of the words it has, and how many words there are.
    fn counts(&self, group: &[String], role: TermRole) -> (Vec<u32>, u32) {
        let mut counts = vec![0_u32; self.index.places.len() * SECTIONS];
        let mut words: Vec<&String> = group.iter().collect();
        words.sort();
        words.dedup();
        for (at, word) in words.iter().enumerate() {
            let asked = QueryTerm::new(word, role);
            for variant in self.variants(&asked) {
                each_posting(&self.index.terms[variant.term].postings, |review, section, _| {
                    let count = &mut counts[review * SECTIONS + section];
                    if *count == at as u32 {
                        *count += 1;
                    }
                });
            }
        }
        (counts, words.len() as u32)
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
