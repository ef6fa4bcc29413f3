//! Markdown of other generators and wikis: the text stays as it is, with the pictures that it shows.

use std::borrow::Cow;
use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use super::container::Container;
use super::item::{Batch, Item, Opening, Shown, Skipped};
use super::limit::{LONGEST_REVIEW, MOST_PICTURES, too_long};
use super::piece::Piece;
use super::{Choice, Context};
use crate::document::{Document, parse};
use crate::scaffold::reads_like_review;
use crate::table::{Value, ValueKind};
use crate::text::{SitePath, Source, is_web_address};

/// Files of Hugo, Jekyll, Docusaurus, MkDocs and of repositories.
pub(super) const MARKDOWN: Container = Container { name: "markdown", title: "Markdown", takes, convert };

/// Endings of texts in Markdown.
const ENDINGS: [&str; 5] = ["md", "markdown", "mdx", "qmd", "erb"];

/// Whether an ending is one of Markdown.
pub(super) fn is_markdown_ending(ending: &str) -> bool {
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Whether a file is a text that may be Markdown.
pub(super) fn is_markdown(piece: &Piece) -> bool {
    piece.text().is_some() && piece.path.extension().is_none_or(is_markdown_ending)
}

fn takes(piece: &Piece) -> bool {
    is_markdown(piece)
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let text = with_yaml(piece.text().unwrap_or_default());
    let document = document(&piece.path, &text);
    let name = piece.path.name();
    let is_index = matches!(name.split('.').next(), Some("index" | "_index" | "README" | "readme"));
    let folder = piece.path.folder().rsplit('/').next().filter(|folder| is_index && !folder.is_empty());
    let mut item = Item {
        origin: piece.path.as_str().to_owned(),
        title: title(&document).unwrap_or_else(|| piece.path.stem().to_owned()),
        name: Some(folder.unwrap_or(name).to_owned()),
        body: text.into_owned(),
        opening: Opening::Front,
        ..Item::default()
    };
    item.show_pictures(piece, context);
    Batch::one(item.if_review(context))
}

/// A text whose front matter is JSON, as Hugo has it, with the same keys in YAML; any other text as it is.
pub(super) fn with_yaml(text: &str) -> Cow<'_, str> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Map<_, serde_json::Value>>();
    let Some(Ok(keys)) = text.starts_with('{').then(|| values.next()).flatten() else { return Cow::Borrowed(text) };
    // A value of JSON is one of YAML.
    let is_plain = |key: &str| key.chars().all(|sign| sign.is_alphanumeric() || "_-".contains(sign));
    let name =
        |key: &String| if is_plain(key) { key.clone() } else { serde_json::Value::from(key.as_str()).to_string() };
    let lines: String = keys.iter().map(|(key, value)| format!("{}: {value}\n", name(key))).collect();
    Cow::Owned(format!("---\n{lines}---\n{}", &text[values.byte_offset()..]))
}

/// Follows the fences of code through the lines of a text.
#[derive(Default)]
pub(super) struct CodeFence(Option<&'static str>);

impl CodeFence {
    /// Whether the next line is code, or begins it.
    pub(super) fn is_in_code(&mut self, line: &str) -> bool {
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        self.0 = match self.0 {
            Some(open) => Some(open).filter(|open| mark != Some(open)),
            None => mark,
        };
        self.0.is_some()
    }
}

/// Reads a text as the reader does.
pub(super) fn document(path: &SitePath, text: &str) -> Document {
    parse(&Source::new(path.clone(), text))
}

/// What a text is called: by its front matter, or by its first heading.
pub(super) fn title(document: &Document) -> Option<String> {
    let given = document.front.table.given("title").and_then(|entry| text_of(&entry.value));
    given
        .or_else(|| document.outline.headings.iter().find(|heading| heading.level == 1).map(|first| first.text.clone()))
}

/// A value of front matter in the words of its author; none for tables and lists.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match &value.kind {
        ValueKind::Text(text) | ValueKind::Time(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        ValueKind::Integer(number) => Some(number.to_string()),
        ValueKind::Float(number) => Some(number.to_string()),
        ValueKind::Boolean(truth) => Some(truth.to_string()),
        ValueKind::Date(day) => Some(day.to_string()),
        ValueKind::Array(_) | ValueKind::Table(_) | ValueKind::Nothing => None,
    }
}

impl Item {
    /// Takes the pictures along that the text shows and that lie in the source.
    pub(super) fn show_pictures(&mut self, piece: &Piece, context: &Context<'_>) {
        let document = document(&piece.path, &self.body);
        let (mut missing, mut beyond) = (0, 0);
        let mut known: BTreeSet<String> = self.pictures.iter().map(|shown| shown.destination.clone()).collect();
        for link in document.outline.links.iter().filter(|link| link.image && !is_web_address(&link.destination)) {
            let destination = &link.destination;
            if destination.starts_with("data:") || !known.insert(destination.clone()) {
                continue;
            }
            if self.pictures.len() >= MOST_PICTURES {
                beyond += 1;
                continue;
            }
            let found = beside(&piece.path, destination).and_then(|path| {
                let file = context.pieces.iter().find(|other| other.path == path)?;
                Some((path, file.bytes()?.to_vec()))
            });
            match found {
                Some((path, bytes)) => {
                    let name = path.name().to_owned();
                    self.pictures.push(Shown { destination: destination.clone(), name, bytes });
                }
                None => missing += 1,
            }
        }
        if beyond > 0 {
            self.left_out.push(format!("{} beyond the first {MOST_PICTURES}", counted(beyond, "picture", "pictures")));
        }
        if missing > 0 {
            self.left_out
                .push(format!("{} not in the source", counted(missing, "picture that is", "pictures that are")));
        }
    }

    /// The item, unless it does not look like a review and only those were asked for, or it is too long for a site.
    ///
    /// # Errors
    ///
    /// Why it stays behind.
    pub(super) fn if_review(self, context: &Context<'_>) -> Result<Self, Skipped> {
        let origin = || self.origin.clone();
        if self.body.len() > LONGEST_REVIEW {
            return Err(Skipped { origin: origin(), why: too_long() });
        }
        if self.body.trim().is_empty() {
            return Err(Skipped { origin: origin(), why: "it is empty".to_owned() });
        }
        let path = SitePath::new(&format!("{}.md", self.name.as_deref().unwrap_or("text")));
        let path = path.unwrap_or_else(|_| SitePath::new("text.md").expect("the name is a path"));
        let looks_like_one = || {
            let text = super::written::review(&self);
            reads_like_review(&Source::new(path, &text), context.source)
        };
        match context.wish.choice == Choice::All || looks_like_one() {
            true => Ok(self),
            false => Err(Skipped { origin: origin(), why: NO_REVIEW.to_owned() }),
        }
    }
}

const NO_REVIEW: &str = "it does not look like a review; `--all` takes it over";

/// The path of what a text at `path` means by `destination`.
pub(super) fn beside(path: &SitePath, destination: &str) -> Option<SitePath> {
    let address = destination.split(['?', '#']).next().unwrap_or_default();
    let address = percent_decode_str(address).decode_utf8().ok()?;
    let mut parts: Vec<&str> = path.folder().split('/').filter(|part| !part.is_empty()).collect();
    if address.starts_with('/') {
        parts.clear();
    }
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    SitePath::new(&parts.join("/")).ok()
}

/// A number and its noun.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}
