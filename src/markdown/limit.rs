//! Limits on nesting and tables in Markdown. Without them, a few kilobytes of text could take gigabytes of memory.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::notice::Notices;
use crate::diagnostic::ProblemKind;
use crate::text::Span;

/// The greatest number of quotations and list items around a text.
const DEPTH: usize = 32;

/// The greatest number of empty cells that are added to short table rows, in one text.
const FILLED_CELLS: usize = 10_000;

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
    /// Whether something lay beyond [`DEPTH`].
    is_too_deep: bool,
    /// Whether a row lay beyond [`FILLED_CELLS`].
    is_too_wide: bool,
    notices: Notices,
}

impl<I> LimitedEvents<I> {
    /// The first place beyond each limit is told to `notices`.
    pub(super) fn new(events: I, notices: Notices) -> Self {
        Self { events, depth: 0, row: Span::at(0), filled: 0, is_too_deep: false, is_too_wide: false, notices }
    }

    fn report_depth(&mut self, place: Span) {
        if !std::mem::replace(&mut self.is_too_deep, true) {
            let message =
                format!("this lies in more than {DEPTH} quotations and lists, and is shown without those beyond");
            let help = "Take away a level of `>` or of indentation, or put the text into a code block.";
            self.notices.add(ProblemKind::TooMuch, place, (message, help));
        }
    }

    fn report_width(&mut self) {
        if !std::mem::replace(&mut self.is_too_wide, true) {
            let message =
                format!("the tables leave out more than {FILLED_CELLS} cells, and from this row on none is filled in");
            let help = "Give the table fewer columns, or write a list.";
            self.notices.add(ProblemKind::TooMuch, self.row, (message, help));
        }
    }

    /// The event to return for `event`: the same, a blank, or `None` to leave it out.
    fn limited<'a>(&mut self, event: Event<'a>, span: Span) -> Option<Event<'a>> {
        match &event {
            Event::Start(Tag::BlockQuote(_) | Tag::Item | Tag::DefinitionListDefinition) => {
                self.depth += 1;
                if self.depth > DEPTH {
                    self.report_depth(span);
                    // The words of two items do not run into each other.
                    return Some(Event::SoftBreak);
                }
            }
            Event::Start(Tag::List(_)) if self.depth >= DEPTH => return None,
            Event::End(TagEnd::List(_)) if self.depth >= DEPTH => return None,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::DefinitionListDefinition) => {
                self.depth -= 1;
                if self.depth >= DEPTH {
                    return None;
                }
            }
            Event::Start(Tag::TableRow) => self.row = span,
            Event::Start(Tag::TableCell) | Event::End(TagEnd::TableCell) if self.is_filled_in(span) => {
                self.filled += usize::from(matches!(event, Event::Start(_)));
                if self.filled > FILLED_CELLS {
                    self.report_width();
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
