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
        Self { path, content }
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

    /// Why it stays behind when no container takes it; none for what stands beside texts, such as pictures and tables.
    pub(super) fn unknown(&self) -> Option<Skipped> {
        if self.has_ending(BESIDE) {
            return None;
        }
        let why = match &self.content {
            Content::Broken(why) => why.clone(),
            Content::Json(_) => "JSON of an unknown kind; `--from` names the container".to_owned(),
            Content::Text(_) => "a text of an unknown kind; `--from` names the container".to_owned(),
            Content::Bytes(_) => "no text".to_owned(),
        };
        Some(Skipped { origin: self.path.as_str().to_owned(), why })
    }
}

/// Endings of what stands beside texts.
const BESIDE: &[&str] =
    &["bmp", "css", "csv", "gif", "ico", "jpeg", "jpg", "js", "png", "svg", "webp", "woff", "woff2"];

/// Those of them that only lay out pages.
const LAYOUT: &[&str] = &["css", "ico", "js", "woff", "woff2"];

fn is_binary(text: &str) -> bool {
    text.contains('\0')
}
