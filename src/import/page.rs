//! Pages of HTML, whichever program wrote them.

use super::Context;
use super::container::Container;
use super::html::{below_title, element, element_text, to_markdown};
use super::item::{Batch, Item, Skipped};
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

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let html = piece.text().unwrap_or_default();
    let body = ["<article", "<main", "<body"].iter().find_map(|opening| element(html, opening)).unwrap_or(html);
    let title = element_text(html, "h1").or_else(|| element_text(html, "title"));
    Batch::one(page(Page { piece, title, body, bold: Vec::new() }, context))
}

/// A page, and where its text stands in it.
pub(super) struct Page<'a> {
    pub(super) piece: &'a Piece,
    pub(super) title: Option<String>,
    /// The part that is the text.
    pub(super) body: &'a str,
    /// Classes whose style is bold.
    pub(super) bold: Vec<String>,
}

/// The page as an item.
///
/// # Errors
///
/// Why it is no review, or cannot be converted.
pub(super) fn page(page: Page<'_>, context: &Context<'_>) -> Result<Item, Skipped> {
    let origin = page.piece.path.as_str().to_owned();
    let body = to_markdown(page.body, page.bold).map_err(|why| Skipped { origin: origin.clone(), why })?;
    let body = below_title(&body);
    let title = page.title.unwrap_or_else(|| page.piece.path.stem().to_owned());
    let mut item = Item { origin, title, body, ..Item::default() };
    item.front.add_text("title", Some(&item.title.clone()));
    item.show_pictures(page.piece, context);
    item.if_review(context)
}
