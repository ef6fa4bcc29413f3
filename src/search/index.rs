//! The inverted index: for each word, the reviews and sections that have it.

use std::collections::HashMap;

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::passage::{Place, names, passages};
use super::varint;
use super::word::for_each_word;
use crate::model::{Corpus, Review};
use crate::text::strip_controls;

/// The position of the title among the sections of a review.
pub(super) const TITLE: usize = 0;

/// The position of names such as services and former ids, which count as a section.
pub(super) const NAMES: usize = 1;

/// The position of the first section of the text, which is the summary if the review has one.
pub(super) const FIRST: usize = 2;

/// The greatest number of sections of a review; all further text counts as part of the last one.
pub(super) const SECTIONS: usize = 64;

/// How many reviews one thread indexes at a time. The index does not depend on it.
const BLOCK: usize = 256;

/// A word and its postings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word as [`super::fold`] normalises it.
    pub text: Box<str>,
    /// The number of reviews that have it.
    pub reviews: u32,
    /// Variable-length integers: for each review the gap to the review before; then for each of its sections the gap to the
    /// section before, two bits for the weight of the word there, and a bit that says whether a section follows.
    pub postings: String,
}

/// The words of all reviews. Reviews are numbered from the oldest, so that a new one changes no number.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The words, sorted by their bytes.
    pub terms: Vec<Term>,
    /// For each review, the places of its sections from position 2 on.
    pub places: Vec<Vec<Place>>,
}

impl Index {
    /// Indexes every review of `corpus`.
    pub fn new(corpus: &Corpus) -> Self {
        let blocks: Vec<Block> = (0..corpus.reviews.len().div_ceil(BLOCK))
            .into_par_iter()
            .map(|block| Block::read(corpus, block * BLOCK))
            .collect();
        merge(blocks)
    }

    /// The position of `word` in `terms`; `None` when no review has it.
    pub fn find(&self, word: &str) -> Option<usize> {
        self.terms.binary_search_by(|term| term.text.as_ref().cmp(word)).ok()
    }
}

/// The review with `number`, counted from the oldest.
pub fn review_of(corpus: &Corpus, number: usize) -> &Review {
    &corpus.reviews[corpus.reviews.len() - 1 - number]
}

/// The postings of a word in one block of reviews.
struct Run {
    word: Box<str>,
    first: u32,
    last: u32,
    reviews: u32,
    /// The postings without the leading distance to the first review.
    postings: String,
}

#[derive(Default)]
struct Block {
    runs: Vec<Run>,
    places: Vec<Vec<Place>>,
}

impl Block {
    fn read(corpus: &Corpus, first: usize) -> Self {
        let mut reader = BlockIndexer::default();
        let end = corpus.reviews.len().min(first + BLOCK);
        let places = (first..end).map(|number| reader.review(corpus, number)).collect();
        Self { runs: reader.runs(), places }
    }
}

/// One word in one section.
#[derive(Clone, Copy, Default)]
struct Posting {
    review: u32,
    section: u8,
    level: u8,
}

#[derive(Default)]
struct BlockIndexer {
    ids: HashMap<Box<str>, u32, FxBuildHasher>,
    vocabulary: Vec<Box<str>>,
    /// For each word, its occurrences in the current section.
    counts: Vec<u32>,
    /// The words of the current section, each once.
    section_words: Vec<u32>,
    /// The number of a word and its posting, in the order of the text.
    postings: Vec<(u32, Posting)>,
}

impl BlockIndexer {
    fn review(&mut self, corpus: &Corpus, number: usize) -> Vec<Place> {
        let review = review_of(corpus, number);
        self.section(number, TITLE, &strip_controls(review.title.clone()));
        self.section(number, NAMES, &names(corpus, review));
        let mut places = Vec::new();
        for passage in passages(review) {
            self.section(number, FIRST + places.len(), &passage.text);
            places.push(passage.place);
        }
        places
    }

