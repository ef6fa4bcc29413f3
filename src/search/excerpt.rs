//! Excerpts of a text around the words of a query.

use std::collections::BTreeSet;
use std::ops::Range;

use super::query::{Query, TermRole};
use super::stem::stem;
use super::word::{TokenKind, for_each_word};

/// A piece of a text, with the words of the query marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The piece on one line, with `…` where it is cut off.
    pub text: String,
    /// The ranges of matching words in `text`, in bytes.
    pub marks: Vec<Range<usize>>,
}

/// The approximate length of an excerpt in bytes.
const LENGTH: usize = 180;

/// The piece of `text` with the most different words of `query`. `offers` are corrections that were searched as well.
pub fn excerpt(text: &str, query: &Query, offers: &[String]) -> Excerpt {
    let pieces = query.terms.iter().flat_map(|term| &term.pieces);
    let wanted: BTreeSet<&str> = query.terms.iter().map(|term| &term.word).chain(pieces).map(String::as_str).collect();
    let forms = query.terms.iter().filter(|term| term.role == TermRole::Wanted).map(|term| term.word.as_str());
    let stems: BTreeSet<&str> = forms.chain(offers.iter().map(String::as_str)).map(stem).collect();
    let open = query.terms.iter().find(|term| term.is_open).map(|term| term.word.as_str());
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for_each_word(text, |word, _, at| {
        let is_form = stems.contains(stem(word)) || open.is_some_and(|open| word.starts_with(open));
        if wanted.contains(word) || is_form {
            found.push((at, stem(word).to_owned()));
        }
    });
    let window = best_window(&found);
    let start = text[..window.start].rfind(['\n']).map_or(0, |at| at + 1).max(word_before(text, window.start, 60));
    let end = word_after(text, start + LENGTH);
    let piece = &text[start..end];
    let mut shown = String::new();
    let mut marks = Vec::new();
    let before = if start > 0 && !text[..start].ends_with('\n') { "…" } else { "" };
    shown.push_str(before);
    let shift = shown.len();
    shown.extend(piece.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
    if shown.len() == shift + piece.len() {
        for (at, _) in found.iter().filter(|(at, _)| at.start >= start && at.end <= end) {
            let mark = at.start - start + shift..at.end - start + shift;
            if marks.last() != Some(&mark) {
                marks.push(mark);
            }
        }
    }
    if end < text.trim_end().len() {
        shown.push('…');
    }
    Excerpt { text: shown, marks }
}

/// The range with the most different words close together.
fn best_window(found: &[(Range<usize>, String)]) -> Range<usize> {
    let mut best = (0, 0..0);
    for (first, (at, _)) in found.iter().enumerate() {
        let close = found[first..].iter().take_while(|(other, _)| other.end <= at.start + LENGTH - 60);
        let different: BTreeSet<&str> = close.clone().map(|(_, word)| word.as_str()).collect();
        if different.len() > best.0 {
            let end = close.last().map_or(at.end, |(other, _)| other.end);
            best = (different.len(), at.start..end);
        }
    }
    best.1
}

fn word_before(text: &str, at: usize, distance: usize) -> usize {
    let mut start = at.saturating_sub(distance);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    if start == 0 { 0 } else { text[start..at].find(char::is_whitespace).map_or(start, |space| start + space + 1) }
}

fn word_after(text: &str, at: usize) -> usize {
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let next = text[end..].find(char::is_whitespace).map_or(text.len(), |space| end + space);
    if next - end > 40 { end } else { next }
}

/// Whether `text` has the words of `phrase` one after the other.
pub fn contains_phrase(text: &str, phrase: &[String]) -> bool {
    let mut at_hand: Vec<usize> = Vec::new();
    let mut is_found = false;
    for_each_word(text, |word, form, _| {
        if form != TokenKind::Part || is_found {
            return;
        }
        at_hand.push(0);
        at_hand.retain_mut(|next| {
            let goes_on = phrase.get(*next).is_some_and(|wanted| wanted == word);
            *next += 1;
            is_found |= goes_on && *next == phrase.len();
            goes_on
        });
    });
    is_found
}
