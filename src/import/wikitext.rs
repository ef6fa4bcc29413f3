//! From the text of MediaWiki to Markdown, by way of HTML.

use std::fmt::Write;

use super::html;
use super::limit::ELEMENT_DEPTH;

/// Elements whose content is shown as it is.
const LITERAL: [&str; 4] = ["nowiki", "pre", "syntaxhighlight", "source"];

/// Stands around the number of a literal text while the rest is converted.
const LITERAL_SIGN: char = '\u{e000}';

/// How the address of another site begins.
const ADDRESSES: [&str; 4] = ["http://", "https://", "//", "mailto:"];

/// The greatest length in bytes of a link.
const LONGEST_LINK: usize = 1_024;

/// Templates and magic words that only lay out a page.
const LAYOUT: [&str; 8] = ["toc", "notoc", "clear", "clr", "-", "reflist", "!", "="];

/// Converts the text of a page.
///
/// # Errors
///
/// Its elements or templates are nested too deep.
pub(super) fn to_markdown(wikitext: &str) -> Result<String, String> {
    let text = without_comments(&wikitext.replace(LITERAL_SIGN, ""));
    let (text, literals) = without_literals(&text);
    let text = without_templates(&with_notes(&text))?;
    let mut page = Page::default();
    for line in text.lines() {
        page.line(line);
    }
    page.close_lists(0);
    page.close_paragraph();
    let mut html = String::new();
    for (at, part) in page.html.split(LITERAL_SIGN).enumerate() {
        let literal =
            if at % 2 == 1 { part.parse::<usize>().ok().and_then(|number| literals.get(number)) } else { None };
        html.push_str(literal.map_or(part, String::as_str));
    }
    html::to_markdown(&html, Vec::new())
}

fn without_comments(text: &str) -> String {
    let mut kept = String::new();
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
            Some((*name, &rest[start..end], after))
        });
        let Some((name, said, after)) = inner else {
            kept.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        kept.push_str(&rest[..at]);
        let said = said.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let is_inline = name == "nowiki" || !said.contains('\n');
        literals.push(match (name, is_inline) {
            ("nowiki", _) => said,
            (_, true) => format!("<code>{said}</code>"),
            (_, false) => format!("<pre>{said}</pre>"),
        });
        let number = literals.len() - 1;
        let breaks = if is_inline { "" } else { "\n" };
        let _ = write!(kept, "{breaks}{LITERAL_SIGN}{number}{LITERAL_SIGN}{breaks}");
        rest = &rest[after..];
    }
    kept.push_str(rest);
    (kept, literals)
}

/// Footnotes in brackets where they stand.
fn with_notes(text: &str) -> String {
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
            None => kept.push_str(rest),
        }
    }
    kept.replace("<references />", "").replace("<references/>", "").replace("__NOTOC__", "").replace("__TOC__", "")
}

/// Templates with what they were given: facts where they stand over several lines, words where they stand in one.
fn without_templates(text: &str) -> Result<String, String> {
    let mut open: Vec<String> = vec![String::new()];
    let mut rest = text;
    let next = |rest: &str| {
        let mut signs = rest.match_indices(['{', '}']).map(|(at, _)| at);
        signs.find(|at| rest[*at..].starts_with("{{") || rest[*at..].starts_with("}}"))
    };
    while let Some(at) = next(rest) {
        let last = open.len() - 1;
        open[last].push_str(&rest[..at]);
        if rest[at..].starts_with("{{") {
            open.push(String::new());
            if open.len() > ELEMENT_DEPTH {
                return Err(format!("its templates are nested deeper than {ELEMENT_DEPTH} levels"));
            }
        } else if last == 0 {
            open[0].push_str("}}");
        } else {
            let inner = open.pop().unwrap_or_default();
            open[last - 1].push_str(&template(&inner));
        }
        rest = &rest[at + 2..];
    }
    // What is not closed is no template.
    let whole = open.join("{{");
    Ok(format!("{whole}{rest}"))
}

fn template(inner: &str) -> String {
    let mut parts = divided(inner).into_iter();
    let name = parts.next().unwrap_or_default().trim().to_owned();
    let parameters: Vec<String> = parts.collect();
    if parameters.is_empty() {
        return if LAYOUT.contains(&name.to_lowercase().as_str()) { String::new() } else { name };
    }
    let is_list = inner.contains('\n');
    let said = parameters.iter().filter_map(|parameter| match parameter.split_once('=') {
        Some((key, value)) if !key.contains(['<', '[', '/', ' ']) || is_list => {
            let (key, value) = (key.trim().replace(['_', '-'], " "), value.trim());
            let fact = || if is_list { format!("\n* '''{key}:''' {value}") } else { format!("{key}: {value}") };
            (!value.is_empty()).then(fact)
        }
        _ => Some(parameter.trim().to_owned()).filter(|value| !value.is_empty()),
    });
    let said: Vec<String> = said.collect();
    if is_list { format!("{}\n", said.concat()) } else { said.join(" ") }
}

