//! Documents of Google Docs, downloaded as a web page.

use percent_encoding::percent_decode_str;

use super::Context;
use super::container::Container;
use super::html::{element, element_text};
use super::item::Batch;
use super::page::{Page, is_page, page};
use super::piece::Piece;

/// File → Download → Web page: a zip of HTML and pictures.
pub(super) const GOOGLE_DOCS: Container = Container { name: "google-docs", title: "Google Docs", takes, convert };

/// Every link goes by way of this address.
const DETOUR: &str = "https://www.google.com/url?q=";

fn takes(piece: &Piece) -> bool {
    let text = piece.text().unwrap_or_default();
    is_page(piece) && (text.contains(DETOUR) || text.contains("class=\"doc-content\"") || text.contains("lst-kix"))
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let html = piece.text().unwrap_or_default();
    let body = element(html, "<body").unwrap_or(html);
    let body = with_title(&direct_links(&nested_lists(body)));
    let title = element_text(&body, "h1").or_else(|| element_text(html, "title"));
    Batch::one(page(Page { piece, title, body: &body, bold: bold_classes(html) }, context))
}

/// The document with the paragraph in the style of a title as its first heading.
fn with_title(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split("<p class=\"").enumerate() {
        let is_title = at > 0 && part.split('"').next().unwrap_or_default().split(' ').any(|class| class == "title");
        text.push_str(match (at, is_title) {
            (0, _) => "",
            (_, true) => "<h1 class=\"",
            (_, false) => "<p class=\"",
        });
        text.push_str(&if is_title { part.replacen("</p>", "</h1>", 1) } else { part.to_owned() });
    }
    text
}

/// The classes that the style sheet of the document makes bold.
fn bold_classes(html: &str) -> Vec<String> {
    let style = element(html, "<style").unwrap_or_default();
    let rules = style.split('}').filter_map(|rule| rule.split_once('{'));
    let bold = rules.filter(|(_, declarations)| declarations.contains("font-weight:700"));
    bold.filter_map(|(selector, _)| Some(selector.trim().rsplit(';').next()?.trim().strip_prefix('.')?.to_owned()))
        .collect()
}

/// Links with the address that they lead to.
fn direct_links(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split(DETOUR).enumerate() {
        match part.split_once('"') {
            Some((address, rest)) if at > 0 => {
                let address =
                    address.split("&amp;sa=").next().unwrap_or(address).split("&sa=").next().unwrap_or(address);
                let address = percent_decode_str(address).decode_utf8_lossy().replace('&', "&amp;").replace('"', "%22");
                text.push_str(&format!("{address}\"{rest}"));
            }
            _ => text.push_str(part),
        }
    }
    text
}

/// Deeper items stand in lists of their own behind the list, and their class ends in the level. They are nested here.
fn nested_lists(html: &str) -> String {
    let level = |tag: &str| -> Option<usize> {
        let class = tag.split("lst-kix_").nth(1)?.split(['"', ' ']).next()?;
        class.rsplit('-').next()?.parse().ok()
    };
    let mut text = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    let next = |rest: &str| {
        let mut tags = rest.match_indices('<').map(|(at, _)| at);
        tags.find(|at| rest[*at..].starts_with("<ul") || rest[*at..].starts_with("<ol"))
    };
    while let Some(at) = next(rest) {
        let tag_end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let Some(level) = level(&rest[at..tag_end]).filter(|level| *level < 9) else {
            text.push_str(&rest[..tag_end]);
            rest = &rest[tag_end..];
            continue;
        };
        let name = &rest[at + 1..at + 3];
        // A list of a deeper level goes on in the last item of the one before.
        if !rest[..at].trim().is_empty() {
            close(&mut open, 0, &mut text);
        }
        text.push_str(&rest[..at]);
        close(&mut open, level + 1, &mut text);
        text.push_str(if open.len() == level + 1 { "</li>" } else { "" });
        while open.len() <= level {
            text.push_str(&format!("<{name}>{}", if open.len() < level { "<li>" } else { "" }));
            open.push(name);
        }
        let end = rest[tag_end..].find(&format!("</{name}>")).map_or(rest.len(), |end| tag_end + end);
        text.push_str(rest[tag_end..end].trim().trim_end_matches("</li>"));
        rest = rest.get(end + 5..).unwrap_or_default();
    }
    close(&mut open, 0, &mut text);
    text.push_str(rest);
    text
}

/// Closes the lists from `level` on, each with its last item.
fn close(open: &mut Vec<&str>, level: usize, text: &mut String) {
    while open.len() > level {
        let name = open.pop().unwrap_or_default();
        text.push_str(&format!("</li></{name}>"));
    }
}
