//! Cuts out of a table, before it is read, what stands between comments that are markers of an internal block.

use crate::diagnostic::{ProblemKind, Problems};
use crate::redact::{self, InternalBlock, Withheld, WithheldKind, blank_out, is_internal_label};
use crate::text::Span;

/// Keys that decide whether a review is published, so that an internal block may not hide them.
const DECISIONS: [&str; 5] = ["publish", "status", "tlp", "draft", "published"];

/// Whether a comment in `raw` could mark or label something as internal. Most files have none, and are read once.
pub(super) fn has_markers(raw: &str) -> bool {
    raw.contains("<!--") || !labels_in_comments(raw).is_empty()
}

/// `raw` with blanks over the internal blocks whose markers are outside of `strings`, the places of its keys and strings.
/// Problems are shifted by `offset`, the place of `raw` in its file.
pub(super) fn without_blocks(raw: &str, offset: usize, mut strings: Vec<Span>, problems: &mut Problems) -> String {
    strings.sort();
    // An empty key of YAML reaches over the one inside it.
    let mut end = 0;
    strings.retain_mut(|span| {
        span.start = span.start.max(end);
        end = end.max(span.end);
        span.start < span.end
    });
    let strings: Vec<Withheld> =
        strings.into_iter().map(|span| Withheld { kind: WithheldKind::Comment, span }).collect();
    let before = problems.0.len();
    let blanked = blank_out(raw, &strings);
    let blocks = redact::internal_blocks(&blanked, problems);
    redact::report_multiline_comments(&blank_out(&blanked, &blocks), problems);
    for block in &blocks {
        let is_decision = |line: &str| DECISIONS.contains(&line.split(['=', ':']).next().unwrap_or("").trim());
        if block.span.slice(raw).lines().any(is_decision) {
            problems
                .add(
                    ProblemKind::InternalBlock,
                    block.span,
                    "this internal block holds a key that decides over publication, which would be left out",
                )
                .help("Move `publish`, `status` and `tlp` out of the block.");
        }
    }
    // A line of a string that begins with `#` is gone from the blanked text.
    let comments = labels_in_comments(raw);
    for label in comments.into_iter().filter(|label| label.slice(&blanked) == label.slice(raw)) {
        redact::report_lookalike(raw, label, InternalBlock::Closed, problems);
    }
    for problem in &mut problems.0[before..] {
        problem.span = problem.span.shifted(offset);
        problem.fix.iter_mut().for_each(|edit| edit.span = edit.span.shifted(offset));
    }
    blank_out(raw, &blocks)
}

/// The places of comments that only label something as internal, each on a line of its own.
fn labels_in_comments(raw: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in raw.split_inclusive('\n') {
        let comment = line.trim();
        if comment.strip_prefix('#').is_some_and(is_internal_label) {
            let from = start + (line.len() - line.trim_start().len());
            found.push(Span::new(from, from + comment.len()));
        }
        start += line.len();
    }
    found
}
