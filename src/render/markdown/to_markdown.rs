//! A body as Markdown again, for programs: every address is absolute, and of HTML only what Markdown cannot say is left.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_to_cmark::cmark;

use super::Links;
use crate::markdown::{NO_CHARACTER, gap, markdown_events, markdown_options, stands_in_line};
use crate::text::Span;

/// The Markdown of `body` in `text`. A link that leads nowhere, such as to a review that is withheld, leaves its words.
pub(in crate::render) fn to_markdown(text: &str, body: Span, links: &Links<'_>) -> String {
    let mut writer =
        Writer { links, events: Vec::new(), written: Vec::new(), place: Place::Markdown, around: Place::Markdown };
    for (event, _) in markdown_events(text, body).with_host(links.code_host()) {
        writer.take(event);
    }
    let mut events = writer.events;
    let notes = set_notes_aside(&mut events);
    let markdown = markdown_of(&events).or_else(|| {
        // What cannot be marked as it was keeps its words.
        events.retain(|event| !is_emphasis(event));
        markdown_of(&events)
    });
    put_notes_back(&markdown.unwrap_or_default(), &notes).trim().to_owned()
}

/// Puts placeholders in the place of references to footnotes, and gives the names of these. The writer tries each paragraph
/// by itself, and in one without the definition a reference would be text.
fn set_notes_aside<'a>(events: &mut [Event<'a>]) -> Vec<CowStr<'a>> {
    let mut names = Vec::new();
    for event in events {
        if let Event::FootnoteReference(name) = event {
            names.push(std::mem::replace(name, "".into()));
            *event = Event::Text(format!("{NO_CHARACTER}{}{NO_CHARACTER}", names.len() - 1).into());
        }
    }
    names
}

fn put_notes_back(markdown: &str, names: &[CowStr<'_>]) -> String {
    let name = |piece: &str| names.get(piece.parse::<usize>().ok()?);
    let pieces = markdown.split(NO_CHARACTER).enumerate();
    let piece = |(at, piece): (usize, &str)| match name(piece).filter(|_| at % 2 == 1) {
        Some(name) => format!("[^{name}]"),
        None => piece.to_owned(),
    };
    pieces.map(piece).collect()
}

/// The events as Markdown; `None` where no Markdown says the same.
fn markdown_of(events: &[Event<'_>]) -> Option<String> {
    let mut markdown = String::new();
    cmark(events.iter(), &mut markdown, markdown_options()).is_ok().then_some(markdown)
}

fn is_emphasis(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
    )
}

/// What a link or an image becomes.
enum Shown {
    AsLink,
    AsImage,
}

/// Where an event stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Markdown,
    /// In a cell, which is one line.
    Cell,
    /// In a block of HTML, outside paragraphs.
    Html,
    /// In a block of HTML, in a paragraph that was opened here.
    OpenedParagraph,
}

struct Writer<'a, 'l> {
    links: &'l Links<'l>,
    events: Vec<Event<'a>>,
    /// For each open link or image, what closes it.
    written: Vec<Option<TagEnd>>,
    place: Place,
    /// Where the paragraphs stand that are read.
    around: Place,
}

impl<'a> Writer<'a, '_> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::HtmlBlock) => (self.place, self.around) = (Place::Html, Place::Html),
            Event::End(TagEnd::HtmlBlock) => {
                self.close_paragraph();
                (self.place, self.around) = (Place::Markdown, Place::Markdown);
            }
            Event::Html(tag) => self.gap(&tag),
            Event::InlineHtml(tag) if !stands_in_line(&tag) => self.events.push(Event::SoftBreak),
            Event::HardBreak if self.place == Place::Cell => self.events.push(Event::InlineHtml("<br>".into())),
            Event::SoftBreak if self.place == Place::Cell => self.events.push(Event::Text(" ".into())),
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) => {
                self.close_paragraph();
                self.events.push(event);
                self.place = Place::Markdown;
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => {
                self.events.push(event);
                self.place = self.around;
            }
            other => {
                if self.place == Place::Html && matches!(other, Event::Text(_) | Event::Start(_) | Event::InlineHtml(_))
                {
                    self.events.push(Event::Start(Tag::Paragraph));
                    self.place = Place::OpenedParagraph;
                }
                self.pass(other);
            }
        }
    }

    fn pass(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let address = self.links.resolve(&dest_url);
                self.open((address, title), link_type, Shown::AsLink);
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let own = self.links.image(&dest_url).map(|(address, _)| address);
                let shown = if own.is_some() { Shown::AsImage } else { Shown::AsLink };
                self.open((own.or_else(|| self.links.resolve(&dest_url)), title), LinkType::Inline, shown);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                self.events.extend(self.written.pop().flatten().map(Event::End))
            }
            Event::Start(Tag::Superscript) => self.events.push(Event::InlineHtml("<sup>".into())),
            Event::End(TagEnd::Superscript) => self.events.push(Event::InlineHtml("</sup>".into())),
            Event::Start(Tag::Subscript) => self.events.push(Event::InlineHtml("<sub>".into())),
            Event::End(TagEnd::Subscript) => self.events.push(Event::InlineHtml("</sub>".into())),
            Event::Start(Tag::TableCell) => {
                self.place = Place::Cell;
                self.events.push(event);
            }
            Event::End(TagEnd::TableCell) => {
                self.place = Place::Markdown;
                self.events.push(event);
            }
            other => self.events.push(other),
        }
    }

    /// Parts the words around a tag that is not written.
    fn gap(&mut self, tag: &str) {
        let gap = gap(tag);
        if gap.contains('\n') {
            self.close_paragraph();
        } else if !gap.is_empty() && self.place == Place::OpenedParagraph {
            self.events.push(Event::Text(gap.into()));
        }
    }

    fn close_paragraph(&mut self) {
        if self.place == Place::OpenedParagraph {
            self.events.push(Event::End(TagEnd::Paragraph));
            self.place = Place::Html;
        }
    }

    /// Opens a link or an image if it leads somewhere, and remembers what closes it.
    fn open(&mut self, (address, title): (Option<String>, CowStr<'a>), link_type: LinkType, shown: Shown) {
        let Some(address) = address else { return self.written.push(None) };
        let (dest_url, id) = (CowStr::from(address), CowStr::from(""));
        let link_type = if link_type == LinkType::Autolink { link_type } else { LinkType::Inline };
        let (tag, end) = match shown {
            Shown::AsLink => (Tag::Link { link_type, dest_url, title, id }, TagEnd::Link),
            Shown::AsImage => (Tag::Image { link_type, dest_url, title, id }, TagEnd::Image),
        };
        self.events.push(Event::Start(tag));
        self.written.push(Some(end));
    }
}
