//! From HTML to Markdown, without scripts, and with tables and code as the reader takes them.

use htmd::element_handler::Handlers;
use htmd::options::{BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown};

use super::limit::ELEMENT_DEPTH;

/// Signs between the parts of a table while it is converted. They are cut out of every text first.
const HEAD_CELL: char = '\u{4}';
const CELL: char = '\u{3}';
const END_OF_CELL: char = '\u{1}';
const END_OF_ROW: char = '\u{2}';

/// Elements that have no end.
const VOID: [&str; 12] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Elements whose end may be left out.
const OPEN: [&str; 11] = ["p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "colgroup"];

/// Block elements: what begins with one or has one inside is HTML, and not Markdown with a tag in it.
const BLOCKS: [&str; 8] = ["<p>", "<p ", "<ul>", "<ol>", "<div", "<table", "<h2", "<h3"];

/// Converts a document or a part of one. `bold` are the classes whose style is bold.
///
/// # Errors
///
/// The elements are nested too deep.
pub(super) fn to_markdown(html: &str, bold: Vec<String>) -> Result<String, String> {
    if is_too_deep(html) {
        return Err(format!("its elements are nested deeper than {ELEMENT_DEPTH} levels"));
    }
    let html = html.replace([HEAD_CELL, CELL, END_OF_CELL, END_OF_ROW], "");
    let clean = cleaned(&html);
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        hr_style: HrStyle::Dashes,
        ..Options::default()
    };
    let converter = HtmlToMarkdown::builder()
        .options(options)
        .add_handler(vec!["td", "th"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(cell(handlers, &element).into())
        })
        .add_handler(vec!["tr"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(format!("{}{END_OF_ROW}", handlers.walk_children(element.node).content).into())
        })
        .add_handler(vec!["table"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(table(&handlers.walk_children(element.node).content).into())
        })
        .add_handler(vec!["pre"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(code(&handlers.walk_children(element.node).content).into())
        })
        .add_handler(vec!["span"], move |handlers: &dyn Handlers, element: Element<'_>| {
            let said = handlers.walk_children(element.node).content;
            Some(if is_bold(&element, &bold) { strong(&said) } else { said }.into())
        })
        .add_handler(vec!["dt"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(format!("\n\n{}\n", one_line(&handlers.walk_children(element.node).content)).into())
        })
        .add_handler(vec!["dd"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(format!(": {}\n", indented(handlers.walk_children(element.node).content.trim())).into())
        })
        .add_handler(vec!["input"], |_: &dyn Handlers, element: Element<'_>| {
            let is_checked = attribute(&element, "checked").is_some();
            let is_box = attribute(&element, "type").as_deref() == Some("checkbox");
            is_box.then(|| if is_checked { "[x] " } else { "[ ] " }.into())
        })
        .build();
    let markdown = converter.convert(&clean).map_err(|error| error.to_string())?;
    Ok(markdown.replace('\u{a0}', " ").replace(" \"\")", ")").trim().to_owned() + "\n")
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
pub(super) fn text_of_update(text: &str) -> String {
    let lower = text.to_lowercase();
    let is_html = BLOCKS.iter().any(|block| lower.contains(block));
    let converted = if is_html { to_markdown(text, Vec::new()).ok() } else { None };
    converted.map_or_else(|| text.trim().to_owned(), |markdown| markdown.trim().to_owned())
}

/// The HTML without scripts, forms, comments and addresses that run something.
fn cleaned(html: &str) -> String {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .add_clean_content_tags(["title", "noscript", "template", "iframe", "object"])
        .add_tags(["input", "section", "main", "u", "font"])
        .add_tag_attributes("input", ["type", "checked"])
        .add_generic_attributes(["class", "style"])
        .link_rel(None)
        .url_relative(ammonia::UrlRelative::PassThrough);
    cleaner.clean(html).to_string()
}

