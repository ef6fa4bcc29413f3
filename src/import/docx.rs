//! Documents of Word, and of every program that writes `.docx`: zip and XML.

use std::collections::BTreeSet;
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

/// What a part says of another one, or of something outside.
struct Relation {
    id: String,
    /// The end of its type, such as `footnotes`.
    kind: String,
    target: String,
}

impl Parts<'_> {
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        match self.0.by_name(name) {
            Ok(file) => archive::read(file).map(Some),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(error) => Err(broken(&error)),
        }
    }

    fn xml(&mut self, name: &str) -> Result<Option<String>, String> {
        let text = |bytes: Vec<u8>| {
            decoded(&bytes).ok_or_else(|| {
                broken(&format!("{name} is written neither in UTF-8 nor in UTF-16; save it once more as .docx"))
            })
        };
        self.bytes(name)?.map(text).transpose()
    }

    fn relations(&mut self, part: &str) -> Result<Vec<Relation>, String> {
        let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
        let xml = self.xml(format!("{folder}/_rels/{name}.rels").trim_start_matches('/'))?;
        Ok(xml.map(|xml| relations(&xml)).transpose()?.unwrap_or_default())
    }

    /// The part in which the text stands, which has another name than usual in documents of some programs.
    fn main(&mut self) -> Result<String, String> {
        let relations = self.relations("")?;
        let main = relations.iter().find(|relation| relation.kind == "officeDocument");
        Ok(main.map_or_else(|| "word/document.xml".to_owned(), |relation| beside("", &relation.target)))
    }

    /// The part of a kind that belongs to the one with the text.
    fn of_kind(&mut self, main: &str, kind: &str) -> Result<String, String> {
        let relations = self.relations(main)?;
        let named = relations.iter().find(|relation| relation.kind == kind);
        Ok(beside(main, &named.map_or_else(|| format!("{kind}.xml"), |relation| relation.target.clone())))
    }

    /// The text of a part, where there is one.
    fn text(&mut self, part: &str, styles: &Styles) -> Result<Option<Text>, String> {
        let links = self.relations(part)?.into_iter().map(|relation| (relation.id, relation.target)).collect();
        self.xml(part)?.map(|xml| read_text(&xml, &links, styles)).transpose()
    }
}

/// A text in UTF-8 or UTF-16, which XML may be written in.
fn decoded(bytes: &[u8]) -> Option<String> {
    let pairs = |of: fn([u8; 2]) -> u16| bytes.chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect::<Vec<_>>();
    let text = match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => String::from_utf16(&pairs(u16::from_le_bytes)).ok()?,
        [0xfe, 0xff, ..] | [0, b'<', ..] => String::from_utf16(&pairs(u16::from_be_bytes)).ok()?,
        _ => String::from_utf8(bytes.to_vec()).ok()?,
    };
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// The path of what the part at `part` calls `target`.
fn beside(part: &str, target: &str) -> String {
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for name in target.split('/') {
        match name {
            "." | "" => {}
            ".." => _ = path.pop(),
            name => path.push(name),
        }
    }
    path.retain(|name| !name.is_empty());
    path.join("/")
}

fn broken(error: &dyn std::fmt::Display) -> String {
    format!("a broken document: {error}")
}

