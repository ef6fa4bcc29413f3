//! A body as Markdown again, for programs: every address is absolute, and raw HTML is text.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use pulldown_cmark_to_cmark::cmark;

use super::Links;
use crate::markdown::{NO_CHARACTER, markdown_events, markdown_options};
use crate::text::Span;

/// The Markdown of `body` in `text`. A link that leads nowhere, such as to a review that is withheld, leaves its words.
pub(in crate::render) fn to_markdown(text: &str, body: Span, links: &Links<'_>) -> String {
    let mut written: Vec<Option<TagEnd>> = Vec::new();
    let mut events: Vec<Event<'_>> = Vec::new();
    for (event, _) in markdown_events(text, body) {
        match event {
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                written.push(open(&mut events, links.resolve(&dest_url), title, Shown::AsLink))
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let own = links.image(&dest_url).map(|(address, _)| address);
                let shown = if own.is_some() { Shown::AsImage } else { Shown::AsLink };
                written.push(open(&mut events, own.or_else(|| links.resolve(&dest_url)), title, shown));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => events.extend(written.pop().flatten().map(Event::End)),
            Event::Start(Tag::HtmlBlock) => events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => events.push(Event::End(TagEnd::Paragraph)),
            Event::Html(html) | Event::InlineHtml(html) => {
                for line in html.split_inclusive('\n') {
                    events.push(Event::Text(line.trim_end_matches('\n').to_owned().into()));
                    events.extend(line.ends_with('\n').then_some(Event::SoftBreak));
                }
            }
            other => events.push(other),
        }
    }
    let notes = set_notes_aside(&mut events);
    let markdown = markdown_of(&events).or_else(|| {
        // What cannot be marked as it was keeps its words.
        events.retain(|event| !is_emphasis(event));
        markdown_of(&events)
    });
    put_notes_back(&markdown.unwrap_or_default(), &notes).trim().to_owned()
}

/// Puts placeholders in the place of references to footnotes, and gives the names of these. The writer tries each paragraph
/// by itself, and in one without the definition a reference would be text.
fn set_notes_aside<'a>(events: &mut [Event<'a>]) -> Vec<CowStr<'a>> {
    let mut names = Vec::new();
    for event in events {
        if let Event::FootnoteReference(name) = event {
            names.push(std::mem::replace(name, "".into()));
            *event = Event::Text(format!("{NO_CHARACTER}{}{NO_CHARACTER}", names.len() - 1).into());
        }
    }
    names
}

fn put_notes_back(markdown: &str, names: &[CowStr<'_>]) -> String {
    let name = |piece: &str| names.get(piece.parse::<usize>().ok()?);
    let pieces = markdown.split(NO_CHARACTER).enumerate();
    let piece = |(at, piece): (usize, &str)| match name(piece).filter(|_| at % 2 == 1) {
        Some(name) => format!("[^{name}]"),
        None => piece.to_owned(),
    };
    pieces.map(piece).collect()
}

/// The events as Markdown; `None` where no Markdown says the same.
fn markdown_of(events: &[Event<'_>]) -> Option<String> {
    let mut markdown = String::new();
    cmark(events.iter(), &mut markdown, markdown_options()).is_ok().then_some(markdown)
}

fn is_emphasis(event: &Event<'_>) -> bool {
    let is_tag = |tag: TagEnd| matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough);
    match event {
        Event::Start(tag) => is_tag(tag.to_end()),
        Event::End(tag) => is_tag(*tag),
        _ => false,
    }
}

/// What a link or an image becomes.
enum Shown {
    AsLink,
    AsImage,
}

/// Opens a link or an image if it leads somewhere, and tells what will close it.
fn open<'a>(events: &mut Vec<Event<'a>>, address: Option<String>, title: CowStr<'a>, shown: Shown) -> Option<TagEnd> {
    let dest_url = CowStr::from(address?);
    let (link_type, id) = (pulldown_cmark::LinkType::Inline, CowStr::from(""));
    let (tag, end) = match shown {
        Shown::AsLink => (Tag::Link { link_type, dest_url, title, id }, TagEnd::Link),
        Shown::AsImage => (Tag::Image { link_type, dest_url, title, id }, TagEnd::Image),
    };
    events.push(Event::Start(tag));
    Some(end)
}
