//! Many regular expressions over one text, with one pass to see which of them can match at all.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexSet};

use super::sign::FOLDED;

/// Regular expressions that are looked for together. Whatever a text does not need is not made: it takes longer than to
/// judge a hundred reviews.
pub(super) struct Patterns {
    written: Vec<String>,
    /// In any case. Every match holds one of them; none where there are no such signs.
    signs: Vec<&'static str>,
    sign: OnceLock<AhoCorasick>,
    set: OnceLock<RegexSet>,
    /// Each alone, made when a text first has it: most sites have few of them.
    each: Vec<OnceLock<Regex>>,
}

impl Patterns {
    /// # Panics
    /// Not here, but when a text is searched and a pattern is no regular expression. Patterns are constants, so a test
    /// finds that.
    pub(super) fn new<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Self {
        // What is looked for is ASCII. Word boundaries of Unicode would make the search many times slower.
        let written: Vec<String> = patterns.into_iter().map(|pattern| pattern.replace(r"\b", r"(?-u:\b)")).collect();
        let each = written.iter().map(|_| OnceLock::new()).collect();
        Self { written, signs: Vec::new(), sign: OnceLock::new(), set: OnceLock::new(), each }
    }

    /// The same patterns, of which every match holds one of `signs`, in any case: a text without them, as most are, is not
    /// searched further.
    pub(super) fn with_signs(self, signs: &[&'static str]) -> Self {
        Self { signs: signs.iter().copied().chain(FOLDED).collect(), ..self }
    }

    fn may_match(&self, text: &str) -> bool {
        let made = || AhoCorasick::builder().ascii_case_insensitive(true).build(&self.signs).expect("signs are few");
        self.signs.is_empty() || self.sign.get_or_init(made).is_match(text)
    }

    /// Whether one of them matches.
    pub(super) fn are_in(&self, text: &str) -> bool {
        self.may_match(text) && self.set().is_match(text)
    }

    fn set(&self) -> &RegexSet {
        let made = || RegexSet::new(&self.written).expect("the patterns are regular expressions and fit into one set");
        self.set.get_or_init(made)
    }

    fn regex(&self, number: usize) -> &Regex {
        let made = || Regex::new(&self.written[number]).expect("what is in the set is a regular expression");
        self.each[number].get_or_init(made)
    }

    /// The matches in the words that `may_match` is for. Only for patterns that match no white space: most texts have
    /// few such words, and the rest need not be searched.
    pub(super) fn find_in_words(&self, text: &str, may_match: fn(&str) -> bool) -> Vec<(Range<usize>, usize)> {
        if !self.may_match(text) {
            return Vec::new();
        }
        let words = text.split_ascii_whitespace().filter(|word| may_match(word));
        let found = words.flat_map(|word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            self.find(word).into_iter().map(move |(range, number)| (range.start + start..range.end + start, number))
        });
        found.collect()
    }

    /// Every match by place, with the number of its pattern. Of a pattern with a group `it`, only that group
    /// counts. Of matches that overlap, the first and longest is kept.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        if !self.may_match(text) {
            return found;
        }
        for number in self.set().matches(text) {
            for captures in self.regex(number).captures_iter(text) {
                let it = captures.name("it").or_else(|| captures.get(0));
                found.extend(it.map(|it| (it.range(), number)));
            }
        }
        found.sort_by_key(|(range, number)| (range.start, std::cmp::Reverse(range.end), *number));
        let mut end = 0;
        found.retain(|(range, _)| {
            let is_free = range.start >= end;
            if is_free {
                end = range.end;
            }
            is_free
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Patterns;

    #[test]
    fn the_first_and_longest_match_is_kept() {
        let patterns = Patterns::new(["b+", "a(?<it>b+c)", "d"]);
        assert_eq!(patterns.find("abbc dbb"), [(1..4, 1), (5..6, 2), (6..8, 0)]);
        assert_eq!(patterns.find("xyz"), []);
    }

    #[test]
    fn a_text_without_any_sign_is_not_searched() {
        let patterns = Patterns::new(["(?i)keys?", "b+"]).with_signs(&["key"]);
        assert_eq!(patterns.find("bb"), []);
        assert_eq!(patterns.find("KEYS bb"), [(0..4, 0), (5..7, 1)]);
        assert_eq!(patterns.find("\u{212a}ey"), [(0..5, 0)]);
        assert_eq!(patterns.find_in_words("bb", |_| true), []);
    }

    #[test]
    fn only_words_that_may_match_are_searched() {
        let patterns = Patterns::new(["b+"]);
        assert_eq!(patterns.find_in_words("b aéb\nabbc bb", |word| word.len() > 2), [(5..6, 0), (8..10, 0)]);
    }
}
