//! The words around a match, and whether a phrase stands in a text.

use std::collections::BTreeSet;
use std::ops::Range;

use super::query::{Query, Role};
use super::stem::stem;
use super::token::{Form, words};

/// A piece of a text with the places that answer a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The piece, on one line.
    pub text: String,
    /// Where words stand that were asked for.
    pub marks: Vec<Range<usize>>,
}

/// The length of an excerpt in bytes, about.
const LENGTH: usize = 180;

/// The piece of `text` with most of the words of `query`. `offers` are words that were looked for in place of others.
pub fn excerpt(text: &str, query: &Query, offers: &[String]) -> Excerpt {
    let wanted: BTreeSet<&str> = query.units.iter().map(|unit| unit.word.as_str()).collect();
    let forms = query.units.iter().filter(|unit| unit.role == Role::Wanted).map(|unit| unit.word.as_str());
    let stems: BTreeSet<&str> = forms.chain(offers.iter().map(String::as_str)).map(stem).collect();
    let open = query.units.iter().find(|unit| unit.is_open).map(|unit| unit.word.as_str());
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    words(text, |word, _, at| {
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

/// Where most different words stand close together.
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

/// Whether the words of `phrase` follow each other in `text`.
pub fn has_phrase(text: &str, phrase: &[String]) -> bool {
    let mut at_hand: Vec<usize> = Vec::new();
    let mut is_found = false;
    words(text, |word, form, _| {
        if form == Form::Whole || is_found {
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
