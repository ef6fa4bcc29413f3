//! From the parser's events to those that are safe and complete to write.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::link::{Links, outside};
use super::{Body, Shape, highlight};
use crate::document::unique_anchor;
use crate::text::{Span, kebab_case};

/// Reads all events and changes those that HTML needs otherwise: links are resolved, images measured, code
/// highlighted, raw HTML turned into text, headings and labelled items given ids, footnotes numbered.
pub(super) fn prepare<'a>(
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
    links: &Links<'_>,
    shape: &Shape<'_>,
) -> Body<'a> {
    let mut pass = Pass {
        links,
        labels: shape.labels.iter().map(|(span, label)| (span.start, label.as_str())).collect(),
        shape,
        level: shape.top - 1,
        ids: shape.taken.iter().map(|id| ((*id).to_owned(), 1)).collect(),
        events: Vec::new(),
        open_links: Vec::new(),
        holding: Holding::Nothing,
        footnote: None,
        numbers: Vec::new(),
        known: BTreeMap::new(),
        definitions: BTreeMap::new(),
        tight_item: None,
    };
    for (event, range) in events {
        pass.take(event, range.into());
    }
    let mut definitions = pass.definitions;
    let footnotes = pass.numbers.into_iter().map(|(name, _)| {
        let text = definitions.remove(&name).unwrap_or_default();
        (name, text)
    });
    let starts = pass.events.iter().map(|(_, at)| at.start);
    let reached = starts.scan(0, |reached, start| {
        *reached = start.max(*reached);
        Some(*reached)
    });
    Body {
        reached: reached.collect(),
        footnotes: footnotes.collect(),
        own_page: links.own_page(),
        back: quoted(links.language().say("text.back")),
        events: pass.events,
    }
}

