//! From HTML to Markdown, without scripts, and with tables and code as the reader takes them.

use std::collections::BTreeMap;

use htmd::element_handler::Handlers;
use htmd::options::{BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown, HtmlToMarkdownBuilder};
use percent_encoding::percent_decode_str;

use super::html_mark::{self, BOLD, ITALIC, STRUCK, around};
use super::html_safety::{cleaned, is_too_deep, left_out};
use super::html_table;
use super::left_out::LeftOut;
use super::limit::{ELEMENT_DEPTH, LONGEST_SOURCE};
use super::note;

/// Block elements: what begins with one or has one inside is HTML, and not Markdown with a tag in it.
const BLOCKS: [&str; 8] = ["<p>", "<p ", "<ul>", "<ol>", "<div", "<table", "<h2", "<h3"];

/// A text that was converted.
#[derive(Clone, Debug, Default)]
pub(super) struct Converted {
    pub(super) markdown: String,
    /// What of the source is not in it.
    pub(super) left_out: LeftOut,
}

/// The declarations of the classes of a style sheet, without blanks.
pub(super) type Classes = BTreeMap<String, String>;

/// Converts a document or a part of one, in which `classes` say how words look.
///
/// # Errors
///
/// It is too long, or its elements are nested too deep.
pub(super) fn to_markdown(html: &str, classes: &Classes) -> Result<Converted, String> {
    if html.len() > LONGEST_SOURCE {
        return Err(format!("longer than {} MiB, which is the most that is converted", LONGEST_SOURCE >> 20));
    }
    if is_too_deep(html) {
        return Err(format!("its elements are nested deeper than {ELEMENT_DEPTH} levels"));
    }
    let html = html.replace(html_table::SIGNS, "").replace(html_mark::SIGNS, "");
    let classes = classes.clone();
    let converter = HtmlToMarkdown::builder().options(options());
    let converter = with_words(with_blocks(converter)).add_handler(
        vec!["span"],
        move |handlers: Parts<'_>, element: Element<'_>| {
            let said = inner(handlers, &element);
            Some(styled(said, &style_of(&element, &classes)).into())
        },
    );
    let markdown = converter.build().convert(&html_mark::with_ampersands(&cleaned(&html)));
    let markdown = html_mark::written(&markdown.map_err(|error| error.to_string())?);
    let markdown = markdown.replace('\u{a0}', " ").replace(" \"\")", ")").trim().to_owned() + "\n";
    Ok(Converted { markdown, left_out: left_out(&html) })
}

/// What gives a handler the words inside of its element.
type Parts<'a> = &'a dyn Handlers;

fn options() -> Options {
    Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        hr_style: HrStyle::Dashes,
        ..Options::default()
    }
}

fn inner(handlers: Parts<'_>, element: &Element<'_>) -> String {
    handlers.walk_children(element.node).content
}

/// Tables, code and definitions.
fn with_blocks(converter: HtmlToMarkdownBuilder) -> HtmlToMarkdownBuilder {
    converter
        .add_handler(vec!["td", "th"], |handlers: Parts<'_>, element: Element<'_>| {
            Some(html_table::cell(handlers, &element).into())
        })
        .add_handler(vec!["tr"], |handlers: Parts<'_>, element: Element<'_>| {
            Some(html_table::row(handlers, &element).into())
        })
        .add_handler(vec!["table"], |handlers: Parts<'_>, element: Element<'_>| {
            Some(html_table::table(&inner(handlers, &element)).into())
        })
        .add_handler(vec!["pre"], |handlers: Parts<'_>, element: Element<'_>| {
            let (said, class) = (inner(handlers, &element), attribute(&element, "class").unwrap_or_default());
            let (language, said) = html_mark::unmarked(&said);
            let own = html_mark::language(&class);
            Some(code(&said, if own.is_empty() { language } else { own }).into())
        })
        .add_handler(vec!["dt"], |handlers: Parts<'_>, element: Element<'_>| {
            Some(format!("\n\n{}\n", html_table::one_line(&inner(handlers, &element))).into())
        })
        .add_handler(vec!["dd"], |handlers: Parts<'_>, element: Element<'_>| {
            Some(format!(": {}\n", indented(inner(handlers, &element).trim())).into())
        })
        .add_handler(vec!["summary"], |handlers: Parts<'_>, element: Element<'_>| {
            Some(format!("\n\n{}\n\n", around(&html_table::one_line(&inner(handlers, &element)), BOLD)).into())
        })
}

