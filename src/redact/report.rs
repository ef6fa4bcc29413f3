//! Reports markers and comments that do not withhold what their author expects.

use super::comment::{next_comment, unopened_ends};
use super::marker::{bracketed, intended_marker, internal_labels, marker};
use super::passage::Withheld;
use crate::diagnostic::{ProblemKind, Problems};
use crate::markdown::{code_spans, unsure_code_spans};
use crate::text::{Edit, Span};

/// Whether an internal block is open at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InternalBlock {
    Open,
    Closed,
}

/// Reports HTML comments over several lines of TOML, outside of strings. For TOML a comment ends with its line, so the
/// keys on the next lines are read and published.
pub(crate) fn report_multiline_comments(text: &str, problems: &mut Problems) {
    let mut at = 0;
    while let Some(comment) = next_comment(text, at) {
        let end = comment.end.unwrap_or(text.len());
        if marker(comment.inside(text)).is_none() && text[comment.start..end].contains('\n') {
            let message = "this comment ends with its line: in TOML, keys between `<!--` and `-->` are published";
            let help = "Write `# <!-- internal -->` before them and `# <!-- /internal -->` after them, or `#` before each line.";
            problems.add(ProblemKind::InternalBlock, comment.opening(), message).help(help);
        }
        at = end;
    }
}

/// Reports that `span` resembles a marker of an internal block and is none.
pub(crate) fn report_lookalike(text: &str, span: Span, block: InternalBlock, problems: &mut Problems) {
    let message = "this resembles a marker of an internal block and is none, so what follows would be published";
    let help = "Write exactly `<!-- internal -->` and `<!-- /internal -->`. If readers should see this, say so with `<!-- casebook: allow open-internal-block: reason -->`.";
    let problem = problems.add(ProblemKind::MarkerLookalike, span, message);
    problem.help(help);
    if let Some(marker) = intended_marker(span.slice(text), block) {
        problem.fix.push(Edit { span, text: marker.to_owned() });
    }
}

/// Reports a comment that opens at `opening` and is never closed.
pub(super) fn report_unclosed(opening: Span, problems: &mut Problems) {
    problems
        .add(ProblemKind::InternalBlock, opening, "this comment is never closed, so the rest of the text is withheld")
        .help("Write `-->` where the comment ends. To show `<!--` to readers, write it as code, between backticks.");
}

/// Reports each `-->` that closes no comment, outside of code. `blanked` is `text` with blanks over `passages`.
pub(super) fn report_unopened_ends(text: &str, blanked: &str, passages: &[Withheld], problems: &mut Problems) {
    let ends = unopened_ends(text, blanked, passages);
    if ends.is_empty() {
        return;
    }
    let code = code_spans(blanked);
    for end in ends.into_iter().filter(|end| !is_in(&code, *end)) {
        let message = "this closes a comment that was not opened, or that ended before, so what stands above it would be published";
        let help = "A comment ends at its first `-->`: write none inside it, or put `<!-- internal -->` and `<!-- /internal -->` around all of it. To show an arrow to readers, write it as code, between backticks.";
        problems.add(ProblemKind::InternalBlock, end, message).help(help);
    }
}

/// Reports comments in code that is probably none. `blanked` has blanks over what is withheld.
pub(super) fn report_comments_in_unsure_code(blanked: &str, problems: &mut Problems) {
    if !blanked.contains("<!--") {
        return;
    }
    for code in unsure_code_spans(blanked) {
        let Some(at) = code.slice(blanked).find("<!--").map(|offset| code.start + offset) else { continue };
        let message = "this comment stands in code that begins or ends by accident, so it would be published";
        let help = "Close the code block above it with a line of as many backticks or tildes as it opens with, or remove the backtick before it. In code that is meant as code, readers see comments.";
        problems.add(ProblemKind::InternalBlock, Span::new(at, at + 4), message).help(help);
    }
}

/// Whether `span` lies in one of `spans`, which are in order.
fn is_in(spans: &[Span], span: Span) -> bool {
    let after = spans.partition_point(|candidate| candidate.start <= span.start);
    after > 0 && spans[after - 1].contains(span)
}

/// Reports what resembles a marker in other brackets than those of a comment; in code only on a line of its own.
/// `blanked` is `text` with blanks over what is withheld.
pub(super) fn report_bracketed_lookalikes(text: &str, blanked: &str, problems: &mut Problems) {
    let brackets = bracketed(blanked);
    let labels = internal_labels(blanked);
    if brackets.is_empty() && labels.is_empty() {
        return;
    }
    let code = code_spans(blanked);
    let is_code = |span: Span| is_in(&code, span);
    let is_alone = |span: Span| {
        let before = blanked[..span.start].rsplit('\n').next().unwrap_or("");
        let after = blanked[span.end..].split('\n').next().unwrap_or("");
        before.trim().is_empty() && after.trim().is_empty()
    };
    let brackets = brackets.into_iter().map(Span::from).filter(|span| !is_code(*span) || is_alone(*span));
    let labels = labels.into_iter().map(Span::from).filter(|span| !is_code(*span));
    let mut spans: Vec<Span> = brackets.chain(labels).collect();
    spans.sort();
    let mut end = 0;
    for span in spans {
        if span.start >= end {
            report_lookalike(text, span, InternalBlock::Closed, problems);
            end = span.end;
        }
    }
}
