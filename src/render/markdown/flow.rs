//! Paragraphs and lists around what a part of a text takes out of the middle of others: the words behind a label.

use pulldown_cmark::{Event, Tag, TagEnd};

/// The events with a paragraph around words that stand in none, and a list around items that stand in none.
pub(super) fn blocks(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    if !has_loose_parts(&events) {
        return events;
    }
    let mut blocks = Vec::with_capacity(events.len() + 2);
    let (mut depth, mut open) = (0, Around::Nothing);
    for event in events {
        if depth == 0 {
            let wanted = Around::of(&event);
            if wanted != open {
                blocks.extend(open.end());
                blocks.extend(wanted.start());
                open = wanted;
            }
        }
        depth += change_of_depth(&event);
        blocks.push(event);
    }
    blocks.extend(open.end());
    blocks
}

fn has_loose_parts(events: &[Event<'_>]) -> bool {
    let mut depth = 0;
    events.iter().any(|event| {
        let is_loose = depth == 0 && Around::of(event) != Around::Nothing;
        depth += change_of_depth(event);
        is_loose
    })
}

/// What has to stand around an event that stands in nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    Paragraph,
    List,
}

impl Around {
    fn of(event: &Event<'_>) -> Self {
        match event {
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Start(
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Superscript
                | Tag::Subscript,
            ) => Self::Paragraph,
            Event::Start(Tag::Item) => Self::List,
            Event::Html(html) if html.starts_with("<li") => Self::List,
            Event::Html(_) | Event::DisplayMath(_) | Event::Rule | Event::TaskListMarker(_) => Self::Nothing,
            Event::Start(_) | Event::End(_) => Self::Nothing,
        }
    }

    fn start(self) -> Option<Event<'static>> {
        match self {
            Self::Nothing => None,
            Self::Paragraph => Some(Event::Start(Tag::Paragraph)),
            Self::List => Some(Event::Start(Tag::List(None))),
        }
    }

    fn end(self) -> Option<Event<'static>> {
        match self {
            Self::Nothing => None,
            Self::Paragraph => Some(Event::End(TagEnd::Paragraph)),
            Self::List => Some(Event::End(TagEnd::List(false))),
        }
    }
}

/// How many elements an event opens, less those that it closes.
fn change_of_depth(event: &Event<'_>) -> isize {
    match event {
        Event::Start(_) => 1,
        Event::End(_) => -1,
        Event::Html(html) => {
            let mut tags = html.split('<').skip(1);
            tags.by_ref().fold(0, |depth, tag| match tag {
                _ if tag.starts_with('/') => depth - 1,
                _ if ["input", "img", "br", "hr"].iter().any(|void| tag.starts_with(void)) => depth,
                _ => depth + 1,
            })
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Tag, TagEnd, html::push_html};

    use super::blocks;

    #[test]
    fn loose_words_and_items_get_the_elements_that_they_need() {
        let write = |events: Vec<Event<'static>>| {
            let mut html = String::new();
            push_html(&mut html, blocks(events).into_iter());
            html.replace('\n', "")
        };
        let item = || [Event::Start(Tag::Item), Event::Text("b".into()), Event::End(TagEnd::Item)];
        let mut events = vec![Event::Text("a".into()), Event::Code("c".into())];
        events.extend(item());
        events.extend([Event::Start(Tag::Paragraph), Event::Text("d".into()), Event::End(TagEnd::Paragraph)]);
        assert_eq!(write(events), "<p>a<code>c</code></p><ul><li>b</li></ul><p>d</p>");
        let heading = ["<h3 id=\"x\">", " <a href=\"#x\">#</a></h3>"].map(|html| Event::Html(html.into()));
        let [open, close] = heading;
        assert_eq!(
            write(vec![open, Event::Text("a".into()), close]),
            "<h3 id=\"x\">a <a href=\"#x\">#</a></h3>",
            "the words of a heading stand in it"
        );
    }
}
