//! Link definitions that are comments to those who write them.

use std::sync::LazyLock;

use pulldown_cmark::{CowStr, Parser};
use regex::Regex;

use super::cut::mask;
use super::passage::{Withheld, WithheldKind};
use crate::markdown::{code, markdown_options};
use crate::text::Span;

/// A line that Markdown takes for a definition, or would at the beginning of a paragraph, and its author for a comment: it
/// leads nowhere, or its name is one that only comments have.
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?m)^[ ]{0,3}\[(?:(?i://|_|\.|-|#|comment)[^\[\]\n]*\]:|[^\[\]\n]*\]:[ \t]*(?:#|<>|<#>)(?:[ \t]|$))[^\n]*$",
    )
    .expect("a regular expression")
});

/// `[//]: # (words)`: a link definition that leads nowhere is a comment. No page shows it.
pub(super) fn cut_out(masked: &mut String, found: &mut Vec<Withheld>) {
    if !masked.contains("]:") {
        return;
    }
    let code = code(masked);
    let is_code = |span: &Span| {
        let after = code.partition_point(|code| code.start <= span.start);
        after > 0 && code[after - 1].end > span.start
    };
    let parser = Parser::new_ext(masked, markdown_options());
    let is_comment = |dest: &str, title: &Option<CowStr<'_>>| title.is_some() && matches!(dest.trim(), "" | "#");
    let definitions = parser.reference_definitions().iter();
    let known = definitions.filter(|(_, of)| is_comment(&of.dest, &of.title)).map(|(_, of)| of.span.clone());
    let lines = DEFINITION.find_iter(masked).map(|line| line.range());
    let mut spans: Vec<Span> = known.chain(lines).map(Span::from).filter(|span| !is_code(span)).collect();
    spans.sort();
    let mut passages: Vec<Withheld> = Vec::new();
    for span in spans {
        match passages.last_mut().filter(|last| span.start < last.span.end) {
            Some(last) => last.span.end = last.span.end.max(span.end),
            None => passages.push(Withheld { kind: WithheldKind::Comment, span }),
        }
    }
    // What an earlier comment was cut out of is one passage with it.
    let inside = |known: &Withheld| {
        let after = passages.partition_point(|passage| passage.span.start <= known.span.start);
        after > 0 && passages[after - 1].span.contains(known.span)
    };
    found.retain(|known| !inside(known));
    *masked = mask(masked, &passages);
    found.extend(passages);
}
