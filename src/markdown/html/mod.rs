//! Raw HTML as events: what Markdown has as well becomes that, a fixed list of tags stays, and all else is text or left out.
//!
//! The tags that stay are written anew, so that readers of these events see no other.

mod block;
mod element;
mod left_out;
mod open_block;
mod tag;
mod written;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag as Markup, TagEnd};
use pulldown_cmark_escape::escape_html;

use self::element::{AttributeTreatment, Treatment, attribute_treatment, treatment};
use self::left_out::LeftOut;
use self::open_block::{Blocks, concerns, ended_by, parents};
use self::tag::{Tag, Token, tokens};
use self::written::{Closing, Written};
use super::notice::Notices;

type Place = Range<usize>;

/// Events without raw HTML but for tags of the fixed list, in pairs inside each paragraph, cell and heading.
pub(super) struct HtmlEvents<'a, I> {
    events: I,
    text: &'a str,
    notices: Notices,
    left_out: LeftOut,
    written: Written<'a>,
    blocks: Blocks,
    /// How many links of Markdown are open: a link holds no other.
    links: usize,
}

impl<'a, I: Iterator<Item = (Event<'a>, Place)>> HtmlEvents<'a, I> {
    pub(super) fn new(events: I, text: &'a str, notices: Notices) -> Self {
        let (left_out, written, blocks) = (LeftOut::default(), Written::default(), Blocks::default());
        Self { events, text, notices, left_out, written, blocks, links: 0 }
    }

    /// Takes an event while elements of HTML are open, or one that concerns them.
    fn take(&mut self, event: Event<'a>, place: Place) {
        match event {
            Event::InlineHtml(html) => self.inline(&html, place),
            Event::Start(Markup::HtmlBlock) => {
                self.written.close_all(place.start);
                self.html_block(place);
            }
            Event::Start(ref tag) if is_inline(tag.to_end()) => self.written.start(event, place),
            Event::End(tag) if is_inline(tag) => self.written.end(event, place),
            Event::Start(ref tag) => {
                self.written.close_all(place.start);
                self.blocks.enter(tag, &mut self.written, place.start);
                self.written.push(event, place);
            }
            Event::End(tag) => {
                self.written.close_all(place.end);
                self.blocks.leave(tag, &mut self.written, place.end);
                self.written.push(event, place);
            }
            other => self.written.push(other, place),
        }
    }

    /// A tag inside a line.
    fn inline(&mut self, html: &str, place: Place) {
        let mut tokens = tokens(html);
        match tokens.pop() {
            Some((Token::Open(tag), _)) if tokens.is_empty() => {
                let at = |inside: Range<usize>| place.start + inside.start..place.start + inside.end;
                self.report(&tag, place.clone(), at);
                self.open(&tag, place);
            }
            Some((Token::Close(name), _)) if tokens.is_empty() => self.close(&name, place),
            Some((Token::Comment, _)) if tokens.is_empty() => {}
            Some((Token::Unseen(unseen), _)) if tokens.is_empty() => self.left_out.unseen(unseen, place.into()),
            // What is no element stays as it is written.
            _ => self.as_text(place),
        }
    }

    fn as_text(&mut self, place: Place) {
        self.written.push(Event::Text(self.text[place.clone()].into()), place);
    }

    fn open(&mut self, tag: &Tag, place: Place) {
        let name = tag.name.as_str();
        match treatment(name) {
            Treatment::Inline(inline) => {
                let markup = inline.markup();
                let closing = Closing::Markup(markup.to_end());
                self.written.open(name, closing, (Some(Event::Start(markup)), place));
            }
            Treatment::Break | Treatment::Rule => self.written.push(Event::HardBreak, place),
            Treatment::Link => self.link(tag, place),
            Treatment::Picture => picture(tag, place, &mut self.written),
            Treatment::Words => {
                let event = Event::InlineHtml(written_tag(tag).into());
                self.written.open(name, Closing::Tag, (Some(event), place));
            }
            Treatment::Block(_) => {
                ended_by(name).iter().for_each(|ended| self.written.close(ended, place.start));
                if parents(name).is_none_or(|parents| self.written.is_open(parents)) {
                    let event = Event::InlineHtml(written_tag(tag).into());
                    self.written.open(name, Closing::Tag, (Some(event), place));
                } else {
                    self.written.push(Event::SoftBreak, place);
                }
            }
            Treatment::Paragraph | Treatment::Heading(_) | Treatment::WithoutBlock => {
                self.written.push(Event::SoftBreak, place)
            }
            Treatment::LeftOutWhole => self.written.open(name, Closing::Nothing, (None, place)),
            Treatment::LeftOut => self.embedded(tag, &place),
            Treatment::Without => {}
            Treatment::Unknown => self.as_text(place),
        }
    }

    fn close(&mut self, name: &str, place: Place) {
        match treatment(name) {
            Treatment::Unknown => self.as_text(place),
            Treatment::Paragraph | Treatment::Heading(_) | Treatment::WithoutBlock => {
                self.written.push(Event::SoftBreak, place)
            }
            Treatment::Break => self.written.push(Event::HardBreak, place),
            Treatment::Inline(_)
            | Treatment::Rule
            | Treatment::Link
            | Treatment::Picture
            | Treatment::Words
            | Treatment::Block(_)
            | Treatment::Without
            | Treatment::LeftOut
            | Treatment::LeftOutWhole => self.written.close(name, place.end),
        }
    }

    fn link(&mut self, tag: &Tag, place: Place) {
        let Some(address) = tag.value("href").filter(|_| self.links == 0 && !self.written.is_open(&["a"])) else {
            return;
        };
        let title = tag.value("title").unwrap_or_default();
        let (dest_url, title) = (CowStr::from(address.trim().to_owned()), CowStr::from(title.to_owned()));
        let link = Markup::Link { link_type: LinkType::Inline, dest_url, title, id: "".into() };
        self.written.open("a", Closing::Markup(TagEnd::Link), (Some(Event::Start(link)), place));
    }

    /// What was to be shown from another address becomes a link to it.
    fn embedded(&mut self, tag: &Tag, place: &Place) {
        let Some(address) = tag.value("src").map(str::trim).filter(|address| address.starts_with("http")) else {
            return;
        };
        if self.links == 0 && !self.written.is_open(&["a"]) {
            let (dest_url, title) = (CowStr::from(address.to_owned()), CowStr::from(""));
            let link = Markup::Link { link_type: LinkType::Inline, dest_url, title, id: "".into() };
            self.written.push(Event::Start(link), place.clone());
            self.written.push(Event::Text(address.to_owned().into()), place.clone());
            self.written.push(Event::End(TagEnd::Link), place.clone());
        }
    }

    /// Remembers what is left out of a tag.
    fn report(&mut self, tag: &Tag, place: Place, at: impl Fn(Range<usize>) -> Place) {
        let treatment = treatment(&tag.name);
        if treatment == Treatment::Unknown {
            return;
        }
        if matches!(treatment, Treatment::LeftOut | Treatment::LeftOutWhole) {
            return self.left_out.element(tag, treatment, place.into());
        }
        for attribute in &tag.attributes {
            let treatment = attribute_treatment(&tag.name, &attribute.name, &attribute.value);
            if treatment == AttributeTreatment::LeftOut {
                self.left_out.attribute(tag, attribute, at(attribute.at.clone()).into());
            }
        }
    }
}