/// The parts between `|`, but for those in links.
fn divided(inner: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut links = 0_usize;
    let mut rest = inner;
    while let Some(sign) = rest.chars().next() {
        let length = if rest.starts_with("[[") || rest.starts_with("]]") { 2 } else { sign.len_utf8() };
        match &rest[..length] {
            "[[" => links += 1,
            "]]" => links = links.saturating_sub(1),
            "|" if links == 0 => {
                parts.push(String::new());
                rest = &rest[1..];
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("there is a part").push_str(&rest[..length]);
        rest = &rest[length..];
    }
    parts
}

/// The page as HTML, line by line.
#[derive(Default)]
struct Page {
    html: String,
    /// The signs of the lists that are open.
    lists: String,
    is_paragraph: bool,
    /// How many tables are open.
    tables: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        if self.table_line(trimmed) {
            return;
        }
        let signs = line.len() - line.trim_start_matches(['*', '#', ':', ';']).len();
        let is_list = signs > 0 && line[..signs].contains(['*', '#', ';']);
        match trimmed {
            "" => {
                self.close_lists(0);
                self.close_paragraph();
            }
            _ if heading(trimmed).is_some() => {
                let (level, words) = heading(trimmed).unwrap_or((1, ""));
                self.close_lists(0);
                self.close_paragraph();
                let _ = writeln!(self.html, "<h{level}>{}</h{level}>", inline(words));
            }
            _ if trimmed.starts_with("----") => {
                self.close_paragraph();
                self.html.push_str("<hr>\n");
            }
            _ if is_list => self.item(&line[..signs], line[signs..].trim()),
            _ => {
                self.close_lists(0);
                let words = line[signs..].trim();
                if signs > 0 {
                    self.close_paragraph();
                }
                self.html.push_str(if self.is_paragraph { "\n" } else { "<p>" });
                self.is_paragraph = true;
                self.html.push_str(&inline(words));
            }
        }
    }

    fn item(&mut self, signs: &str, words: &str) {
        self.close_paragraph();
        // A line that goes on below an item has a colon in its place.
        let goes_on = signs.ends_with(':') && !self.lists.is_empty();
        let level = if goes_on { self.lists.len().min(signs.len() - 1).max(1) } else { signs.len().min(9) };
        self.close_lists(level);
        if goes_on {
            let _ = write!(self.html, "<br>{}", inline(words));
            return;
        }
        if self.lists.len() == level {
            self.html.push_str("</li>");
        }
        let sign = signs.chars().last().unwrap_or('*');
        while self.lists.len() < level {
            let inner = if self.lists.len() + 1 < level { "<li>" } else { "" };
            let _ = write!(self.html, "<{}>{inner}", element(sign));
            self.lists.push(sign);
        }
        let words = if sign == ';' { format!("'''{words}'''") } else { words.to_owned() };
        let _ = write!(self.html, "<li>{}", inline(&words));
    }

    fn close_lists(&mut self, level: usize) {
        while self.lists.len() > level {
            let sign = self.lists.pop().unwrap_or('*');
            let _ = writeln!(self.html, "</li></{}>", element(sign));
        }
    }

    fn close_paragraph(&mut self) {
        if std::mem::take(&mut self.is_paragraph) {
            self.html.push_str("</p>\n");
        }
    }

    /// A line that belongs to the frame of a table.
    fn table_line(&mut self, line: &str) -> bool {
        if line.starts_with("{|") {
            self.close_lists(0);
            self.close_paragraph();
            self.tables += 1;
            self.html.push_str("<table><tr>");
            return true;
        }
        if self.tables == 0 {
            return false;
        }
        let cell = line.strip_prefix('!').map(|cells| ("th", cells)).or_else(|| Some(("td", line.strip_prefix('|')?)));
        let Some((name, cells)) = cell else { return false };
        self.close_lists(0);
        self.close_paragraph();
        if cells.starts_with('}') && name == "td" {
            self.tables -= 1;
            self.html.push_str("</tr></table>\n");
        } else if cells.starts_with('-') {
            self.html.push_str("</tr><tr>");
        } else if let Some(caption) = cells.strip_prefix('+') {
            let _ = write!(self.html, "<caption>{}</caption>", inline(caption));
        } else {
            let separator = if name == "th" && cells.contains("!!") { "!!" } else { "||" };
            for cell in cells.split(separator) {
                let _ = write!(self.html, "<{name}>{}", inline(without_style(cell)));
            }
        }
        true
    }
}

fn element(sign: char) -> &'static str {
    if sign == '#' { "ol" } else { "ul" }
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.len() - line.trim_start_matches('=').len();
    let end = line.len() - line.trim_end_matches('=').len();
    let level = level.min(end).min(6);
    (level > 0 && line.len() > 2 * level).then(|| (level, line[level..line.len() - level].trim()))
}

/// The words of a cell, behind attributes such as `style="…" |`.
fn without_style(cell: &str) -> &str {
    match cell.split_once('|') {
        Some((attributes, words)) if attributes.contains('=') && !attributes.contains("[[") => words.trim(),
        _ => cell.trim(),
    }
}

/// Emphasis and links of a line.
fn inline(text: &str) -> String {
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
