//! From a question to the reviews that answer it, the best first. `search-engine.js` does the same, step by step.

use std::ops::Range;

use super::catalogue::Catalogue;
use super::code;
use super::index::{FIRST, Index, NAMES, SECTIONS, TITLE};
use super::query::{Query, Role, Unit};
use super::shard::{heavy, shards, suggestions};
use super::stem::{is_one_edit, stem};

/// What a word counts at the four levels that postings tell apart.
const LEVELS: [f64; 4] = [0.6, 1.0, 1.7, 2.6];

/// What a word counts in the title, among the names, in the summary, and elsewhere.
const FIELDS: [f64; 4] = [3.0, 1.6, 1.3, 1.0];

/// What other forms of a word count.
const FORM: f64 = 0.8;

/// What a word counts that goes on after what was typed.
const LONGER: f64 = 0.6;

/// What a word counts that was offered in place of a slip.
const SLIP: f64 = 0.7;

/// From which number of occurrences on more of them tell little more.
const ENOUGH: f64 = 1.2;

/// What it counts that words stand together in one section.
const TOGETHER: f64 = 2.5;

/// The greatest number of forms of a word.
const FORMS: usize = 48;

/// The greatest number of words that are offered in place of a slip.
const OFFERS: usize = 4;

/// The greatest number of shards that are loaded for a word.
const REACH: usize = 4;

/// A review that answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The number of the review.
    pub number: usize,
    /// How well it answers; only to be compared.
    pub score: f64,
    /// Whether it has every word asked for.
    pub is_complete: bool,
    /// The sections that answer best, counted from `FIRST`.
    pub sections: Vec<usize>,
}

/// The reviews that answer, and how the question was understood.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The reviews, the best first.
    pub hits: Vec<Hit>,
    /// Words that no review has, each with what was looked for in its place; may be empty.
    pub unknown: Vec<(String, Vec<String>)>,
}

/// The index with what is derived from it, ready for questions.
pub struct Searcher<'a> {
    index: &'a Index,
    catalogue: &'a Catalogue,
    shards: Vec<Range<usize>>,
    heavy: Vec<&'a str>,
    suggestions: Vec<usize>,
}

/// A word of the vocabulary that stands for a word of the question.
struct Variant {
    term: usize,
    weight: f64,
}

/// What a question has gathered, by review and by section.
struct Sums {
    /// By review.
    total: Vec<f64>,
    /// By review: the weight of the words that it has.
    covered: Vec<f64>,
    /// By section of each review.
    sections: Vec<f64>,
    /// The weight of all words asked for.
    wanted: f64,
}

impl<'a> Searcher<'a> {
    /// A searcher over an index and its columns.
    pub fn new(index: &'a Index, catalogue: &'a Catalogue) -> Self {
        Self { index, catalogue, shards: shards(index), heavy: heavy(index), suggestions: suggestions(index) }
    }

    /// The reviews that answer `query`. Phrases are only known to stand in one section with all their words.
    pub fn search(&self, query: &Query) -> Answer {
        let reviews = self.index.places.len();
        let mut answer = Answer::default();
        let mut allowed = vec![true; reviews];
        for (field, value) in &query.filters {
            let chosen = self.catalogue.filter(*field, value);
            allowed.iter_mut().zip(chosen).for_each(|(allowed, chosen)| *allowed &= chosen);
        }
        for group in &query.excluded {
            let found = self.in_one_section(group, group.len() == 1);
            allowed.iter_mut().zip(found).for_each(|(allowed, found)| *allowed &= !found);
        }
        for phrase in &query.phrases {
            let found = self.in_one_section(phrase, false);
            allowed.iter_mut().zip(found).for_each(|(allowed, found)| *allowed &= found);
        }
        let mut sums = Sums {
            total: vec![0.0; reviews],
            covered: vec![0.0; reviews],
            sections: vec![0.0; reviews * SECTIONS],
            wanted: 0.0,
        };
        for unit in self.asked(query) {
            let mut variants = self.variants(unit);
            if variants.is_empty() && unit.role == Role::Wanted {
                let offers = self.offers(&unit.word);
                let texts = offers.iter().map(|term| self.index.terms[*term].text.to_string()).collect();
                answer.unknown.push((unit.word.clone(), texts));
                variants = offers.into_iter().map(|term| Variant { term, weight: SLIP }).collect();
            }
            self.add(unit, &variants, &mut sums);
        }
        answer.hits = hits(&sums, &allowed);
        answer
    }