/// Words whose look changes what they say, pictures and boxes.
fn with_words(converter: HtmlToMarkdownBuilder) -> HtmlToMarkdownBuilder {
    converter
        .add_handler(vec!["sup", "sub"], |handlers: Parts<'_>, element: Element<'_>| {
            Some(raised(&inner(handlers, &element), element.tag).into())
        })
        .add_handler(vec!["del", "s", "strike"], |handlers: Parts<'_>, element: Element<'_>| {
            Some(around(&inner(handlers, &element), STRUCK).into())
        })
        .add_handler(vec!["b", "strong"], |handlers: Parts<'_>, element: Element<'_>| {
            Some(around(&inner(handlers, &element), BOLD).into())
        })
        .add_handler(vec!["i", "em"], |handlers: Parts<'_>, element: Element<'_>| {
            Some(around(&inner(handlers, &element), ITALIC).into())
        })
        .add_handler(vec!["code"], |handlers: Parts<'_>, element: Element<'_>| {
            let class = attribute(&element, "class").unwrap_or_default();
            Some(html_mark::code(&inner(handlers, &element), &class).into())
        })
        .add_handler(vec!["abbr", "acronym"], |handlers: Parts<'_>, element: Element<'_>| {
            let (said, title) = (inner(handlers, &element), attribute(&element, "title"));
            let title = title.filter(|title| !title.trim().is_empty());
            Some(title.map_or(said.clone(), |title| format!("{said} ({})", plain_line(&title))).into())
        })
        .add_handler(vec!["time"], |handlers: Parts<'_>, element: Element<'_>| {
            let said = Some(inner(handlers, &element)).filter(|said| !said.trim().is_empty());
            Some(said.or_else(|| attribute(&element, "datetime")).unwrap_or_default().into())
        })
        .add_handler(vec!["img"], |_: Parts<'_>, element: Element<'_>| Some(picture(&element).into()))
        .add_handler(vec!["input"], |_: Parts<'_>, element: Element<'_>| {
            let is_checked = attribute(&element, "checked").is_some();
            let is_box = attribute(&element, "type").as_deref() == Some("checkbox");
            is_box.then(|| if is_checked { "[x] " } else { "[ ] " }.into())
        })
}

/// A picture. Without words that say what it shows, its file's name does; without an address, the words stay.
fn picture(element: &Element<'_>) -> String {
    let value = |name| attribute(element, name).map(|text| plain_line(&text)).filter(|text| !text.is_empty());
    let (alt, title, address) = (value("alt"), value("title"), value("src"));
    let name = address.as_deref().map(name_of_file);
    let alt = alt.or_else(|| title.clone()).or(name).unwrap_or_default();
    let Some(address) = address else { return alt };
    let signs = [(" ", "%20"), ("(", "%28"), (")", "%29"), ("<", "%3C"), (">", "%3E")];
    let address = signs.iter().fold(address, |address, (sign, code)| address.replace(sign, code));
    match title.filter(|title| *title != alt) {
        Some(title) => format!("![{alt}]({address} \"{}\")", title.replace('"', "\\\"")),
        None => format!("![{alt}]({address})"),
    }
}

/// The name of the file at an address, as far as it says something.
fn name_of_file(address: &str) -> String {
    let name = address.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    plain_line(&percent_decode_str(name).decode_utf8_lossy())
}

/// Words as Markdown says them in one line.
fn plain_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = String::new();
    for sign in line.chars() {
        if matches!(sign, '\\' | '[' | ']' | '<' | '*' | '`') {
            plain.push('\\');
        }
        plain.push(sign);
    }
    plain
}

