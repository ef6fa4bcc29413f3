//! Decides which passages of a text are withheld, for bodies of reviews, strings of front matter and every TOML file. No
//! other place decides it.

use super::comment::{Comment, closed_comments, comments_outside, next_comment};
use super::link_definition::blank_out_definitions;
use super::marker::{Marker, comment_resembles, marker};
use super::report::{
    InternalBlock, report_bracketed_lookalikes, report_comments_in_unsure_code, report_lookalike, report_unclosed,
    report_unopened_ends,
};
use super::text::{blank_out, cut_out};
use crate::diagnostic::{Problem, ProblemKind, Problems};
use crate::markdown::code_spans;
use crate::text::{SourceMap, Span};

/// How often comments are searched after those found before were blanked out: a comment may hold the fence of a code
/// block, and without it more comments are outside of code.
const MOST_PASSES: usize = 8;

/// A passage that is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Decides whether allowances are read from it.
    pub kind: WithheldKind,
    /// The whole passage with its markers.
    pub span: Span,
}

/// How the author marked a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithheldKind {
    /// Between `<!-- internal -->` and `<!-- /internal -->`.
    Internal,
    /// An HTML comment, or a link definition that is used as one.
    Comment,
}

/// The passages of `text` within `range` that are withheld, in order, none overlapping another.
///
/// Markers of internal blocks count in code, too, and a block or a comment that is never closed reaches to the end: a
/// passage withheld by mistake does less harm than one published by mistake. Comments in code are text, and stay.
pub(crate) fn find_withheld(text: &str, range: Span, problems: &mut Problems) -> Vec<Withheld> {
    find_with(CommentsInCode::Kept, text, range, problems)
}

/// What happens to comments that are closed within code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CommentsInCode {
    /// They stay, as examples for readers.
    Kept,
    /// They are withheld: most strings of TOML are not Markdown, so backticks make no code there.
    Withheld,
}

fn find_with(in_code: CommentsInCode, text: &str, range: Span, problems: &mut Problems) -> Vec<Withheld> {
    let inside = range.slice(text);
    let before = problems.0.len();
    let mut found = internal_blocks(inside, problems);
    let mut blanked = blank_out(inside, &found);
    if in_code == CommentsInCode::Withheld {
        let closed = closed_comments(&blanked);
        blanked = blank_out(&blanked, &closed);
        found.extend(closed);
    }
    blank_out_comments(&mut blanked, &mut found, problems);
    report_comments_in_unsure_code(&blanked, problems);
    blank_out_definitions(&mut blanked, &mut found);
    report_bracketed_lookalikes(inside, &blanked, problems);
    found.sort_by_key(|passage| passage.span);
    report_unopened_ends(inside, &blanked, &found, problems);
    problems.0[before..].iter_mut().for_each(|problem| shift(problem, range.start));
    found.iter_mut().for_each(|passage| passage.span = passage.span.shifted(range.start));
    let mut found = without_overlaps(found);
    withhold_after_joined_comment(text, range, &mut found, problems);
    found
}

/// Passages that are found in two ways may overlap: what either of them covers is withheld. `found` is in order.
fn without_overlaps(found: Vec<Withheld>) -> Vec<Withheld> {
    let mut apart: Vec<Withheld> = Vec::with_capacity(found.len());
    for passage in found {
        match apart.last_mut().filter(|last| passage.span.start < last.span.end) {
            Some(last) => {
                last.span.end = last.span.end.max(passage.span.end);
                if passage.kind == WithheldKind::Internal {
                    last.kind = WithheldKind::Internal;
                }
            }
            None => apart.push(passage),
        }
    }
    apart
}

/// A string of a TOML file without its withheld passages. `raw` is the string as written in the file, at `place`.
pub(crate) fn redact_string(value: String, raw: &str, place: Span, problems: &mut Problems) -> String {
    if has_no_sign(&value) {
        return value;
    }
    let range = Span::new(0, value.len());
    let before = problems.0.len();
    let passages = find_with(CommentsInCode::Withheld, &value, range, problems);
    let words = if problems.0.len() > before { SourceMap::of_words(&value, raw) } else { None };
    for problem in &mut problems.0[before..] {
        match &words {
            Some(words) => {
                if !problem.fix.iter().all(|edit| words.is_whole(edit.span)) {
                    problem.fix.clear();
                }
                problem.span = words.to_source(problem.span);
                problem.fix.iter_mut().for_each(|edit| edit.span = words.to_source(edit.span));
                shift(problem, place.start);
            }
            // With escapes, offsets in the value are not those in the file: the problem points at the whole string.
            None => {
                problem.span = place;
                problem.fix.clear();
            }
        }
    }
    if passages.is_empty() { value } else { cut_out(&value, range, &passages).text }
}

