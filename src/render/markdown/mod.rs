//! Markdown to HTML: a body is parsed once, and any part of it can be written.

mod convert;
mod element;
mod flow;
mod highlight;
mod link;
mod sanitize;
mod to_markdown;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd, html::push_html};

pub(super) use link::{AddressForm, Links, encoded, href, outside};
use sanitize::{Part, sanitized};
pub(super) use to_markdown::to_markdown;

pub(super) use crate::markdown::cut;
use crate::markdown::{NO_CHARACTER, markdown_events, running_line, single_spaced};
use crate::model::Anchors;
use crate::text::Span;

/// What is known of a body besides its text.
pub(super) struct BodyOptions<'a> {
    /// The ids of list items, by where their bold words stand.
    pub(super) labels: &'a [(Span, String)],
    /// The anchors that the page has besides those in the body.
    pub(super) taken: &'a Anchors,
    /// Where the headings begin that the page writes itself, in order, each with its level there.
    pub(super) parts: &'a [(usize, u8)],
    /// The highest level that a heading may have.
    pub(super) top: u8,
}

impl BodyOptions<'_> {
    /// A body without parts, below a heading of the second level.
    pub(super) const PLAIN: Self = Self { labels: &[], taken: &Anchors::NONE, parts: &[], top: 3 };
}

/// A parsed body, ready to be written in parts.
pub(super) struct Body<'a> {
    events: Vec<(Event<'a>, Span)>,
    /// For each event, the greatest start of any up to it. Ends start where their beginnings do, so starts alone go back
    /// and forth, and could not be searched.
    reached: Vec<usize>,
    footnotes: Vec<(String, Vec<Event<'a>>)>,
    /// Where tags of HTML stand that the author wrote, in order.
    tags: Vec<usize>,
    /// What stands before an anchor in the address of a place in this body.
    own_page: String,
    /// What the way back from a footnote is called, as HTML.
    back: String,
}

impl<'a> Body<'a> {
    /// Parses the part of `text` that is Markdown.
    pub(super) fn new(text: &'a str, body: Span, links: &Links<'_>, options: &BodyOptions<'_>) -> Self {
        convert::convert(markdown_events(text, body).with_host(links.code_host()), links, options)
    }

    /// The HTML of all that lies inside `span`.
    pub(super) fn html(&self, span: Span) -> String {
        self.html_without(span, &[])
    }

    /// The HTML of what lies inside `span` but not in `left_out`, which is in order, nor in the lists and tables around
    /// that.
    pub(super) fn html_without(&self, span: Span, left_out: &[Span]) -> String {
        let holds_one = |at: Span| {
            let first = left_out.partition_point(|part| part.start < at.start);
            left_out.get(first).is_some_and(|part| at.contains(*part))
        };
        let lies_in_one = |at: Span| {
            let after = left_out.partition_point(|part| part.start <= at.start);
            after > 0 && left_out[after - 1].contains(at)
        };
        // Of a table with entries nothing is left: its head says what the columns of the entries are.
        let mut tables: Vec<Span> = Vec::new();
        for (event, at) in self.within(span) {
            if matches!(event, Event::Start(Tag::Table(_))) && holds_one(*at) {
                tables.push(*at);
            }
        }
        let lies_in_table = |at: Span| {
            let after = tables.partition_point(|table| table.start <= at.start);
            after > 0 && tables[after - 1].contains(at)
        };
        let inside = self.within(span).filter(|(event, at)| {
            let is_list = matches!(event, Event::Start(Tag::List(_)) | Event::End(TagEnd::List(_)));
            !(lies_in_table(*at) || lies_in_one(*at) || is_list && holds_one(*at))
        });
        let first = self.words_from(span.start);
        let events = first.into_iter().chain(inside.map(|(event, _)| event.clone())).collect();
        self.checked(write(flow::blocks(events).into_iter()), span)
    }

    /// The HTML of `span`, once more looked through where the author wrote any.
    fn checked(&self, html: String, span: Span) -> String {
        let first = self.tags.partition_point(|at| *at < span.start);
        match self.tags.get(first) {
            Some(at) if *at <= span.end => sanitized(&html, Part::Blocks),
            _ => html,
        }
    }

    /// The end of the text that begins before `start`: behind a label, or behind its colon.
    fn words_from(&self, start: usize) -> Option<Event<'a>> {
        let after = self.reached.partition_point(|reached| *reached < start);
        let (event, at) = self.events[..after].iter().rev().find(|(event, at)| {
            matches!(event, Event::Text(_)) || at.start < start && matches!(event, Event::Start(_))
        })?;
        match event {
            Event::Text(words) if at.start < start && start < at.end && words.len() == at.len() => {
                Some(Event::Text(words[start - at.start..].trim_start().to_owned().into()))
            }
            _ => None,
        }
    }

    /// Where the outermost list or table around `place` begins; the beginning of `place` where there is none.
    pub(super) fn start_around(&self, place: Span) -> usize {
        let is_around = |(event, at): &&(Event<'_>, Span)| {
            matches!(event, Event::Start(Tag::List(_) | Tag::Table(_))) && at.contains(place)
        };
        self.events.iter().find(is_around).map_or(place.start, |(_, at)| at.start)
    }

    /// The id that a list item has by its label.
    pub(super) fn item_id(&self, item: Span) -> Option<&str> {
        let (event, _) = self.within(item).find(|(_, at)| *at == item)?;
        match event {
            Event::Html(tag) => tag.strip_prefix("<li id=\"")?.strip_suffix("\">"),
            _ => None,
        }
    }

    /// The tables inside `span`, in order.
    pub(super) fn tables(&self, span: Span) -> Vec<Span> {
        let tables = self.within(span).filter(|(event, _)| matches!(event, Event::Start(Tag::Table(_))));
        tables.map(|(_, at)| *at).collect()
    }

    /// The events that lie inside `span`, with their places.
    fn within(&self, span: Span) -> impl Iterator<Item = &(Event<'a>, Span)> {
        let from = self.reached.partition_point(|reached| *reached < span.start);
        let inside = self.events[from..].iter().take_while(move |(_, at)| at.start < span.end);
        inside.filter(move |(_, at)| span.contains(*at))
    }

    /// The HTML of what follows `start` inside `span`, as running text where it is a single paragraph:
    /// the words of a timeline entry.
    pub(super) fn html_after(&self, span: Span, start: usize, text: &'a str) -> String {
        let mut kept: Vec<Event<'a>> = Vec::new();
        let mut open = 0;
        // The cells of an entry that is a row stand one after another; a table in an entry is one.
        let is_row = self.within(span).any(|(event, at)| matches!(event, Event::Start(Tag::TableRow)) && *at == span);
        for (event, at) in self.within(span).filter(|(_, at)| at.end > start) {
            match event {
                Event::Start(Tag::TableRow | Tag::TableCell) if is_row => {}
                Event::End(TagEnd::TableRow | TagEnd::TableCell) if is_row => kept.push(Event::Text(" ".into())),
                Event::End(TagEnd::Item) if *at == span => {}
                // A code span that begins before the words and ends after them is more than a time: it is kept whole.
                Event::Code(_) => kept.push(event.clone()),
                Event::Text(_) if at.start < start => {
                    kept.push(Event::Text(text[start..at.end].trim_start().to_owned().into()))
                }
                Event::Start(_) if at.start >= start => {
                    open += 1;
                    kept.push(event.clone());
                }
                // The end of something that began before the words did has nothing to close.
                Event::End(_) if open == 0 => {}
                Event::End(_) => {
                    open -= 1;
                    kept.push(event.clone());
                }
                Event::Start(_) => {}
                _ if at.start >= start => kept.push(event.clone()),
                _ => {}
            }
        }
        self.checked(write(kept.into_iter()), span).trim().to_owned()
    }

    /// The footnotes that were referred to, as an HTML list; empty when there are none.
    pub(super) fn footnotes(&self) -> String {
        if self.footnotes.is_empty() {
            return String::new();
        }
        let mut html = String::from("<ol class=\"footnotes\">\n");
        let own_page = &self.own_page;
        for (at, (_, events)) in self.footnotes.iter().enumerate() {
            let number = at + 1;
            let text = write(events.iter().cloned());
            let back = format!(
                " <a class=\"footnote-back\" href=\"{own_page}#fnref-{number}\" aria-label=\"{}\">↩</a>",
                self.back
            );
            let text = match text.trim_end().strip_suffix("</p>") {
                Some(paragraph) => format!("{paragraph}{back}</p>"),
                None => format!("{text}{back}"),
            };
            html.push_str(&format!("<li id=\"fn-{number}\">{text}</li>\n"));
        }
        html.push_str("</ol>\n");
        if self.tags.is_empty() { html } else { sanitized(&html, Part::Blocks) }
    }
}

