//! From the text of MediaWiki to Markdown, by way of HTML.

use std::fmt::Write;

use super::html::{self, Classes, Converted};
use super::left_out::LeftOut;
use super::wiki_inline::inline;
use super::wiki_source::{LITERAL_SIGN, prepared};
use super::wiki_template::without_templates;

/// Converts the text of a page.
///
/// # Errors
///
/// Its elements or templates are nested too deep.
pub(super) fn to_markdown(wikitext: &str) -> Result<Converted, String> {
    let mut left_out = LeftOut::default();
    let (text, literals) = prepared(wikitext, &mut left_out);
    let text = without_templates(&text, &mut left_out)?;
    let mut page = Page { left_out, ..Page::default() };
    for line in text.lines() {
        page.line(line);
    }
    page.close_lists(0);
    page.close_paragraph();
    page.close_code();
    let mut html = String::new();
    for (at, part) in page.html.split(LITERAL_SIGN).enumerate() {
        let literal =
            if at % 2 == 1 { part.parse::<usize>().ok().and_then(|number| literals.get(number)) } else { None };
        html.push_str(literal.map_or(part, String::as_str));
    }
    let Converted { markdown, left_out } = html::to_markdown(&html, &Classes::new())?;
    page.left_out.extend(left_out);
    Ok(Converted { markdown, left_out: page.left_out })
}

/// The page as HTML, line by line.
#[derive(Default)]
struct Page {
    html: String,
    /// The signs of the lists that are open.
    lists: String,
    is_paragraph: bool,
    /// Whether lines that begin with a blank are open: they are shown as they are.
    is_code: bool,
    /// How many tables are open.
    tables: usize,
    left_out: LeftOut,
}

impl Page {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        if self.code_line(line) || self.table_line(trimmed) {
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
                let _ = writeln!(self.html, "<h{level}>{}</h{level}>", inline(words, &mut self.left_out));
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
                self.html.push_str(&inline(words, &mut self.left_out));
            }
        }
    }

    /// A line that begins with a blank, outside of lists and tables.
    fn code_line(&mut self, line: &str) -> bool {
        let is_shown = line.starts_with(' ') && !line.trim().is_empty() && !line.contains(LITERAL_SIGN);
        if !is_shown || self.tables > 0 || self.is_paragraph || !self.lists.is_empty() {
            self.close_code();
            return false;
        }
        self.html.push_str(if self.is_code { "\n" } else { "<pre>" });
        self.is_code = true;
        self.html.push_str(&inline(&line[1..], &mut self.left_out));
        true
    }

    fn close_code(&mut self) {
        if std::mem::take(&mut self.is_code) {
            self.html.push_str("</pre>\n");
        }
    }

    fn item(&mut self, signs: &str, words: &str) {
        self.close_paragraph();
        // A line that goes on below an item has a colon in its place.
        let goes_on = signs.ends_with(':') && !self.lists.is_empty();
        let level = if goes_on { self.lists.len().min(signs.len() - 1).max(1) } else { signs.len().min(9) };
        self.close_lists(level);
        if goes_on {
            let _ = write!(self.html, "<br>{}", inline(words, &mut self.left_out));
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
        let _ = write!(self.html, "<li>{}", inline(&words, &mut self.left_out));
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
            let _ = write!(self.html, "<caption>{}</caption>", inline(caption, &mut self.left_out));
        } else {
            let separator = if name == "th" && cells.contains("!!") { "!!" } else { "||" };
            for cell in cells.split(separator) {
                let _ = write!(self.html, "<{name}>{}", inline(without_style(cell), &mut self.left_out));
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
