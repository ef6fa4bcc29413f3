//! What of a text is not for readers: internal blocks and comments. This is the only place that decides it, for bodies,
//! for strings of front matter, and for every TOML file.

use super::cut::{cut, mask};
use super::definition;
use super::marker::{Marker, bracketed, comment_resembles, labels, marker, meant};
use crate::diagnostic::{Problem, ProblemKind, Problems};
use crate::markdown::code;
use crate::text::{Edit, Span};

/// How often comments are looked for in what the comments before them left. Each time can bring to light only those
/// that an earlier one had turned into code.
const MOST_PASSES: usize = 8;

/// A passage that is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Why.
    pub kind: WithheldKind,
    /// All of it, with its marks.
    pub span: Span,
}

/// Why a passage is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithheldKind {
    /// It stands between the markers of an internal block.
    Internal,
    /// It is a comment.
    Comment,
}

/// The passages of `text` within `range` that are withheld, in order and apart from each other.
///
/// Markers of internal blocks count everywhere, in code too: a passage that is withheld by mistake does less harm than
/// one that is published by mistake. For the same reason a block or a comment that is never closed reaches to the end.
/// Comments in code are text, and stay.
pub(crate) fn find(text: &str, range: Span, problems: &mut Problems) -> Vec<Withheld> {
    find_beside(CommentsInCode::Kept, text, range, problems)
}

/// What happens to comments that are closed within code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CommentsInCode {
    /// They are an example, and stay.
    Kept,
    /// They go: most strings are shown as they are, where backticks make no code.
    Cut,
}

fn find_beside(in_code: CommentsInCode, text: &str, range: Span, problems: &mut Problems) -> Vec<Withheld> {
    let inside = range.slice(text);
    let before = problems.0.len();
    let mut found = blocks(inside, problems);
    let mut masked = mask(inside, &found);
    if in_code == CommentsInCode::Cut {
        let closed = closed_comments(&masked);
        masked = mask(&masked, &closed);
        found.extend(closed);
    }
    comments(&mut masked, &mut found, problems);
    definition::cut_out(&mut masked, &mut found);
    lookalikes(inside, &masked, problems);
    found.sort_by_key(|passage| passage.span);
    problems.0[before..].iter_mut().for_each(|problem| shift(problem, range.start));
    found.iter_mut().for_each(|passage| passage.span = passage.span.shifted(range.start));
    debug_assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "passages overlap");
    end_what_arises(text, range, &mut found, problems);
    found
}

/// A string of a TOML file without what is withheld in it. `place` is where the string stands, `raw` how it is written.
pub(crate) fn cut_string(value: String, raw: &str, place: Span, problems: &mut Problems) -> String {
    let range = Span::new(0, value.len());
    let before = problems.0.len();
    let passages = find_beside(CommentsInCode::Cut, &value, range, problems);
    for problem in &mut problems.0[before..] {
        // A string with escapes stands there in another form: then the whole string is the place, and nothing is mended.
        let at = raw.find(&value).map(|at| place.start + at);
        match at {
            Some(at) => shift(problem, at),
            None => {
                problem.span = place;
                problem.fix.clear();
            }
        }
    }
    if passages.is_empty() { value } else { cut(&value, range, &passages).text }
}

fn shift(problem: &mut Problem, by: usize) {
    problem.span = problem.span.shifted(by);
    problem.fix.iter_mut().for_each(|edit| edit.span = edit.span.shifted(by));
}

/// A comment, and its innermost opening: `<!-- a <!-- b -->` is one comment, and could hide a marker.
#[derive(Clone, Copy)]
struct Comment {
    start: usize,
    inner: usize,
    /// None when it is never closed.
    end: Option<usize>,
}

impl Comment {
    /// What stands between its first opening and its end.
    fn whole(self, text: &str) -> &str {
        let end = self.end.map_or(text.len(), |end| end - 3);
        text.get(self.start + 4..end).unwrap_or("")
    }

    /// What stands between its last opening and its end.
    fn inside(self, text: &str) -> &str {
        let end = self.end.map_or(text.len(), |end| end - 3);
        text.get(self.inner + 4..end).unwrap_or("")
    }
}