    fn section(&mut self, review: usize, section: usize, text: &str) {
        let mut length = 0_u32;
        for_each_word(text, |word, _, _| {
            length += 1;
            let id = match self.ids.get(word) {
                Some(id) => *id,
                None => {
                    let id = self.vocabulary.len() as u32;
                    self.ids.insert(word.into(), id);
                    self.vocabulary.push(word.into());
                    self.counts.push(0);
                    id
                }
            };
            let count = &mut self.counts[id as usize];
            if *count == 0 {
                self.section_words.push(id);
            }
            *count += 1;
        });
        let section = section.min(SECTIONS - 1);
        for id in self.section_words.drain(..) {
            let level = level(std::mem::take(&mut self.counts[id as usize]), length, section);
            self.postings.push((id, Posting { review: review as u32, section: section as u8, level }));
        }
    }

    /// Sorts the postings by word.
    fn runs(self) -> Vec<Run> {
        let mut starts = vec![0; self.vocabulary.len() + 1];
        for (id, _) in &self.postings {
            starts[*id as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut sorted = vec![Posting::default(); self.postings.len()];
        let mut next = starts.clone();
        for (id, posting) in &self.postings {
            let at = &mut next[*id as usize];
            sorted[*at] = *posting;
            *at += 1;
        }
        let run = |(id, word): (usize, Box<str>)| encode(word, &sorted[starts[id]..starts[id + 1]]);
        self.vocabulary.into_iter().enumerate().map(run).collect()
    }
}

/// The weight of a word in a section, from 0 to 3, by its frequency. Lengths are compared with fixed averages, so that a
/// change in one review changes no posting of another.
fn level(count: u32, length: u32, section: usize) -> u8 {
    let usual = if section < FIRST { 12.0 } else { 120.0 };
    let weight = f64::from(count) / (0.4 + 0.6 * f64::from(length) / usual);
    match weight {
        weight if weight < 0.75 => 0,
        weight if weight < 1.5 => 1,
        weight if weight < 3.0 => 2,
        _ => 3,
    }
}

fn encode(word: Box<str>, postings: &[Posting]) -> Run {
    let first = postings.first().map_or(0, |posting| posting.review);
    let mut run = Run { word, first, last: first, reviews: 0, postings: String::new() };
    for of_review in postings.chunk_by(|a, b| a.review == b.review) {
        let review = of_review[0].review;
        if run.reviews > 0 {
            varint::push(&mut run.postings, review - run.last - 1);
        }
        run.last = review;
        run.reviews += 1;
        // Sections beyond the last that is told apart were joined; the weightiest of them speaks for all.
        let mut next = 0;
        let sections: Vec<&[Posting]> = of_review.chunk_by(|a, b| a.section == b.section).collect();
        for (at, same) in sections.iter().enumerate() {
            let section = u32::from(same[0].section);
            let level = same.iter().map(|posting| posting.level).max().unwrap_or(0);
            let more = u32::from(at + 1 < sections.len());
            varint::push(&mut run.postings, ((section - next) << 2 | u32::from(level)) << 1 | more);
            next = section + 1;
        }
    }
    run
}

/// Joins the runs of each word. Blocks come in the order of their reviews.
fn merge(blocks: Vec<Block>) -> Index {
    let mut ids: HashMap<Box<str>, usize, FxBuildHasher> = HashMap::default();
    let mut joined: Vec<(Term, u32)> = Vec::new();
    let mut places = Vec::new();
    for block in blocks {
        places.extend(block.places);
        for run in block.runs {
            let at = match ids.get(&run.word) {
                Some(at) => *at,
                None => {
                    let term = Term { text: run.word.clone(), reviews: 0, postings: String::new() };
                    ids.insert(run.word, joined.len());
                    joined.push((term, 0));
                    joined.len() - 1
                }
            };
            let (term, next) = &mut joined[at];
            varint::push(&mut term.postings, run.first - *next);
            term.postings.push_str(&run.postings);
            term.reviews += run.reviews;
            *next = run.last + 1;
        }
    }
    let mut terms: Vec<Term> = joined.into_iter().map(|(term, _)| term).collect();
    terms.par_sort_unstable_by(|a, b| a.text.cmp(&b.text));
    Index { terms, places }
}
