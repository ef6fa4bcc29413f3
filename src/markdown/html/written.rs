//! Events that were made and not yet returned, and the elements among them that are still open.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

type Place = Range<usize>;

/// The greatest number of open elements of HTML around a text.
pub(super) const DEPTH: usize = 32;

/// Keeps elements that begin with a tag of HTML in pairs, inside the paragraph, cell or heading that they stand in.
#[derive(Default)]
pub(super) struct Written<'a> {
    pub(super) events: VecDeque<(Event<'a>, Place)>,
    open: Vec<Open>,
    /// How many elements of Markdown were opened since the outermost of `open`.
    depth: usize,
}

/// An element of HTML inside a line.
struct Open {
    name: String,
    closing: Closing,
    /// The position of its beginning in `events`.
    at: usize,
    /// How many elements of Markdown were open when it began.
    depth: usize,
    /// Whether its end was seen inside an element of Markdown that began later.
    is_ended: bool,
}

/// What the end of an element does.
pub(super) enum Closing {
    /// It is an event of Markdown.
    Markup(TagEnd),
    /// It is a tag.
    Tag,
    /// It takes away what the element holds.
    Nothing,
}

impl<'a> Written<'a> {
    pub(super) fn push(&mut self, event: Event<'a>, place: Place) {
        self.events.push_back((event, place));
    }

    pub(super) fn has_open(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn is_open(&self, names: &[&str]) -> bool {
        self.open.iter().any(|open| names.contains(&open.name.as_str()))
    }

    /// Opens an element; `None` as its beginning writes nothing.
    pub(super) fn open(&mut self, name: &str, closing: Closing, (event, place): (Option<Event<'a>>, Place)) {
        if self.open.len() >= DEPTH {
            return;
        }
        if self.open.is_empty() {
            self.depth = 0;
        }
        let (at, depth) = (self.events.len(), self.depth);
        self.open.push(Open { name: name.to_owned(), closing, at, depth, is_ended: false });
        if let Some(event) = event {
            self.push(event, place);
        }
    }

    /// Closes the innermost element with this name, and those inside it.
    pub(super) fn close(&mut self, name: &str, end: usize) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name && !open.is_ended) else { return };
        if self.open[at].depth == self.depth {
            while self.open.len() > at {
                self.close_last(end, Seen::Yes);
            }
        } else {
            self.open[at].is_ended = true;
        }
    }

    /// Closes all, since the paragraph, cell or heading ends at `end`.
    pub(super) fn close_all(&mut self, end: usize) {
        while self.has_open() {
            self.close_last(end, Seen::No);
        }
    }

    /// Passes on the beginning of an element of Markdown inside a line.
    pub(super) fn start(&mut self, event: Event<'a>, place: Place) {
        self.depth += 1;
        self.push(event, place);
    }

    /// Passes on the end of an element of Markdown inside a line, and closes what began inside it.
    pub(super) fn end(&mut self, event: Event<'a>, place: Place) {
        while self.open.last().is_some_and(|open| open.depth >= self.depth) {
            self.close_last(place.end, Seen::No);
        }
        self.push(event, place.clone());
        self.depth = self.depth.saturating_sub(1);
        while self.open.last().is_some_and(|open| open.is_ended && open.depth == self.depth) {
            self.close_last(place.end, Seen::Yes);
        }
    }

    fn close_last(&mut self, end: usize, seen: Seen) {
        let Some(open) = self.open.pop() else { return };
        let start = self.events.get(open.at).map_or(end, |(_, place)| place.start);
        match open.closing {
            Closing::Markup(tag) => {
                if let Some((_, place)) = self.events.get_mut(open.at) {
                    place.end = end.max(place.end);
                }
                self.push(Event::End(tag), start..end);
            }
            Closing::Tag => self.push(Event::InlineHtml(format!("</{}>", open.name).into()), end..end),
            // Without an end it would take away what follows, too.
            Closing::Nothing if seen == Seen::Yes => self.events.truncate(open.at),
            Closing::Nothing => {}
        }
    }
}

/// Whether the end of an element was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Yes,
    No,
}
