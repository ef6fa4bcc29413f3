//! Words that several rules look for, and how they look for them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::Subject;
use crate::document::{Document, Section, SectionKind};
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
pub(super) fn prose<'s>(subject: &'s Subject<'_>) -> &'s [Span] {
    subject.once.prose.get_or_init(|| joined_prose(subject.document))
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

/// Whether the words at `at` are denied, or quoted as somebody's words.
pub(super) fn is_denied_or_quoted(text: &str, at: usize) -> bool {
    const DENIALS: [&str; 8] = ["not", "no", "nor", "never", "than", "isn't", "wasn't", "without"];
    let before = &text[..at];
    let is_denied = before.split_whitespace().rev().take(3).any(|word| DENIALS.contains(&word.to_lowercase().as_str()));
    let in_straight_quotes = before.matches('"').count() % 2 == 1;
    let in_curly_quotes = [('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’')].into_iter().any(|(open, close)| {
        before.rfind(open).is_some_and(|start| before.rfind(close).is_none_or(|end| end <= start))
    });
    is_denied || in_straight_quotes || in_curly_quotes || before.ends_with('\'')
}

#[cfg(test)]
mod tests {
    use super::{PERSON_AS_CAUSE, Phrases, inside_quotes, is_denied_or_quoted};
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
        let spared = |text: &str| is_denied_or_quoted(text, text.to_lowercase().find("human error").unwrap());
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
    fn the_marks_around_a_string_are_left_out() {
        let text = "note = \"the x\"";
        assert_eq!(inside_quotes(Span::new(7, 14), text).slice(text), "the x");
        assert_eq!(inside_quotes(Span::new(7, 9), "note = \"\"").len(), 0);
    }
}
