//! Documents of Word, and of every program that writes `.docx`: zip and XML.

use std::collections::BTreeMap;
use std::io::Cursor;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use super::Context;
use super::archive::{self, is_word, is_zip};
use super::container::Container;
use super::docx_style::Styles;
use super::docx_text::{Text, read_text};
use super::html::{Classes, below_title, to_markdown};
use super::item::{Batch, Item, Shown, Skipped};
use super::left_out::{Kind, LeftOut};
use super::note::with_notes;
use super::piece::Piece;

/// A document with headings, paragraphs, lists, tables, links and pictures.
pub(super) const DOCX: Container = Container { name: "docx", title: "Word documents", takes, convert };

const COMMENT: Kind = ("comment", "comments");
const AROUND: Kind = ("header or footer of the pages", "headers and footers of the pages");
const MISSING: Kind = ("picture that is not in the document", "pictures that are not in the document");

fn takes(piece: &Piece) -> bool {
    piece.bytes().is_some_and(|bytes| is_word(bytes) || piece.has_ending(&["docx"]) && is_zip(bytes))
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let item = item(piece).map_err(|why| Skipped { origin: piece.path.as_str().to_owned(), why });
    Batch::one(item.and_then(|item| item.if_review(context)))
}

/// The parts of a document.
struct Parts<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl Parts<'_> {
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        match self.0.by_name(name) {
            Ok(file) => archive::read(file).map(Some),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(error) => Err(broken(&error)),
        }
    }

    fn xml(&mut self, name: &str) -> Result<Option<String>, String> {
        let bytes = self.bytes(name)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned()))
    }

    /// What the ids of a part stand for.
    fn links(&mut self, part: &str) -> Result<BTreeMap<String, String>, String> {
        let xml = self.xml(&format!("word/_rels/{part}.xml.rels"))?;
        Ok(xml.map(|xml| relations(&xml)).transpose()?.unwrap_or_default())
    }

    /// The text of a part, where there is one.
    fn text(&mut self, part: &str, styles: &Styles) -> Result<Option<Text>, String> {
        let links = self.links(part)?;
        self.xml(&format!("word/{part}.xml"))?.map(|xml| read_text(&xml, &links, styles)).transpose()
    }
}

fn broken(error: &dyn std::fmt::Display) -> String {
    format!("a broken document: {error}")
}

fn item(piece: &Piece) -> Result<Item, String> {
    let zip = ZipArchive::new(Cursor::new(piece.bytes().unwrap_or_default())).map_err(|error| broken(&error))?;
    let mut parts = Parts(zip);
    let styles = Styles::read(parts.xml("word/styles.xml")?, parts.xml("word/numbering.xml")?)?;
    let mut text = parts.text("document", &styles)?.ok_or("a document without text")?;
    let mut notes = Vec::new();
    for (part, sign) in [("footnotes", ""), ("endnotes", "e")] {
        let Some(part) = parts.text(part, &styles)? else { continue };
        notes.extend(part.notes.into_iter().map(|(id, html)| (format!("{sign}{id}"), html)));
        text.left_out.extend(part.left_out);
    }
    name_parts(&mut parts, &styles, &mut text.left_out)?;
    let converted = with_notes(&text.html, &notes, &Classes::new())?;
    text.left_out.extend(converted.left_out);
    let mut item = Item { origin: piece.path.as_str().to_owned(), ..Item::default() };
    item.body = below_title(&converted.markdown);
    for target in text.pictures {
        let name = format!("word/{target}");
        match parts.bytes(name.strip_prefix("word//").unwrap_or(&name))? {
            Some(bytes) => item.pictures.push(Shown { name: target.clone(), destination: target, bytes }),
            None => text.left_out.name(MISSING, &target),
        }
    }
    item.left_out = text.left_out.lines();
    let heading = item.body.lines().find_map(|line| line.strip_prefix("# ")).map(|title| title.replace('\\', ""));
    item.title = text.title.or(heading).unwrap_or_else(|| piece.path.stem().to_owned());
    item.front.add_text("title", Some(&item.title.clone()));
    Ok(item)
}

/// Counts comments, and names what stands above and below each page.
fn name_parts(parts: &mut Parts<'_>, styles: &Styles, left_out: &mut LeftOut) -> Result<(), String> {
    if let Some(comments) = parts.text("comments", styles)? {
        left_out.count(COMMENT, comments.notes.len());
    }
    let names: Vec<String> = parts.0.file_names().filter_map(|name| Some(name.ok()?.to_string())).collect();
    for name in &names {
        let part = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml")).unwrap_or_default();
        if !part.starts_with("header") && !part.starts_with("footer") {
            continue;
        }
        let Some(text) = parts.text(part, styles)? else { continue };
        let words = plain(&text.html);
        if !words.is_empty() {
            left_out.name(AROUND, &words);
        }
    }
    Ok(())
}

/// What the ids of links and pictures stand for.
fn relations(xml: &str) -> Result<BTreeMap<String, String>, String> {
    let mut reader = Reader::from_str(xml);
    let mut all = BTreeMap::new();
    loop {
        match reader.read_event().map_err(|error| broken(&error))? {
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

/// Words without markup.
pub(super) fn plain(words: &str) -> String {
    let markdown = to_markdown(words, &Classes::new()).map(|converted| converted.markdown).unwrap_or_default();
    markdown.replace(['\\', '*', '`'], "").trim().to_owned()
}
