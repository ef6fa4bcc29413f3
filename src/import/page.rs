//! Pages of HTML, whichever program wrote them.

use std::cell::RefCell;

use super::Context;
use super::container::Container;
use super::html::{Classes, below_title, element, element_text};
use super::html_picture::with_files;
use super::html_safety::{TITLE, is_too_deep, number_of_words};
use super::html_tag::with_tags;
use super::item::{Batch, Item, Skipped};
use super::left_out::{Kind, LeftOut};
use super::markdown::beside;
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

const OTHER: Kind = (
    "link to another text of the source, whose words stayed",
    "links to other texts of the source, whose words stayed",
);
const AROUND: Kind = ("word around the text, such as navigation", "words around the text, such as navigation");

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let html = piece.text().unwrap_or_default();
    let is_one = |opening: &&&str| html.matches(**opening).count() == 1;
    let body = TEXTS.iter().filter(is_one).find_map(|opening| element(html, opening)).unwrap_or(html);
    let title = element_text(html, "h1").or_else(|| element_text(html, "title"));
    let mut left_out = around(html, body);
    if !body.contains("<title") {
        name_title(html, title.as_deref(), &mut left_out);
    }
    Batch::one(page(Page { piece, title, body, classes: Classes::new(), left_out, notes: Vec::new() }, context))
}

/// The words of a page that do not stand in its text.
pub(super) fn around(html: &str, text: &str) -> LeftOut {
    let whole = element(html, "<body").unwrap_or(html);
    let mut left_out = LeftOut::default();
    // Such a page is refused, and counting its words takes long.
    if is_too_deep(whole) {
        return left_out;
    }
    left_out.count(AROUND, number_of_words(whole).saturating_sub(number_of_words(text)));
    left_out
}

/// Names what the window of a page is called, where the review is called otherwise.
pub(super) fn name_title(html: &str, title: Option<&str>, left_out: &mut LeftOut) {
    if let Some(own) = element_text(html, "title").filter(|own| Some(own.as_str()) != title) {
        left_out.name(TITLE, &own);
    }
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
    let mut left_out = page.left_out;
    let html = without_links(&html, page.piece, context, &mut left_out);
    let converted =
        with_notes(&html, &page.notes, &page.classes).map_err(|why| Skipped { origin: origin.clone(), why })?;
    let body = below_title(&converted.markdown);
    left_out.extend(converted.left_out);
    let title = page.title.unwrap_or_else(|| page.piece.path.stem().to_owned());
    let mut item = Item { origin, title, body, pictures, left_out: left_out.lines(), ..Item::default() };
    item.front.add_text("title", Some(&item.title.clone()));
    item.show_pictures(page.piece, context);
    item.if_review(context)
}

/// The page with the words of links to other texts of the source, which have another address from now on.
fn without_links(html: &str, piece: &Piece, context: &Context<'_>, left_out: &mut LeftOut) -> String {
    let targets = RefCell::new(Vec::new());
    let html = with_tags(html, "a", |tag| {
        let target = tag.attribute("href").filter(|target| !target.starts_with('#'))?;
        let path = beside(&piece.path, target)?;
        let place = context.pieces.binary_search_by(|other| other.path.cmp(&path)).ok()?;
        let is_text = context.pieces[place].text().is_some() && !context.pieces[place].is_shown();
        is_text.then(|| {
            targets.borrow_mut().push(target.to_owned());
            // Without its beginning, the end of the link says nothing.
            String::new()
        })
    });
    targets.into_inner().iter().for_each(|target| left_out.name(OTHER, target));
    html
}

#[cfg(test)]
mod tests {
    use crate::import::{Importer, Piece, Wish};
    use crate::model::Policy;
    use crate::text::SitePath;

    /// Imports pages, and compares the first text and its report with `expected`.
    fn check(pages: &[(&str, &str)], expected: &str) {
        let piece = |(name, html): &(&str, &str)| Piece::new(SitePath::new(name).unwrap(), html.as_bytes().to_vec());
        let wish = Wish { choice: crate::import::Choice::All, ..Wish::default() };
        let all = Importer::new(&wish, &Policy::default()).import(pages.iter().map(piece).collect(), "");
        let first = &all.reviews[0];
        let body = first.text.rsplit("---\n\n").next().unwrap_or_default();
        let whole = format!("{body}{}", first.left_out.iter().map(|line| format!("({line})\n")).collect::<String>());
        assert_eq!(whole, expected);
    }

    #[test]
    fn what_a_page_is_called_besides_is_named() {
        let page = |title: &str| {
            format!("<html><head><title>{title}</title></head><body><h1>Outage</h1><p>Down.</p></body></html>")
        };
        check(&[("a.html", &page("Outage"))], "# Outage\n\nDown.\n");
        let named = "# Outage\n\nDown.\n(1 title of the page: `Outage – Example`)\n";
        check(&[("a.html", &page("Outage – Example"))], named);
        check(&[("a.html", &page("Outage – Example").replace("<body>", "<body class=\"doc-content\">"))], named);
        check(
            &[(
                "a.html",
                "<html><body><p>Down.</p><object data=\"g.swf\"><p>Words for <b>others</b></p></object></body></html>",
            )],
            "Down.\n(1 embedded page, film or sound: `g.swf Words for others`)\n",
        );
    }

    #[test]
    fn links_to_other_texts_keep_their_words() {
        let link = "<html><body><p><a href=\"b_123.html#x\">Other <b>one</b></a>, <a href=\"gone.html\">gone</a>, <a href=\"#here\">here</a></p></body></html>";
        check(
            &[("a/a.html", link), ("a/b_123.html", "<html><body><p>Down.</p></body></html>")],
            "Other **one**, [gone](gone.html), [here](#here)\n(1 link to another text of the source, whose words stayed: `b_123.html#x`)\n",
        );
    }

    #[test]
    fn mentions_of_persons_stay_behind() {
        let page = "<html><head><title>Operations : Outage</title></head><body><div id=\"main-content\"><p>Asked <a class=\"confluence-userlink user-mention\" href=\"/display/~bob\">Bob Smith</a> and <a href=\"https://x.org/\">x</a>.</p></div></body></html>";
        check(
            &[("a.html", page)],
            "Asked and [x](https://x.org/).\n(1 mention of a person)\n(1 name of the space: `Operations`)\n",
        );
    }
}
