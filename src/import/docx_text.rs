//! The text of a Word document, or of its notes, as HTML.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::docx::{attribute, plain};
use super::docx_block::Blocks;
use super::docx_run::{Field, Paragraph, Run, Said, escaped, target_of};
use super::docx_style::{Style, Styles};
use super::left_out::{Kind, LeftOut};
use super::limit::ELEMENT_DEPTH;
use super::note;

const DELETED: Kind = ("passage deleted while changes were tracked", "passages deleted while changes were tracked");
const HIDDEN: Kind = ("hidden passage", "hidden passages");
const CONTENTS: Kind = ("line of the table of contents", "lines of the table of contents");
const SYMBOL: Kind = ("sign of a special font", "signs of special fonts");
const DRAWING: Kind = ("description of a drawing", "descriptions of drawings");
const OBJECT: Kind = ("embedded chart, diagram or document", "embedded charts, diagrams and documents");

/// What was read.
#[derive(Default)]
pub(super) struct Text {
    pub(super) html: String,
    /// The paragraph in the style of a title.
    pub(super) title: Option<String>,
    /// The targets of the pictures.
    pub(super) pictures: Vec<String>,
    /// Notes or comments with their ids, as HTML.
    pub(super) notes: Vec<(String, String)>,
    pub(super) left_out: LeftOut,
}

/// Reads a part of a document.
///
/// # Errors
///
/// It is no XML, or nested too deep.
pub(super) fn read_text(xml: &str, links: &BTreeMap<String, String>, styles: &Styles) -> Result<Text, String> {
    let xml = note::without_sign(xml);
    let mut reader = Reader::from_str(&xml);
    let mut writer = Writer::new(links, styles);
    let mut depth = 0;
    loop {
        match reader.read_event().map_err(|error| format!("a broken document: {error}"))? {
            Event::Eof => break,
            Event::Start(tag) => {
                depth += 1;
                if depth > ELEMENT_DEPTH {
                    return Err(format!("its elements are nested deeper than {ELEMENT_DEPTH} levels"));
                }
                writer.start(&tag);
            }
            Event::Empty(tag) => {
                writer.start(&tag);
                writer.end(tag.local_name().as_ref());
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                writer.end(tag.local_name().as_ref());
            }
            Event::Text(text) => writer.hear(&text),
            Event::GeneralRef(name) => writer.hear(&format!("&{};", &*name)),
            _ => {}
        }
    }
    writer.text.html = writer.blocks.take();
    Ok(writer.text)
}

struct Writer<'a> {
    links: &'a BTreeMap<String, String>,
    styles: &'a Styles,
    text: Text,
    /// The paragraph that is open.
    open: Paragraph,
    /// Paragraphs in which boxes with paragraphs of their own stand.
    outer: Vec<Paragraph>,
    blocks: Blocks,
    run: Run,
    /// The words for the next picture.
    alternative: String,
    /// The note or comment that is open.
    note: Option<String>,
    fields: Vec<Field>,
    /// How many elements are open that say again what stands elsewhere.
    skipped: usize,
    /// How many passages are open that were deleted or moved away while changes were tracked.
    deleted: usize,
    /// What is being heard: words, or the code of a field.
    said: Option<Said>,
}

impl<'a> Writer<'a> {
    fn new(links: &'a BTreeMap<String, String>, styles: &'a Styles) -> Self {
        Self {
            links,
            styles,
            text: Text::default(),
            open: Paragraph::default(),
            outer: Vec::new(),
            blocks: Blocks::default(),
            run: Run::default(),
            alternative: String::new(),
            note: None,
            fields: Vec::new(),
            skipped: 0,
            deleted: 0,
            said: None,
        }
    }

