//! Collects the parts of an outline from the events of the Markdown.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::{Heading, HeadingForm, Item, Link, Outline, Row};
use crate::diagnostic::{ProblemKind, Problems};
use crate::markdown::markdown_events;
use crate::text::{Span, Spanned};

/// After how many bytes the text of a link is cut off: images inside links inside images would add up.
const LINK_WORDS: usize = 1_000;

/// The greatest number of list items of one text whose first bold words become labels.
const LABELS: usize = 1_000;

pub(in crate::document) fn read(text: &str, body: Span, problems: &mut Problems) -> Outline {
    let mut builder = OutlineBuilder { source: text, ..OutlineBuilder::default() };
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

#[derive(Default)]
struct OutlineBuilder<'a> {
    source: &'a str,
    outline: Outline,
    lists: usize,
    /// How many quotations and footnotes are open.
    asides: usize,
    heading: Option<Heading>,
    /// The position in the outline of the open item of which no word was read yet.
    item_start: Option<usize>,
    /// The open paragraph outside lists of which no word was read yet.
    paragraph_start: Option<Span>,
    /// The open bold words at the beginning of an item or a paragraph, and which of these.
    lead: Option<(Spanned<String>, Lead)>,
    /// How many items so far begin with bold words.
    leads: usize,
    /// The first bold words beyond [`LABELS`].
    too_many_leads: Option<Span>,
    in_table_head: bool,
    in_code: bool,
    /// Positions in `outline.links` of the open links and images, the innermost last.
    open_links: Vec<usize>,
}

/// What begins with bold words.
#[derive(Clone, Copy)]
enum Lead {
    /// The item at this position.
    Item(usize),
    /// A paragraph outside lists.
    Paragraph(Span),
}

impl OutlineBuilder<'_> {
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
                let level = level_number(*level);
                let is_inner = self.asides + self.lists > 0;
                let form = if is_inner { HeadingForm::Inner } else { HeadingForm::Heading };
                self.heading = Some(Heading { level, text: String::new(), span, form });
            }
            Tag::List(_) => self.lists += 1,
            Tag::Item => {
                self.item_start = Some(self.outline.items.len());
                let depth = self.lists.saturating_sub(1);
                self.outline.items.push(Item { span, start: span.end, lead: None, depth });
            }
            Tag::Paragraph if self.lists == 0 && self.asides == 0 => {
                self.outline.paragraphs.push(span);
                self.paragraph_start = Some(span);
            }
            Tag::FootnoteDefinition(_) => self.asides += 1,
            Tag::Strong => {
                let item = self.item_start.map(Lead::Item);
                let lead = item.or_else(|| self.paragraph_start.map(Lead::Paragraph));
                self.lead = lead.map(|lead| (Spanned::new(String::new(), span), lead));
                self.mark_start(span.start);
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
            Tag::Emphasis | Tag::Strikethrough => self.mark_start(span.start),
            _ => {}
        }
    }

    fn link(&mut self, destination: &str, span: Span, kind: LinkKind) {
        self.mark_start(span.start);
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
            TagEnd::Paragraph => self.paragraph_start = None,
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => self.asides = self.asides.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => {
                self.open_links.pop();
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::TableHead => self.in_table_head = false,
            TagEnd::Strong => {
                if let Some((words, lead)) = self.lead.take() {
                    self.end_lead(words, lead);
                }
            }
            _ => {}
        }
    }

    fn end_lead(&mut self, words: Spanned<String>, lead: Lead) {
        self.leads += 1;
        if self.leads == LABELS + 1 {
            self.too_many_leads = Some(words.span);
        }
        if self.leads > LABELS {
            return;
        }
        self.outline.labels.extend(self.label(&words, lead));
        if let Lead::Item(at) = lead {
            self.outline.items[at].lead = Some(words);
        }
    }

    /// Bold words with the colon behind them, or that are all of a paragraph or of an item's first line.
    fn label(&self, words: &Spanned<String>, lead: Lead) -> Option<Heading> {
        let (block, form) = match lead {
            Lead::Item(at) => {
                let item = &self.outline.items[at];
                let is_first = item.depth == 0 && self.asides == 0;
                (is_first.then_some(item.span)?, HeadingForm::ItemLabel)
            }
            Lead::Paragraph(paragraph) => (paragraph, HeadingForm::ParagraphLabel),
        };
        let after = &self.source[words.span.end..block.end.max(words.span.end)];
        let line = after.split_once('\n').map_or(after, |(line, _)| line);
        let is_colon = |c: char| matches!(c, ':' | '：');
        let colon = line.trim_start().strip_prefix(is_colon).map(|rest| words.span.end + line.len() - rest.len());
        let ends_with_colon = words.value.trim_end().ends_with(is_colon);
        let (is_whole, is_line) = (after.trim().is_empty(), line.trim().is_empty());
        let form = match form {
            HeadingForm::ParagraphLabel
                if is_whole || colon.is_some_and(|at| self.source[at..block.end].trim().is_empty()) =>
            {
                HeadingForm::BoldLine
            }
            form => form,
        };
        let is_label = form == HeadingForm::BoldLine || colon.is_some() || ends_with_colon;
        let is_label = is_label || form == HeadingForm::ItemLabel && is_line;
        let end = colon.unwrap_or(words.span.end);
        let text = words.value.trim().trim_end_matches(is_colon).to_owned();
        is_label.then(|| Heading { level: 2, text, span: Span::new(words.span.start, end), form })
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
        if let Some((words, _)) = &mut self.lead {
            words.value.push_str(text);
        }
        if !text.trim().is_empty() {
            self.mark_start(span.start);
            self.outline.words.push(span.start);
        }
    }

    /// Notes where the words of the open item or paragraph begin.
    fn mark_start(&mut self, start: usize) {
        self.paragraph_start = None;
        if let Some(item) = self.item_start.take() {
            self.outline.items[item].start = start;
        }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}
