//! Documents of Word, and of every program that writes `.docx`: zip and XML.

use std::collections::BTreeMap;
use std::io::Cursor;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use super::Context;
use super::archive::{self, is_zip};
use super::container::Container;
use super::docx_style::{List, Style, Styles};
use super::html::{below_title, to_markdown};
use super::item::{Batch, Item, Shown, Skipped};
use super::limit::ELEMENT_DEPTH;
use super::piece::Piece;

/// A document with headings, paragraphs, lists, tables, links and pictures.
pub(super) const DOCX: Container = Container { name: "docx", title: "Word documents", takes, convert };

/// The part that is the text.
const TEXT: &str = "word/document.xml";

fn takes(piece: &Piece) -> bool {
    piece.has_ending(&["docx"]) && piece.bytes().is_some_and(is_zip)
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let item = item(piece).map_err(|why| Skipped { origin: piece.path.as_str().to_owned(), why });
    Batch::one(item.and_then(|item| item.if_review(context)))
}

fn item(piece: &Piece) -> Result<Item, String> {
    let broken = |error: ZipError| format!("a broken document: {error}");
    let mut zip = ZipArchive::new(Cursor::new(piece.bytes().unwrap_or_default())).map_err(broken)?;
    let mut part = |name: &str| -> Result<Option<Vec<u8>>, String> {
        match zip.by_name(name) {
            Ok(file) => archive::read(file).map(Some),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(error) => Err(broken(error)),
        }
    };
    let mut xml = |name: &str| Ok::<_, String>(part(name)?.map(|xml| String::from_utf8_lossy(&xml).into_owned()));
    let text = xml(TEXT)?.ok_or("a document without text")?;
    let links = xml("word/_rels/document.xml.rels")?.map(|xml| relations(&xml)).transpose()?.unwrap_or_default();
    let styles = Styles::read(xml("word/styles.xml")?, xml("word/numbering.xml")?)?;
    let mut writer = Writer { links: &links, styles: &styles, ..Writer::new() };
    writer.write(&text)?;
    let mut item = Item { origin: piece.path.as_str().to_owned(), ..Item::default() };
    item.body = below_title(&to_markdown(&writer.html, Vec::new())?);
    for target in writer.pictures {
        if let Some(bytes) = part(&format!("word/{target}"))? {
            item.pictures.push(Shown { name: target.clone(), destination: target, bytes });
        }
    }
    let heading = item.body.lines().find_map(|line| line.strip_prefix("# ")).map(|title| title.replace('\\', ""));
    item.title = writer.title.or(heading).unwrap_or_else(|| piece.path.stem().to_owned());
    item.front.add_text("title", Some(&item.title.clone()));
    Ok(item)
}

/// What the ids of links and pictures stand for.
fn relations(xml: &str) -> Result<BTreeMap<String, String>, String> {
    let mut reader = Reader::from_str(xml);
    let mut all = BTreeMap::new();
    loop {
        match reader.read_event().map_err(|error| format!("a broken document: {error}"))? {
            Event::Eof => return Ok(all),
            Event::Empty(tag) | Event::Start(tag) => {
                all.extend(attribute(&tag, "Id").zip(attribute(&tag, "Target")));
            }
            _ => {}
        }
    }
}

/// The value of an attribute by its name without prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// Writes the text as HTML.
struct Writer<'a> {
    links: &'a BTreeMap<String, String>,
    styles: &'a Styles,
    html: String,
    title: Option<String>,
    pictures: Vec<String>,
    /// The paragraph that is open: its words with markup, and what it is.
    words: String,
    style: Style,
    /// Whether the words of the run are bold.
    is_bold: bool,
    /// Lists that are open, with the level of each.
    open: Vec<List>,
    /// Whether the words stand in a text that was deleted while changes were tracked.
    deleted: usize,
}

static NO_LINKS: BTreeMap<String, String> = BTreeMap::new();
static NO_STYLES: Styles = Styles::none();

