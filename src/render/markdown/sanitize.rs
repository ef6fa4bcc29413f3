//! The second lock before HTML of authors: a part of a page that holds some is read as browsers read it, and written anew.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

/// What a line of text may consist of.
const WORDS: [&str; 25] = [
    "a", "abbr", "b", "br", "cite", "code", "del", "dfn", "em", "i", "img", "input", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "u", "var",
];

/// What else a part of a page may consist of.
const BLOCKS: [&str; 27] = [
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Attributes of any element. Tags of authors have neither classes nor ids: those of the page come from Markdown.
const ATTRIBUTES: [&str; 6] = ["class", "id", "role", "aria-label", "tabindex", "title"];

const ATTRIBUTES_OF: [(&str, &[&str]); 7] = [
    ("a", &["href"]),
    ("img", &["src", "alt", "width", "height", "loading", "decoding"]),
    ("input", &["type", "disabled", "checked"]),
    ("ol", &["start"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan"]),
    ("details", &["open"]),
];

/// Which elements a part may have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Paragraphs, lists and tables.
    Blocks,
    /// A line of text.
    Words,
}

/// The same HTML with nothing but what a page consists of, and with every element closed.
pub(super) fn sanitized(html: &str, part: Part) -> String {
    static OF_BLOCKS: LazyLock<Builder<'static>> = LazyLock::new(|| builder(WORDS.into_iter().chain(BLOCKS)));
    static OF_WORDS: LazyLock<Builder<'static>> = LazyLock::new(|| builder(WORDS.into_iter()));
    let builder = match part {
        Part::Blocks => &OF_BLOCKS,
        Part::Words => &OF_WORDS,
    };
    builder.clean(html).to_string()
}

fn builder(tags: impl Iterator<Item = &'static str>) -> Builder<'static> {
    let mut builder = Builder::default();
    let of_tags: HashMap<&str, HashSet<&str>> =
        ATTRIBUTES_OF.into_iter().map(|(tag, attributes)| (tag, attributes.iter().copied().collect())).collect();
    builder
        .tags(tags.collect())
        .generic_attributes(ATTRIBUTES.into_iter().collect())
        .tag_attributes(of_tags)
        .url_schemes(crate::text::LINK_SCHEMES.into_iter().collect())
        .link_rel(None);
    builder
}
