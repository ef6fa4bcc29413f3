//! The text of MediaWiki before its lines are read: without comments and magic words, with notes and galleries in place.

use std::fmt::Write;

use super::html_safety::COMMENT;
use super::html_tag::Tag;
use super::left_out::{Kind, LeftOut};

/// Elements whose content is shown as it is.
const LITERAL: [&str; 4] = ["nowiki", "pre", "syntaxhighlight", "source"];

/// Stands around the number of a literal text while the rest is converted.
pub(super) const LITERAL_SIGN: char = '\u{e000}';

const MAGIC: Kind = ("magic word", "magic words");
const AGAIN: Kind = ("footnote that stands there again", "footnotes that stand there again");

/// The text with numbers in the place of literal texts, and these as HTML.
pub(super) fn prepared(wikitext: &str, left_out: &mut LeftOut) -> (String, Vec<String>) {
    let text = without_comments(&wikitext.replace(LITERAL_SIGN, ""), left_out);
    let (text, literals) = without_literals(&text);
    (without_magic(&with_galleries(&with_notes(&text, left_out)), left_out), literals)
}

fn without_comments(text: &str, left_out: &mut LeftOut) -> String {
    let mut kept = String::new();
    left_out.count(COMMENT, text.matches("<!--").count());
    for (at, part) in text.split("<!--").enumerate() {
        kept.push_str(if at == 0 { part } else { part.split_once("-->").map_or("", |(_, after)| after) });
    }
    kept
}

/// Puts numbers in the place of literal texts, and returns these as HTML.
fn without_literals(text: &str) -> (String, Vec<String>) {
    let (mut kept, mut literals) = (String::new(), Vec::new());
    let mut rest = text;
    // Elements that do not end any more: nobody looks for their end again.
    let mut endless: Vec<&str> = Vec::new();
    while let Some(at) = rest.find('<') {
        let name = LITERAL.iter().filter(|name| !endless.contains(name)).find(|name| {
            let tag = &rest[at + 1..];
            tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                && tag[name.len()..].starts_with(['>', ' '])
        });
        let inner = name.and_then(|name| {
            let start = at + rest[at..].find('>')? + 1;
            let Some(end) = rest[start..].find(&format!("</{name}")).map(|end| start + end) else {
                endless.push(name);
                return None;
            };
            let after = end + rest[end..].find('>')? + 1;
            Some((*name, language(&rest[at..start]), &rest[start..end], after))
        });
        let Some((name, language, said, after)) = inner else {
            kept.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        kept.push_str(&rest[..at]);
        // References such as `&lt;` stand for their signs, but not in the code of a program.
        let is_text = name == "nowiki" || name == "pre";
        let said = if is_text { said.to_owned() } else { said.replace('&', "&amp;") };
        let said = said.replace('<', "&lt;").replace('>', "&gt;");
        let is_inline = name == "nowiki" || !said.contains('\n');
        literals.push(match (name, is_inline) {
            ("nowiki", _) => said,
            (_, true) => format!("<code>{said}</code>"),
            (_, false) => format!("<pre class=\"language-{language}\">{said}</pre>"),
        });
        let number = literals.len() - 1;
        let breaks = if is_inline { "" } else { "\n" };
        let _ = write!(kept, "{breaks}{LITERAL_SIGN}{number}{LITERAL_SIGN}{breaks}");
        rest = &rest[after..];
    }
    kept.push_str(rest);
    (kept, literals)
}

/// The language that a tag names, such as `bash` of `<syntaxhighlight lang="bash">`.
fn language(tag: &str) -> &str {
    let value = tag.split_once("lang=").map_or("", |(_, value)| value.trim_start_matches(['"', '\'']));
    value.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-').next().unwrap_or_default()
}

/// Footnotes in brackets where they stand.
fn with_notes(text: &str, left_out: &mut LeftOut) -> String {
    let mut kept = String::new();
    for (at, part) in text.split("<ref").enumerate() {
        let Some((tag, rest)) = part.split_once('>').filter(|_| at > 0 && part.starts_with([' ', '>', '/'])) else {
            kept.push_str(if at > 0 { "<ref" } else { "" });
            kept.push_str(part);
            continue;
        };
        match rest.split_once("</ref>").filter(|_| !tag.ends_with('/')) {
            Some((note, after)) => {
                let _ = write!(kept, " ({}){after}", note.trim());
            }
            None => {
                left_out.count(AGAIN, usize::from(tag.ends_with('/')));
                kept.push_str(rest);
            }
        }
    }
    kept.replace("<references />", "").replace("<references/>", "")
}

/// Galleries as lists of their pictures, below their captions.
fn with_galleries(text: &str) -> String {
    let mut kept = String::new();
    for (at, part) in text.split("<gallery").enumerate() {
        let inside = part.split_once('>').filter(|_| at > 0 && part.starts_with([' ', '>', '\n']));
        let gallery = inside.and_then(|(_, rest)| rest.split_once("</gallery>"));
        let (Some((attributes, _)), Some((pictures, after))) = (inside, gallery) else {
            kept.push_str(if at > 0 { "<gallery" } else { "" });
            kept.push_str(part);
            continue;
        };
        let tag = format!("<gallery{attributes}>");
        let caption = Tag::read(&tag).and_then(|tag| tag.attribute("caption")).unwrap_or_default();
        let _ = writeln!(kept, "\n{}\n", caption.trim());
        for picture in pictures.lines().map(str::trim).filter(|picture| !picture.is_empty()) {
            let has_space = picture.split('|').next().unwrap_or_default().contains(':');
            let _ = writeln!(kept, "* [[{}{picture}]]", if has_space { "" } else { "File:" });
        }
        kept.push_str(after.trim_start_matches(' '));
    }
    kept
}

/// The text without words such as `__NOTOC__`, which tell the wiki how to show a page.
fn without_magic(text: &str, left_out: &mut LeftOut) -> String {
    let mut kept = String::new();
    let mut parts = text.split("__").peekable();
    while let Some(part) = parts.next() {
        kept.push_str(part);
        let Some(next) = parts.peek() else { break };
        if !next.is_empty() && next.len() < 30 && next.bytes().all(|byte| byte.is_ascii_uppercase()) {
            left_out.name(MAGIC, next);
            parts.next();
        } else {
            kept.push_str("__");
        }
    }
    kept
}
