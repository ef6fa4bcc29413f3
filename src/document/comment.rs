//! Comments: notes of the author, which are not for readers either.

use pulldown_cmark::{Event, Tag};

use super::internal::blank_range;
use super::outline::markdown_events;
use crate::text::Span;

/// The text with every closed comment outside code blanked out, at the same length.
///
/// Markdown knows comments in a line and comments that begin a block. One that begins in a paragraph and goes on after
/// a blank line is none to it, but it is to the author, and to everybody who sees the file on a code host.
pub(super) fn blank(text: String, body: Span) -> String {
    if !body.slice(&text).contains("<!--") {
        return text;
    }
    let code = code(&text, body);
    let mut bytes = text.clone().into_bytes();
    let mut at = body.start;
    while let Some(start) = text[at..].find("<!--").map(|offset| at + offset) {
        let Some(end) = text[start..].find("-->").map(|offset| start + offset + 3) else { break };
        let is_code = code.iter().any(|range| range.start <= start && start < range.end);
        if !is_code {
            blank_range(&mut bytes, Span::new(start, end));
        }
        at = if is_code { start + 4 } else { end };
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn code(text: &str, body: Span) -> Vec<Span> {
    let events = markdown_events(text, body);
    let is_code = |event: &Event<'_>| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
    events.filter(|(event, _)| is_code(event)).map(|(_, range)| range.into()).collect()
}

#[cfg(test)]
mod tests {
    use super::blank;
    use crate::text::Span;

    fn check(text: &str, left: &str) {
        let blanked = blank(text.to_owned(), Span::new(0, text.len()));
        assert_eq!(blanked.split_whitespace().collect::<Vec<_>>().join(" "), left);
        assert_eq!(blanked.len(), text.len());
    }

    #[test]
    fn comments_go_and_code_stays() {
        check("a <!-- b --> c", "a c");
        check("a <!-- b\n\nb --> c", "a c");
        check("`<!-- b -->` c", "`<!-- b -->` c");
        check("```\n<!-- b -->\n```\n\n<!-- c -->", "``` <!-- b --> ```");
        check("a <!-- b", "a <!-- b");
        check("a <!--> b --> c", "a b --> c");
        check("<!-- ` --> a ` <!-- b -->", "a `");
    }
}
