//! Words that several rules look for, and how they look for them.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::document::{Document, Section, SectionKind};
use crate::rules::ReviewContext;
use crate::text::Span;

/// Phrases that are looked for together, as whole words and in any case.
pub(super) struct Phrases {
    list: &'static [&'static str],
    /// Made when first needed: one pass over a text finds all of them.
    automaton: OnceLock<AhoCorasick>,
}

impl Phrases {
    /// Phrases are given in lower case.
    pub(super) const fn new(list: &'static [&'static str]) -> Self {
        Self { list, automaton: OnceLock::new() }
    }

    /// The places in `text`, as byte ranges, where one of the phrases stands. A line break counts as a blank.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, &'static str)> {
        let automaton = self.automaton.get_or_init(|| automaton(self.list));
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // Blanks keep byte offsets. ASCII case does too, which full lower case does not.
        let blanks = if text.contains('\n') { Cow::Owned(text.replace('\n', " ")) } else { Cow::Borrowed(text) };
        let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
        let mut ends = Vec::new();
        for place in automaton.find_overlapping_iter(blanks.as_ref()) {
            ends.resize(self.list.len(), 0);
            let end = &mut ends[place.pattern().as_usize()];
            // Of a phrase that overlaps itself, as `???` does in `????`, the first one counts.
            if place.start() < *end {
                continue;
            }
            *end = place.end();
            if !is_word(text[..place.start()].chars().next_back()) && !is_word(text[place.end()..].chars().next()) {
                found.push((place.range(), self.list[place.pattern().as_usize()]));
            }
        }
        found.sort_by_key(|(range, _)| (range.start, range.end));
        found
    }

    /// Whether one of the phrases stands in `text`.
    pub(super) fn are_in(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }
}

fn automaton(list: &[&str]) -> AhoCorasick {
    let built = AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(list);
    built.expect("a list of phrases is small")
}

/// Whether `word` is one of the words of `list`, which blanks divide.
pub(super) fn is_listed(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// Words that make a person the cause.
pub(super) static PERSON_AS_CAUSE: Phrases = Phrases::new(&[
    "human error",
    "human-error",
    "operator error",
    "operator-error",
    "user error",
    "user-error",
    "engineer error",
    "engineer-error",
    "human mistake",
    "human-mistake",
    "carelessness",
    "negligence",
    "inattention",
    "pilot error",
]);

/// The sections about causes. What makes a person the cause there is a matter of F003.
pub(super) fn about_causes(document: &Document) -> Vec<Span> {
    let is_about_causes =
        |section: &&Section| matches!(section.kind, Some(SectionKind::RootCause | SectionKind::ContributingFactors));
    document.sections.iter().filter(is_about_causes).map(|section| section.content).collect()
}

/// The running text of a document, with pieces that only a line break divides put together.
pub(super) fn prose<'s>(context: &'s ReviewContext<'_>) -> &'s [Span] {
    context.cached.prose.get_or_init(|| joined_prose(context.document))
}

fn joined_prose(document: &Document) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for piece in &document.outline.prose {
        match joined.last_mut() {
            Some(last) if is_soft_gap(Span::new(last.end, piece.start).slice(&document.published)) => {
                last.end = piece.end
            }
            _ => joined.push(*piece),
        }
    }
    joined
}

fn is_soft_gap(gap: &str) -> bool {
    gap.trim().is_empty() && gap.matches('\n').count() <= 1
}

/// The part of a TOML string between its quotation marks.
pub(super) fn inside_quotes(span: Span, text: &str) -> Span {
    let is_quote = |c: char| matches!(c, '"' | '\'');
    let quoted = span.slice(text);
    let start = quoted.len() - quoted.trim_start_matches(is_quote).len();
    let end = quoted.trim_end_matches(is_quote).len();
    Span::new(span.start + start, span.start + end.max(start))
}

/// A text whose words may be denied, or quoted as somebody's words.
pub(super) struct Claims<'a> {
    text: &'a str,
    /// Where each quotation mark of [`MARKS`] stands: looked for once, however many words are in question.
    marks: OnceCell<[Vec<usize>; MARKS.len()]>,
}

const MARKS: [char; 8] = ['"', '“', '”', '„', '«', '»', '‘', '’'];

/// The marks that open and close a quotation, by their number in [`MARKS`].
const PAIRS: [(usize, usize); 4] = [(1, 2), (3, 1), (4, 5), (6, 7)];

