//! Emphasis and links of MediaWiki, as HTML.

use std::fmt::Write;

use super::left_out::{Kind, LeftOut};
use super::wiki_template::divided;

/// How the address of another site begins.
const ADDRESSES: [&str; 4] = ["http://", "https://", "//", "mailto:"];

/// The greatest length in bytes of a link.
const LONGEST_LINK: usize = 1_024;

const TARGET: Kind =
    ("link to a page of the wiki, whose words stayed", "links to pages of the wiki, whose words stayed");
const CATEGORY: Kind = ("category", "categories");
const PICTURE: Kind = ("picture, whose name and caption stayed", "pictures, whose names and captions stayed");

/// Emphasis and links of a line.
pub(super) fn inline(text: &str, left_out: &mut LeftOut) -> String {
    let linked = linked(text, left_out);
    let mut html = String::new();
    let (mut is_bold, mut is_italic) = (false, false);
    let mut rest = linked.as_str();
    while let Some(at) = rest.find("''") {
        html.push_str(&rest[..at]);
        rest = &rest[at..];
        let quotes = rest.bytes().take(3).take_while(|byte| *byte == b'\'').count();
        if quotes >= 3 {
            is_bold = !is_bold;
            html.push_str(if is_bold { "<b>" } else { "</b>" });
            rest = &rest[3..];
        } else {
            is_italic = !is_italic;
            html.push_str(if is_italic { "<i>" } else { "</i>" });
            rest = &rest[2..];
        }
    }
    html.push_str(rest);
    html.push_str(if is_bold { "</b>" } else { "" });
    html.push_str(if is_italic { "</i>" } else { "" });
    html
}

/// Links to other pages as their words, and to other sites as links.
fn linked(text: &str, left_out: &mut LeftOut) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        html.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(target) = rest.strip_prefix("[[").and_then(target_of) {
            html.push_str(&page_link(target, left_out));
            rest = &rest[target.len() + 4..];
            continue;
        }
        let is_address = |inside: &&str| ADDRESSES.iter().any(|start| inside.starts_with(start));
        let outside = within(&rest[1..]).split_once(']').map(|(inside, _)| inside).filter(is_address);
        match outside {
            Some(inside) => {
                let (address, words) = inside.split_once(' ').unwrap_or((inside, inside));
                let _ = write!(html, "<a href=\"{}\">{words}</a>", address.replace('"', "%22"));
                rest = &rest[inside.len() + 2..];
            }
            None => {
                html.push('[');
                rest = &rest[1..];
            }
        }
    }
    html.push_str(rest);
    html
}

/// What a link leads to, and its words: all before its end. Only those of pictures have links in their words.
fn target_of(inner: &str) -> Option<&str> {
    let near = within(inner);
    let first = near.find("]]")?;
    let target = match is_picture(near.split('|').next().unwrap_or_default()) {
        true => &near[..end_of_picture(near).unwrap_or(first)],
        false => &near[..first],
    };
    (is_picture(target) || !target.contains("[[")).then_some(target)
}

/// Where the link of a picture ends. Links of both kinds may stand in its words.
fn end_of_picture(text: &str) -> Option<usize> {
    let (mut pages, mut addresses, mut at) = (0_usize, 0_usize, 0);
    while let Some(next) = text[at..].find(['[', ']']) {
        at += next;
        let rest = &text[at..];
        match () {
            () if rest.starts_with("[[") => (pages, at) = (pages + 1, at + 2),
            () if rest.starts_with('[') => (addresses, at) = (addresses + 1, at + 1),
            () if addresses > 0 => (addresses, at) = (addresses - 1, at + 1),
            () if rest.starts_with("]]") && pages == 0 => return Some(at),
            () if rest.starts_with("]]") => (pages, at) = (pages - 1, at + 2),
            () => at += 1,
        }
    }
    None
}

/// Whether a link shows a picture, and does not lead to it as one that begins with a colon does.
fn is_picture(target: &str) -> bool {
    let space = target.split_once(':').map_or("", |(space, _)| space).trim();
    ["file", "image"].iter().any(|name| space.eq_ignore_ascii_case(name))
}

/// The beginning of a text, in which a link has to end.
fn within(text: &str) -> &str {
    let end = (0..=LONGEST_LINK.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// The words of a link to a page. Categories are no words of the text; of pictures their captions stay.
fn page_link(target: &str, left_out: &mut LeftOut) -> String {
    let (page, words) = target.split_once('|').unwrap_or((target, target));
    let space = page.split(':').next().unwrap_or_default().trim().to_lowercase();
    match space.as_str() {
        "category" => {
            left_out.name(CATEGORY, target.split_once(':').map_or("", |(_, name)| name));
            String::new()
        }
        _ if is_picture(target) => {
            left_out.count(PICTURE, 1);
            let parts = divided(target);
            let said = parts.iter().skip(1).map(|part| part.trim()).filter(|part| !is_setting(part));
            let said = said.map(|part| linked(part.strip_prefix("alt=").unwrap_or(part), left_out));
            format!("{page} {}", said.collect::<Vec<_>>().join(" "))
        }
        _ => {
            // A link to a part of the same page says nothing more than its words.
            let page = page.trim_start_matches(':');
            if target.contains('|') && !page.starts_with('#') && !page.eq_ignore_ascii_case(words.trim()) {
                left_out.name(TARGET, page);
            }
            // With nothing behind the line, the page is called without its space and what is in brackets.
            if words.is_empty() { page.to_owned() } else { words.trim_start_matches(':').to_owned() }
        }
    }
}

/// Whether a part of a picture's link says only how it looks.
fn is_setting(part: &str) -> bool {
    const LOOKS: [&str; 14] = [
        "thumb",
        "thumbnail",
        "frame",
        "framed",
        "frameless",
        "border",
        "left",
        "right",
        "center",
        "none",
        "upright",
        "baseline",
        "middle",
        "top",
    ];
    const KEYS: [&str; 8] = ["link=", "page=", "lang=", "class=", "upright=", "thumb=", "start=", "width="];
    let is_size =
        part.ends_with("px") && part.trim_end_matches("px").bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
    is_size || LOOKS.contains(&part) || KEYS.iter().any(|key| part.starts_with(key))
}
