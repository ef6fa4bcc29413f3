//! Words that several rules look for, and how they look for them.

use std::ops::Range;

use crate::document::{Document, Section, SectionKind};
use crate::text::Span;

/// The places in `text`, as byte ranges, where one of `phrases` stands as whole words, in any case.
/// Phrases are given in lower case. A line break counts as a blank.
pub(super) fn find<'p>(text: &str, phrases: &[&'p str]) -> Vec<(Range<usize>, &'p str)> {
    // ASCII lower case keeps byte offsets, which full lower case does not.
    let lower = text.to_ascii_lowercase().replace('\n', " ");
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut found = Vec::new();
    for phrase in phrases {
        for (at, _) in lower.match_indices(phrase) {
            let end = at + phrase.len();
            if !is_word(lower[..at].chars().next_back()) && !is_word(lower[end..].chars().next()) {
                found.push((at..end, *phrase));
            }
        }
    }
    found.sort_by_key(|(range, _)| (range.start, range.end));
    found
}

/// Whether `word` is one of the words of `list`, which blanks divide.
pub(super) fn is_listed(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// Words that make a person the cause.
pub(super) const PERSON_AS_CAUSE: [&str; 14] = [
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
];

/// The sections about causes. What makes a person the cause there is a matter of F003.
pub(super) fn about_causes(document: &Document) -> Vec<Span> {
    let is_about_causes =
        |section: &&Section| matches!(section.kind, Some(SectionKind::RootCause | SectionKind::ContributingFactors));
    document.sections.iter().filter(is_about_causes).map(|section| section.content).collect()
}

/// The running text of a document, with pieces that only a line break divides put together.
pub(super) fn prose(document: &Document) -> Vec<Span> {
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
    use super::{PERSON_AS_CAUSE, find, inside_quotes, is_denied_or_quoted};
    use crate::text::Span;

    #[test]
    fn phrases_are_whole_words_in_any_case() {
        let found =
            |text: &str| find(text, &PERSON_AS_CAUSE).into_iter().map(|(range, _)| range.start).collect::<Vec<_>>();
        assert_eq!(found("Human\nerror, again"), [0]);
        assert_eq!(found("superhuman error"), [0; 0]);
        assert_eq!(found("İ: pilot errors"), [0; 0]);
        assert_eq!(found("İ: pilot error"), [4]);
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
