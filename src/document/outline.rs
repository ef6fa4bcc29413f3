//! The headings, list items, table rows and links of a text, collected in one pass over its Markdown.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::diagnostic::{ProblemKind, Problems};
use crate::markdown::markdown_events;
use crate::text::{Span, Spanned};

/// After how many bytes the text of a link is cut off: images inside links inside images would add up.
const LINK_WORDS: usize = 1_000;

/// The greatest number of list items of one text whose first bold words become labels.
const LABELS: usize = 1_000;

/// The parts of a text that sections and rules need.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// All headings, in order.
    pub headings: Vec<Heading>,
    /// The items of top-level lists, in order.
    pub items: Vec<Item>,
    /// The items of lists that stand in items, in order of their beginnings.
    pub nested_items: Vec<Item>,
    /// The rows of all tables without their headers, in order.
    pub rows: Vec<Row>,
    /// The cells of the header of each table, in order.
    pub tables: Vec<Vec<Span>>,
    /// The paragraphs that stand in no list, quotation or footnote, in order.
    pub paragraphs: Vec<Span>,
    /// Links and images, in order of their beginnings.
    pub links: Vec<Link>,
    /// The offset of each visible word or link, in order.
    pub words: Vec<usize>,
    /// The pieces of running text, without code and headings.
    pub prose: Vec<Span>,
    /// Block quotations, outer ones before inner ones.
    pub quotations: Vec<Span>,
}

/// A heading and its level.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 for `#`, up to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// The heading with its `#` signs.
    pub span: Span,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// The item with its marker and everything inside.
    pub span: Span,
    /// The offset of its first word.
    pub start: usize,
    /// The bold words at its beginning, by which actions address it.
    pub lead: Option<Spanned<String>>,
}

/// A row of a table below its header.
#[derive(Clone, Debug)]
pub struct Row {
    /// The line of the row.
    pub span: Span,
    /// The content of each cell, without the bars.
    pub cells: Vec<Span>,
    /// The position of its table in [`Outline::tables`].
    pub table: usize,
}

/// A link or an image.
#[derive(Clone, Debug)]
pub struct Link {
    /// The address as written; of an address in angle brackets, with `mailto:`.
    pub destination: String,
    /// Its text without markup, cut off after some 1,000 bytes; of an image, the alternative text.
    pub text: String,
    /// The link with its brackets and address.
    pub span: Span,
    /// Whether it is an image.
    pub image: bool,
}

