//! Pictures, headings and references to footnotes as HTML, once all that belongs to them was read.

use pulldown_cmark::{CowStr, Event};

use super::convert::{Collecting, Converter};
use super::link::outside;
use crate::text::Span;

impl<'a> Converter<'a, '_> {
    pub(super) fn image(&mut self, span: Span) {
        let Collecting::Image { destination, title, alt, .. } =
            std::mem::replace(&mut self.collecting, Collecting::Nothing)
        else {
            return;
        };
        let html = match self.links.image(&destination) {
            Some((address, asset)) => {
                let size = asset
                    .pixels
                    .map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\""))
                    .unwrap_or_default();
                let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", quoted(&title)) };
                format!(
                    "<img src=\"{}\" alt=\"{}\"{title}{size} loading=\"lazy\" decoding=\"async\">",
                    quoted(&address),
                    quoted(&alt)
                )
            }
            // A picture on another server would tell that server who reads; a link leaves that to the reader.
            None => {
                let words = if alt.is_empty() { "picture" } else { &alt };
                match outside(&destination).filter(|_| !self.open_links.contains(&true)) {
                    Some(address) => format!("<a href=\"{}\">{}</a>", quoted(&address), quoted(words)),
                    None => quoted(words),
                }
            }
        };
        self.push(Event::InlineHtml(html.into()), span);
    }

    pub(super) fn heading(&mut self, span: Span) {
        let Collecting::Heading { level, text, start, inside } =
            std::mem::replace(&mut self.collecting, Collecting::Nothing)
        else {
            return;
        };
        if let Ok(at) = self.options.parts.binary_search_by_key(&start, |(start, _)| *start) {
            (_, self.level) = self.options.parts[at];
            return;
        }
        // No level is left out, whatever the author did: readers jump from heading to heading.
        let level = (level as u8).clamp(self.options.top, self.level + 1);
        self.level = level;
        let id = self.anchors.heading(&text);
        let whole = Span::new(start, span.end);
        self.html(format!("<h{level} id=\"{id}\">"), whole);
        for (event, at) in inside {
            self.push(event, at);
        }
        let own_page = self.links.own_page();
        let label = quoted(self.links.language().say("text.anchor"));
        let anchor = format!(" <a class=\"anchor\" href=\"{own_page}#{id}\" aria-label=\"{label}\">¶</a></h{level}>\n");
        self.html(anchor, whole);
    }

    pub(super) fn reference(&mut self, name: &CowStr<'a>, span: Span) {
        let next = self.numbers.len();
        let at = *self.known.entry(name.to_string()).or_insert(next);
        if at == next {
            self.numbers.push((name.to_string(), 0));
        }
        self.numbers[at].1 += 1;
        let number = at + 1;
        let id = match self.numbers[at].1 {
            1 => format!("fnref-{number}"),
            again => format!("fnref-{number}-{again}"),
        };
        let own_page = self.links.own_page();
        let label = quoted(&self.links.language().fill("text.footnote", &[("number", &number.to_string())]));
        let link = format!(
            "<sup class=\"footnote-ref\"><a href=\"{own_page}#fn-{number}\" id=\"{id}\" aria-label=\"{label}\">{number}</a></sup>"
        );
        self.push(Event::InlineHtml(link.into()), span);
    }
}

/// Text for an attribute or an element.
pub(super) fn quoted(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut html, text);
    html
}
