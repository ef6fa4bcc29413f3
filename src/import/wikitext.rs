//! From the text of MediaWiki to Markdown, by way of HTML.

use std::fmt::Write;

use super::html;
use super::wiki_inline::inline;
use super::wiki_template::without_templates;

/// Elements whose content is shown as it is.
const LITERAL: [&str; 4] = ["nowiki", "pre", "syntaxhighlight", "source"];

/// Stands around the number of a literal text while the rest is converted.
const LITERAL_SIGN: char = '\u{e000}';

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