/// The first comment that opens at or after `at`. `<!-->` is a comment, too.
fn next_comment(text: &str, at: usize) -> Option<Comment> {
    let start = at + text[at..].find("<!--")?;
    let Some(end) = text[start + 2..].find("-->").map(|offset| start + 2 + offset + 3) else {
        return Some(Comment { start, inner: start, end: None });
    };
    let inner = text[start..end].rfind("<!--").map_or(start, |offset| start + offset);
    Some(Comment { start, inner, end: Some(end) })
}

/// The internal blocks of a text, in order.
pub(crate) fn blocks(text: &str, problems: &mut Problems) -> Vec<Withheld> {
    let mut found = Vec::new();
    let mut open: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some(comment) = next_comment(text, at) {
        let Some(end) = comment.end else { break };
        let span = Span::new(comment.start, end);
        at = end;
        match marker(comment.inside(text)) {
            Some(Marker::Open) => open.push(span),
            Some(Marker::Close) => match open.pop() {
                None => problems.add(ProblemKind::InternalBlock, span, "this closes an internal block that was not opened").help("Write `<!-- internal -->` where the passage for the team begins, or delete this line. What was meant to be internal would be published."),
                Some(start) if open.is_empty() => {
                    found.push(Withheld { kind: WithheldKind::Internal, span: Span::new(start.start, end) });
                }
                Some(_) => {}
            },
            None if comment_resembles(comment.inside(text)) || comment_resembles(comment.whole(text)) => {
                resembling(text, span, !open.is_empty(), problems);
            }
            None => {}
        }
    }
    if let Some(first) = open.first() {
        problems
            .add(
                ProblemKind::InternalBlock,
                *first,
                "this internal block is never closed, so the rest of the file is withheld",
            )
            .help("Write `<!-- /internal -->` where the passage for the team ends.");
        found.push(Withheld { kind: WithheldKind::Internal, span: Span::new(first.start, text.len()) });
    }
    found
}

/// Reports HTML comments over several lines of TOML, outside of strings: to TOML they end with their line, and the keys
/// between them are read and published.
pub(crate) fn report_open_comments(text: &str, problems: &mut Problems) {
    let mut at = 0;
    while let Some(comment) = next_comment(text, at) {
        let end = comment.end.unwrap_or(text.len());
        if marker(comment.inside(text)).is_none() && text[comment.start..end].contains('\n') {
            problems.add(ProblemKind::InternalBlock, Span::new(comment.start, comment.start + 4), "this comment ends with its line: in TOML, keys between `<!--` and `-->` are published").help("Write `# <!-- internal -->` before them and `# <!-- /internal -->` after them, or `#` before each line.");
        }
        at = end;
    }
}

/// Reports what resembles a marker and is none.
pub(crate) fn resembling(text: &str, span: Span, is_open: bool, problems: &mut Problems) {
    problems.add(ProblemKind::MarkerLookalike, span, "this resembles a marker of an internal block and is none, so what follows would be published").help("Write exactly `<!-- internal -->` and `<!-- /internal -->`. If readers should see this, say so with `<!-- casebook: allow open-internal-block: reason -->`.");
    if let (Some(marker), Some(problem)) = (meant(span.slice(text), is_open), problems.0.last_mut()) {
        problem.fix.push(Edit { span, text: marker.to_owned() });
    }
}

