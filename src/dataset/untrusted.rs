//! What a dataset says as a site takes it over: no more than it can show, nothing hidden, and no sign in it is markup.

use crate::text::{Span, Spanned, strip_hidden};

/// The greatest number of characters of one text that are taken over.
pub(super) const LONGEST: usize = 4_000;

/// The greatest number of entries, factors, actions, items and so on of one review that are taken over.
pub(super) const MOST: usize = 200;

/// A text on one line, without what no reader sees.
pub(super) fn line(text: &str) -> String {
    strip_hidden(text, LONGEST)
}

/// Texts on a line each; those that say nothing are left out.
pub(super) fn lines(texts: &[String]) -> Vec<Spanned<String>> {
    texts.iter().take(MOST).map(|text| line(text)).filter(|text| !text.is_empty()).map(at_top).collect()
}

/// A text as Markdown of one line; none when it says nothing.
pub(super) fn said(text: Option<&String>) -> Option<String> {
    text.map(|text| escaped(&line(text))).filter(|text| !text.is_empty())
}

/// A line as Markdown that means nothing but itself.
pub(super) fn escaped(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    for c in line.chars() {
        // Commas and blanks mean nothing anywhere.
        if c.is_ascii_punctuation() && c != ',' {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A value at the top of the file: a dataset has no places of its own that anybody could be shown.
pub(super) fn at_top<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::at(0))
}
