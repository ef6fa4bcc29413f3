//! From the parser's events to those that are safe and complete to write.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::element::quoted;
use super::link::Links;
use super::{Body, BodyOptions, highlight};
use crate::model::Anchors;
use crate::text::Span;

/// Reads all events and changes those that HTML needs otherwise: links are resolved, images measured, code
/// highlighted, headings and labelled items given ids, footnotes numbered.
pub(super) fn convert<'a>(
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
    links: &Links<'_>,
    options: &BodyOptions<'_>,
) -> Body<'a> {
    let mut converter = Converter {
        links,
        labels: options.labels.iter().map(|(span, label)| (span.start, label.as_str())).collect(),
        options,
        level: options.top - 1,
        anchors: options.taken.clone(),
        events: Vec::new(),
        open_links: Vec::new(),
        collecting: Collecting::Nothing,
        footnote: None,
        numbers: Vec::new(),
        known: BTreeMap::new(),
        definitions: BTreeMap::new(),
        tags: Vec::new(),
        tight_item: None,
    };
    for (event, range) in events {
        converter.take(event, range.into());
    }
    let mut tags = converter.tags;
    tags.sort_unstable();
    let mut definitions = converter.definitions;
    let footnotes = converter.numbers.into_iter().map(|(name, _)| {
        let text = definitions.remove(&name).unwrap_or_default();
        (name, text)
    });
    let starts = converter.events.iter().map(|(_, at)| at.start);
    let reached = starts.scan(0, |reached, start| {
        *reached = start.max(*reached);
        Some(*reached)
    });
    Body {
        reached: reached.collect(),
        footnotes: footnotes.collect(),
        own_page: links.own_page(),
        back: quoted(links.language().say("text.back")),
        events: converter.events,
        tags,
    }
}