/// Finds the comments outside of code and masks them. Markdown knows comments in a line and comments that begin a block.
/// One that begins in a paragraph and goes on after a blank line is none to it, but it is to the author, and to everybody
/// who sees the file on a code host. What stands in such a comment can look like the fence of a code block: when it is
/// gone, code is found anew.
fn comments(masked: &mut String, found: &mut Vec<Withheld>, problems: &mut Problems) {
    for _ in 0..MOST_PASSES {
        if !masked.contains("<!--") {
            return;
        }
        let new = comments_outside(masked, &code(masked));
        if new.is_empty() {
            return;
        }
        let length = masked.len();
        let passage = |comment: &Comment| {
            let span = Span::new(comment.start, comment.end.unwrap_or(length));
            Withheld { kind: WithheldKind::Comment, span }
        };
        let passages: Vec<Withheld> = new.iter().map(passage).collect();
        if let Some(open) = new.last().filter(|comment| comment.end.is_none()) {
            unclosed(Span::new(open.start, open.start + 4), problems);
        }
        *masked = mask(masked, &passages);
        found.extend(passages);
    }
    if let Some(comment) = comments_outside(masked, &code(masked)).first() {
        unclosed(Span::new(comment.start, comment.start + 4), problems);
        let rest = Span::new(comment.start, masked.len());
        found.retain(|passage| passage.span.end <= rest.start);
        found.push(Withheld { kind: WithheldKind::Comment, span: rest });
        masked.truncate(rest.start);
    }
}

fn unclosed(span: Span, problems: &mut Problems) {
    problems
        .add(ProblemKind::InternalBlock, span, "this comment is never closed, so the rest of the text is withheld")
        .help("Write `-->` where the comment ends. To show `<!--` to readers, write it as code, between backticks.");
}

/// The comments that have an end, in code or not.
fn closed_comments(text: &str) -> Vec<Withheld> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(Comment { start, end: Some(end), .. }) = next_comment(text, at) {
        found.push(Withheld { kind: WithheldKind::Comment, span: Span::new(start, end) });
        at = end;
    }
    found
}

fn comments_outside(text: &str, code: &[Span]) -> Vec<Comment> {
    let mut found = Vec::new();
    let (mut at, mut next_code) = (0, 0);
    while let Some(start) = text[at..].find("<!--").map(|offset| at + offset) {
        while code.get(next_code).is_some_and(|span| span.end <= start) {
            next_code += 1;
        }
        match code.get(next_code).filter(|span| span.start <= start) {
            Some(span) => at = span.end.max(start + 4),
            None => {
                let Some(comment) = next_comment(text, start) else { break };
                at = comment.end.unwrap_or(text.len());
                found.push(comment);
            }
        }
    }
    found
}

/// What looks like a marker in other signs than those of a comment. In code, only where it has a line of its own.
fn lookalikes(text: &str, masked: &str, problems: &mut Problems) {
    let brackets = bracketed(masked);
    let labels = labels(masked);
    if brackets.is_empty() && labels.is_empty() {
        return;
    }
    let code = code(masked);
    let is_code = |span: Span| {
        let after = code.partition_point(|code| code.start <= span.start);
        after > 0 && code[after - 1].contains(span)
    };
    let is_alone = |span: Span| {
        let before = masked[..span.start].rsplit('\n').next().unwrap_or("");
        let after = masked[span.end..].split('\n').next().unwrap_or("");
        before.trim().is_empty() && after.trim().is_empty()
    };
    let brackets = brackets.into_iter().map(Span::from).filter(|span| !is_code(*span) || is_alone(*span));
    let labels = labels.into_iter().map(Span::from).filter(|span| !is_code(*span));
    let mut spans: Vec<Span> = brackets.chain(labels).collect();
    spans.sort();
    let mut end = 0;
    for span in spans {
        if span.start >= end {
            resembling(text, span, false, problems);
            end = span.end;
        }
    }
}

/// A comment can come about where one was cut out: `<!<!-- -->-- internal -->`. Nobody writes that by accident.
fn end_what_arises(text: &str, range: Span, found: &mut Vec<Withheld>, problems: &mut Problems) {
    while !found.is_empty() {
        let kept = cut(text, range, found);
        let rest = &kept.text[range.start..];
        if !rest.contains("<!--") {
            return;
        }
        let Some(comment) = comments_outside(rest, &code(rest)).first().copied() else { return };
        let place = kept.map.to_source(Span::new(comment.start, comment.start + 4).shifted(range.start));
        unclosed(place, problems);
        found.retain(|passage| passage.span.end <= place.start);
        found.push(Withheld { kind: WithheldKind::Comment, span: Span::new(place.start, range.end) });
    }
}

#[cfg(test)]
mod tests {
    use super::{cut_string, find};
    use crate::diagnostic::Problems;
    use crate::redact::cut;
    use crate::text::Span;

