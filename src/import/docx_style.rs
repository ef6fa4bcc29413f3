//! What paragraphs of a Word document are: their styles and lists.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::docx::attribute;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    #[default]
    Paragraph,
    Title,
    /// A line of code.
    Code,
    /// A line of the table of contents.
    Contents,
    /// A heading and its level from 1.
    Heading(usize),
    Item(List),
}

/// The list that an item belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct List {
    /// From 0.
    pub(super) level: usize,
    pub(super) marker: Marker,
    /// Its number in the document; 0 where only a style says that it is one.
    pub(super) id: u32,
}

/// What stands before an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet,
    Number,
}

/// The greatest depth of lists.
pub(super) const DEEPEST: usize = 8;

impl List {
    /// Its element in HTML.
    pub(super) fn element(self) -> &'static str {
        match self.marker {
            Marker::Bullet => "ul",
            Marker::Number => "ol",
        }
    }
}

impl Style {
    /// An item at a level. Word writes the level before the list.
    pub(super) fn at(self, level: usize) -> Self {
        Self::Item(List { level: level.min(DEEPEST), marker: Marker::Bullet, id: 0 })
    }
}

/// The styles of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    /// Names of styles by their ids, in lower case.
    names: BTreeMap<String, String>,
    /// Lists whose items have numbers.
    numbered: Vec<String>,
}

impl Styles {
    /// Reads the parts of a document about styles and lists.
    ///
    /// # Errors
    ///
    /// One of them is no XML.
    pub(super) fn read(styles: Option<String>, lists: Option<String>) -> Result<Self, String> {
        let names = styles.map(|xml| names(&xml)).transpose()?.unwrap_or_default();
        let numbered = lists.map(|xml| numbered(&xml)).transpose()?.unwrap_or_default();
        Ok(Self { names, numbered })
    }

    /// What a paragraph of the style `id` is.
    pub(super) fn paragraph(&self, id: &str) -> Style {
        let name = self.names.get(id).cloned().unwrap_or_else(|| id.to_lowercase()).replace(' ', "");
        if name == "title" {
            return Style::Title;
        }
        if name.starts_with("toc") && name.len() == 4 {
            return Style::Contents;
        }
        if ["sourcecode", "htmlpreformatted", "preformattedtext", "code", "codeblock"].contains(&name.as_str()) {
            return Style::Code;
        }
        if let Some(level) = name.strip_prefix("heading").and_then(|level| level.parse().ok()) {
            return Style::Heading(level);
        }
        let level = name
            .chars()
            .last()
            .and_then(|last| last.to_digit(10))
            .map_or(0, |level| (level as usize).saturating_sub(1));
        let item = |marker| Style::Item(List { level: level.min(DEEPEST), marker, id: 0 });
        match () {
            () if name.starts_with("listbullet") => item(Marker::Bullet),
            () if name.starts_with("listnumber") => item(Marker::Number),
            () => Style::Paragraph,
        }
    }

    /// An item of the list `id`; `0` takes a paragraph out of its list. A heading with a number stays one.
    pub(super) fn item(&self, id: &str, style: Style) -> Style {
        let marker = if self.numbered.iter().any(|numbered| numbered == id) { Marker::Number } else { Marker::Bullet };
        let number = id.parse().unwrap_or_default();
        match style {
            Style::Heading(_) | Style::Title | Style::Code | Style::Contents => style,
            Style::Item(_) | Style::Paragraph if id == "0" => Style::Paragraph,
            Style::Item(list) => Style::Item(List { marker, id: number, ..list }),
            Style::Paragraph => Style::Item(List { level: 0, marker, id: number }),
        }
    }
}

fn names(xml: &str) -> Result<BTreeMap<String, String>, String> {
    let mut reader = Reader::from_str(xml);
    let (mut all, mut id) = (BTreeMap::new(), String::new());
    loop {
        match reader.read_event().map_err(|error| format!("a broken document: {error}"))? {
            Event::Eof => return Ok(all),
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "style" => id = attribute(&tag, "styleId").unwrap_or_default(),
                "name" => {
                    all.insert(id.clone(), attribute(&tag, "val").unwrap_or_default().to_lowercase());
                }
                _ => {}
            },
            _ => {}
        }
    }
}

/// The ids of lists whose first level has numbers.
fn numbered(xml: &str) -> Result<Vec<String>, String> {
    let mut reader = Reader::from_str(xml);
    let (mut formats, mut lists) = (BTreeMap::new(), Vec::new());
    let (mut format, mut list) = (String::new(), String::new());
    loop {
        match reader.read_event().map_err(|error| format!("a broken document: {error}"))? {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "abstractNum" => format = attribute(&tag, "abstractNumId").unwrap_or_default(),
                "numFmt" => {
                    formats.entry(format.clone()).or_insert_with(|| attribute(&tag, "val").unwrap_or_default());
                }
                "num" => list = attribute(&tag, "numId").unwrap_or_default(),
                "abstractNumId" => lists.push((list.clone(), attribute(&tag, "val").unwrap_or_default())),
                _ => {}
            },
            _ => {}
        }
    }
    let is_numbered = |(_, format): &(String, String)| formats.get(format).is_some_and(|format| format != "bullet");
    Ok(lists.into_iter().filter(is_numbered).map(|(list, _)| list).collect())
}