/// Whether elements are nested deeper than conversions can follow. An end without its beginning ends nothing.
fn is_too_deep(html: &str) -> bool {
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

fn attribute(element: &Element<'_>, name: &str) -> Option<String> {
    let found = element.attrs.iter().find(|attribute| &*attribute.name.local == name)?;
    Some(found.value.to_string())
}

fn is_bold(element: &Element<'_>, bold: &[String]) -> bool {
    let style = attribute(element, "style").unwrap_or_default().replace(' ', "");
    let classes = attribute(element, "class").unwrap_or_default();
    style.contains("font-weight:700")
        || style.contains("font-weight:bold")
        || classes.split_whitespace().any(|class| bold.iter().any(|bold| bold == class))
}

/// Bold words; blanks around them stay outside, where Markdown needs them.
fn strong(said: &str) -> String {
    let words = said.trim();
    if words.is_empty() || words.starts_with("**") {
        return said.to_owned();
    }
    let start = said.len() - said.trim_start().len();
    format!("{}**{words}**{}", &said[..start], &said[start + words.len()..])
}

/// A block of code, fenced by more backticks than stand in it.
fn code(content: &str) -> String {
    let content = content.trim_matches('\n');
    if content.starts_with("```") {
        return format!("\n\n{content}\n\n");
    }
    let longest = content.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("\n\n{fence}\n{content}\n{fence}\n\n")
}

fn cell(handlers: &dyn Handlers, element: &Element<'_>) -> String {
    let said = one_line(&handlers.walk_children(element.node).content).replace('|', "\\|");
    let sign = if element.tag == "th" { HEAD_CELL } else { CELL };
    let span = attribute(element, "colspan").and_then(|span| span.parse::<usize>().ok()).unwrap_or(1).clamp(1, 50);
    let empty = format!("{sign}{END_OF_CELL}").repeat(span - 1);
    format!("{sign}{said}{END_OF_CELL}{empty}")
}

/// Blocks as one line, with breaks between them.
fn one_line(content: &str) -> String {
    let lines = content.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("<br>")
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect::<String>().trim().to_owned()
}

/// A table from its marked rows. A first row that is no head throughout is one of data, below an empty head.
fn table(content: &str) -> String {
    let mut above = String::new();
    let mut rows: Vec<Vec<(char, String)>> = Vec::new();
    for row in content.split(END_OF_ROW) {
        let mut cells = Vec::new();
        for part in row.split(END_OF_CELL) {
            match part.split_once([CELL, HEAD_CELL]) {
                Some((stray, said)) => {
                    above.push_str(stray.trim());
                    let sign = if part.contains(HEAD_CELL) { HEAD_CELL } else { CELL };
                    cells.push((sign, said.to_owned()));
                }
                None => above.push_str(part.trim()),
            }
        }
        if !cells.is_empty() {
            rows.push(cells);
        }
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    // One cell is a frame around a text.
    if let [row] = rows.as_slice()
        && let [(_, said)] = row.as_slice()
    {
        return format!("\n\n{above}\n\n{}\n\n", said.replace("<br>", "\n\n"));
    }
    let is_head = |row: &Vec<(char, String)>| row.iter().all(|(sign, _)| *sign == HEAD_CELL);
    let is_mixed = |row: &Vec<(char, String)>| row.iter().any(|(sign, _)| *sign == HEAD_CELL) && !is_head(row);
    if rows.first().is_some_and(is_mixed) {
        rows.insert(0, Vec::new());
    }
    let mut text = format!("\n\n{above}\n\n");
    for (at, row) in rows.iter().enumerate() {
        let said = |place: usize| row.get(place).map_or("", |(_, said)| said.as_str());
        text.extend((0..width).map(|place| format!("| {} ", said(place))));
        text.push_str("|\n");
        if at == 0 {
            text.push_str(&"| --- ".repeat(width));
            text.push_str("|\n");
        }
    }
    text.push('\n');
    text
}

/// The text of the first element `name`, without tags.
pub(super) fn element_text(html: &str, name: &str) -> Option<String> {
    let inner = element(html, &format!("<{name}"))?;
    let markdown = to_markdown(inner, Vec::new()).ok()?;
    let text: String = markdown.replace(['\\', '*', '_', '`', '#'], "");
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
