//! From the text of MediaWiki to Markdown, by way of HTML.

use std::fmt::Write;

use super::html::{self, Classes, Converted};
use super::left_out::{Kind, LeftOut};
use super::wiki_inline::inline;
use super::wiki_source::{LITERAL_SIGN, prepared};
use super::wiki_tag::{cell, has_block, is_attributes, opened, with_words};
use super::wiki_template::without_templates;

const FRAME: Kind = ("text in the frame of a table", "texts in the frame of a table");

/// Converts the text of a page.
///
/// # Errors
///
/// Its elements or templates are nested too deep.
pub(super) fn to_markdown(wikitext: &str) -> Result<Converted, String> {
    let mut left_out = LeftOut::default();
    let (text, literals) = prepared(wikitext, &mut left_out);
    let text = with_words(&without_templates(&text, &mut left_out)?);
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
    /// How many lists and tables of HTML are open.
    elements: usize,
    left_out: LeftOut,
}

impl Page {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        let is_done = self.code_line(line) || self.table_line(trimmed);
        self.elements = self.elements.saturating_add_signed(opened(line));
        if is_done {
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

    /// A line that begins with a blank, outside of tables. It ends the list or the paragraph before it.
    fn code_line(&mut self, line: &str) -> bool {
        let is_shown = line.starts_with(' ') && !line.trim().is_empty() && !line.contains(LITERAL_SIGN);
        let is_frame = line.trim_start().starts_with("{|") || has_block(line);
        if !is_shown || is_frame || self.tables > 0 || self.elements > 0 {
            self.close_code();
            return false;
        }
        self.close_lists(0);
        self.close_paragraph();
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
        // A table may stand in from the margin.
        if let Some(attributes) = line.trim_start_matches(':').trim_start().strip_prefix("{|") {
            self.close_lists(0);
            self.close_paragraph();
            self.tables += 1;
            self.html.push_str("<table><tr>");
            self.frame(attributes);
            return true;
        }
        if self.tables == 0 {
            return false;
        }
        let cell = line.strip_prefix('!').map(|cells| ("th", cells)).or_else(|| Some(("td", line.strip_prefix('|')?)));
        let Some((name, cells)) = cell else { return false };
        self.close_lists(0);
        self.close_paragraph();
        match (name, cells.chars().next()) {
            ("td", Some('}')) => {
                self.tables -= 1;
                self.html.push_str("</tr></table>\n");
                if cells.len() > 1 {
                    self.line(cells[1..].trim());
                }
            }
            ("td", Some('-')) => {
                self.html.push_str("</tr><tr>");
                self.frame(cells.trim_start_matches('-'));
            }
            ("td", Some('+')) => self.cells("caption", &cells[1..]),
            ("td", _) => self.cells(name, cells),
            (_, _) => self.cells(name, &cells.replace("!!", "||")),
        }
        true
    }

    fn cells(&mut self, name: &str, cells: &str) {
        for source in cells.split("||") {
            let (attributes, words) = cell(source);
            let end = if name == "caption" { "</caption>" } else { "" };
            let _ = write!(self.html, "<{name}{attributes}>{}{end}", inline(words, &mut self.left_out));
        }
    }

    /// What stands beside the sign of a table or a row says how it looks; the wiki shows nothing of it.
    fn frame(&mut self, attributes: &str) {
        if !is_attributes(attributes) {
            self.left_out.name(FRAME, attributes);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Converts a text, and compares what comes out, with the report below it.
    fn check(wikitext: &str, expected: &str) {
        let Converted { markdown, left_out } = to_markdown(wikitext).unwrap();
        let whole =
            format!("{markdown}{}", left_out.lines().iter().map(|line| format!("({line})\n")).collect::<String>());
        assert_eq!(whole, expected, "{wikitext}");
    }

    #[test]
    fn what_is_no_tag_is_shown() {
        check(
            "Run '''ssh''' <hostname> with <your-token>; mail <noc@x.org>. if a<b then c>d",
            "Run **ssh** \\<hostname> with \\<your-token>; mail \\<noc@x.org>. if a\\<b then c>d\n",
        );
        check(
            "a <?php x ?> b <!doctype> c </foo> d <3 e < f <script>alert(1)</script> <b onclick=\"x\">g",
            "a \\<?php x ?> b \\<!doctype> c \\</foo> d <3 e < f \\<script>alert(1)\\</script> \\<b onclick=\"x\">g\n",
        );
        check(
            "a<br/>b <span style=\"x\">c</span> <nowiki/>d <code><host></code> <i class=x>e</i> <U>f</U></br>",
            "a  \nb c d `<host>` *e* f\n",
        );
        check("<translate>Words <tvar name=\"1\">x</tvar></translate> <references group=\"n\" />", "Words x\n");
    }

    #[test]
    fn cells_stand_in_each_row_that_they_reach() {
        check(
            "{| \n! Time !! Event\n|-\n| rowspan=\"2\" | 11:00 || a\n|-\n| c\n|}",
            "| Time | Event |\n| --- | --- |\n| 11:00 | a |\n| 11:00 | c |\n",
        );
        check(
            "{|\n| colspan=2 | wide || e\n|-\n| x=1 | y || Rowspan=2 align=left | z || w\n|-\n| v || u\n|} after",
            "| wide |  | e |\n| --- | --- | --- |\n| x=1 \\| y | z | w |\n| v | u |\n\nafter\n",
        );
        check(
            "{| hello\n|+ style=\"x\" | Caption\n|- style=\"y\"\n! a !! scope=col | b\n|- words\n| [[c|d]] | e\n|}",
            "Caption\n\n| a | b |\n| --- | --- |\n| d \\| e |\n(2 texts in the frame of a table: `hello`, `words`)\n(1 link to a page of the wiki, whose words stayed: `c`)\n",
        );
        check(":{| class=\"x\"\n| a || b\n|-\n| c || d\n|}", "| a | b |\n| --- | --- |\n| c | d |\n");
    }

    #[test]
    fn pictures_have_links_in_their_captions() {
        check(
            "[[File:G.png|thumb|Load of [[db1001]] rising]]",
            "File:G.png Load of db1001 rising\n(1 picture, whose name and caption stayed)\n",
        );
        check(
            "[[File:G.png|thumb|Load of [[Db1001|the database]], see [http://x.org it]]] and [[a [[b]] c]]",
            "File:G.png Load of the database, see [it](http://x.org) and \\[\\[a b c\\]\\]\n(1 picture, whose name and caption stayed)\n(1 link to a page of the wiki, whose words stayed: `Db1001`)\n",
        );
        check(
            "<gallery caption=\"Two graphs\" widths=200>\nA.png|See: [[db1001]]\nFile:B.png\n</gallery> after",
            "Two graphs\n\n- File:A.png See: db1001\n- File:B.png\n\nafter\n(2 pictures, whose names and captions stayed)\n",
        );
        check(
            "<gallery>A.png|One line</gallery>\n<gallery without end",
            "- File:A.png One line\n\n\\<gallery without end\n(1 picture, whose name and caption stayed)\n",
        );
    }

    #[test]
    fn lines_that_begin_with_a_blank_are_shown_as_they_are() {
        check(
            "It said:\n disk full\n  retrying\nand went on.\n* item\n log\n",
            "It said:\n\n```\ndisk full\n retrying\n```\n\nand went on.\n\n- item\n\n```\nlog\n```\n",
        );
        check(
            "<table>\n <tr>\n  <td>a</td>\n  <td>b</td>\n </tr>\n</table>\n log",
            "| a | b |\n| --- | --- |\n\n```\nlog\n```\n",
        );
    }

    #[test]
    fn references_stand_for_their_signs_but_in_code() {
        check(
            "<nowiki>[[a]] &lt;b> &amp;lt;</nowiki> <source lang=\"c\">&lt;</source>\n<pre>\n&lt;x>\ny\n</pre>",
            "\\[\\[a\\]\\] \\<b> \\&lt; `&lt;`\n\n```\n<x>\ny\n```\n",
        );
    }

    #[test]
    fn parameters_of_the_page_have_no_braces() {
        check(
            "a {{{1|}}} b {{{2|two}}} c {{{3}}} d {{x|{{{4|four}}}}} e {{{{{5|six}}}}} f {{{g}} h",
            "a b two c {{{3}}} d four e six f {g h\n(4 parameters of the page, whose defaults stayed: `1`, `2`, `4`, `5`)\n(1 name of a template, whose values stayed: `x`)\n",
        );
    }
}