    fn check(text: &str, left: &str, problems: usize) {
        let (mut found, range) = (Problems::default(), Span::new(0, text.len()));
        let kept = cut(text, range, &find(text, range, &mut found));
        assert_eq!(kept.text, left);
        assert_eq!(found.0.len(), problems, "{text}: {found:?}");
        for (at, c) in kept.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let place = kept.map.to_source(Span::new(at, at + c.len_utf8()));
            assert_eq!(place.slice(text), c.to_string(), "{text}");
        }
    }

    #[test]
    fn internal_blocks_go_wherever_they_stand() {
        check("a <!-- internal -->geheim<!-- /internal --> b", "a b", 0);
        check("a\n<!--INTERNAL-->\n```\nx\n<!-- / internal -->\nb", "a\n\nb", 0);
        check("a <!-- internal --> x <!-- internal --> y <!-- /internal --> z <!-- /internal --> b", "a b", 0);
        check("a <!-- internal --> x", "a ", 1);
        check("a <!-- /internal --> b", "a b", 1);
        check("a <!-- internal start --> b", "a b", 1);
        check("a <!-- internl --> b", "a b", 1);
        check("a <!-- note --> ü <!-- internal -->ü<!-- /internal -->", "a ü ", 0);
        check("```\na\n<!-- internal -->\nx\n<!-- /internal -->\nb\n```", "```\na\n\nb\n```", 0);
        check("## A <!-- internal -->\nx\n<!-- /internal --> b", "## A b", 0);
        check("a <!-- b <!-- internal --> x <!-- /internal --> c", "a c", 0);
    }

    #[test]
    fn comments_go_and_code_stays() {
        check("a <!-- b --> c", "a c", 0);
        check("a <!-- b\n\nb --> c", "a c", 0);
        check("`<!-- b -->` c", "`<!-- b -->` c", 0);
        check("`<!--` and `-->` <!-- c --> d", "`<!--` and `-->` d", 0);
        check("```\n<!-- b -->\n```\n\n<!-- c -->", "```\n<!-- b -->\n```\n\n", 0);
        check("a <!-- b", "a ", 1);
        check("a <!--> b --> c", "a b --> c", 0);
        check("<!-- ` --> a ` <!-- b -->", " a ` ", 0);
        check(
            "a\n\n[//]: # (b c)\n[x]: # \"d\"\n\n[e]: <> 'f'\n\n[g]: https://h.example (i)",
            "a\n\n\n\n\n\n\n[g]: https://h.example (i)",
            0,
        );
        check("  <!-- b -->c", "  \nc", 0);
        check("    <!-- b -->c", "    \nc", 0);
        check("~~~ a <!-- b -->\nc\n~~~", "~~~ a \nc\n~~~", 0);
        check("- <!-- b --> c", "- c", 0);
        // The fence stands in a comment, which is none to Markdown: what follows is no code.
        check("a <!-- b\n\n```\n\n-->\n\nc\n\n<!-- d -->", "a \n\nc\n\n", 0);
    }

    #[test]
    fn a_comment_that_comes_about_by_cutting_withholds_the_rest() {
        check("a <!<!-- b -->-- c --> d", "a ", 1);
        // Before the cut it is a marker in brackets of another kind, too.
        check("a <!<!-- b -->-- internal --> d", "a ", 2);
    }

    #[test]
    fn problems_in_strings_are_where_they_stand() {
        let check = |value: &str, raw: &str, left: &str, place: Span| {
            let mut problems = Problems::default();
            assert_eq!(cut_string(value.to_owned(), raw, Span::new(10, 10 + raw.len()), &mut problems), left);
            assert_eq!(problems.0.iter().map(|problem| problem.span).collect::<Vec<_>>(), [place], "{raw}");
        };
        check("a <!-- b", "\"a <!-- b\"", "a ", Span::new(13, 17));
        check("a <!-- b", "\"a \\u003c!-- b\"", "a ", Span::new(10, 25));
        check("`a <!-- b --> c` <!--", "\"`a <!-- b --> c` <!--\"", "`a c` ", Span::new(28, 32));
    }
}
