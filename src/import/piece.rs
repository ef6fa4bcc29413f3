//! A file of a source, and what it holds at first sight.

use serde_json::Value;

use super::archive::is_zip;
use super::item::Skipped;
use super::json::{self, Objects};
use super::left_out::LeftOut;
use crate::text::SitePath;

/// A file of a source.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Its path below the source.
    pub(super) path: SitePath,
    /// The archives that it lies in, one in another, such as `export.zip/part.zip/`; empty without one.
    pub(super) archives: String,
    /// What it holds.
    pub(super) content: Content,
}

/// What a file holds at first sight.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Objects of JSON.
    Json(Objects),
    /// Text of any other kind, with `\n` at the end of each line.
    Text(String),
    /// Anything else.
    Bytes(Vec<u8>),
    /// It cannot be read, and why.
    Broken(String),
}

impl Piece {
    /// Looks at the bytes of a file.
    pub(crate) fn new(path: SitePath, bytes: Vec<u8>) -> Self {
        let content = match String::from_utf8(bytes) {
            Ok(text) if is_zip(text.as_bytes()) => Content::Bytes(text.into_bytes()),
            Err(error) => Content::Bytes(error.into_bytes()),
            Ok(text) if is_binary(&text) => Content::Bytes(text.into_bytes()),
            Ok(text) => {
                let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
                if json::looks_like(&text) && !path.extension().is_some_and(crate::import::markdown::is_markdown_ending)
                {
                    json::read(&text).map_or_else(Content::Broken, Content::Json)
                } else {
                    Content::Text(text)
                }
            }
        };
        Self { path, archives: String::new(), content }
    }

    /// Where it is in the source, with the archives that it lies in.
    pub(super) fn origin(&self) -> String {
        format!("{}{}", self.archives, self.path)
    }

    /// The text, where it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Json(_) | Content::Bytes(_) | Content::Broken(_) => None,
        }
    }

    /// The objects, where it is JSON.
    pub(super) fn objects(&self) -> &[Value] {
        match &self.content {
            Content::Json(objects) => &objects.all,
            Content::Text(_) | Content::Bytes(_) | Content::Broken(_) => &[],
        }
    }

    /// What its JSON holds beside a list.
    pub(super) fn beside(&self) -> LeftOut {
        match &self.content {
            Content::Json(objects) => objects.beside.clone(),
            Content::Text(_) | Content::Bytes(_) | Content::Broken(_) => LeftOut::default(),
        }
    }

    /// Whether it is a picture or a table beside texts, and nothing that only lays out.
    pub(super) fn is_shown(&self) -> bool {
        self.has_ending(BESIDE) && !self.has_ending(LAYOUT)
    }

    /// The bytes of what is no text.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            // A drawing is a picture, too.
            Content::Text(text) if self.has_ending(&["svg"]) => Some(text.as_bytes()),
            Content::Text(_) | Content::Json(_) | Content::Broken(_) => None,
        }
    }

    /// Whether the name ends in one of `endings`, whatever the case.
    pub(super) fn has_ending(&self, endings: &[&str]) -> bool {
        self.path.extension().is_some_and(|own| endings.iter().any(|ending| own.eq_ignore_ascii_case(ending)))
    }

    /// Whether it may hold a review, and is not broken or one of the files that stand beside texts.
    pub(super) fn is_readable(&self) -> bool {
        match &self.content {
            Content::Text(_) | Content::Json(_) => !self.has_ending(BESIDE),
            Content::Bytes(bytes) => is_zip(bytes),
            Content::Broken(_) => false,
        }
    }

    /// Why it stays behind whatever takes it: there is nothing in it.
    pub(super) fn empty(&self) -> Option<Skipped> {
        let why = match &self.content {
            Content::Text(text) if text.trim().is_empty() && !self.has_ending(BESIDE) => "it is empty",
            Content::Json(objects) if objects.all.is_empty() => "JSON that holds no object",
            Content::Text(_) | Content::Json(_) | Content::Bytes(_) | Content::Broken(_) => return None,
        };
        Some(Skipped { origin: self.origin(), why: why.to_owned() })
    }

    /// Why it stays behind when no container takes it; none for what stands beside texts, such as pictures and tables.
    pub(super) fn unknown(&self) -> Option<Skipped> {
        if self.has_ending(BESIDE) {
            return None;
        }
        let why = match &self.content {
            Content::Broken(why) => why.clone(),
            Content::Json(_) => "JSON of an unknown kind; `--from` names the container".to_owned(),
            Content::Text(_) => "a text of an unknown kind; `--from` names the container".to_owned(),
            Content::Bytes(bytes) => no_text(bytes).to_owned(),
        };
        Some(Skipped { origin: self.origin(), why })
    }
}

/// What files begin with that are no text in UTF-8, and what to do about them.
const BEGINNINGS: [(&[u8], &str); 11] = [
    (b"\xff\xfe", UTF_16),
    (b"\xfe\xff", UTF_16),
    (b"\x1f\x8b", "packed by gzip; unpack it and import what was in it"),
    (b"BZh", "packed by bzip2; unpack it and import what was in it"),
    (b"\xfd7zXZ", "packed by xz; unpack it and import what was in it"),
    (b"\x28\xb5\x2f\xfd", "packed by zstd; unpack it and import what was in it"),
    (b"7z\xbc\xaf", "packed by 7-Zip; unpack it and import what was in it"),
    (b"Rar!", "packed by RAR; unpack it and import what was in it"),
    (b"PK", "a document of another program; save it as .docx, HTML or Markdown and import that"),
    (b"\xd0\xcf\x11\xe0", "a document of an old program; save it as .docx, HTML or Markdown and import that"),
    (b"%PDF", "a PDF; save the document that it was made of as .docx, HTML or Markdown and import that"),
];

const UTF_16: &str = "a text in UTF-16; save it as UTF-8 (in PowerShell: `| Out-File -Encoding utf8`) and import that";

/// Why bytes are no text that can be read.
fn no_text(bytes: &[u8]) -> &'static str {
    let is_of_text = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b) || *byte >= b' ';
    match BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        Some((_, why)) => why,
        None if bytes.iter().all(is_of_text) => {
            "a text in another encoding than UTF-8, such as Latin-1; save it as UTF-8 and import that"
        }
        None => "no text",
    }
}

/// The number of the line in which the byte at `place` stands.
pub(super) fn line_of(text: &str, place: usize) -> usize {
    text.as_bytes().iter().take(place).filter(|byte| **byte == b'\n').count() + 1
}

/// Endings of what stands beside texts.
const BESIDE: &[&str] =
    &["bmp", "css", "csv", "gif", "ico", "jpeg", "jpg", "js", "png", "svg", "webp", "woff", "woff2"];

/// Those of them that only lay out pages.
const LAYOUT: &[&str] = &["css", "ico", "js", "woff", "woff2"];

fn is_binary(text: &str) -> bool {
    text.contains('\0')
}
