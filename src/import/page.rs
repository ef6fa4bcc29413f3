//! Pages of HTML, whichever program wrote them.

use super::Context;
use super::container::Container;
use super::html::{Classes, below_title, element, element_text};
use super::html_picture::with_files;
use super::html_safety::number_of_words;
use super::item::{Batch, Item, Skipped};
use super::left_out::{Kind, LeftOut};
use super::note::with_notes;
use super::piece::Piece;

/// A page of HTML.
pub(super) const HTML: Container = Container { name: "html", title: "HTML", takes, convert };

fn takes(piece: &Piece) -> bool {
    is_page(piece)
}

/// Whether a file is a page.
pub(super) fn is_page(piece: &Piece) -> bool {
    let start = piece.text().unwrap_or_default().trim_start();
    let begins = |sign: &str| start.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign));
    piece.has_ending(&["html", "htm", "xhtml"]) && piece.text().is_some() || begins("<!doctype html") || begins("<html")
}

/// Elements that hold the text of a page, and nothing around it. A page of several articles is one text.
const TEXTS: [&str; 3] = ["<article", "<main", "<body"];

const AROUND: Kind = ("word around the text, such as navigation", "words around the text, such as navigation");

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let html = piece.text().unwrap_or_default();
    let is_one = |opening: &&&str| html.matches(**opening).count() == 1;
    let body = TEXTS.iter().filter(is_one).find_map(|opening| element(html, opening)).unwrap_or(html);
    let title = element_text(html, "h1").or_else(|| element_text(html, "title"));
    let left_out = around(html, body);
    Batch::one(page(Page { piece, title, body, classes: Classes::new(), left_out, notes: Vec::new() }, context))
}

/// The words of a page that do not stand in its text.
pub(super) fn around(html: &str, text: &str) -> LeftOut {
    let whole = element(html, "<body").unwrap_or(html);
    let mut left_out = LeftOut::default();
    left_out.count(AROUND, number_of_words(whole).saturating_sub(number_of_words(text)));
    left_out
}

/// A page, and where its text stands in it.
pub(super) struct Page<'a> {
    pub(super) piece: &'a Piece,
    pub(super) title: Option<String>,
    /// The part that is the text.
    pub(super) body: &'a str,
    /// How its words look.
    pub(super) classes: Classes,
    /// What its container left out already.
    pub(super) left_out: LeftOut,
    /// The ids of footnotes, and these as HTML.
    pub(super) notes: Vec<(String, String)>,
}

/// The page as an item.
///
/// # Errors
///
/// Why it is no review, or cannot be converted.
pub(super) fn page(page: Page<'_>, context: &Context<'_>) -> Result<Item, Skipped> {
    let origin = page.piece.path.as_str().to_owned();
    let (html, pictures) = with_files(page.body);
    let converted =
        with_notes(&html, &page.notes, &page.classes).map_err(|why| Skipped { origin: origin.clone(), why })?;
    let body = below_title(&converted.markdown);
    let mut left_out = page.left_out;
    left_out.extend(converted.left_out);
    let title = page.title.unwrap_or_else(|| page.piece.path.stem().to_owned());
    let mut item = Item { origin, title, body, pictures, left_out: left_out.lines(), ..Item::default() };
    item.front.add_text("title", Some(&item.title.clone()));
    item.show_pictures(page.piece, context);
    item.if_review(context)
}
