//! Documents of Google Docs, downloaded as a web page.

use percent_encoding::percent_decode_str;

use super::Context;
use super::container::Container;
use super::html::{Classes, element, element_text};
use super::html_safety::tagless;
use super::html_tag::Tag;
use super::item::Batch;
use super::left_out::{Kind, LeftOut};
use super::note::{mark, without_sign};
use super::page::{Page, is_page, name_title, page};
use super::piece::Piece;

/// File → Download → Web page: a zip of HTML and pictures.
pub(super) const GOOGLE_DOCS: Container = Container { name: "google-docs", title: "Google Docs", takes, convert };

/// Every link goes by way of this address.
const DETOUR: &str = "https://www.google.com/url?q=";

const COMMENT: Kind = ("comment", "comments");

/// How far before the link of a note its element begins, in bytes.
const NOTE_OPENING: usize = 2_000;

/// How long the link of a note is at most, in bytes.
const NOTE_LINK: usize = 300;

fn takes(piece: &Piece) -> bool {
    let text = piece.text().unwrap_or_default();
    is_page(piece) && (text.contains(DETOUR) || text.contains("class=\"doc-content\"") || text.contains("lst-kix"))
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let html = piece.text().unwrap_or_default();
    let body = element(html, "<body").unwrap_or(html);
    let (body, notes, comments) = without_notes(&without_sign(body));
    let mut left_out = LeftOut::default();
    left_out.count(COMMENT, comments);
    let body = with_title(&direct_links(&nested_lists(&body)));
    let notes = notes.into_iter().map(|(id, note)| (id, direct_links(&note))).collect();
    let title = element_text(&body, "h1").or_else(|| element_text(html, "title"));
    name_title(html, title.as_deref(), &mut left_out);
    Batch::one(page(Page { piece, title, body: &body, classes: classes(html), left_out, notes }, context))
}

/// The document without its comments and with marks for its footnotes; these with their ids; the number of comments.
///
/// A link to `#ftnt1` leads to a note, one to `#ftnt_ref1` back from it; comments have `cmnt` instead.
fn without_notes(html: &str) -> (String, Vec<(String, String)>, usize) {
    let (mut text, mut notes, mut comments) = (String::new(), Vec::new(), 0);
    let mut rest = html;
    while let Some((at, link)) = next_note(rest) {
        let after = rest[at..].find("</a>").map_or(rest.len(), |end| at + end + 4);
        if !link.leads_back {
            text.push_str(&rest[..at]);
            text.push_str(&if link.is_comment { String::new() } else { mark(&link.id) });
            rest = &rest[after..];
            continue;
        }
        let (start, closing) = opening_of(&rest[..at]);
        let end = rest[after..].find(closing).map_or(rest.len(), |end| after + end);
        text.push_str(&rest[..start]);
        if link.is_comment {
            comments += 1;
        } else {
            notes.push((link.id, rest[after..end].to_owned()));
        }
        rest = rest.get(end + closing.len()..).unwrap_or_default();
    }
    text.push_str(rest);
    // The line above footnotes is no part of the text.
    let line = text.rfind("<hr").filter(|at| !notes.is_empty() && tagless(&text[*at..]).trim().is_empty());
    text.truncate(line.unwrap_or(text.len()));
    (text, notes, comments)
}

/// A link to a note, or back from it.
struct NoteLink {
    id: String,
    is_comment: bool,
    leads_back: bool,
}

fn next_note(html: &str) -> Option<(usize, NoteLink)> {
    html.match_indices("<a ").find_map(|(at, _)| {
        // Most links lead elsewhere, and need not be read.
        let near = &html.as_bytes()[at..html.len().min(at + NOTE_LINK)];
        near.windows(5).any(|sign| sign == b"#ftnt" || sign == b"#cmnt").then_some(())?;
        let tag = Tag::read(&html[at..])?;
        let target = tag.attribute("href")?.strip_prefix('#')?;
        let (id, is_comment) = match target.strip_prefix("ftnt") {
            Some(id) => (id, false),
            None => (target.strip_prefix("cmnt")?, true),
        };
        let number = id.trim_start_matches("_ref");
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| (at, NoteLink { id: number.to_owned(), is_comment, leads_back: id.starts_with('_') }))
    })
}

/// Where the element of a note begins whose link stands behind `before`, and how it ends.
fn opening_of(before: &str) -> (usize, &'static str) {
    let least = (before.len().saturating_sub(NOTE_OPENING)..before.len()).find(|at| before.is_char_boundary(*at));
    let near = &before[least.unwrap_or(before.len())..];
    let start = before.len() - near.len();
    match (near.rfind("<div").filter(|at| !near[*at..].contains("</")), near.rfind("<p")) {
        (Some(at), _) => (start + at, "</div>"),
        (None, Some(at)) => (start + at, "</p>"),
        (None, None) => (before.len(), "</p>"),
    }
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

/// The classes of the style sheet, with their declarations.
fn classes(html: &str) -> Classes {
    let style = element(html, "<style").unwrap_or_default();
    let rules = style.split('}').filter_map(|rule| rule.split_once('{'));
    let class = |(selector, declarations): (&str, &str)| {
        let name = selector.trim().rsplit(';').next()?.trim().strip_prefix('.')?;
        Some((name.to_owned(), declarations.replace(' ', "")))
    };
    rules.filter_map(class).collect()
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
        let goes_on = open.get(level).is_none_or(|other| *other == name);
        close(&mut open, if goes_on { level + 1 } else { level }, &mut text);
        text.push_str(if open.len() == level + 1 { "</li>" } else { "" });
        let start = Tag::read(&rest[at..]).and_then(|tag| tag.attribute("start")?.parse::<u32>().ok()).unwrap_or(1);
        while open.len() <= level {
            let is_own = open.len() == level;
            let start = if is_own && start > 1 { format!(" start=\"{start}\"") } else { String::new() };
            text.push_str(&format!("<{name}{start}>{}", if is_own { "" } else { "<li>" }));
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

#[cfg(test)]
mod tests {
    use crate::import::reviews_in;
    use crate::text::SitePath;

    fn check(html: &str, expected: &str) {
        let page = format!("<html><body class=\"doc-content\">{html}</body></html>");
        let reviews = reviews_in(SitePath::new("a.html").unwrap(), page.into_bytes());
        let body = reviews[0].1.rsplit("---\n\n").next().unwrap_or_default();
        assert_eq!(body.trim_end(), expected, "{html}");
    }

    #[test]
    fn neighbouring_lists_are_two() {
        check(
            "<ul class=\"lst-kix_a-0 start\"><li>bullet</li></ul><ol class=\"lst-kix_b-0 start\" start=\"1\"><li>one</li></ol><ul class=\"lst-kix_c-1\"><li>deep</li></ul><ol class=\"lst-kix_b-0\" start=\"2\"><li>two</li></ol>",
            "- bullet\n\n1. one\n   - deep\n2. two",
        );
        check(
            "<ol class=\"lst-kix_b-0 start\" start=\"1\"><li>one</li></ol><p>Between.</p><ol class=\"lst-kix_b-0\" start=\"3\"><li>three</li></ol>",
            "1. one\n\nBetween.\n\n3. three",
        );
    }
}