fn item(piece: &Piece) -> Result<Item, String> {
    let zip = ZipArchive::new(Cursor::new(piece.bytes().unwrap_or_default())).map_err(|error| broken(&error))?;
    let mut parts = Parts(zip);
    let main = parts.main()?;
    let (styles, lists) = (parts.of_kind(&main, "styles")?, parts.of_kind(&main, "numbering")?);
    let styles = Styles::read(parts.xml(&styles)?, parts.xml(&lists)?)?;
    let mut text = parts.text(&main, &styles)?.ok_or("a document without text")?;
    let mut notes = Vec::new();
    for (kind, sign) in [("footnotes", ""), ("endnotes", "e")] {
        let part = parts.of_kind(&main, kind)?;
        let Some(part) = parts.text(&part, &styles)? else { continue };
        notes.extend(part.notes.into_iter().map(|(id, html)| (format!("{sign}{id}"), html)));
        text.left_out.extend(part.left_out);
    }
    name_parts(&mut parts, &main, &styles, &mut text.left_out)?;
    let converted = with_notes(&text.html, &notes, &Classes::new())?;
    text.left_out.extend(converted.left_out);
    let mut item = Item { origin: piece.path.as_str().to_owned(), ..Item::default() };
    item.body = below_title(&converted.markdown);
    for target in text.pictures {
        match parts.bytes(&beside(&main, &target))? {
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
fn name_parts(parts: &mut Parts<'_>, main: &str, styles: &Styles, left_out: &mut LeftOut) -> Result<(), String> {
    let comments = parts.of_kind(main, "comments")?;
    if let Some(comments) = parts.text(&comments, styles)? {
        left_out.count(COMMENT, comments.notes.len());
    }
    let is_around = |name: &str| name.starts_with("header") || name.starts_with("footer");
    let related = parts.relations(main)?.into_iter().filter(|relation| is_around(&relation.kind));
    let mut names: BTreeSet<String> = related.map(|relation| beside(main, &relation.target)).collect();
    let all = parts.0.file_names().filter_map(|name| Some(name.ok()?.to_string()));
    names.extend(all.filter(|name| name.strip_prefix("word/").is_some_and(is_around) && name.ends_with(".xml")));
    for name in &names {
        let Some(text) = parts.text(name, styles)? else { continue };
        let words = plain(&text.html);
        if !words.is_empty() {
            left_out.name(AROUND, &words);
        }
    }
    Ok(())
}

fn relations(xml: &str) -> Result<Vec<Relation>, String> {
    let mut reader = Reader::from_str(xml);
    let mut all = Vec::new();
    loop {
        match reader.read_event().map_err(|error| broken(&error))? {
            Event::Eof => return Ok(all),
            Event::Empty(tag) | Event::Start(tag) => {
                let kind = attribute(&tag, "Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let named = attribute(&tag, "Id").zip(attribute(&tag, "Target"));
                all.extend(named.map(|(id, target)| Relation { id, kind, target }));
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::import::reviews_in;
    use crate::text::SitePath;

    /// A document with these parts and an outcome for it: the text below its front matter, or nothing.
    fn check(parts: &[(&str, &[u8])], expected: &str) {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        let reviews = reviews_in(SitePath::new("a.docx").unwrap(), zip.finish().unwrap().into_inner());
        let text = reviews.first().and_then(|(_, text)| text.split_once("\n---\n\n")).map_or("", |(_, body)| body);
        assert_eq!(text.trim_end(), expected);
    }

    /// A document whose text is in this XML.
    fn check_body(body: &str, expected: &str) {
        check(
            &[("word/document.xml", document(body).as_bytes()), ("word/numbering.xml", NUMBERS.as_bytes())],
            expected,
        );
    }

    /// Lists 1 and 3 have numbers, 2 has none.
    const NUMBERS: &str = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl><w:numFmt w:val=\"decimal\"/>\
        </w:lvl></w:abstractNum><w:abstractNum w:abstractNumId=\"1\"><w:lvl><w:numFmt w:val=\"bullet\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
        <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";

    fn document(body: &str) -> String {
        format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")
    }

    fn paragraph(words: &str) -> String {
        format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
    }

    fn item(list: u32, level: usize, words: &str) -> String {
        let place = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        format!("<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    }

    /// A cell with properties.
    fn cell(properties: &str, words: &str) -> String {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(words))
    }

    fn row(cells: &[String]) -> String {
        format!("<w:tr>{}</w:tr>", cells.concat())
    }

    #[test]
    fn a_merged_cell_stands_in_each_row() {
        const BEGINS: &str = "<w:vMerge w:val=\"restart\"/>";
        const GOES_ON: &str = "<w:vMerge/>";
        let wide = "<w:gridSpan w:val=\"2\"/>";
        let rows = [
            row(&[cell("", "When"), cell("", "What"), cell("", "Who")]),
            row(&[cell(BEGINS, "10:00 UTC"), cell("", "a"), cell(BEGINS, "x")]),
            row(&[cell(GOES_ON, ""), cell("", "b"), cell("<w:vMerge w:val=\"continue\"/>", "")]),
            row(&[cell(wide, "wide"), cell(GOES_ON, "")]),
            row(&[cell(&format!("{wide}{BEGINS}"), "both"), cell("", "c")]),
            row(&[cell(&format!("{wide}{GOES_ON}"), ""), cell(GOES_ON, "own")]),
            format!("<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr>", cell("", "late")),
        ];
        let expected = [
            "| When | What | Who |",
            "| --- | --- | --- |",
            "| 10:00 UTC | a | x |",
            "| 10:00 UTC | b | x |",
            "| wide |  | x |",
            "| both |  | c |",
            "| both |  | own |",
            "|  | late |",
        ];
        check_body(&format!("<w:tbl>{}</w:tbl>", rows.concat()), &expected.join("\n"));
        let many: String =
            (0..120).map(|at| row(&[cell(if at == 0 { BEGINS } else { GOES_ON }, ""), cell("", "z")])).collect();
        let rows = vec!["|  | z |"; 119];
        check_body(&format!("<w:tbl>{many}</w:tbl>"), &format!("|  | z |\n| --- | --- |\n{}", rows.join("\n")));
    }

    #[test]
    fn neighbouring_lists_are_two() {
        let items = [
            item(1, 0, "one"),
            item(1, 1, "deep"),
            item(2, 1, "dot"),
            item(1, 0, "two"),
            item(2, 0, "bullet"),
            paragraph("Between."),
            item(1, 0, "three"),
            item(1, 1, "deep again"),
            paragraph("Other."),
            item(3, 0, "one"),
        ];
        let expected = "1. one\n   1. deep\n\n   - dot\n2. two\n\n- bullet\n\nBetween.\n\n3. three\n   1. deep again\n\nOther.\n\n1. one";
        check_body(&items.concat(), expected);
    }

    #[test]
    fn parts_have_any_name_and_encoding() {
        let document = document(&paragraph("It was down."));
        let relation = |kind: &str, target: &str| {
            format!("<R><Relationship Id=\"1\" Type=\"http://x/{kind}\" Target=\"{target}\"/></R>").into_bytes()
        };
        let main = relation("officeDocument", "/word/document2.xml");
        check(&[("_rels/.rels", &main), ("word/document2.xml", document.as_bytes())], "It was down.");
        let main = relation("officeDocument", "doc/text.xml");
        let reference = document.replace("</w:p>", "<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>");
        let note = format!(
            "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
            paragraph("Twice.")
        );
        let notes = relation("footnotes", "../notes/foot2.xml");
        check(
            &[
                ("_rels/.rels", &main),
                ("doc/text.xml", reference.as_bytes()),
                ("doc/_rels/text.xml.rels", &notes),
                ("notes/foot2.xml", note.as_bytes()),
            ],
            "It was down.[^2]\n\n[^2]: Twice.",
        );
        let units: Vec<u16> = format!("\u{feff}{document}").encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        check(&[("word/document.xml", &little)], "It was down.");
        check(&[("word/document.xml", &big)], "It was down.");
        let latin: Vec<u8> = document.bytes().chain([0xe4]).collect();
        check(&[("word/document.xml", &latin)], "");
    }
}
