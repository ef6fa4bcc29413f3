//! Emphasis and links of MediaWiki, as HTML.

use std::fmt::Write;

/// How the address of another site begins.
const ADDRESSES: [&str; 4] = ["http://", "https://", "//", "mailto:"];

/// The greatest length in bytes of a link.
const LONGEST_LINK: usize = 1_024;

/// Emphasis and links of a line.
pub(super) fn inline(text: &str) -> String {
    let linked = linked(text);
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
fn linked(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        html.push_str(&rest[..at]);
        rest = &rest[at..];
        let inner = rest.strip_prefix("[[").and_then(|inner| within(inner).split_once("]]").map(|(target, _)| target));
        if let Some(target) = inner {
            html.push_str(&page_link(target));
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

/// The beginning of a text, in which a link has to end.
fn within(text: &str) -> &str {
    let end = (0..=LONGEST_LINK.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// The words of a link to a page. Categories are no words of the text; of pictures their captions stay.
fn page_link(target: &str) -> String {
    let (page, words) = target.split_once('|').unwrap_or((target, target));
    let space = page.trim_start_matches(':').split(':').next().unwrap_or_default().trim().to_lowercase();
    match space.as_str() {
        "category" if !page.starts_with(':') => String::new(),
        "file" | "image" => format!("{} {}", page, words.rsplit('|').next().unwrap_or_default().replace(page, "")),
        _ => words.trim_start_matches(':').to_owned(),
    }
}
