//! Limits on nesting and tables in Markdown. Without them, a few kilobytes of text could take gigabytes of memory.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::{ProblemKind, Problems};
use crate::text::Span;

/// The greatest number of quotations and list items around a text.
const DEPTH: usize = 32;

/// The greatest number of empty cells that are added to short table rows, in one text.
const FILLED_CELLS: usize = 10_000;

/// Reports the first place beyond each limit, once all events were read.
pub(crate) fn report_exceeded_limits<I>(read: &LimitedEvents<I>, problems: &mut Problems) {
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

/// Events within the limits: deeper quotations and lists are left out, but their words stay, and no further cells are added
/// to short table rows.
pub(crate) struct LimitedEvents<I> {
    events: I,
    /// How many quotations and items are open.
    depth: usize,
    /// The last table row that began.
    row: Span,
    /// How many cells were added to short rows.
    filled: usize,
    /// The first quotation or item beyond [`DEPTH`].
    pub(super) too_deep: Option<Span>,
    /// The first row beyond [`FILLED_CELLS`].
    pub(super) too_wide: Option<Span>,
}

impl<I> LimitedEvents<I> {
    pub(super) fn new(events: I) -> Self {
        Self { events, depth: 0, row: Span::at(0), filled: 0, too_deep: None, too_wide: None }
    }

    /// The event to return for `event`: the same, a blank, or `None` to leave it out.
    fn limited<'a>(&mut self, event: Event<'a>, span: Span) -> Option<Event<'a>> {
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

    /// Whether the parser added a cell. It places the cells that a row lacks at the end of the row.
    fn is_filled_in(&self, cell: Span) -> bool {
        cell.is_empty() && cell.start == self.row.end
    }
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Iterator for LimitedEvents<I> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (event, range) = self.events.next()?;
            if let Some(event) = self.limited(event, range.clone().into()) {
                return Some((event, range));
            }
        }
    }
}