    /// Takes words, which are escaped as HTML has it.
    fn hear(&mut self, text: &str) {
        match self.said {
            None => {}
            Some(_) if self.skipped > 0 => {}
            Some(Said::Code) => {
                if let Some(field) = self.fields.last_mut() {
                    field.code.push_str(text);
                }
            }
            Some(Said::Words) if self.deleted > 0 => self.text.left_out.name(DELETED, text),
            Some(Said::Words) if self.run.is_hidden => self.text.left_out.name(HIDDEN, text),
            Some(Said::Words) => self.open.words.push_str(&self.run.said(text)),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        match name.as_ref() {
            // What newer programs show stands before it.
            "Fallback" => self.skipped += 1,
            _ if self.skipped > 0 => {}
            "del" | "moveFrom" => self.deleted += 1,
            "t" | "delText" => self.said = Some(Said::Words),
            "instrText" => self.said = Some(Said::Code),
            "p" => {
                let outer = std::mem::take(&mut self.open);
                self.outer.push(outer);
            }
            "tbl" => self.blocks.table(),
            "tr" => self.blocks.row(),
            "tc" => self.blocks.cell(),
            "footnote" | "endnote" | "comment" => {
                // Others are lines between the text and its notes.
                let is_note = attribute(tag, "type").is_none_or(|kind| kind == "normal");
                self.note = attribute(tag, "id").filter(|_| is_note);
            }
            "chart" | "relIds" | "OLEObject" | "altChunk" => self.text.left_out.count(OBJECT, 1),
            _ => self.start_in_paragraph(tag),
        }
    }

    fn start_in_paragraph(&mut self, tag: &BytesStart<'_>) {
        let value = || attribute(tag, "val");
        let is_on = || !matches!(value().as_deref(), Some("0" | "false" | "none"));
        let open = &mut self.open;
        match tag.local_name().as_ref() {
            "pStyle" => open.style = self.styles.paragraph(&value().unwrap_or_default()),
            "numId" => open.style = self.styles.item(&value().unwrap_or_default(), open.style),
            "ilvl" => open.style = open.style.at(value().and_then(|level| level.parse().ok()).unwrap_or(0)),
            "r" => self.run = Run::default(),
            "b" => self.run.is_bold = is_on(),
            "strike" | "dstrike" => self.run.is_struck = is_on(),
            "vanish" => self.run.is_hidden = is_on(),
            "vertAlign" => {
                self.run.raised = match value().as_deref() {
                    Some("superscript") => Some("sup"),
                    Some("subscript") => Some("sub"),
                    _ => None,
                };
            }
            "br" | "cr" => open.words.push_str("<br>"),
            "tab" => open.words.push(' '),
            "noBreakHyphen" => open.words.push('-'),
            "sym" => self.text.left_out.name(SYMBOL, &attribute(tag, "font").unwrap_or_default()),
            "gridSpan" => self.blocks.widen(value().and_then(|columns| columns.parse().ok()).unwrap_or(1)),
            "gridBefore" => self.blocks.skip_columns(value().and_then(|columns| columns.parse().ok()).unwrap_or(0)),
            "vMerge" if value().as_deref() == Some("restart") => self.blocks.begin_merged(),
            "vMerge" => self.blocks.go_on_merged(),
            "footnoteReference" => open.words.push_str(&note::mark(&attribute(tag, "id").unwrap_or_default())),
            "endnoteReference" => {
                open.words.push_str(&note::mark(&format!("e{}", attribute(tag, "id").unwrap_or_default())));
            }
            "hyperlink" => {
                let target = attribute(tag, "id").and_then(|id| self.links.get(&id)).cloned();
                self.begin_link(target);
            }
            "fldSimple" => self.begin_link(target_of(&attribute(tag, "instr").unwrap_or_default())),
            "fldChar" => self.field(&attribute(tag, "fldCharType").unwrap_or_default()),
            "docPr" | "shape" => self.describe(tag),
            "blip" | "imagedata" => self.picture(tag),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Fallback" => self.skipped = self.skipped.saturating_sub(1),
            _ if self.skipped > 0 => {}
            "t" | "delText" | "instrText" => self.said = None,
            "del" | "moveFrom" => self.deleted = self.deleted.saturating_sub(1),
            "hyperlink" | "fldSimple" => self.end_link(),
            "p" => {
                self.paragraph();
                self.open = self.outer.pop().unwrap_or_default();
            }
            "drawing" | "pict" => self.name_description(),
            "tc" => {
                let covered = self.blocks.end_cell().map(|html| plain(&html)).filter(|words| !words.is_empty());
                covered.iter().for_each(|words| self.text.left_out.name(HIDDEN, words));
            }
            "tr" => self.blocks.frame("</tr>"),
            "tbl" => self.blocks.end_table(),
            "footnote" | "endnote" | "comment" => {
                let html = self.blocks.take();
                self.text.notes.extend(self.note.take().map(|id| (id, html)));
            }
            _ => {}
        }
    }

    fn begin_link(&mut self, target: Option<String>) {
        let is_link = target.is_some();
        if let Some(target) = target {
            self.open.words.push_str(&format!("<a href=\"{}\">", escaped(&target)));
        }
        self.fields.push(Field { is_link, ..Field::default() });
    }

    fn end_link(&mut self) {
        if self.fields.pop().is_some_and(|field| field.is_link) {
            self.open.words.push_str("</a>");
        }
    }

    /// A sign of a field: behind its code stand the words that it made.
    fn field(&mut self, sign: &str) {
        match sign {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                let code = self.fields.pop().unwrap_or_default().code;
                self.begin_link(target_of(&code));
            }
            "end" => self.end_link(),
            _ => {}
        }
    }

