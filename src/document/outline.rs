//! One pass over the Markdown: headings, list items, table rows and links, with their places.

use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::diagnostic::{ProblemKind, Problems};
use crate::markdown::{limited_events, report_exceeded_limits};
use crate::text::{Span, Spanned};

/// How many bytes of the words of a link are kept, at least. Nobody writes more, and images may lie in each other.
const LINK_WORDS: usize = 1_000;

/// The greatest number of items whose bold words are labels.
const LABELS: usize = 1_000;

/// What a text is made of, as far as checks and sections need it.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The list items that are in no other list, in order.
    pub items: Vec<Item>,
    /// The rows of tables below their header, in order.
    pub rows: Vec<Row>,
    /// Links and images, in order.
    pub links: Vec<Link>,
    /// Where something visible begins, piece by piece.
    pub words: Vec<usize>,
    /// The pieces of running text, code and headings left out.
    pub prose: Vec<Span>,
    /// The block quotations.
    pub quotations: Vec<Span>,
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// The whole heading.
    pub span: Span,
}

/// A list item.
#[derive(Clone, Debug)]
pub struct Item {
    /// The whole item, with its marker.
    pub span: Span,
    /// Where its text begins.
    pub start: usize,
    /// The bold words it begins with, if it does.
    pub lead: Option<Spanned<String>>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// The whole row.
    pub span: Span,
    /// The cells' texts.
    pub cells: Vec<Span>,
}

/// A link or an image.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads, as written.
    pub destination: String,
    /// Its words without markup, or the first thousand bytes of them; of an image, the text that stands for it.
    pub text: String,
    /// The whole link.
    pub span: Span,
    /// Whether it shows what it leads to.
    pub image: bool,
}

pub(super) fn read(text: &str, body: Span, problems: &mut Problems) -> Outline {
    let mut pass = Pass::default();
    let mut events = limited_events(text, body);
    for (event, range) in events.by_ref() {
        pass.take(&event, range.into());
    }
    report_exceeded_limits(&events, problems);
    if let Some(place) = pass.too_many_leads {
        let message = format!("more than {LABELS} items begin with bold words, and from here on these are no labels");
        let help = "Keep the items that readers need, or write them without bold words.";
        problems.add(ProblemKind::TooMuch, place, message).help(help);
    }
    pass.outline
}

#[derive(Default)]
struct Pass {
    outline: Outline,
    lists: usize,
    heading: Option<Heading>,
    /// The open item, as long as nothing of its text was seen.
    fresh_item: bool,
    lead: Option<Spanned<String>>,
    /// How many items begin with bold words.
    leads: usize,
    /// The first bold words that are no label, since there are too many.
    too_many_leads: Option<Span>,
    in_table_head: bool,
    in_code: bool,
    /// The positions of the links and images that are open, the innermost last.
    open_links: Vec<usize>,
}

impl Pass {
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
            Tag::Item if self.lists == 1 => {
                self.outline.items.push(Item { span, start: span.end, lead: None });
                self.fresh_item = true;
            }
            Tag::Strong if self.fresh_item => {
                self.lead = Some(Spanned::new(String::new(), span));
                self.mark_item_start(span.start);
            }
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::BlockQuote(_) => self.outline.quotations.push(span),
            Tag::TableHead => self.in_table_head = true,
            Tag::TableRow => self.outline.rows.push(Row { span, cells: Vec::new() }),
            Tag::TableCell if !self.in_table_head => {
                if let Some(row) = self.outline.rows.last_mut() {
                    row.cells.push(span);
                }
            }
            // An address in angle brackets is given without its scheme.
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                self.link(&format!("mailto:{dest_url}"), span, false)
            }
            Tag::Link { dest_url, .. } => self.link(dest_url, span, false),
            Tag::Image { dest_url, .. } => self.link(dest_url, span, true),
            Tag::Emphasis | Tag::Strikethrough => self.mark_item_start(span.start),
            _ => {}
        }
    }

    fn link(&mut self, destination: &str, span: Span, image: bool) {
        self.mark_item_start(span.start);
        self.outline.words.push(span.start);
        self.open_links.push(self.outline.links.len());
        self.outline.links.push(Link { destination: destination.to_owned(), text: String::new(), span, image });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.outline.headings.extend(self.heading.take()),
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::Item => self.fresh_item = false,
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
        if std::mem::take(&mut self.fresh_item)
            && let Some(item) = self.outline.items.last_mut()
        {
            item.start = start;
        }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}