/// A string without markup as HTML, without a detour; `None` when there may be markup in it. Most strings are plain
/// sentences, and words of such characters mean the same in Markdown and in HTML.
pub(super) fn plain_sentence(text: &str) -> Option<String> {
    let is_plain =
        |c: u8| c.is_ascii_alphanumeric() || matches!(c, b' ' | b',' | b'.' | b';' | b'%' | b'/' | b'(' | b')' | b'\'');
    text.bytes().all(is_plain).then(|| single_spaced(text))
}

/// Markdown in a front-matter string as running text: no paragraphs, and of HTML only what stands in a line.
pub(super) fn inline(text: &str, links: &Links<'_>) -> String {
    if let Some(plain) = plain_sentence(text) {
        return plain;
    }
    let line = running_line(text);
    let body = Body::new(&line, Span::new(0, line.len()), links, &BodyOptions::PLAIN);
    let running = body.events.iter().filter_map(|(event, _)| match event {
        Event::Start(Tag::Paragraph) => None,
        Event::End(TagEnd::Paragraph) => Some(Event::Text(" ".into())),
        other => Some(other.clone()),
    });
    let html = write(running);
    let html = if body.tags.is_empty() { html } else { sanitized(&html, Part::Words) };
    html.replace(NO_CHARACTER, "").trim().to_owned()
}

/// Writes events as HTML. Cells are aligned by classes: the pages' policy forbids styles in attributes.
fn write<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut columns: Vec<Alignment> = Vec::new();
    let mut column = 0;
    let mut cell = "td";
    let events = events.map(|event| match event {
        Event::Start(Tag::Table(alignments)) => {
            columns = alignments;
            Event::Start(Tag::Table(Vec::new()))
        }
        Event::Start(Tag::TableHead) => {
            (column, cell) = (0, "th");
            event
        }
        Event::Start(Tag::TableRow) => {
            (column, cell) = (0, "td");
            event
        }
        Event::Start(Tag::TableCell) => {
            let class = match columns.get(column) {
                Some(Alignment::Right) => " class=\"align-right\"",
                Some(Alignment::Center) => " class=\"align-center\"",
                _ => "",
            };
            Event::Html(format!("<{cell}{class}>").into())
        }
        Event::End(TagEnd::TableCell) => {
            column += 1;
            Event::Html(format!("</{cell}>").into())
        }
        other => other,
    });
    let mut html = String::new();
    push_html(&mut html, events);
    html
}

#[cfg(test)]
mod tests;