/// Whether a string is a word or a sentence without any sign of a comment, a definition or a label, as most are.
fn has_no_sign(value: &str) -> bool {
    let is_sign = |byte: u8| !byte.is_ascii() || matches!(byte, b'<' | b'>' | b'&' | b']' | b'\n');
    value.starts_with(|c: char| c.is_ascii_alphanumeric()) && !value.bytes().any(is_sign)
}

fn shift(problem: &mut Problem, by: usize) {
    problem.span = problem.span.shifted(by);
    problem.fix.iter_mut().for_each(|edit| edit.span = edit.span.shifted(by));
}

/// The internal blocks of a text, in order. A block inside another one is a part of it.
pub(crate) fn internal_blocks(text: &str, problems: &mut Problems) -> Vec<Withheld> {
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
                None => report_unopened(span, problems),
                Some(start) if open.is_empty() => {
                    found.push(Withheld { kind: WithheldKind::Internal, span: Span::new(start.start, end) });
                }
                Some(_) => {}
            },
            None if comment_resembles(comment.inside(text)) || comment_resembles(comment.whole(text)) => {
                let block = if open.is_empty() { InternalBlock::Closed } else { InternalBlock::Open };
                report_lookalike(text, span, block, problems);
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

fn report_unopened(span: Span, problems: &mut Problems) {
    let message = "this closes an internal block that was not opened";
    let help = "Write `<!-- internal -->` where the passage for the team begins, or delete this line. What was meant to be internal would be published.";
    problems.add(ProblemKind::InternalBlock, span, message).help(help);
}

/// Finds the comments outside of code, adds them to `found` and blanks them out.
///
/// A comment that begins in a paragraph and goes on after a blank line is none to Markdown, but it is one to its author
/// and on a code host, so it is withheld.
fn blank_out_comments(blanked: &mut String, found: &mut Vec<Withheld>, problems: &mut Problems) {
    for _ in 0..MOST_PASSES {
        if !blanked.contains("<!--") {
            return;
        }
        let new = comments_outside(blanked, &code_spans(blanked));
        if new.is_empty() {
            return;
        }
        let length = blanked.len();
        let passage = |comment: &Comment| {
            let span = Span::new(comment.start, comment.end.unwrap_or(length));
            Withheld { kind: WithheldKind::Comment, span }
        };
        let passages: Vec<Withheld> = new.iter().map(passage).collect();
        if let Some(open) = new.last().filter(|comment| comment.end.is_none()) {
            report_unclosed(open.opening(), problems);
        }
        *blanked = blank_out(blanked, &passages);
        found.extend(passages);
    }
    if let Some(comment) = comments_outside(blanked, &code_spans(blanked)).first() {
        report_unclosed(comment.opening(), problems);
        let rest = Span::new(comment.start, blanked.len());
        found.retain(|passage| passage.span.end <= rest.start);
        found.push(Withheld { kind: WithheldKind::Comment, span: rest });
        blanked.truncate(rest.start);
    }
}

/// Withholds the rest of a text when cutting one comment out joins its neighbours to a new one, as in
/// `<!<!-- -->-- internal -->`. That is never an accident.
fn withhold_after_joined_comment(text: &str, range: Span, found: &mut Vec<Withheld>, problems: &mut Problems) {
    while !found.is_empty() {
        let kept = cut_out(text, range, found);
        let rest = &kept.text[range.start..];
        if !rest.contains("<!--") {
            return;
        }
        let Some(comment) = comments_outside(rest, &code_spans(rest)).first().copied() else { return };
        let place = kept.map.to_source(comment.opening().shifted(range.start));
        report_unclosed(place, problems);
        found.retain(|passage| passage.span.end <= place.start);
        found.push(Withheld { kind: WithheldKind::Comment, span: Span::new(place.start, range.end) });
    }
}

#[cfg(test)]
mod tests {
    use super::{find_withheld, redact_string};
    use crate::diagnostic::Problems;
    use crate::redact::cut_out;
    use crate::text::Span;

    fn check(text: &str, left: &str, problems: usize) {
        let (mut found, range) = (Problems::default(), Span::new(0, text.len()));
        let kept = cut_out(text, range, &find_withheld(text, range, &mut found));
        assert_eq!(kept.text, left);
        assert_eq!(found.0.len(), problems, "{text}: {found:?}");
        for (at, c) in kept.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let place = kept.map.to_source(Span::new(at, at + c.len_utf8()));
            assert_eq!(place.slice(text), c.to_string(), "{text}");
        }
    }

    #[test]
    fn passages_found_in_two_ways_are_withheld_as_one() {
        for text in [
            "<!-- internal --><!-- /internal --><!-- /internal -->`---\n`<!--`<!-- /internal -->",
            "<!-- /internal -->`a`<!--`<!-- /internal --> b",
            "`<!--`<!-- x --> --> b",
        ] {
            let range = Span::new(0, text.len());
            let found = find_withheld(text, range, &mut Problems::default());
            assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{text}: {found:?}");
            let kept = cut_out(text, range, &found).text;
            assert!(!kept.contains("internal -->") || !kept.contains("<!-- internal"), "{text}: {kept}");
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
        check("a <!--> b --> c", "a b --> c", 1);
        check("<!-- ` --> a ` <!-- b -->", " a ` ", 0);
        check(
            "a\n\n[//]: # (b c)\n[x]: # \"d\"\n\n[e]: <> 'f'\n\n[g]: https://h.example (i)",
            "a\n\n\n\n\n\n\n[g]: https://h.example (i)",
            0,
        );
        check(
            "a [#5]\n\n[#5]: https://h.example\n[#6 b]: https://h.example\n[#7]: # (b)\n[#8]: c",
            "a [#5]\n\n[#5]: https://h.example\n\n\n",
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
    fn the_rest_of_a_comment_that_holds_another_is_an_error() {
        check("<!-- a\n<!-- b --> c\n-->", " c\n-->", 1);
        check("<!--\na <!-- internal --> b <!-- /internal -->\nc\n-->", "\nc\n-->", 1);
        check("<!-- a <!-- b -->\n\nc --> d", "\n\nc --> d", 1);
        check("<!--> a\n\nc --> d", " a\n\nc --> d", 1);
        check("a <!---> b -->", "a b -->", 1);
        check("a -->", "a -->", 1);
        check("a\n--> b", "a\n--> b", 1);
        check("<!-- a --> b --> c", " b --> c", 1);
        check("<!-- a -->\nb --> c", "\nb --> c", 1);
        for text in ["a --> b", "a `-->`", "```\na -->\n```", "| a --> | b |"] {
            check(text, text, 0);
        }
        check("<!-- a -->\n\nb --> c", "\n\nb --> c", 0);
        let (mut problems, value) = (Problems::default(), "a -->");
        assert_eq!(redact_string(value.to_owned(), "\"a -->\"", Span::new(0, 7), &mut problems), value);
        assert_eq!(problems.0.len(), 1);
    }

    #[test]
    fn a_comment_in_code_that_is_probably_none_is_an_error() {
        for text in [
            "```\na\n\n<!-- b -->\n",
            "````\na\n```\n\n<!-- b -->\n",
            "- ~~~\n  a\n\n  <!-- b -->\n\nc",
            "> ```\n> <!-- b -->\n\nc",
            "The ` key <!-- b --> and the ` key.",
            "````\na\n```\n\n<!-- b -->\n\n````\nc\n````\n",
        ] {
            check(text, text, 1);
        }
        for text in [
            "> ```\n> <!-- b -->\n> ```\n\nc",
            "- ~~~~\n  <!-- b -->\n  ~~~~~  \n\nc",
            "```html\n<!-- b -->\n```",
            "`a <!-- b -->` and `` `<!-- b -->` `` and ` <!-- b --> `",
            "```\na\n",
        ] {
            check(text, text, 0);
        }
    }

    #[test]
    fn a_comment_that_comes_about_by_cutting_withholds_the_rest() {
        // Before the cut its end closes nothing.
        check("a <!<!-- b -->-- c --> d", "a ", 2);
        // And it is a marker in brackets of another kind, too.
        check("a <!<!-- b -->-- internal --> d", "a ", 3);
    }

    #[test]
    fn problems_in_strings_are_where_they_stand() {
        let check = |value: &str, raw: &str, left: &str, place: Span| {
            let mut problems = Problems::default();
            assert_eq!(redact_string(value.to_owned(), raw, Span::new(10, 10 + raw.len()), &mut problems), left);
            assert_eq!(problems.0.iter().map(|problem| problem.span).collect::<Vec<_>>(), [place], "{raw}");
        };
        check("a <!-- b", "\"a <!-- b\"", "a ", Span::new(13, 17));
        check("a <!-- b", "\"a \\u003c!-- b\"", "a ", Span::new(10, 25));
        check("`a <!-- b --> c` <!--", "\"`a <!-- b --> c` <!--\"", "`a c` ", Span::new(28, 32));
    }
}