    /// The words that are looked up: without those that nearly all reviews have, unless there are no others.
    fn asked<'q>(&self, query: &'q Query) -> Vec<&'q Unit> {
        let is_light = |unit: &&Unit| unit.role == Role::Exact || !self.heavy.contains(&unit.word.as_str());
        let light: Vec<&Unit> = query.units.iter().filter(is_light).collect();
        if light.is_empty() { query.units.iter().collect() } else { light }
    }

    /// The words of the vocabulary that stand for a word, in their order; none when no review has it in any form.
    fn variants(&self, unit: &Unit) -> Vec<Variant> {
        let word = unit.word.as_str();
        if unit.role != Role::Wanted {
            return self.index.find(word).map(|term| Variant { term, weight: 1.0 }).into_iter().collect();
        }
        let root = stem(word);
        let mut variants = Vec::new();
        for term in self.within_reach(root, word) {
            let text = self.index.terms[term].text.as_ref();
            let weight = match text {
                text if text == word => 1.0,
                text if stem(text) == root => FORM,
                text if unit.is_open && text.starts_with(word) => LONGER,
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

    /// The words that begin with `root`, as far as they stand in the few shards that are loaded for `word`.
    fn within_reach(&self, root: &str, word: &str) -> Range<usize> {
        let first = |shard: &Range<usize>| self.index.terms[shard.start].text.as_ref();
        let shard_of = |word: &str| self.shards.partition_point(|shard| first(shard) <= word).saturating_sub(1);
        let mut start = shard_of(root);
        let follows = |shard: &&Range<usize>| first(shard).starts_with(root);
        let after = self.shards.get(start + 1..).unwrap_or_default();
        let mut end = start + after.iter().take_while(follows).count();
        if end - start >= REACH {
            start = shard_of(word);
            end = end.min(start + REACH - 1);
        }
        let Some((from, to)) = self.shards.get(start).zip(self.shards.get(end)) else { return 0..0 };
        let terms = &self.index.terms[from.start..to.end];
        let low = from.start + terms.partition_point(|term| term.text.as_ref() < root);
        let length = self.index.terms[low..to.end].iter().take_while(|term| term.text.starts_with(root)).count();
        low..low + length
    }

    /// What may have been meant by a word that no review has.
    fn offers(&self, word: &str) -> Vec<usize> {
        if word.chars().count() < 5 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let root = stem(word);
        let is_near = |text: &str| {
            is_one_edit(word, text) || root.len() >= 4 && stem(text).len() >= 4 && is_one_edit(root, stem(text))
        };
        let text = |term: usize| self.index.terms[term].text.as_ref();
        let mut near: Vec<usize> = self.suggestions.iter().copied().filter(|term| is_near(text(*term))).collect();
        let key = |term: &usize| {
            let same_start = text(*term).chars().next() == word.chars().next();
            (!same_start, std::cmp::Reverse(self.index.terms[*term].reviews.ilog2()), *term)
        };
        near.sort_by_key(key);
        near.truncate(OFFERS);
        near.sort_unstable();
        near
    }

    fn add(&self, unit: &Unit, variants: &[Variant], sums: &mut Sums) {
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
        if unit.role != Role::Bonus {
            sums.wanted += rarity;
        }
        for review in found {
            let weight = weights[review];
            // A word of the title counts beyond what more of it in the text could add.
            sums.total[review] += rarity * weight * (ENOUGH + 1.0) / (weight + ENOUGH) + rarity * titles[review];
            if unit.role != Role::Bonus {
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

    /// The reviews that have all words of `group` in one section, or, when `in_forms`, any form of each.
    fn in_one_section(&self, group: &[String], in_forms: bool) -> Vec<bool> {
        let reviews = self.index.places.len();
        let role = if in_forms { Role::Wanted } else { Role::Exact };
        let mut counts = vec![0_u32; reviews * SECTIONS];
        let mut words: Vec<&String> = group.iter().collect();
        words.sort();
        words.dedup();
        for (at, word) in words.iter().enumerate() {
            let unit = Unit { word: (*word).clone(), role, is_open: false };
            for variant in self.variants(&unit) {
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

/// The weight of a word that `found` of `reviews` have.
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

/// Hands each section of each review that has a word to `each`: review, section, level.
fn each_posting(postings: &str, mut each: impl FnMut(usize, usize, usize)) {
    let mut bytes = postings.as_bytes();
    let mut review = 0;
    while let Some(distance) = code::take(&mut bytes) {
        review += distance as usize;
        let mut section = 0;
        while let Some(value) = code::take(&mut bytes) {
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
