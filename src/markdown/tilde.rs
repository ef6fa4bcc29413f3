//! One tilde strikes nothing out: people write `~10:05` for a time that is not exact.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

type Place = Range<usize>;

/// Events in which text between single tildes keeps them.
pub(super) struct SingleTildes<'a, I> {
    events: I,
    text: &'a str,
}

impl<'a, I> SingleTildes<'a, I> {
    pub(super) fn new(events: I, text: &'a str) -> Self {
        Self { events, text }
    }
}

impl<'a, I: Iterator<Item = (Event<'a>, Place)>> Iterator for SingleTildes<'a, I> {
    type Item = (Event<'a>, Place);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, place) = self.events.next()?;
        let tilde = match event {
            Event::Start(Tag::Strikethrough) => place.start..place.start + 1,
            Event::End(TagEnd::Strikethrough) => place.end - 1..place.end,
            other => return Some((other, place)),
        };
        if self.text[place.clone()].starts_with("~~") {
            return Some((event, place));
        }
        Some((Event::Text(self.text[tilde.clone()].into()), tilde))
    }
}
