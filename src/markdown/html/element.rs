//! Which HTML elements and attributes a page may have, and what becomes of the others.

use pulldown_cmark::{HeadingLevel, Tag as Markup};

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Treatment {
    /// Markdown has the same.
    Inline(Inline),
    /// A line break.
    Break,
    /// A line across.
    Rule,
    /// A link, if it has an address.
    Link,
    /// A picture.
    Picture,
    /// A paragraph: its tags end what stands before.
    Paragraph,
    /// A heading.
    Heading(HeadingLevel),
    /// The tag stays, inside a line of text.
    Words,
    /// The tag stays, around lines and paragraphs.
    Block(Content),
    /// The tag goes and what it holds stays: it changes nothing that is seen.
    Without,
    /// The same for one that ends a paragraph.
    WithoutBlock,
    /// The tag goes and its words stay, and the author hears of it.
    LeftOut,
    /// The element goes with its words, and the author hears of it.
    LeftOutWhole,
    /// No element of HTML: it is text, such as `<name>`.
    Unknown,
}

/// What stands in an element whose tag stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Paragraphs.
    Blocks,
    /// Words, or paragraphs.
    Words,
    /// Lines as they are.
    Lines,
    /// Other elements only.
    Parts,
}

/// An element that Markdown has, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    Strong,
    Emphasis,
    Strikethrough,
    Subscript,
    Superscript,
}

impl Inline {
    pub(super) fn markup(self) -> Markup<'static> {
        match self {
            Inline::Strong => Markup::Strong,
            Inline::Emphasis => Markup::Emphasis,
            Inline::Strikethrough => Markup::Strikethrough,
            Inline::Subscript => Markup::Subscript,
            Inline::Superscript => Markup::Superscript,
        }
    }
}

/// What becomes of the element with this name, in lower case.
pub(super) fn treatment(name: &str) -> Treatment {
    match name {
        "b" | "strong" => Treatment::Inline(Inline::Strong),
        "i" | "em" => Treatment::Inline(Inline::Emphasis),
        "del" | "s" | "strike" => Treatment::Inline(Inline::Strikethrough),
        "sub" => Treatment::Inline(Inline::Subscript),
        "sup" => Treatment::Inline(Inline::Superscript),
        "br" => Treatment::Break,
        "hr" => Treatment::Rule,
        "a" => Treatment::Link,
        "img" => Treatment::Picture,
        "p" => Treatment::Paragraph,
        "h1" => Treatment::Heading(HeadingLevel::H1),
        "h2" => Treatment::Heading(HeadingLevel::H2),
        "h3" => Treatment::Heading(HeadingLevel::H3),
        "h4" => Treatment::Heading(HeadingLevel::H4),
        "h5" => Treatment::Heading(HeadingLevel::H5),
        "h6" => Treatment::Heading(HeadingLevel::H6),
        "kbd" | "ins" | "mark" | "abbr" | "code" | "samp" | "var" | "q" | "cite" | "dfn" | "small" | "u" => {
            Treatment::Words
        }
        "details" | "blockquote" => Treatment::Block(Content::Blocks),
        "summary" | "td" | "th" | "caption" | "dt" | "dd" | "li" => Treatment::Block(Content::Words),
        "pre" => Treatment::Block(Content::Lines),
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "dl" | "ul" | "ol" => Treatment::Block(Content::Parts),
        "span" | "wbr" | "tt" | "big" | "time" | "label" | "bdi" | "data" | "picture" | "source" | "col"
        | "colgroup" | "nobr" | "acronym" | "output" => Treatment::Without,
        "div" | "center" | "section" | "article" | "header" | "footer" | "main" | "nav" | "aside" | "figure"
        | "figcaption" | "address" | "hgroup" | "html" | "body" => Treatment::WithoutBlock,
        "script" | "style" => Treatment::LeftOutWhole,
        "font" | "marquee" | "blink" | "iframe" | "frame" | "frameset" | "object" | "embed" | "param" | "applet"
        | "video" | "audio" | "track" | "canvas" | "map" | "area" | "svg" | "math" | "form" | "input" | "button"
        | "select" | "option" | "optgroup" | "textarea" | "fieldset" | "legend" | "datalist" | "meter" | "progress"
        | "dialog" | "template" | "slot" | "noscript" | "link" | "meta" | "base" | "head" | "title" | "bdo"
        | "ruby" | "rb" | "rt" | "rp" | "menu" | "dir" | "xmp" | "plaintext" | "listing" | "noembed" | "noframes" => {
            Treatment::LeftOut
        }
        _ => Treatment::Unknown,
    }
}

/// What becomes of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttributeTreatment {
    /// It stays.
    Kept,
    /// It goes, and nothing that readers see or do changes.
    Dropped,
    /// It goes, and the author hears of it.
    LeftOut,
}

/// What becomes of the attribute `name` of the element `element`.
pub(super) fn attribute_treatment(element: &str, name: &str, value: &str) -> AttributeTreatment {
    let is_number = !value.is_empty() && value.len() <= 4 && value.bytes().all(|byte| byte.is_ascii_digit());
    match name {
        "title" => AttributeTreatment::Kept,
        "open" if element == "details" => AttributeTreatment::Kept,
        "colspan" | "rowspan" if matches!(element, "td" | "th") && is_number => AttributeTreatment::Kept,
        "start" if element == "ol" && is_number => AttributeTreatment::Kept,
        "style" | "hidden" | "color" | "bgcolor" | "background" | "srcdoc" => AttributeTreatment::LeftOut,
        _ if name.starts_with("on") => AttributeTreatment::LeftOut,
        _ => AttributeTreatment::Dropped,
    }
}
