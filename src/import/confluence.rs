//! Pages of Confluence: of its export as HTML, and of its storage format.

use super::Context;
use super::confluence_storage::{PERSON, as_html};
use super::container::Container;
use super::html::{Classes, element, element_text};
use super::html_safety::tagless;
use super::html_tag::{Tag, with_tags};
use super::item::{Batch, Skipped};
use super::left_out::{Kind, LeftOut};
use super::page::{Page, around, is_page, page};
use super::piece::Piece;

/// Space settings → Export space → HTML, and the body of a page in storage format.
pub(super) const CONFLUENCE: Container = Container { name: "confluence", title: "Confluence", takes, convert };

/// How the element with the text of an exported page begins.
const MAIN: &str = "<div id=\"main-content\"";

const ATTACHMENT: Kind = ("attachment", "attachments");
const SPACE: Kind = ("name of the space", "names of the space");
const CONTENTS: Kind = ("table of contents", "tables of contents");

fn takes(piece: &Piece) -> bool {
    let text = piece.text().unwrap_or_default();
    (is_page(piece) && (text.contains("id=\"main-content\"") || text.contains("confluence"))) || is_storage(text)
}

fn is_storage(text: &str) -> bool {
    let signs = ["<ac:structured-macro", "<ac:task-list", "<ac:link", "<ac:image", "<ac:layout", "<ri:"];
    text.trim_start().starts_with('<') && signs.iter().any(|sign| text.contains(sign))
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let html = piece.text().unwrap_or_default();
    if is_storage(html) {
        let item = as_html(html).map_err(|why| Skipped { origin: piece.path.as_str().to_owned(), why });
        return Batch::one(item.and_then(|(body, left_out)| {
            page(
                Page { piece, title: None, body: &body, classes: Classes::new(), left_out, notes: Vec::new() },
                context,
            )
        }));
    }
    let main = element(html, MAIN);
    if piece.path.name() == "index.html" && main.is_none_or(|body| body.contains("Available Pages")) {
        let why = "the list of the pages of a space".to_owned();
        return Batch::one(Err(Skipped { origin: piece.path.as_str().to_owned(), why }));
    }
    let body = main.or_else(|| element(html, "<body")).unwrap_or(html);
    let mut left_out = around(html, body);
    name_attachments(html, &mut left_out);
    let body = without_contents(body, &mut left_out);
    let body = without_mentions(&body, &mut left_out);
    let body = with_languages(&with_pictures(&with_boxes(&body)));
    // The title of the document begins with that of the space: `Operations : Search outage`.
    let title = element_text(html, "title").map(|title| match title.split_once(" : ") {
        Some((space, own)) => {
            left_out.name(SPACE, space);
            own.to_owned()
        }
        None => title,
    });
    Batch::one(page(Page { piece, title, body: &body, classes: Classes::new(), left_out, notes: Vec::new() }, context))
}

/// Names the files that the page has beside its text.
fn name_attachments(html: &str, left_out: &mut LeftOut) {
    let Some((_, section)) = html.split_once("id=\"attachments\"") else { return };
    for link in section.split("<a ").skip(1) {
        let (tag, rest) = link.split_once('>').unwrap_or((link, ""));
        if tag.contains("attachments/") {
            left_out.name(ATTACHMENT, &tagless(rest.split("</a>").next().unwrap_or_default()));
        }
    }
}

/// The text without the list of its own headings.
fn without_contents(html: &str, left_out: &mut LeftOut) -> String {
    const OPENING: &str = "<div class=\"toc-macro";
    let (Some(inner), Some(at)) = (element(html, OPENING), html.find(OPENING)) else { return html.to_owned() };
    left_out.name(CONTENTS, &tagless(inner));
    let after = html[at..].split_once(inner).map_or("", |(_, after)| after);
    format!("{}{}", &html[..at], after.strip_prefix("</div>").unwrap_or(after))
}

/// The text without the names of persons that link to their profiles.
fn without_mentions(html: &str, left_out: &mut LeftOut) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find("<a ") {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_mention = |tag: &Tag<'_>| {
            let classes = tag.attribute("class").unwrap_or_default();
            classes.split_whitespace().any(|class| class == "confluence-userlink" || class == "user-mention")
        };
        if !Tag::read(rest).as_ref().is_some_and(is_mention) {
            text.push_str("<a ");
            rest = &rest[3..];
            continue;
        }
        left_out.count(PERSON, 1);
        rest = rest.split_once("</a>").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text
}

/// Tasks get the box that their class stands for.
fn with_boxes(html: &str) -> String {
    with_tags(html, "li", |tag| {
        tag.attribute("data-inline-task-id")?;
        let is_checked = tag.attribute("class").unwrap_or_default().split(' ').any(|class| class == "checked");
        let checked = if is_checked { " checked=\"checked\"" } else { "" };
        Some(format!("<li><input type=\"checkbox\"{checked}>"))
    })
}

/// Emoji as their signs, and pictures with the name that their author gave them: the export numbers its files.
fn with_pictures(html: &str) -> String {
    with_tags(html, "img", |tag| {
        let value = |name| tag.attribute(name).filter(|value| !value.trim().is_empty());
        let classes = value("class").unwrap_or_default();
        if classes.split(' ').any(|class| class == "emoticon") {
            let name = classes.split(' ').find_map(|class| class.strip_prefix("emoticon-")).unwrap_or_default();
            return Some(emoji(name, value("data-emoji-fallback").or_else(|| value("alt")).unwrap_or(name)));
        }
        // Icons of other programs only decorate their names.
        if classes == "icon" && value("alt").is_none() {
            return Some(String::new());
        }
        let name = value("data-linked-resource-default-alias").filter(|_| value("alt").is_none())?;
        Some(format!("<img src=\"{}\" alt=\"{name}\">", value("src")?))
    })
}

/// The sign of an emoticon; without a sign, its name.
pub(super) fn emoji(name: &str, otherwise: &str) -> String {
    let known = EMOJI.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign);
    known.filter(|_| otherwise.is_ascii()).unwrap_or(otherwise).to_owned()
}

/// The emoticons of Confluence that tell the state of something.
const EMOJI: [(&str, &str); 7] = [
    ("tick", "✅"),
    ("cross", "❌"),
    ("warning", "⚠️"),
    ("information", "ℹ️"),
    ("question", "❓"),
    ("plus", "➕"),
    ("minus", "➖"),
];

/// Code with its language, which stands in a parameter of the script that colours it.
fn with_languages(html: &str) -> String {
    let brush = |tag: &Tag<'_>| {
        let parameters = tag.attribute("data-syntaxhighlighter-params")?;
        let language = parameters.split_once("brush:")?.1.trim_start().split(';').next()?.to_owned();
        let is_language =
            language.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'#' | b'-'));
        (is_language && language != "java" && language != "text").then_some(language)
    };
    with_tags(html, "pre", |tag| Some(format!("<pre class=\"language-{}\">", brush(tag)?)))
}