impl<'a> Claims<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, marks: OnceCell::new() }
    }

    /// Whether the words at `at` are denied or quoted.
    pub(super) fn spare(&self, at: usize) -> bool {
        const DENIALS: [&str; 8] = ["not", "no", "nor", "never", "than", "isn't", "wasn't", "without"];
        let before = &self.text[..at];
        let is_denied = last_words(before).any(|word| DENIALS.contains(&word.to_lowercase().as_str()));
        is_denied || self.is_quoted(at) || before.ends_with('\'')
    }

    fn is_quoted(&self, at: usize) -> bool {
        let marks = self.marks.get_or_init(|| {
            let mut places: [Vec<usize>; MARKS.len()] = Default::default();
            for (place, found) in self.text.match_indices(MARKS) {
                let mark = MARKS.iter().position(|mark| found.starts_with(*mark));
                mark.into_iter().for_each(|mark| places[mark].push(place));
            }
            places
        });
        let before = |mark: usize| &marks[mark][..marks[mark].partition_point(|place| *place < at)];
        let is_open = |(open, close): (usize, usize)| {
            before(open).last().is_some_and(|start| before(close).last().is_none_or(|end| end <= start))
        };
        before(0).len() % 2 == 1 || PAIRS.into_iter().any(is_open)
    }
}

/// The three words at the end of a text, the last one first. Words that are longer than any are not looked through.
pub(super) fn last_words(text: &str) -> impl Iterator<Item = &str> {
    tail(text, 100).split_whitespace().rev().take(3)
}

/// The end of `text`, of about `length` bytes, from a blank on. What is asked of a place in a text has to cost the same
/// however far it is from the beginning.
pub(super) fn tail(text: &str, length: usize) -> &str {
    let cut = tail_of_any(text, length);
    if cut.len() == text.len() {
        return text;
    }
    cut.find(char::is_whitespace).map_or("", |blank| &cut[blank..])
}

/// The end of `text`, of about `length` bytes, from any character on.
pub(super) fn tail_of_any(text: &str, length: usize) -> &str {
    let mut from = text.len().saturating_sub(length);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// The beginning of `text`, of about `length` bytes.
pub(super) fn head(text: &str, length: usize) -> &str {
    let mut end = text.len().min(length);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::{Claims, PERSON_AS_CAUSE, Phrases, inside_quotes, tail};
    use crate::text::Span;

    #[test]
    fn phrases_are_whole_words_in_any_case() {
        let found =
            |text: &str| PERSON_AS_CAUSE.find(text).into_iter().map(|(range, _)| range.start).collect::<Vec<_>>();
        assert_eq!(found("Human\nerror, again"), [0]);
        assert_eq!(found("superhuman error"), [0; 0]);
        assert_eq!(found("İ: pilot errors"), [0; 0]);
        assert_eq!(found("İ: pilot error"), [4]);
        static MARKS: Phrases = Phrases::new(&["???", "a b", "a b c", "b"]);
        let found = MARKS.find("???? a b c");
        assert_eq!(found, [(0..3, "???"), (5..8, "a b"), (5..10, "a b c"), (7..8, "b")]);
        assert!(MARKS.are_in("A\nB?") && !MARKS.are_in("about"));
    }

    #[test]
    fn denials_and_quotations_are_told_apart_from_claims() {
        let spared = |text: &str| Claims::new(text).spare(text.to_lowercase().find("human error").unwrap());
        for text in
            ["not a human error", "rather than human error", "the post says \"human error\"", "„so called human error“"]
        {
            assert!(spared(text), "{text}");
        }
        for text in
            ["caused by human error", "the \"fix\" was a human error", "the alert did not fire because of human error"]
        {
            assert!(!spared(text), "{text}");
        }
    }

    #[test]
    fn the_end_of_a_text_is_whole_words() {
        assert_eq!(tail("one two", 9), "one two");
        assert_eq!(tail("one two three", 9), " three");
        assert_eq!(tail("ééééééé é", 6), " é");
        assert_eq!(tail("onetwothree", 5), "");
    }

    #[test]
    fn the_marks_around_a_string_are_left_out() {
        let text = "note = \"the x\"";
        assert_eq!(inside_quotes(Span::new(7, 14), text).slice(text), "the x");
        assert_eq!(inside_quotes(Span::new(7, 9), "note = \"\"").len(), 0);
    }
}
