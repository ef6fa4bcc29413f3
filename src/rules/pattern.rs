//! Many regular expressions over one text, with one pass to see which of them can match at all.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexSet};

/// Regular expressions that are looked for together.
pub(super) struct Patterns {
    set: RegexSet,
    /// Each alone, made when a text first has it: most sites have few of them.
    each: Vec<OnceLock<Regex>>,
}

impl Patterns {
    /// # Panics
    /// When a pattern is no regular expression. Patterns are constants, so a test finds that.
    pub(super) fn new<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Self {
        // What is looked for is ASCII. Word boundaries of Unicode would make the search many times slower.
        let patterns: Vec<String> = patterns.into_iter().map(|pattern| pattern.replace(r"\b", r"(?-u:\b)")).collect();
        let set = RegexSet::new(&patterns).expect("the patterns are regular expressions and fit into one set");
        Self { each: patterns.iter().map(|_| OnceLock::new()).collect(), set }
    }

    fn regex(&self, number: usize) -> &Regex {
        let made = || Regex::new(&self.set.patterns()[number]).expect("what is in the set is a regular expression");
        self.each[number].get_or_init(made)
    }

    /// The matches in the words that `may_match` is for. Only for patterns that match no white space: most texts have
    /// few such words, and the rest need not be searched.
    pub(super) fn find_in_words(&self, text: &str, may_match: fn(&str) -> bool) -> Vec<(Range<usize>, usize)> {
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
        for number in self.set.matches(text) {
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
    fn only_words_that_may_match_are_searched() {
        let patterns = Patterns::new(["b+"]);
        assert_eq!(patterns.find_in_words("b aéb\nabbc bb", |word| word.len() > 2), [(5..6, 0), (8..10, 0)]);
    }
}