/// What is collected until its end is seen.
pub(super) enum Collecting<'a> {
    Nothing,
    Code(String, String),
    Image { destination: String, title: String, alt: String, depth: usize },
    Heading { level: HeadingLevel, text: String, start: usize, inside: Vec<(Event<'a>, Span)> },
}

pub(super) struct Converter<'a, 'l> {
    pub(super) links: &'l Links<'l>,
    pub(super) options: &'l BodyOptions<'l>,
    /// The level of the last heading.
    pub(super) level: u8,
    labels: BTreeMap<usize, &'l str>,
    pub(super) anchors: Anchors,
    events: Vec<(Event<'a>, Span)>,
    /// For each open link, whether it is written.
    pub(super) open_links: Vec<bool>,
    pub(super) collecting: Collecting<'a>,
    /// The footnote whose text is being read.
    footnote: Option<(String, Vec<Event<'a>>)>,
    /// Footnotes in the order of their first reference, with the number of references.
    pub(super) numbers: Vec<(String, usize)>,
    /// The position of each footnote in `numbers`.
    pub(super) known: BTreeMap<String, usize>,
    definitions: BTreeMap<String, Vec<Event<'a>>>,
    /// Where the tags of HTML stand that the author wrote.
    tags: Vec<usize>,
    /// The position of an item's opening in `events`, until its first words are seen.
    tight_item: Option<usize>,
}

impl<'a> Converter<'a, '_> {
    pub(super) fn push(&mut self, event: Event<'a>, span: Span) {
        match (&mut self.collecting, &mut self.footnote) {
            (Collecting::Heading { inside, .. }, _) => inside.push((event, span)),
            (_, Some((_, events))) => events.push(event),
            (Collecting::Nothing | Collecting::Code(..) | Collecting::Image { .. }, None) => {
                self.events.push((event, span))
            }
        }
    }

    pub(super) fn html(&mut self, html: String, span: Span) {
        self.push(Event::Html(html.into()), span);
    }

    fn take(&mut self, event: Event<'a>, span: Span) {
        if self.hold(&event, span) {
            return;
        }
        self.label(span);
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Html(_) | Event::InlineHtml(_) => {
                self.tags.push(span.start);
                self.push(event, span);
            }
            Event::FootnoteReference(name) => self.reference(&name, span),
            Event::TaskListMarker(done) => {
                let state = if done { " checked" } else { "" };
                let label = self.links.language().say(if done { "text.done" } else { "text.not_done" });
                let label = quoted(label);
                self.html(format!("<input type=\"checkbox\" disabled aria-label=\"{label}\"{state}> "), span);
            }
            other => self.push(other, span),
        }
    }

    /// Whether the event belongs to something that is being collected.
    fn hold(&mut self, event: &Event<'a>, span: Span) -> bool {
        match (&mut self.collecting, event) {
            (Collecting::Code(_, code), Event::Text(text)) => code.push_str(text),
            (Collecting::Image { alt, .. }, Event::Text(text) | Event::Code(text)) => alt.push_str(text),
            (Collecting::Image { alt, .. }, Event::SoftBreak | Event::HardBreak) => alt.push(' '),
            (Collecting::Image { depth, .. }, Event::Start(_)) => *depth += 1,
            (Collecting::Image { depth, .. }, Event::End(_)) if *depth > 0 => *depth -= 1,
            (Collecting::Image { .. }, Event::End(TagEnd::Image)) => {
                self.image(span);
                return true;
            }
            (Collecting::Image { .. }, _) => {}
            (Collecting::Heading { text, .. }, Event::Text(words) | Event::Code(words)) => {
                text.push_str(words);
                return false;
            }
            (Collecting::Nothing | Collecting::Code(..) | Collecting::Heading { .. }, _) => {
                return false;
            }
        }
        true
    }

    fn start(&mut self, tag: Tag<'a>, span: Span) {
        match tag {
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.collecting = Collecting::Code(info, String::new());
            }
            Tag::Image { dest_url, title, .. } => {
                let outer = std::mem::replace(&mut self.collecting, Collecting::Nothing);
                if let Collecting::Heading { .. } = outer {
                    // A picture in a heading would need its own heading's id; its words are enough there.
                    self.collecting = outer;
                    return;
                }
                self.collecting = Collecting::Image {
                    destination: dest_url.to_string(),
                    title: title.to_string(),
                    alt: String::new(),
                    depth: 0,
                };
            }
            Tag::Heading { level, .. } => {
                self.collecting =
                    Collecting::Heading { level, text: String::new(), start: span.start, inside: Vec::new() };
            }
            Tag::Link { dest_url, title, .. } => self.open_link(self.links.resolve(&dest_url), title, span),
            Tag::FootnoteDefinition(name) => self.footnote = Some((name.to_string(), Vec::new())),
            Tag::BlockQuote(Some(kind)) => {
                let class = alert(kind);
                let title = quoted(self.links.language().say(&format!("text.{class}")));
                self.html(format!("<div class=\"alert alert-{class}\"><p class=\"alert-title\">{title}</p>\n"), span);
            }
            Tag::Table(_) => {
                let label = quoted(self.links.language().say("text.table"));
                self.html(format!("<div class=\"table\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\">"), span);
                self.push(Event::Start(tag), span);
            }
            Tag::Item => {
                self.push(Event::Start(Tag::Item), span);
                let is_in_text = self.footnote.is_none() && matches!(self.collecting, Collecting::Nothing);
                self.tight_item = is_in_text.then_some(self.events.len());
            }
            other => self.push(Event::Start(other), span),
        }
    }

    /// Opens a link if it leads somewhere; else its words are left.
    fn open_link(&mut self, address: Option<String>, title: CowStr<'a>, span: Span) {
        self.open_links.push(address.is_some());
        if let Some(address) = address {
            let (link_type, dest_url, id) = (LinkType::Inline, address.into(), CowStr::from(""));
            self.push(Event::Start(Tag::Link { link_type, dest_url, title, id }), span);
        }
    }

    /// Gives the open item the id of its label, where that begins.
    fn label(&mut self, span: Span) {
        let Some(label) = self.labels.get(&span.start) else { return };
        let Some(at) = self.tight_item.take() else { return };
        if at == 0 || at > self.events.len() || !self.anchors.take(label) {
            return;
        }
        let opening = Event::Html(format!("<li id=\"{label}\">").into());
        self.events[at - 1].0 = opening;
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::CodeBlock => {
                if let Collecting::Code(info, code) = std::mem::replace(&mut self.collecting, Collecting::Nothing) {
                    self.html(highlight::code_block(&info, &code), span);
                }
            }
            TagEnd::Heading(_) => self.heading(span),
            TagEnd::Image => {}
            TagEnd::Link => {
                if self.open_links.pop().unwrap_or(false) {
                    self.push(Event::End(TagEnd::Link), span);
                }
            }
            TagEnd::FootnoteDefinition => {
                if let Some((name, events)) = self.footnote.take() {
                    self.definitions.entry(name).or_insert(events);
                }
            }
            TagEnd::BlockQuote(Some(_)) => self.html("</div>\n".to_owned(), span),
            TagEnd::Table => {
                self.push(Event::End(TagEnd::Table), span);
                self.html("</div>\n".to_owned(), span);
            }
            other => self.push(Event::End(other), span),
        }
    }
}

/// A word for classes and keys.
fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}
