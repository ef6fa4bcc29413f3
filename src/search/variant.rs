//! Finds the words of the index that match a word of a query. `search-engine.js` takes the same steps.

use std::ops::Range;

use super::query::{Query, QueryTerm, TermRole};
use super::rank::Searcher;
use super::stem::{is_one_edit, stem};

/// The factor of another form of a word.
const FORM: f64 = 0.8;

/// The factor of a word that begins with the letters typed so far.
const LONGER: f64 = 0.6;

/// The greatest number of forms of a word.
const FORMS: usize = 48;

/// The greatest number of corrections of a misspelt word.
const CORRECTIONS: usize = 4;

/// The greatest number of shards that are loaded for a word.
const SHARDS: usize = 4;

/// A word of the index that matches a word of the query.
pub(super) struct Variant {
    pub(super) term: usize,
    pub(super) weight: f64,
}

impl Searcher<'_> {
    /// The words to look up: without very frequent ones, unless there are no others.
    pub(super) fn looked_up<'q>(&self, query: &'q Query) -> Vec<&'q QueryTerm> {
        let is_light =
            |asked: &&QueryTerm| asked.role == TermRole::Exact || !self.frequent_terms.contains(&asked.word.as_str());
        let light: Vec<&QueryTerm> = query.terms.iter().filter(is_light).collect();
        if light.is_empty() { query.terms.iter().collect() } else { light }
    }

    /// The words of the index that match a word, sorted; empty when no review has any form of it.
    pub(super) fn variants(&self, asked: &QueryTerm) -> Vec<Variant> {
        let word = asked.word.as_str();
        if asked.role != TermRole::Wanted {
            return self.index.find(word).map(|term| Variant { term, weight: 1.0 }).into_iter().collect();
        }
        let root = stem(word);
        let mut variants = Vec::new();
        for term in self.positions_in_shards(root, word) {
            let text = self.index.terms[term].text.as_ref();
            let weight = match text {
                text if text == word => 1.0,
                text if stem(text) == root => FORM,
                text if asked.is_open && text.starts_with(word) => LONGER,
                _ => continue,
            };
            variants.push(Variant { term, weight });
        }
        if variants.len() > FORMS {
            let size = |variant: &Variant| self.index.terms[variant.term].postings.len();
            variants.sort_by_key(|variant| (variant.weight < 1.0, std::cmp::Reverse(size(variant)), variant.term));
            variants.truncate(FORMS);
            variants.sort_by_key(|variant| variant.term);
        }
        variants
    }

    /// The positions of the words that begin with `root`, within the shards that a browser loads for `word`.
    fn positions_in_shards(&self, root: &str, word: &str) -> Range<usize> {
        let first = |shard: &Range<usize>| self.index.terms[shard.start].text.as_ref();
        let shard_of = |word: &str| self.shards.partition_point(|shard| first(shard) <= word).saturating_sub(1);
        let mut start = shard_of(root);
        let follows = |shard: &&Range<usize>| first(shard).starts_with(root);
        let after = self.shards.get(start + 1..).unwrap_or_default();
        let mut end = start + after.iter().take_while(follows).count();
        if end - start >= SHARDS {
            start = shard_of(word);
            end = end.min(start + SHARDS - 1);
        }
        let Some((from, to)) = self.shards.get(start).zip(self.shards.get(end)) else { return 0..0 };
        let terms = &self.index.terms[from.start..to.end];
        let low = from.start + terms.partition_point(|term| term.text.as_ref() < root);
        let length = self.index.terms[low..to.end].iter().take_while(|term| term.text.starts_with(root)).count();
        low..low + length
    }

    /// Corrections of a word that no review has.
    pub(super) fn corrections(&self, word: &str) -> Vec<usize> {
        if word.chars().count() < 5 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let root = stem(word);
        let is_near = |text: &str| {
            is_one_edit(word, text) || root.len() >= 4 && stem(text).len() >= 4 && is_one_edit(root, stem(text))
        };
        let text = |term: usize| self.index.terms[term].text.as_ref();
        let mut near: Vec<usize> = self.correction_terms.iter().copied().filter(|term| is_near(text(*term))).collect();
        let key = |term: &usize| {
            let same_start = text(*term).chars().next() == word.chars().next();
            (!same_start, std::cmp::Reverse(self.index.terms[*term].reviews.ilog2()), *term)
        };
        near.sort_by_key(key);
        near.truncate(CORRECTIONS);
        near.sort_unstable();
        near
    }
}
