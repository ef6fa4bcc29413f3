//! Tags in the text of MediaWiki: those that it knows, and the words between `<` and `>` that it shows as they are.

use super::html_tag::Tag;

/// Elements of HTML that authors may use, and those of the wiki that only stand around words.
const ELEMENTS: &[&str] = &[
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "data",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "includeonly",
    "ins",
    "kbd",
    "li",
    "mark",
    "math",
    "noinclude",
    "nowiki",
    "ol",
    "onlyinclude",
    "p",
    "poem",
    "pre",
    "q",
    "rb",
    "references",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "translate",
    "tt",
    "tvar",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that stand in no line of text.
const BLOCKS: [&str; 18] = [
    "blockquote",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "h2",
    "h3",
    "h4",
    "hr",
    "li",
    "ol",
    "p",
    "table",
    "td",
    "tr",
    "ul",
];

/// Attributes that say how something looks, or how far it reaches.
const ATTRIBUTES: &[&str] = &[
    "abbr",
    "align",
    "axis",
    "begin",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "char",
    "charoff",
    "cite",
    "class",
    "clear",
    "color",
    "colspan",
    "datetime",
    "dir",
    "display",
    "end",
    "face",
    "frame",
    "group",
    "headers",
    "height",
    "id",
    "itemid",
    "itemprop",
    "itemref",
    "itemtype",
    "lang",
    "name",
    "responsive",
    "role",
    "rowspan",
    "rules",
    "scope",
    "size",
    "span",
    "start",
    "style",
    "summary",
    "tabindex",
    "title",
    "type",
    "valign",
    "value",
    "width",
    "xml:lang",
];

/// Attributes that have no value.
const BARE: [&str; 6] = ["compact", "hidden", "itemscope", "noshade", "nowrap", "reversed"];

/// The greatest length of a tag in bytes.
const LONGEST_TAG: usize = 2_000;

/// The text with `&lt;` in the place of each `<` that begins no tag of the wiki.
pub(super) fn with_words(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        shown.push_str(&rest[..at]);
        shown.push_str(if is_tag(&rest[at..]) { "<" } else { "&lt;" });
        rest = &rest[at + 1..];
    }
    shown.push_str(rest);
    shown
}

/// Whether a text begins with a tag that the wiki knows.
fn is_tag(text: &str) -> bool {
    let end = (0..=LONGEST_TAG.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let near = &text[..end];
    let start = if near.starts_with("</") { 2 } else { 1 };
    let name: String = near[start..].chars().take(16).take_while(char::is_ascii_alphanumeric).collect();
    if !ELEMENTS.contains(&name.to_ascii_lowercase().as_str()) {
        return false;
    }
    let behind = &near[start + name.len()..];
    if start == 2 {
        return behind.trim_start().starts_with('>');
    }
    let inside = Tag::read(near).and_then(|tag| tag.whole[1 + name.len()..].strip_suffix('>'));
    inside.is_some_and(|inside| {
        inside.is_empty() || inside.starts_with(['/', ' ', '\t', '\n']) && is_attributes(inside.trim_end_matches('/'))
    })
}

/// Whether a text holds nothing but attributes.
pub(super) fn is_attributes(text: &str) -> bool {
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|sign: char| sign.is_whitespace() || sign == '=').unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        let Some(value) = rest[end..].trim_start().strip_prefix('=').map(str::trim_start) else {
            if !BARE.contains(&name.as_str()) {
                return false;
            }
            rest = rest[end..].trim_start();
            continue;
        };
        if !ATTRIBUTES.contains(&name.as_str()) && !name.starts_with("data-") && !name.starts_with("aria-") {
            return false;
        }
        let behind = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).map(|(_, behind)| behind),
            Some(_) | None => Some(value.trim_start_matches(|sign: char| !sign.is_whitespace())),
        };
        let Some(behind) = behind else { return false };
        rest = behind.trim_start();
    }
    true
}

/// The attributes of a cell of a table as those of HTML, and its words, which stand behind `rowspan="2" |`.
pub(super) fn cell(source: &str) -> (String, &str) {
    let Some((attributes, words)) = source.split_once('|').filter(|(attributes, _)| is_attributes(attributes)) else {
        return (String::new(), source.trim());
    };
    let tag = format!("<td {attributes}>");
    let value = |name: &str| Tag::read(&tag).and_then(|tag| tag.attribute(name).map(str::to_owned));
    let named = ["rowspan", "colspan", "title"].into_iter().filter_map(|name| Some((name, value(name)?)));
    let said = named.map(|(name, value)| format!(" {name}=\"{}\"", value.replace('"', "&quot;").replace('<', "&lt;")));
    (said.collect(), words.trim())
}

/// Whether a line has a tag of HTML that makes a block of it.
pub(super) fn has_block(line: &str) -> bool {
    let names = line.split('<').skip(1).map(|tag| tag.trim_start_matches('/'));
    names.into_iter().any(|tag| {
        let name: String = tag.chars().take(16).take_while(char::is_ascii_alphanumeric).collect();
        BLOCKS.contains(&name.to_ascii_lowercase().as_str())
    })
}

/// How many more lists and tables of HTML a line opens than it closes.
pub(super) fn opened(line: &str) -> isize {
    let lower = line.to_ascii_lowercase();
    let number = |sign: &str| isize::try_from(lower.matches(sign).count()).unwrap_or_default();
    ["table", "ul", "ol", "dl"].iter().map(|name| number(&format!("<{name}")) - number(&format!("</{name}"))).sum()
}
