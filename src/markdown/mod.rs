//! Markdown as events with places, within limits. What they mean is said elsewhere.

mod limit;
mod plain;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

pub(crate) use limit::{Bounded, report};
pub(crate) use plain::{NO_CHARACTER, cut, passage_words, running_line, single_spaced};
pub use plain::{PlainText, plain};

use crate::text::Span;

/// The Markdown that reviews are written in: CommonMark with GitHub's additions.
pub fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// The events of `body` in `text`, each with its range in `text`. What lies deeper than anybody reads is laid flat.
pub fn markdown_events(text: &str, body: Span) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    bounded_events(text, body)
}

pub(crate) fn bounded_events(text: &str, body: Span) -> Bounded<impl Iterator<Item = (Event<'_>, Range<usize>)>> {
    let events = Parser::new_ext(body.slice(text), markdown_options()).into_offset_iter();
    Bounded::new(events.map(move |(event, range)| (event, range.start + body.start..range.end + body.start)))
}

/// Hands the words that a page shows of `body` to `each`, piece by piece with the place of each. Where one paragraph, item
/// or cell ends and the next begins, a piece is a line break; where a line ends, it is a space.
pub fn visible_text(text: &str, body: Span, mut each: impl FnMut(&str, Span)) {
    for (event, range) in markdown_events(text, body) {
        let span = Span::from(range);
        match event {
            // Raw HTML is shown as text; comments are blanked out before.
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                each(&words, span)
            }
            Event::SoftBreak | Event::HardBreak => each(" ", span),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock,
            ) => each("\n", span),
            _ => {}
        }
    }
}

/// The code of a text, in order: spans, and what stands between fences. What follows the opening fence is no code, since
/// no page shows it, and neither is a text that is only indented: whoever indents a comment means a comment.
pub fn code(text: &str) -> Vec<Span> {
    let code = |(event, range): (Event<'_>, Range<usize>)| match event {
        Event::Code(_) => Some(Span::from(range)),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
            let first = text[range.clone()].find('\n').map_or(range.end, |at| range.start + at);
            Some(Span::new(first, range.end))
        }
        _ => None,
    };
    markdown_events(text, Span::new(0, text.len())).filter_map(code).collect()
}