impl<'a, I: Iterator<Item = (Event<'a>, Place)>> Iterator for HtmlEvents<'a, I> {
    type Item = (Event<'a>, Place);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if !self.written.has_open()
                && let Some(ready) = self.written.events.pop_front()
            {
                return Some(ready);
            }
            let Some((event, place)) = self.events.next() else {
                self.written.close_all(self.text.len());
                self.blocks.close_all(&mut self.written, self.text.len());
                self.left_out.report(&self.notices);
                return self.written.events.pop_front();
            };
            match event {
                Event::Start(Markup::Link { .. }) => self.links += 1,
                Event::End(TagEnd::Link) => self.links = self.links.saturating_sub(1),
                _ => {}
            }
            let concerns = match &event {
                Event::InlineHtml(_) => true,
                Event::Start(tag) => concerns(tag.to_end()) || self.blocks.are_open(),
                Event::End(tag) => concerns(*tag),
                _ => false,
            };
            if !concerns && !self.written.has_open() {
                return Some((event, place));
            }
            self.take(event, place);
        }
    }
}

/// Whether an element of Markdown stands inside a line.
pub(super) fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn picture(tag: &Tag, place: Place, written: &mut Written<'_>) {
    let value = |name: &str| tag.value(name).unwrap_or_default().trim().to_owned();
    let (dest_url, title) = (CowStr::from(value("src")), CowStr::from(value("title")));
    let image = Markup::Image { link_type: LinkType::Inline, dest_url, title, id: "".into() };
    written.push(Event::Start(image), place.clone());
    let alt = value("alt");
    if !alt.is_empty() {
        written.push(Event::Text(alt.into()), place.clone());
    }
    written.push(Event::End(TagEnd::Image), place);
}

/// A tag with those of its attributes that stay.
fn written_tag(tag: &Tag) -> String {
    let mut html = format!("<{}", tag.name);
    for attribute in &tag.attributes {
        if attribute_treatment(&tag.name, &attribute.name, &attribute.value) == AttributeTreatment::Kept {
            html.push_str(&format!(" {}=\"", attribute.name));
            // Writing to a string does not fail.
            let _ = escape_html(&mut html, &attribute.value);
            html.push('"');
        }
    }
    html.push('>');
    html
}

/// What stands between the words before and after a tag that stays, when tags are left out.
pub(crate) fn gap(tag: &str) -> &'static str {
    match tag {
        "</td>" | "</th>" => " | ",
        "</tr>" | "</li>" | "</dt>" | "</dd>" | "</summary>" | "</caption>" | "</blockquote>" | "</pre>" | "<pre>" => {
            "\n"
        }
        "</table>" | "</ul>" | "</ol>" | "</dl>" | "</details>" => "\n\n",
        _ => "",
    }
}

/// Whether a tag that stays belongs to an element inside a line, such as `<kbd>`.
pub(crate) fn stands_in_line(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    treatment(name) == Treatment::Words
}

#[cfg(test)]
mod tests;