/// What is collected until its end is seen.
enum Holding<'a> {
    Nothing,
    Code(String, String),
    Image { destination: String, title: String, alt: String, depth: usize },
    Html(String),
    Heading { level: HeadingLevel, text: String, start: usize, inside: Vec<(Event<'a>, Span)> },
}

struct Pass<'a, 'l> {
    links: &'l Links<'l>,
    shape: &'l Shape<'l>,
    /// The level of the last heading.
    level: u8,
    labels: BTreeMap<usize, &'l str>,
    ids: BTreeMap<String, usize>,
    events: Vec<(Event<'a>, Span)>,
    /// For each open link, whether it is written.
    open_links: Vec<bool>,
    holding: Holding<'a>,
    /// The footnote whose text is being read.
    footnote: Option<(String, Vec<Event<'a>>)>,
    /// Footnotes in the order of their first reference, with the number of references.
    numbers: Vec<(String, usize)>,
    /// The position of each footnote in `numbers`.
    known: BTreeMap<String, usize>,
    definitions: BTreeMap<String, Vec<Event<'a>>>,
    /// The position of an item's opening in `events`, until its first words are seen.
    tight_item: Option<usize>,
}

impl<'a> Pass<'a, '_> {
    fn push(&mut self, event: Event<'a>, span: Span) {
        match (&mut self.holding, &mut self.footnote) {
            (Holding::Heading { inside, .. }, _) => inside.push((event, span)),
            (_, Some((_, events))) => events.push(event),
            _ => self.events.push((event, span)),
        }
    }

    fn html(&mut self, html: String, span: Span) {
        self.push(Event::Html(html.into()), span);
    }

    fn take(&mut self, event: Event<'a>, span: Span) {
        if self.hold(&event, span) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::InlineHtml(html) => {
                let text = without_comments(&html);
                if !text.is_empty() {
                    self.push(Event::Text(text.into()), span);
                }
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
        match (&mut self.holding, event) {
            (Holding::Code(_, code), Event::Text(text)) => code.push_str(text),
            (Holding::Image { alt, .. }, Event::Text(text) | Event::Code(text)) => alt.push_str(text),
            (Holding::Image { alt, .. }, Event::SoftBreak | Event::HardBreak) => alt.push(' '),
            (Holding::Image { depth, .. }, Event::Start(_)) => *depth += 1,
            (Holding::Image { depth, .. }, Event::End(_)) if *depth > 0 => *depth -= 1,
            (Holding::Image { .. }, Event::End(TagEnd::Image)) => {
                self.image(span);
                return true;
            }
            (Holding::Image { .. }, _) => {}
            (Holding::Html(html), Event::Html(text) | Event::Text(text)) => html.push_str(text),
            (Holding::Heading { text, .. }, Event::Text(words) | Event::Code(words)) => {
                text.push_str(words);
                return false;
            }
            _ => return false,
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
                self.holding = Holding::Code(info, String::new());
            }
            Tag::Image { dest_url, title, .. } => {
                let outer = std::mem::replace(&mut self.holding, Holding::Nothing);
                if let Holding::Heading { .. } = outer {
                    // A picture in a heading would need its own heading's id; its words are enough there.
                    self.holding = outer;
                    return;
                }
                self.holding = Holding::Image {
                    destination: dest_url.to_string(),
                    title: title.to_string(),
                    alt: String::new(),
                    depth: 0,
                };
            }
            Tag::HtmlBlock => self.holding = Holding::Html(String::new()),
            Tag::Heading { level, .. } => {
                self.holding = Holding::Heading { level, text: String::new(), start: span.start, inside: Vec::new() };
            }
            Tag::Link { dest_url, link_type, title, id } => {
                let address = match link_type {
                    pulldown_cmark::LinkType::Email => Some(format!("mailto:{dest_url}")),
                    _ => self.links.resolve(&dest_url),
                };
                self.open_links.push(address.is_some());
                if let Some(address) = address {
                    self.push(
                        Event::Start(Tag::Link {
                            link_type: pulldown_cmark::LinkType::Inline,
                            dest_url: address.into(),
                            title,
                            id,
                        }),
                        span,
                    );
                }
            }
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
                let is_in_text = self.footnote.is_none() && matches!(self.holding, Holding::Nothing);
                self.tight_item = is_in_text.then_some(self.events.len());
            }
            Tag::Strong => {
                self.label(span);
                self.push(Event::Start(Tag::Strong), span);
            }
            other => self.push(Event::Start(other), span),
        }
    }

    /// Gives the open item the id of its label, when these bold words are one.
    fn label(&mut self, span: Span) {
        let Some(label) = self.labels.get(&span.start) else { return };
        let Some(at) = self.tight_item.take() else { return };
        if at == 0 || at > self.events.len() || self.ids.insert((*label).to_owned(), 1).is_some() {
            return;
        }
        let opening = Event::Html(format!("<li id=\"{label}\">").into());
        self.events[at - 1].0 = opening;
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::CodeBlock => {
                if let Holding::Code(info, code) = std::mem::replace(&mut self.holding, Holding::Nothing) {
                    self.html(highlight::code_block(&info, &code), span);
                }
            }
            TagEnd::HtmlBlock => {
                if let Holding::Html(html) = std::mem::replace(&mut self.holding, Holding::Nothing) {
                    let text = without_comments(&html);
                    if !text.trim().is_empty() {
                        self.push(Event::Start(Tag::Paragraph), span);
                        self.push(Event::Text(text.trim().to_owned().into()), span);
                        self.push(Event::End(TagEnd::Paragraph), span);
                    }
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

    fn image(&mut self, span: Span) {
        let Holding::Image { destination, title, alt, .. } = std::mem::replace(&mut self.holding, Holding::Nothing)
        else {
            return;
        };
        let html = match self.links.image(&destination) {
            Some((address, asset)) => {
                let size = asset
                    .pixels
                    .map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\""))
                    .unwrap_or_default();
                let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", quoted(&title)) };
                format!(
                    "<img src=\"{}\" alt=\"{}\"{title}{size} loading=\"lazy\" decoding=\"async\">",
                    quoted(&address),
                    quoted(&alt)
                )
            }
            // A picture on another server would tell that server who reads; a link leaves that to the reader.
            None => {
                let words = if alt.is_empty() { "picture" } else { &alt };
                match outside(&destination) {
                    Some(address) => format!("<a href=\"{}\">{}</a>", quoted(&address), quoted(words)),
                    None => quoted(words),
                }
            }
        };
        self.push(Event::InlineHtml(html.into()), span);
    }

    fn heading(&mut self, span: Span) {
        let Holding::Heading { level, text, start, inside } = std::mem::replace(&mut self.holding, Holding::Nothing)
        else {
            return;
        };
        if self.shape.sections.binary_search(&start).is_ok() {
            self.level = self.shape.top - 1;
            return;
        }
        // No level is left out, whatever the author did: readers jump from heading to heading.
        let level = (level as u8).clamp(self.shape.top, self.level + 1);
        self.level = level;
        let id = self.fresh_id(&kebab_case(&text));
        let whole = Span::new(start, span.end);
        self.html(format!("<h{level} id=\"{id}\">"), whole);
        for (event, at) in inside {
            self.push(event, at);
        }
        let own_page = self.links.own_page();
        let label = quoted(self.links.language().say("text.anchor"));
        let anchor = format!(" <a class=\"anchor\" href=\"{own_page}#{id}\" aria-label=\"{label}\">#</a></h{level}>\n");
        self.html(anchor, whole);
    }

    fn fresh_id(&mut self, wanted: &str) -> String {
        unique_anchor(&mut self.ids, if wanted.is_empty() { "section" } else { wanted })
    }

    fn reference(&mut self, name: &CowStr<'a>, span: Span) {
        let next = self.numbers.len();
        let at = *self.known.entry(name.to_string()).or_insert(next);
        if at == next {
            self.numbers.push((name.to_string(), 0));
        }
        self.numbers[at].1 += 1;
        let number = at + 1;
        let id = match self.numbers[at].1 {
            1 => format!("fnref-{number}"),
            again => format!("fnref-{number}-{again}"),
        };
        let own_page = self.links.own_page();
        let label = quoted(&self.links.language().fill("text.footnote", &[("number", &number.to_string())]));
        let link = format!(
            "<sup class=\"footnote-ref\"><a href=\"{own_page}#fn-{number}\" id=\"{id}\" aria-label=\"{label}\">{number}</a></sup>"
        );
        self.push(Event::InlineHtml(link.into()), span);
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

/// Raw HTML as text, without its comments: those are notes of the author. One that is not closed reaches to the end.
fn without_comments(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<!--") {
        text.push_str(&rest[..start]);
        rest = rest[start..].find("-->").map_or("", |end| &rest[start + end + 3..]);
    }
    text.push_str(rest);
    text
}

/// Text for an attribute or an element.
fn quoted(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut html, text);
    html
}
