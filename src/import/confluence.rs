//! Pages of Confluence: of its export as HTML, and of its storage format.

use super::Context;
use super::container::Container;
use super::html::{element, element_text};
use super::item::Batch;
use super::page::{Page, is_page, page};
use super::piece::Piece;

/// Space settings → Export space → HTML, and the body of a page in storage format.
pub(super) const CONFLUENCE: Container = Container { name: "confluence", title: "Confluence", takes, convert };

fn takes(piece: &Piece) -> bool {
    let text = piece.text().unwrap_or_default();
    (is_page(piece) && (text.contains("id=\"main-content\"") || text.contains("confluence")))
        || (text.trim_start().starts_with('<') && text.contains("<ac:structured-macro"))
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let html = piece.text().unwrap_or_default();
    if piece.path.name() == "index.html"
        && element(html, "<div id=\"main-content\"").is_none_or(|body| body.contains("Available Pages"))
    {
        return Batch::default();
    }
    let body = ["<div id=\"main-content\"", "<body"].iter().find_map(|opening| element(html, opening)).unwrap_or(html);
    let body = without_macros(&with_boxes(body));
    // The title of the document begins with that of the space: `Operations : Search outage`.
    let title = element_text(html, "title")
        .map(|title| title.split_once(" : ").map_or(title.clone(), |(_, own)| own.to_owned()));
    Batch::one(page(Page { piece, title, body: &body, bold: Vec::new() }, context))
}

/// Tasks get the box that their class stands for.
fn with_boxes(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split("<li").enumerate() {
        if at > 0 {
            text.push_str("<li");
        }
        let end = part.find('>').map_or(0, |end| end + 1);
        let tag = &part[..end];
        text.push_str(tag);
        if at > 0 && tag.contains("data-inline-task-id") {
            let checked = if tag.contains("checked") { " checked=\"checked\"" } else { "" };
            text.push_str(&format!("<input type=\"checkbox\"{checked}>"));
        }
        text.push_str(&part[end..]);
    }
    text
}

/// Macros of the storage format: code stays code, tasks get their box, and days become text.
fn without_macros(html: &str) -> String {
    let mut html = html.to_owned();
    for (from, to) in [
        ("<ac:plain-text-body>", "<pre>"),
        ("</ac:plain-text-body>", "</pre>"),
        ("<ac:task-list>", "<ul>"),
        ("</ac:task-list>", "</ul>"),
        ("<ac:task>", "<li>"),
        ("</ac:task>", "</li>"),
        ("<ac:task-status>complete</ac:task-status>", "<input type=\"checkbox\" checked=\"checked\">"),
        ("<ac:task-status>incomplete</ac:task-status>", "<input type=\"checkbox\">"),
    ] {
        html = html.replace(from, to);
    }
    html = without_elements(&html, "<ac:task-id", "</ac:task-id>");
    // Of what a macro was given, its title is shown.
    html = html.replace("<ac:parameter ac:name=\"title\">", "<b>");
    html = without_elements(&html, "<ac:parameter", "</ac:parameter>");
    html = days_as_text(&html);
    cdata_as_text(&html)
}

fn without_elements(html: &str, opening: &str, closing: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split(opening).enumerate() {
        text.push_str(if at == 0 { part } else { part.split_once(closing).map_or("", |(_, after)| after) });
    }
    text
}

/// `<time datetime="2026-03-18"/>` has no text of its own.
fn days_as_text(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split("<time datetime=\"").enumerate() {
        match part.split_once('"') {
            Some((day, rest)) if at > 0 => match rest.trim_start().strip_prefix("/>") {
                Some(rest) => text.push_str(&format!("{day}{rest}")),
                None => text.push_str(&format!("<time datetime=\"{day}\"{rest}")),
            },
            _ => text.push_str(part),
        }
    }
    text
}

fn cdata_as_text(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split("<![CDATA[").enumerate() {
        match part.split_once("]]>") {
            Some((said, rest)) if at > 0 => {
                text.push_str(&said.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
                text.push_str(rest);
            }
            _ => text.push_str(part),
        }
    }
    text
}