impl Writer<'_> {
    fn new() -> Self {
        Self {
            links: &NO_LINKS,
            styles: &NO_STYLES,
            html: String::new(),
            title: None,
            pictures: Vec::new(),
            words: String::new(),
            style: Style::Paragraph,
            is_bold: false,
            open: Vec::new(),
            deleted: 0,
        }
    }

    fn write(&mut self, xml: &str) -> Result<(), String> {
        let mut reader = Reader::from_str(xml);
        let mut depth = 0;
        let mut is_text = false;
        loop {
            match reader.read_event().map_err(|error| format!("a broken document: {error}"))? {
                Event::Eof => break,
                Event::Start(tag) => {
                    depth += 1;
                    if depth > ELEMENT_DEPTH {
                        return Err(format!("its elements are nested deeper than {ELEMENT_DEPTH} levels"));
                    }
                    is_text = tag.local_name().as_ref() == "t";
                    self.start(&tag);
                }
                Event::Empty(tag) => {
                    self.start(&tag);
                    self.end(tag.local_name().as_ref());
                }
                Event::End(tag) => {
                    depth = depth.saturating_sub(1);
                    is_text = false;
                    self.end(tag.local_name().as_ref());
                }
                Event::Text(text) if is_text && self.deleted == 0 => {
                    self.say(&text);
                }
                Event::GeneralRef(name) if is_text && self.deleted == 0 => {
                    self.say(&format!("&{};", &*name));
                }
                _ => {}
            }
        }
        self.close_lists(0);
        Ok(())
    }

    /// Adds words of a run, which are escaped as HTML has it.
    fn say(&mut self, text: &str) {
        self.words.push_str(&if self.is_bold { format!("<b>{text}</b>") } else { text.to_owned() });
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let value = || attribute(tag, "val");
        match tag.local_name().as_ref() {
            "p" => (self.words, self.style) = (String::new(), Style::Paragraph),
            "pStyle" => self.style = self.styles.paragraph(&value().unwrap_or_default()),
            "numId" => self.style = self.styles.item(&value().unwrap_or_default(), self.style),
            "ilvl" => self.style = self.style.at(value().and_then(|level| level.parse().ok()).unwrap_or(0)),
            "r" => self.is_bold = false,
            "b" => self.is_bold = !matches!(value().as_deref(), Some("0" | "false")),
            "br" | "cr" => self.words.push_str("<br>"),
            "tab" => self.words.push(' '),
            "del" => self.deleted += 1,
            "hyperlink" => {
                let target = attribute(tag, "id").and_then(|id| self.links.get(&id)).cloned().unwrap_or_default();
                self.words.push_str(&format!("<a href=\"{}\">", escaped(&target)));
            }
            "blip" => {
                if let Some(target) = attribute(tag, "embed").and_then(|id| self.links.get(&id)) {
                    self.words.push_str(&format!("<img src=\"{}\">", escaped(target)));
                    self.pictures.push(target.clone());
                }
            }
            "tbl" => {
                self.close_lists(0);
                self.html.push_str("<table>");
            }
            "tr" => self.html.push_str("<tr>"),
            "tc" => self.html.push_str("<td>"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "hyperlink" => self.words.push_str("</a>"),
            "del" => self.deleted = self.deleted.saturating_sub(1),
            "p" => self.paragraph(),
            "tc" => {
                self.close_lists(0);
                self.html.push_str("</td>");
            }
            "tr" => self.html.push_str("</tr>"),
            "tbl" => self.html.push_str("</table>"),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        // Runs of bold words that follow one another are one.
        let words = std::mem::take(&mut self.words).replace("</b><b>", "").replace("</b> <b>", " ");
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        match self.style {
            Style::Item(list) => self.item(list, words),
            Style::Paragraph => self.block("p", words),
            Style::Heading(level) => {
                self.block(&format!("h{}", level.clamp(1, 6)), &words.replace("<b>", "").replace("</b>", ""))
            }
            Style::Title => {
                self.title.get_or_insert_with(|| plain(words));
                self.block("h1", words);
            }
        }
    }

    fn block(&mut self, name: &str, words: &str) {
        self.close_lists(0);
        self.html.push_str(&format!("<{name}>{words}</{name}>\n"));
    }

    fn item(&mut self, list: List, words: &str) {
        self.close_lists(list.level + 1);
        if self.open.len() == list.level + 1 {
            self.html.push_str("</li>");
        }
        while self.open.len() <= list.level {
            let inner = if self.open.len() < list.level { "<li>" } else { "" };
            self.html.push_str(&format!("<{}>{inner}", list.element()));
            self.open.push(list);
        }
        self.html.push_str(&format!("<li>{words}"));
    }

    /// Closes the lists from `level` on.
    fn close_lists(&mut self, level: usize) {
        while self.open.len() > level {
            let element = self.open.pop().map_or("ul", List::element);
            self.html.push_str(&format!("</li></{element}>"));
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// Words without markup.
fn plain(words: &str) -> String {
    let markdown = to_markdown(words, Vec::new()).unwrap_or_default();
    markdown.replace(['\\', '*', '`'], "").trim().to_owned()
}