    /// Keeps the words that say what the next picture shows.
    fn describe(&mut self, tag: &BytesStart<'_>) {
        self.name_description();
        let words = ["descr", "alt", "title"].into_iter().filter_map(|name| attribute(tag, name));
        self.alternative =
            words.map(|words| words.trim().to_owned()).find(|words| !words.is_empty()).unwrap_or_default();
    }

    /// Names what is said of a drawing that is no picture.
    fn name_description(&mut self) {
        let words = std::mem::take(&mut self.alternative);
        if !words.is_empty() {
            self.text.left_out.name(DRAWING, &words);
        }
    }

    fn picture(&mut self, tag: &BytesStart<'_>) {
        let target = ["embed", "link", "id"].into_iter().find_map(|name| self.links.get(&attribute(tag, name)?));
        let Some(target) = target.cloned() else { return };
        let title = std::mem::take(&mut self.alternative);
        let title = if title.is_empty() { attribute(tag, "title").unwrap_or_default() } else { title };
        self.open.words.push_str(&format!("<img src=\"{}\" alt=\"{}\">", escaped(&target), escaped(&title)));
        if !target.contains("://") {
            self.text.pictures.push(target);
        }
    }

    fn paragraph(&mut self) {
        // Runs of bold words that follow one another are one.
        let words = std::mem::take(&mut self.open.words).replace("</b><b>", "").replace("</b> <b>", " ");
        let (words, blocks) = (words.trim_end(), &mut self.blocks);
        match self.open.style {
            Style::Code => blocks.code(words),
            _ if words.trim().is_empty() => {}
            Style::Item(list) => blocks.item(list, words.trim()),
            Style::Paragraph => blocks.block("p", words.trim()),
            Style::Contents => self.text.left_out.name(CONTENTS, &plain(words)),
            Style::Heading(level) => {
                let words = words.trim().replace("<b>", "").replace("</b>", "");
                blocks.block(&format!("h{}", level.clamp(1, 6)), &words);
            }
            Style::Title => {
                self.text.title.get_or_insert_with(|| plain(words));
                blocks.block("h1", words.trim());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The report on a text.
    fn check(body: &str, expected: &[&str]) {
        let xml = format!("<w:document xmlns:w=\"w\" xmlns:v=\"v\"><w:body>{body}</w:body></w:document>");
        let links = BTreeMap::from([("r1".to_owned(), "media/a.png".to_owned())]);
        assert_eq!(read_text(&xml, &links, &Styles::default()).unwrap().left_out.lines(), expected);
    }

    #[test]
    fn what_describes_no_picture_is_named() {
        let drawing = |words: &str, inner: &str| {
            format!("<w:p><w:r><w:drawing><w:docPr w:descr=\"{words}\"/>{inner}</w:drawing></w:r></w:p>")
        };
        let text_box = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>";
        let picture = drawing("A graph", "<w:blip w:embed=\"r1\"/>");
        check(&picture, &[]);
        let named = "1 description of a drawing: `A box with words`";
        check(&format!("{}{picture}", drawing("A box with words", text_box)), &[named]);
        let older = "<w:p><w:r><w:pict><v:shape alt=\"A box with words\"></v:shape></w:pict></w:r></w:p>";
        check(&format!("{older}{picture}"), &[named]);
    }

    #[test]
    fn words_in_a_cell_that_another_one_covers_are_named() {
        let cell = |merge: &str, words: &str| {
            let words = format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
            format!("<w:tr><w:tc><w:tcPr>{merge}</w:tcPr>{words}</w:tc></w:tr>")
        };
        let rows =
            [cell("<w:vMerge w:val=\"restart\"/>", "a"), cell("<w:vMerge/>", "covered"), cell("<w:vMerge/>", "")];
        check(&format!("<w:tbl>{}</w:tbl>", rows.concat()), &["1 hidden passage: `covered`"]);
    }
}
