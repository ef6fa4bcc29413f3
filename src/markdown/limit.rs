//! How much of a text in Markdown is read. Texts within these limits cost what they are long; beyond them, a few kilobytes
//! could cost gigabytes, and nobody could read the page.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::{ProblemKind, Problems};
use crate::text::Span;

/// How deep quotations and lists may lie in each other.
const DEPTH: usize = 32;

/// How many cells that a row of a table leaves out are filled in, in one text.
const FILLED_CELLS: usize = 10_000;

/// Reports what is too much in a text in Markdown.
pub(crate) fn report<I>(read: &Bounded<I>, problems: &mut Problems) {
    if let Some(place) = read.too_deep {
        let message = format!("this lies in more than {DEPTH} quotations and lists, and is shown without those beyond");
        let help = "Take away a level of `>` or of indentation, or put the text into a code block.";
        problems.add(ProblemKind::TooMuch, place, message).help(help);
    }
    if let Some(place) = read.too_wide {
        let message =
            format!("the tables leave out more than {FILLED_CELLS} cells, and from this row on none is filled in");
        let help = "Give the table fewer columns, or write a list.";
        problems.add(ProblemKind::TooMuch, place, message).help(help);
    }
}

/// The events of a text, without what goes beyond the limits. Of quotations and lists that lie too deep, the words stay.
pub(crate) struct Bounded<I> {
    events: I,
    depth: usize,
    /// The row of a table that was opened last.
    row: Span,
    /// How many cells were filled in.
    filled: usize,
    /// The first quotation or item that lies too deep.
    pub(super) too_deep: Option<Span>,
    /// The first row whose missing cells are not filled in.
    pub(super) too_wide: Option<Span>,
}

impl<I> Bounded<I> {
    pub(super) fn new(events: I) -> Self {
        Self { events, depth: 0, row: Span::at(0), filled: 0, too_deep: None, too_wide: None }
    }

    /// What takes the place of an event: itself, nothing, or a blank.
    fn bounded<'a>(&mut self, event: Event<'a>, span: Span) -> Option<Event<'a>> {
        match &event {
            Event::Start(Tag::BlockQuote(_) | Tag::Item) => {
                self.depth += 1;
                if self.depth > DEPTH {
                    self.too_deep.get_or_insert(span);
                    // The words of two items do not run into each other.
                    return Some(Event::SoftBreak);
                }
            }
            Event::Start(Tag::List(_)) if self.depth >= DEPTH => return None,
            Event::End(TagEnd::List(_)) if self.depth >= DEPTH => return None,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => {
                self.depth -= 1;
                if self.depth >= DEPTH {
                    return None;
                }
            }
            Event::Start(Tag::TableRow) => self.row = span,
            Event::Start(Tag::TableCell) | Event::End(TagEnd::TableCell) if self.is_filled_in(span) => {
                self.filled += usize::from(matches!(event, Event::Start(_)));
                if self.filled > FILLED_CELLS {
                    self.too_wide.get_or_insert(self.row);
                    return None;
                }
            }
            _ => {}
        }
        Some(event)
    }

    /// Whether a cell was not written: the parser adds those that a row leaves out at the end of its line.
    fn is_filled_in(&self, cell: Span) -> bool {
        cell.is_empty() && cell.start == self.row.end
    }
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Iterator for Bounded<I> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (event, range) = self.events.next()?;
            if let Some(event) = self.bounded(event, range.clone().into()) {
                return Some((event, range));
            }
        }
    }
}
