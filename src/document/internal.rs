//! Internal blocks: passages for the team only, cut out before anything else sees the text.

use super::{ProblemKind, Problems};
use crate::text::{Edit, Span};

/// The text with everything before `body` and every internal block blanked out, at the same length.
///
/// Markers count everywhere, in code too: a passage that is withheld by mistake does less harm
/// than one that is published by mistake. For the same reason a block that is never closed
/// reaches to the end of the file.
pub(super) fn blank(text: &str, body: Span, problems: &mut Problems) -> String {
    let mut bytes = text.as_bytes().to_vec();
    blank_range(&mut bytes, Span::new(0, body.start));
    blank_blocks(text, body, &mut bytes, problems);
    String::from_utf8(bytes).unwrap_or_default()
}

/// The front matter that `span` covers, with internal blocks and comments in its strings blanked out, at the same length.
pub(super) fn blank_front(text: &str, span: Span, problems: &mut Problems) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if !span.slice(text).contains("<!--") {
        return text.to_owned();
    }
    blank_blocks(text, span, &mut bytes, problems);
    let mut at = span.start;
    while let Some(start) = text[at..span.end].find("<!--").map(|offset| at + offset) {
        let Some(end) = text[start..span.end].find("-->").map(|offset| start + offset + 3) else { break };
        blank_range(&mut bytes, Span::new(start, end));
        at = end;
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn blank_blocks(text: &str, body: Span, bytes: &mut [u8], problems: &mut Problems) {
    let mut open: Vec<Span> = Vec::new();
    for (marker, span) in markers(text, body) {
        match (marker, open.is_empty()) {
            (Marker::Resembling, _) => {
                problems.add_with_help(
                    ProblemKind::InternalBlock,
                    span,
                    "this comment resembles a marker of an internal block and is none",
                    "Write exactly `<!-- internal -->` and `<!-- /internal -->`, or begin the comment with another word.",
                );
                let meant = meant(span.slice(text), !open.is_empty());
                if let (Some(marker), Some(problem)) = (meant, problems.0.last_mut()) {
                    problem.fix.push(Edit { span, text: marker.to_owned() });
                }
            }
            (Marker::Open, _) => open.push(span),
            (Marker::Close, true) => problems.add_with_help(
                ProblemKind::InternalBlock,
                span,
                "this closes an internal block that was not opened",
                "Write `<!-- internal -->` where the passage for the team begins, or delete this line. What was meant to be internal would be published.",
            ),
            (Marker::Close, false) => {
                let start = open.pop().unwrap_or(span);
                if open.is_empty() {
                    blank_range(bytes, Span::new(start.start, span.end));
                }
            }
        }
    }
    if let Some(first) = open.first() {
        problems.add_with_help(
            ProblemKind::InternalBlock,
            *first,
            "this internal block is never closed, so the rest of the file is withheld",
            "Write `<!-- /internal -->` where the passage for the team ends.",
        );
        blank_range(bytes, Span::new(first.start, body.end));
    }
}

#[derive(Clone, Copy)]
enum Marker {
    Open,
    Close,
    /// A comment whose first word is almost a marker's: what it was meant to hide would be published.
    Resembling,
}

fn markers(text: &str, body: Span) -> Vec<(Marker, Span)> {
    let mut found = Vec::new();
    let mut at = body.start;
    while let Some(start) = text[at..body.end].find("<!--").map(|offset| at + offset) {
        at = start + 4;
        let Some(end) = text[at..body.end].find("-->").map(|offset| at + offset) else { break };
        let word: String = text[at..end].split_whitespace().collect();
        let marker = match word.to_ascii_lowercase().as_str() {
            "internal" => Marker::Open,
            "/internal" => Marker::Close,
            _ if resembles(&text[at..end]) => Marker::Resembling,
            _ => continue,
        };
        at = end + 3;
        found.push((marker, Span::new(start, at)));
    }
    found
}

fn resembles(comment: &str) -> bool {
    let mut words = comment.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_lowercase();
    let second = words.next().unwrap_or_default().to_lowercase();
    let near = |word: &str| strsim::damerau_levenshtein(word, "internal") <= 2;
    near(&first) || first.starts_with("internal") || first.ends_with("internal") || (first == "end" && near(&second))
}

/// The marker that a comment was certainly meant to be: it has no words but those that say so.
fn meant(comment: &str, is_open: bool) -> Option<&'static str> {
    let lower = comment.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_name = |word: &&str| strsim::damerau_levenshtein(word, "internal") <= 2;
    let others: Vec<&str> = words.iter().copied().filter(|word| !is_name(word)).collect();
    let is_closing = comment.contains('/') || matches!(others[..], ["end" | "close" | "stop"]);
    match (words.len() - others.len(), &others[..]) {
        (1, [] | ["end" | "close" | "stop"]) if is_closing => is_open.then_some("<!-- /internal -->"),
        (1, [] | ["start" | "begin" | "open"]) if !is_closing => Some("<!-- internal -->"),
        _ => None,
    }
}

/// Writes blanks over a range: newlines where the range begins a line, so that no indentation arises.
pub(super) fn blank_range(bytes: &mut [u8], range: Span) {
    let line_start = bytes[..range.start].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let begins_line = bytes[line_start..range.start].iter().all(u8::is_ascii_whitespace);
    let blank = if begins_line { b'\n' } else { b' ' };
    for byte in &mut bytes[range.range()] {
        if *byte != b'\n' {
            *byte = blank;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Problems, blank, meant};
    use crate::text::Span;

    fn check(text: &str, left: &str, problems: usize) {
        let mut found = Problems::default();
        let blanked = blank(text, Span::new(0, text.len()), &mut found);
        assert_eq!(blanked.split_whitespace().collect::<Vec<_>>().join(" "), left);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(found.0.len(), problems, "{found:?}");
    }

    #[test]
    fn what_was_certainly_meant_is_offered() {
        let check = |comment: &str, is_open: bool, expected: Option<&str>| {
            assert_eq!(meant(comment, is_open), expected, "{comment}");
        };
        check("<!-- end internal -->", true, Some("<!-- /internal -->"));
        check("<!-- internal end -->", true, Some("<!-- /internal -->"));
        check("<!--- /intern --->", true, Some("<!-- /internal -->"));
        check("<!-- end internal -->", false, None);
        check("<!-- internal start -->", false, Some("<!-- internal -->"));
        check("<!-- internl -->", true, Some("<!-- internal -->"));
        check("<!-- internal: the vendor's name -->", false, None);
        check("<!-- the end of internal notes -->", true, None);
    }

    #[test]
    fn whatever_stands_between_markers_goes() {
        check("a <!-- internal -->geheim<!-- /internal --> b", "a b", 0);
        check("a\n<!--INTERNAL-->\n```\nx\n<!-- / internal -->\nb", "a b", 0);
        check("a <!-- internal --> x <!-- internal --> y <!-- /internal --> z <!-- /internal --> b", "a b", 0);
        check("a <!-- internal --> x", "a", 1);
        check("a <!-- /internal --> b", "a <!-- /internal --> b", 1);
        check("a <!-- internal start --> b", "a <!-- internal start --> b", 1);
        check("a <!-- internl --> b", "a <!-- internl --> b", 1);
        check("a <!--- internal ---> b", "a <!--- internal ---> b", 1);
        check("a <!-- end internal --> b", "a <!-- end internal --> b", 1);
        check("a <!-- the interval --> b", "a <!-- the interval --> b", 0);
        check("a <!-- note --> ü <!-- internal -->ü<!-- /internal -->", "a <!-- note --> ü", 0);
    }
}
