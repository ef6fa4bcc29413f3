//! What the YAML parser says about a mistake, in words for authors, and the place of the mistake.

use saphyr_parser::ScanError;

use crate::diagnostic::{ProblemKind, Problems};
use crate::text::Span;

/// A part of the parser's message, what to say instead, and what to do.
const EXPLANATIONS: [(&str, &str, &str); 10] = [
    (
        "mapping values are not allowed",
        "a second `: ` stands in one value",
        "Put the value between quotes: `key: \"Search: no results\"`. If this is a key of its own, indent it like the keys around it.",
    ),
    ("tab", "a tab stands where YAML takes blanks only", "Replace the tab with blanks."),
    (
        "simple key expect",
        "this line is no `key: value`",
        "Write a colon and a blank behind the key, or delete the line.",
    ),
    (
        "did not find expected key",
        "this line does not continue what stands above it",
        "Indent it like the keys around it, or put the value above it between quotes.",
    ),
    (
        "invalid indentation in quoted scalar",
        "this quoted string is not closed",
        "Write the closing quotation mark. Inside single quotes, write `''` for an apostrophe.",
    ),
    (
        "unexpected end of stream",
        "this quoted string is not closed",
        "Write the closing quotation mark. Inside single quotes, write `''` for an apostrophe.",
    ),
    (
        "invalid trailing content",
        "text follows the closing quotation mark",
        "Put the whole value between quotes. Inside single quotes, write `''` for an apostrophe.",
    ),
    ("unexpected character", "a value cannot begin with this character", "Put the value between quotes."),
    ("unknown anchor", "`*` begins an alias in YAML", "Put the value between quotes."),
    (
        "flow",
        "this list or table is not closed",
        "Write the closing bracket. Put each item with a bracket, comma or colon in it between quotes.",
    ),
];

/// A text that the parser reads, and where it stands in its file.
#[derive(Clone, Copy)]
pub(super) struct Raw<'a> {
    pub(super) text: &'a str,
    pub(super) offset: usize,
}

/// Adds the mistake that stopped the parser; `at` is its place in the text in bytes.
pub(super) fn report(error: &ScanError, raw: Raw<'_>, at: usize, problems: &mut Problems) {
    let Raw { text: raw, offset } = raw;
    let info = error.info();
    let known = EXPLANATIONS.iter().find(|(part, _, _)| info.contains(part));
    let place = match known {
        Some(("tab", _, _)) => raw[at..].find('\t').map_or(Span::at(at), |tab| Span::new(at + tab, at + tab + 1)),
        Some(("simple key expect", _, _)) => line_before(raw, at),
        Some(("invalid indentation in quoted scalar" | "unexpected end of stream", _, _)) => rest_of_line(raw, at),
        Some(_) | None => character(raw, at),
    };
    let words = known.map_or(info, |(_, words, _)| *words);
    let problem = problems.add(ProblemKind::BrokenToml, place.shifted(offset), format!("this is not YAML: {words}"));
    if let Some((_, _, help)) = known {
        problem.help(*help);
    }
}

/// The character at a place; at the end of a line or of the text, the last one before.
fn character(raw: &str, at: usize) -> Span {
    let after = &raw[at..];
    if after.trim_start_matches([' ', '\t']).starts_with('\n') || after.trim().is_empty() {
        let before = raw[..at].trim_end();
        let last = before.chars().next_back().map_or(0, char::len_utf8);
        return Span::new(before.len() - last, before.len());
    }
    let at = at + (after.len() - after.trim_start().len());
    Span::new(at, at + raw[at..].chars().next().map_or(0, char::len_utf8))
}

/// The line at a place without its blanks; the last written one before when the place is where a line begins.
fn line_before(raw: &str, at: usize) -> Span {
    let end = raw[..at].trim_end().len();
    let start = raw[..end].rfind('\n').map_or(0, |line| line + 1);
    let line = &raw[start..end];
    Span::new(start + (line.len() - line.trim_start().len()), end)
}

fn rest_of_line(raw: &str, at: usize) -> Span {
    let line = raw[at..].lines().next().unwrap_or("");
    Span::new(at, at + line.trim_end().len())
}
