//! What can be written at a place: keys, words, names that the site knows, headings, lines with places to fill in.

mod action_cell;
mod body;
mod front;
mod key;
mod line;
mod proposal;
mod value;

use lsp_types::CompletionItem;

use super::schema;
use super::view::View;
use crate::text::Span;
use front::Front;
use proposal::Proposal;

/// Proposals, and the words in the text that they stand for.
struct Proposals {
    /// From where up to the place they replace the text.
    start: usize,
    list: Vec<Proposal>,
}

/// What an editor can offer at a place.
pub(super) fn complete(view: &View<'_>, offset: usize) -> Option<Vec<CompletionItem>> {
    let Proposals { start, list } = propose(view, offset)?;
    let range = view.range(Span::new(start, offset));
    let mut items: Vec<CompletionItem> = Vec::new();
    for proposal in list {
        let order = items.len();
        items.extend(proposal.item(view, range, order));
    }
    Some(items)
}

fn propose(view: &View<'_>, offset: usize) -> Option<Proposals> {
    let top = schema::of_file(view)?;
    let text = view.text();
    if view.source.path.extension() == Some("toml") {
        return key::propose(view, &Front::of_toml_file(text, top), offset);
    }
    match Front::around(text, top, offset) {
        Some(front) => key::propose(view, &front, offset),
        None => view.is_review().then(|| body::propose(view, offset)).flatten(),
    }
}
