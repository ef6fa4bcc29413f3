//! Link definitions that authors use as comments: `[//]: # (words)`.

use std::sync::LazyLock;

use pulldown_cmark::{CowStr, Parser};
use regex::Regex;

use super::passage::{Withheld, WithheldKind};
use super::text::blank_out;
use crate::markdown::{code_spans, markdown_options};
use crate::text::Span;

/// A link definition, or a line that would be one at the beginning of a paragraph, that leads nowhere or has a label that
/// only comments have.
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?m)^[ ]{0,3}\[(?:(?i://|_|\.|-|#|comment)[^\[\]\n]*\]:|[^\[\]\n]*\]:[ \t]*(?:#|<>|<#>)(?:[ \t]|$))[^\n]*$",
    )
    .expect("a regular expression")
});

/// The number of an issue with its address, which no comment begins with.
static ISSUE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[ ]{0,3}\[#\d+\]:[ \t]*<?https?://\S+[ \t]*$").expect("a regular expression"));

/// Finds link definitions that are comments, adds them to `found` and blanks them out.
pub(super) fn blank_out_definitions(text: &mut String, found: &mut Vec<Withheld>) {
    if !text.contains("]:") {
        return;
    }
    let code = code_spans(text);
    let is_code = |span: &Span| {
        let after = code.partition_point(|code| code.start <= span.start);
        after > 0 && code[after - 1].end > span.start
    };
    let parser = Parser::new_ext(text, markdown_options());
    let is_comment = |dest: &str, title: &Option<CowStr<'_>>| title.is_some() && matches!(dest.trim(), "" | "#");
    let definitions = parser.reference_definitions().iter();
    let known = definitions.filter(|(_, of)| is_comment(&of.dest, &of.title)).map(|(_, of)| of.span.clone());
    let lines = DEFINITION.find_iter(text).filter(|line| !ISSUE.is_match(line.as_str())).map(|line| line.range());
    let mut spans: Vec<Span> = known.chain(lines).map(Span::from).filter(|span| !is_code(span)).collect();
    spans.sort();
    let mut passages: Vec<Withheld> = Vec::new();
    for span in spans {
        match passages.last_mut().filter(|last| span.start < last.span.end) {
            Some(last) => last.span.end = last.span.end.max(span.end),
            None => passages.push(Withheld { kind: WithheldKind::Comment, span }),
        }
    }
    // A comment inside a definition becomes part of that passage.
    let inside = |known: &Withheld| {
        let after = passages.partition_point(|passage| passage.span.start <= known.span.start);
        after > 0 && passages[after - 1].span.contains(known.span)
    };
    found.retain(|known| !inside(known));
    *text = blank_out(text, &passages);
    found.extend(passages);
}
