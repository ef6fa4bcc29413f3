//! The headings, list items, table rows and links of a text, collected in one pass over its Markdown.

mod reader;

pub(super) use reader::read;

use crate::text::{Span, Spanned};

/// The parts of a text that sections and rules need.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// All headings, those in quotations and lists among them, in order.
    pub headings: Vec<Heading>,
    /// The bold words that may stand for headings, in order.
    pub labels: Vec<Heading>,
    /// The items of all lists, in order of their beginnings.
    pub items: Vec<Item>,
    /// The rows of all tables without their headers, in order.
    pub rows: Vec<Row>,
    /// The cells of the header of each table, in order.
    pub tables: Vec<Vec<Span>>,
    /// The paragraphs that stand in no list, quotation or footnote, in order.
    pub paragraphs: Vec<Span>,
    /// Links and images, in order of their beginnings.
    pub links: Vec<Link>,
    /// The offset of each visible word or link, in order.
    pub words: Vec<usize>,
    /// The pieces of running text, without code and headings.
    pub prose: Vec<Span>,
    /// Block quotations, outer ones before inner ones.
    pub quotations: Vec<Span>,
}

/// A heading and its level.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 for `#`, up to 6; of a label, one more than that of the heading above it.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// The heading with its `#` signs; of a label, the bold words with the colon behind them.
    pub span: Span,
    /// What it is written as.
    pub form: HeadingForm,
}

/// What a heading is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingForm {
    /// With `#` signs, or underlined.
    Heading,
    /// Like that, but in a quotation or an item of a list: it is no heading of the text itself.
    Inner,
    /// A paragraph that is bold.
    BoldLine,
    /// Bold words and a colon at the beginning of a paragraph.
    ParagraphLabel,
    /// Bold words at the beginning of an item of a list, before a colon or on a line of their own.
    ItemLabel,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// The item with its marker and everything inside.
    pub span: Span,
    /// The offset of its first word.
    pub start: usize,
    /// The bold words at its beginning, by which actions address it.
    pub lead: Option<Spanned<String>>,
    /// In how many other items it stands.
    pub depth: usize,
}

/// A row of a table below its header.
#[derive(Clone, Debug)]
pub struct Row {
    /// The line of the row.
    pub span: Span,
    /// The content of each cell, without the bars.
    pub cells: Vec<Span>,
    /// The position of its table in [`Outline::tables`].
    pub table: usize,
}

/// A link or an image.
#[derive(Clone, Debug)]
pub struct Link {
    /// The address as written; of an address in angle brackets, with `mailto:`.
    pub destination: String,
    /// Its text without markup, cut off after some 1,000 bytes; of an image, the alternative text.
    pub text: String,
    /// The link with its brackets and address.
    pub span: Span,
    /// Whether it is an image.
    pub image: bool,
}