/// Raised and lowered signs, without which `10<sup>6</sup>` is 106. Blocks cannot be raised, and marks of notes are by themselves.
fn raised(said: &str, tag: &str) -> String {
    if said.trim().is_empty() || said.contains('\n') || said.contains(note::SIGN) {
        return said.to_owned();
    }
    format!("<{tag}>{said}</{tag}>")
}

/// A text with one heading of the first level, below which all others stand.
pub(super) fn below_title(markdown: &str) -> String {
    let is_top = |line: &&str| line.starts_with("# ");
    if markdown.lines().filter(is_top).count() < 2 {
        return markdown.to_owned();
    }
    let (mut text, mut in_code, mut has_title) = (String::new(), false, false);
    for line in markdown.lines() {
        in_code ^= line.starts_with("```");
        let is_heading = !in_code && line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
        if is_heading && has_title && !line.starts_with("######") {
            text.push('#');
        }
        has_title |= is_heading;
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// A text that may be HTML or Markdown, as Markdown.
pub(super) fn text_of_update(text: &str) -> Converted {
    let lower = text.to_lowercase();
    let is_html = BLOCKS.iter().any(|block| lower.contains(block));
    let converted = if is_html { to_markdown(text, &Classes::new()).ok() } else { None };
    let Converted { markdown, left_out } =
        converted.unwrap_or_else(|| Converted { markdown: text.to_owned(), left_out: LeftOut::default() });
    Converted { markdown: markdown.trim().to_owned(), left_out }
}

pub(super) fn attribute(element: &Element<'_>, name: &str) -> Option<String> {
    let found = element.attrs.iter().find(|attribute| &*attribute.name.local == name)?;
    Some(found.value.to_string())
}

/// How an element looks: by its own style and those of its classes.
fn style_of(element: &Element<'_>, classes: &Classes) -> String {
    let mut style = attribute(element, "style").unwrap_or_default().replace(' ', "");
    for class in attribute(element, "class").unwrap_or_default().split_whitespace() {
        style.push(';');
        style.push_str(classes.get(class).map_or("", String::as_str));
    }
    style
}

/// Words with the signs of their look, as far as it says something.
fn styled(said: String, style: &str) -> String {
    let has = |look: &str| style.contains(look);
    let said = match () {
        () if has("vertical-align:super") => raised(&said, "sup"),
        () if has("vertical-align:sub") => raised(&said, "sub"),
        () => said,
    };
    let said = if has("line-through") { around(&said, STRUCK) } else { said };
    if has("font-weight:700") || has("font-weight:bold") { around(&said, BOLD) } else { said }
}

/// A block of code, fenced by more backticks than stand in it.
fn code(content: &str, language: &str) -> String {
    let content = content.trim_matches('\n');
    let longest = content.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("\n\n{fence}{language}\n{content}\n{fence}\n\n")
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect::<String>().trim().to_owned()
}

/// The text of the first element `name`, without tags.
pub(super) fn element_text(html: &str, name: &str) -> Option<String> {
    let inner = element(html, &format!("<{name}"))?;
    let text: String = to_markdown(inner, &Classes::new()).ok()?.markdown.replace(['\\', '*', '`'], "");
    Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
}

/// What stands in the first element whose opening tag begins with `opening`, such as `<div id="main-content"`.
pub(super) fn element<'a>(html: &'a str, opening: &str) -> Option<&'a str> {
    let start = html.match_indices(opening).map(|(at, _)| at).find(|at| {
        let next = html[at + opening.len()..].chars().next();
        !opening.ends_with(|c: char| c.is_alphanumeric()) || next.is_some_and(|next| !next.is_alphanumeric())
    })?;
    let name: String = opening[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    let inner = start + html[start..].find('>')? + 1;
    let (open, close) = (format!("<{name}"), format!("</{name}"));
    let mut depth = 1_usize;
    let mut at = inner;
    while let Some(found) = html[at..].find('<') {
        let tag = &html[at + found..];
        if tag.starts_with(&close) {
            depth -= 1;
            if depth == 0 {
                return Some(&html[inner..at + found]);
            }
        } else if tag.starts_with(&open) && tag[open.len()..].starts_with([' ', '>', '\n']) {
            depth += 1;
        }
        at += found + 1;
    }
    Some(&html[inner..])
}
