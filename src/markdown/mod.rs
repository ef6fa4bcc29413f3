//! Markdown as events with their places, within limits.

mod bare_link;
mod code_host;
mod html;
mod limit;
mod notice;
mod plain;
mod run;
mod short_code;
mod single_spaced;
mod tilde;
mod unlinked;

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag};

pub(crate) use code_host::CodeHost;
pub(crate) use html::{gap, stands_in_line};
pub(crate) use plain::{NO_CHARACTER, cut, excerpt, passage_words, running_line};
pub(crate) use plain::{PlainText, plain};
pub(crate) use single_spaced::single_spaced;

use self::html::HtmlEvents;
use self::limit::LimitedEvents;
use self::notice::Notices;
use self::run::TextRuns;
use self::tilde::SingleTildes;
use crate::diagnostic::Problems;
use crate::text::Span;

/// The Markdown that reviews are written in: CommonMark with what code hosts add.
pub(crate) fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// The events of `body` in `text` as a code host would show them, each with its range in `text`, within the limits of
/// [`LimitedEvents`]: bare addresses are links, short codes are characters, HTML is Markdown or a tag of a fixed list.
pub(crate) fn markdown_events(text: &str, body: Span) -> MarkdownEvents<'_, impl Iterator<Item = PlacedEvent<'_>>> {
    let notices = Notices::default();
    let unresolved = {
        let notices = notices.clone();
        move |mut link: BrokenLink<'_>| {
            link.span = link.span.start + body.start..link.span.end + body.start;
            unlinked::report_reference(&link, text, &notices);
            None
        }
    };
    let events = Parser::new_with_broken_link_callback(body.slice(text), markdown_options(), Some(unresolved));
    let events = events.into_offset_iter().map(move |(event, at)| (event, at.start + body.start..at.end + body.start));
    let events =
        HtmlEvents::new(SingleTildes::new(LimitedEvents::new(events, notices.clone()), text), text, notices.clone());
    MarkdownEvents { events: TextRuns::new(events.map(with_scheme), text, notices.clone()), notices }
}

/// An event with its range in the text.
type PlacedEvent<'a> = (Event<'a>, Range<usize>);

/// The events of a text, which tell afterwards what is wrong in it.
pub(crate) struct MarkdownEvents<'a, I> {
    events: TextRuns<'a, I>,
    notices: Notices,
}

impl<'a, I: Iterator<Item = PlacedEvent<'a>>> MarkdownEvents<'a, I> {
    /// The same with links for the references to issues and commits of `host`. They change no word.
    pub(crate) fn with_host(self, host: Option<CodeHost>) -> Self {
        Self { events: self.events.with_host(host), ..self }
    }

    /// Adds what is wrong in the text, once all events were read.
    pub(crate) fn report(&self, problems: &mut Problems) {
        self.notices.report(problems);
    }
}

impl<'a, I: Iterator<Item = PlacedEvent<'a>>> Iterator for MarkdownEvents<'a, I> {
    type Item = PlacedEvent<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.events.next()
    }
}

/// Gives an address in angle brackets its scheme: the parser tells that of a mailbox without.
fn with_scheme((event, place): PlacedEvent<'_>) -> PlacedEvent<'_> {
    match event {
        Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, id }) => {
            let dest_url = format!("mailto:{dest_url}").into();
            (Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url, title, id }), place)
        }
        _ => (event, place),
    }
}

/// The places of code in a text, in order: inline code, and the lines between fences. The words after an opening fence do
/// not count, since no page shows them. Indented code does not count either: an indented comment is meant as a comment.
pub(crate) fn code_spans(text: &str) -> Vec<Span> {
    let code = |(event, range): PlacedEvent<'_>| match event {
        Event::Code(_) => Some(Span::from(range)),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
            let first = text[range.clone()].find('\n').map_or(range.end, |at| range.start + at);
            Some(Span::new(first, range.end))
        }
        _ => None,
    };
    Parser::new_ext(text, markdown_options()).into_offset_iter().filter_map(code).collect()
}

/// The places of code that its author may not have meant: a block whose fence is never closed, or that holds
/// one more fence than pairs, and inline code with blanks inside of both backticks, as in "the ` key and the ` key".
pub(crate) fn unsure_code_spans(text: &str) -> Vec<Span> {
    let unsure = |(event, range): PlacedEvent<'_>| match event {
        Event::Code(code) => is_padded(&text[range.clone()], &code).then(|| Span::from(range)),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
            (!is_fence_closed(&text[range.clone()])).then(|| Span::from(range))
        }
        _ => None,
    };
    Parser::new_ext(text, markdown_options()).into_offset_iter().filter_map(unsure).collect()
}

/// Whether inline code, written as `whole`, has blanks at both of its ends that nothing in it asks for.
fn is_padded(whole: &str, code: &str) -> bool {
    let inside = whole.trim_matches('`');
    let is_asked_for = |edge: &str| edge.starts_with(['`', '<']) || edge.ends_with(['`', '>']);
    inside.starts_with(char::is_whitespace) && inside.ends_with(char::is_whitespace) && !is_asked_for(code.trim())
}

/// Whether a fenced block ends with its own fence, and fences inside it come in pairs.
fn is_fence_closed(block: &str) -> bool {
    let fence = |line: &str| {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
        let after = line.trim_start_matches(sign);
        Some((sign, line.len() - after.len(), after.trim().is_empty())).filter(|(_, length, _)| *length >= 3)
    };
    let Some((sign, length, _)) = block.lines().next().and_then(fence) else { return true };
    let last = block.trim_end().lines().skip(1).last().and_then(fence);
    let is_closed = last.is_some_and(|(last, of, is_bare)| last == sign && of >= length && is_bare);
    let of_sign = block.lines().skip(1).filter_map(fence).filter(|(inner, ..)| *inner == sign).count();
    // One of them is the end.
    is_closed && of_sign % 2 == 1
}

/// The places of raw HTML in a text, as the parser sees it: comments, too, which no event has.
pub(crate) fn html_spans(text: &str) -> Vec<Span> {
    let is_html = |event: &Event<'_>| matches!(event, Event::Html(_) | Event::InlineHtml(_));
    let events = Parser::new_ext(text, markdown_options()).into_offset_iter();
    events.filter(|(event, _)| is_html(event)).map(|(_, range)| range.into()).collect()
}
