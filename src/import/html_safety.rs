//! What of HTML comes over: no scripts, no forms, nothing that runs; what stays behind is counted.

use super::html_tag::Tag;
use super::left_out::{Kind, LeftOut};
use super::limit::ELEMENT_DEPTH;

/// Elements that have no end.
const VOID: [&str; 12] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Elements whose end may be left out.
const OPEN: [&str; 11] = ["p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "colgroup"];

/// Elements that stay behind with everything in them.
const WITH_CONTENT: [(&str, Kind); 9] = [
    ("script", ("script", "scripts")),
    ("style", ("style sheet", "style sheets")),
    ("title", TITLE),
    ("noscript", ("text for browsers without scripts", "texts for browsers without scripts")),
    ("template", ("template of a script", "templates of scripts")),
    ("iframe", EMBEDDED),
    ("object", EMBEDDED),
    ("svg", ("drawing (SVG)", "drawings (SVG)")),
    ("math", ("formula (MathML)", "formulas (MathML)")),
];

pub(super) const TITLE: Kind = ("title of the page", "titles of the page");
const EMBEDDED: Kind = ("embedded page, film or sound", "embedded pages, films and sounds");
const FIELD: Kind = ("field of a form", "fields of forms");
pub(super) const COMMENT: Kind = ("hidden comment", "hidden comments");
const INSIDE: Kind = ("picture that lies in the page itself", "pictures that lie in the page itself");
const RUNS: Kind = ("address that runs or holds something", "addresses that run or hold something");
const TOOLTIP: Kind = ("tooltip", "tooltips");

/// Elements whose `title` comes over.
const TITLED: [&str; 3] = ["a", "img", "abbr"];

/// The HTML without scripts, forms, comments and addresses that run something.
pub(super) fn cleaned(html: &str) -> String {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .add_clean_content_tags(WITH_CONTENT.map(|(name, _)| name))
        .add_tags(["input", "section", "main", "u", "font"])
        .add_tag_attributes("input", ["type", "checked"])
        .add_tag_attributes("time", ["datetime"])
        .add_generic_attributes(["class", "style"])
        .link_rel(None)
        .url_relative(ammonia::UrlRelative::PassThrough);
    cleaner.clean(html).to_string()
}

/// Counts what [`cleaned`] takes out.
pub(super) fn left_out(html: &str) -> LeftOut {
    let mut left_out = LeftOut::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            left_out.count(COMMENT, 1);
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some(tag) = Tag::read(rest) else {
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.length..];
        match WITH_CONTENT.iter().find(|(name, _)| *name == tag.name) {
            Some((name, kind)) => {
                let (inner, after) = content(rest, name);
                rest = after;
                name_content(&tag, (*kind, inner), &mut left_out);
            }
            None => name_attributes(&tag, &mut left_out),
        }
    }
    left_out
}

fn name_content(tag: &Tag<'_>, (kind, inner): (Kind, &str), left_out: &mut LeftOut) {
    match tag.name.as_str() {
        "script" | "style" => left_out.count(kind, 1),
        "iframe" | "object" => {
            let address = tag.attribute("src").or(tag.attribute("data")).unwrap_or_default();
            left_out.name(kind, &format!("{address} {}", tagless(inner)));
        }
        _ => left_out.name(kind, &tagless(inner)),
    }
}

fn name_attributes(tag: &Tag<'_>, left_out: &mut LeftOut) {
    let value = |name| tag.attribute(name).unwrap_or_default().trim();
    let begins = |value: &str, signs: &[&str]| {
        let value = value.to_ascii_lowercase();
        signs.iter().any(|sign| value.starts_with(sign))
    };
    match tag.name.as_str() {
        "embed" | "video" | "audio" | "source" if !value("src").is_empty() => left_out.name(EMBEDDED, value("src")),
        "img" if begins(value("src"), &["data:", "blob:"]) => left_out.name(INSIDE, value("alt")),
        "a" if begins(value("href"), &["data:", "javascript:", "vbscript:"]) => left_out.count(RUNS, 1),
        "input" if !begins(value("type"), &["checkbox", "hidden"]) => left_out.name(FIELD, value("value")),
        _ => {}
    }
    if !TITLED.contains(&tag.name.as_str()) && !value("title").is_empty() {
        left_out.name(TOOLTIP, value("title"));
    }
}

/// What stands before the end of the element `name`, and what follows it.
fn content<'a>(text: &'a str, name: &str) -> (&'a str, &'a str) {
    let is_end = |at: &usize| text[at + 2..].get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
    match text.match_indices("</").map(|(at, _)| at).find(is_end) {
        Some(at) => (&text[..at], &text[at..]),
        None => (text, ""),
    }
}

/// Words without tags.
pub(super) fn tagless(html: &str) -> String {
    html.split('<').map(|part| part.split_once('>').map_or(part, |(_, after)| after)).collect::<Vec<_>>().join(" ")
}

/// How many words a reader of the page sees.
pub(super) fn number_of_words(html: &str) -> usize {
    let text = tagless(&cleaned(html));
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).count()
}

/// Whether elements are nested deeper than conversions can follow. An end without its beginning ends nothing.
pub(super) fn is_too_deep(html: &str) -> bool {
    let mut open: Vec<String> = Vec::new();
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let name: String =
            rest.trim_start_matches('/').chars().take(16).take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if name.is_empty() || VOID.contains(&name.as_str()) || OPEN.contains(&name.as_str()) {
            continue;
        }
        if rest.starts_with('/') {
            if let Some(place) = open.iter().rposition(|other| *other == name) {
                open.truncate(place);
            }
            continue;
        }
        open.push(name);
        if open.len() > ELEMENT_DEPTH {
            return true;
        }
    }
    false
}