pub(super) fn read(text: &str, body: Span, problems: &mut Problems) -> Outline {
    let mut builder = OutlineBuilder::default();
    let mut events = markdown_events(text, body);
    for (event, range) in events.by_ref() {
        builder.take(&event, range.into());
    }
    events.report(problems);
    if let Some(place) = builder.too_many_leads {
        let message = format!("more than {LABELS} items begin with bold words, and from here on these are no labels");
        let help = "Keep the items that readers need, or write them without bold words.";
        problems.add(ProblemKind::TooMuch, place, message).help(help);
    }
    builder.outline
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LinkKind {
    Link,
    Image,
}

/// An item by its position in the outline.
#[derive(Clone, Copy)]
enum OpenItem {
    Top(usize),
    Nested(usize),
}

#[derive(Default)]
struct OutlineBuilder {
    outline: Outline,
    lists: usize,
    /// How many quotations and footnotes are open.
    asides: usize,
    heading: Option<Heading>,
    /// The open item of which no word was read yet.
    item_start: Option<OpenItem>,
    lead: Option<Spanned<String>>,
    /// How many items so far begin with bold words.
    leads: usize,
    /// The first bold words beyond [`LABELS`].
    too_many_leads: Option<Span>,
    in_table_head: bool,
    in_code: bool,
    /// Positions in `outline.links` of the open links and images, the innermost last.
    open_links: Vec<usize>,
}

impl OutlineBuilder {
    fn take(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => {
                if !self.in_code && self.heading.is_none() {
                    self.outline.prose.push(span);
                }
                self.text(text, span);
            }
            Event::Code(text) => self.text(text, span),
            Event::SoftBreak | Event::HardBreak => self.text(" ", span),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Heading { level, .. } => {
                self.heading = Some(Heading { level: level_number(*level), text: String::new(), span });
            }
            Tag::List(_) => self.lists += 1,
            Tag::Item => {
                let (items, open): (_, fn(usize) -> OpenItem) = match self.lists {
                    1 => (&mut self.outline.items, OpenItem::Top),
                    _ => (&mut self.outline.nested_items, OpenItem::Nested),
                };
                self.item_start = Some(open(items.len()));
                items.push(Item { span, start: span.end, lead: None });
            }
            Tag::Paragraph if self.lists == 0 && self.asides == 0 => self.outline.paragraphs.push(span),
            Tag::FootnoteDefinition(_) => self.asides += 1,
            Tag::Strong if matches!(self.item_start, Some(OpenItem::Top(_))) => {
                self.lead = Some(Spanned::new(String::new(), span));
                self.mark_item_start(span.start);
            }
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::BlockQuote(_) => {
                self.asides += 1;
                self.outline.quotations.push(span);
            }
            Tag::Table(_) => self.outline.tables.push(Vec::new()),
            Tag::TableHead => self.in_table_head = true,
            Tag::TableRow => {
                let table = self.outline.tables.len().saturating_sub(1);
                self.outline.rows.push(Row { span, cells: Vec::new(), table });
            }
            Tag::TableCell if self.in_table_head => {
                if let Some(head) = self.outline.tables.last_mut() {
                    head.push(span);
                }
            }
            Tag::TableCell => {
                if let Some(row) = self.outline.rows.last_mut() {
                    row.cells.push(span);
                }
            }
            Tag::Link { dest_url, .. } => self.link(dest_url, span, LinkKind::Link),
            Tag::Image { dest_url, .. } => self.link(dest_url, span, LinkKind::Image),
            Tag::Emphasis | Tag::Strikethrough => self.mark_item_start(span.start),
            _ => {}
        }
    }

    fn link(&mut self, destination: &str, span: Span, kind: LinkKind) {
        self.mark_item_start(span.start);
        self.outline.words.push(span.start);
        self.open_links.push(self.outline.links.len());
        self.outline.links.push(Link {
            destination: destination.to_owned(),
            text: String::new(),
            span,
            image: kind == LinkKind::Image,
        });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.outline.headings.extend(self.heading.take()),
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::Item => self.item_start = None,
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => self.asides = self.asides.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => {
                self.open_links.pop();
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::TableHead => self.in_table_head = false,
            TagEnd::Strong => {
                if let (Some(lead), Some(item)) = (self.lead.take(), self.outline.items.last_mut()) {
                    self.leads += 1;
                    if self.leads == LABELS + 1 {
                        self.too_many_leads = Some(lead.span);
                    }
                    item.lead = Some(lead).filter(|_| self.leads <= LABELS);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        // An outer link has all the words of an inner one, so those beyond the first that has enough have enough as well.
        for link in self.open_links.iter().rev() {
            let words = &mut self.outline.links[*link].text;
            if words.len() >= LINK_WORDS {
                break;
            }
            words.push_str(text);
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
            return;
        }
        if let Some(lead) = &mut self.lead {
            lead.value.push_str(text);
        }
        if !text.trim().is_empty() {
            self.mark_item_start(span.start);
            self.outline.words.push(span.start);
        }
    }

    fn mark_item_start(&mut self, start: usize) {
        match self.item_start.take() {
            Some(OpenItem::Top(at)) => self.outline.items[at].start = start,
            Some(OpenItem::Nested(at)) => self.outline.nested_items[at].start = start,
            None => {}
        }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}
