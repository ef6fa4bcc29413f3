//! Addresses of other sites in the strings of the front matter.

use std::ops::Range;

use crate::document::Document;
use crate::model::format::OTHER_PROGRAMS;
use crate::text::{Span, Spanned};

/// Keys whose strings are not published.
const UNPUBLISHED: [&str; 2] = ["internal", "allow"];

/// Every address in the strings that are published, where it stands.
pub(super) fn addresses(document: &Document) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    let is_published = |key: &str| !UNPUBLISHED.contains(&key) && !OTHER_PROGRAMS.contains(&key);
    for entry in document.front.table.entries.iter().filter(|entry| is_published(&entry.key)) {
        for (_, value) in entry.leaves() {
            let text = value.kind.text().unwrap_or_default();
            collect(text, value.span, &document.source.text, &mut found);
        }
    }
    found
}

/// Adds the addresses in the string `text` at `span`.
fn collect(text: &str, span: Span, source: &str, found: &mut Vec<Spanned<String>>) {
    let raw = span.slice(source);
    // Where the next address is looked for: not at all after one that stands there in another form.
    let mut from = Some(0);
    for address in find(text).into_iter().map(|range| &text[range]) {
        // A string with escapes may hold the address in another form; then the whole string is the place.
        let start = from.and_then(|from| raw[from..].find(address).map(|offset| from + offset));
        from = start.map(|start| start + address.len());
        let place = start.map(|start| Span::new(start, start + address.len()).shifted(span.start));
        found.push(Spanned::new(address.to_owned(), place.unwrap_or(span)));
    }
}

/// The addresses in running text. A bracket, and the signs at the end of a sentence, are no part of one.
fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("http").map(|offset| at + offset) {
        at = start + 4;
        let rest = &text[start..];
        let Some(scheme) = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme)) else {
            continue;
        };
        let ends =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\'' | '`' | ']' | '|');
        let mut end = rest.find(ends).unwrap_or(rest.len());
        // `(see https://example.org/a_(b))`: the last bracket closes one that stands before the address.
        let (opened, mut closed) = (rest[..end].matches('(').count(), rest[..end].matches(')').count());
        while let Some(last) = rest[..end].chars().next_back() {
            let closes_nothing = last == ')' && closed > opened;
            closed -= usize::from(closes_nothing);
            if !closes_nothing && !matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '*' | '_') {
                break;
            }
            end -= last.len_utf8();
        }
        if end > scheme.len() {
            found.push(start..start + end);
            at = start + end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn addresses_end_where_their_sentence_goes_on() {
        let cases = [
            ("See https://a.example/x.", vec!["https://a.example/x"]),
            (
                "[x](https://a.example/y_(z)), then http://b.example",
                vec!["https://a.example/y_(z)", "http://b.example"],
            ),
            ("`https://a.example/?q=1&r=2#s`", vec!["https://a.example/?q=1&r=2#s"]),
            ("[https://a.example](https://a.example/é)", vec!["https://a.example", "https://a.example/é"]),
            ("http, https:// and xhttps://a.example", vec!["https://a.example"]),
        ];
        for (text, expected) in cases {
            assert_eq!(find(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
