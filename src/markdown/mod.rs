//! Markdown as events with their places, within limits.

mod limit;
mod plain;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

pub(crate) use limit::{LimitedEvents, report_exceeded_limits};
pub(crate) use plain::{NO_CHARACTER, cut, passage_words, running_line, single_spaced};
pub(crate) use plain::{PlainText, plain};

use crate::text::Span;

/// The Markdown that reviews are written in: CommonMark with GitHub's additions.
pub(crate) fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// The events of `body` in `text`, each with its range in `text`, within the limits of [`LimitedEvents`].
pub(crate) fn markdown_events(text: &str, body: Span) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    limited_events(text, body)
}

/// The events of [`markdown_events`] as a type that tells afterwards which limits were exceeded.
pub(crate) fn limited_events(text: &str, body: Span) -> LimitedEvents<impl Iterator<Item = (Event<'_>, Range<usize>)>> {
    let events = Parser::new_ext(body.slice(text), markdown_options()).into_offset_iter();
    LimitedEvents::new(events.map(move |(event, range)| (event, range.start + body.start..range.end + body.start)))
}

/// The places of code in a text, in order: inline code, and the lines between fences. The words after an opening fence do
/// not count, since no page shows them. Indented code does not count either: an indented comment is meant as a comment.
pub(crate) fn code_spans(text: &str) -> Vec<Span> {
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
