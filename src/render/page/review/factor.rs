//! The factors of a review on its page: those that the text lists in their order, below those that it does not.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{FactorUse, LocalFactor, Part, Review, ReviewIndex, Words, WrittenFactor};
use crate::render::context::PageContext;
use crate::render::markdown::Body;
use crate::render::page::review::block::{BlockView, block_view};
use crate::render::part::factor::{FactorView, category_name, factor_view};
use crate::text::{Span, kebab_case};

/// A factor on a review's page.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct FactorUseView {
    /// The factor of the registry; none for a factor that only this review names.
    pub factor: Option<FactorView>,
    /// The author's words for the factor where they differ from its name; may be empty.
    pub words: String,
    /// The anchor of a factor that only this review names; may be empty.
    pub id: String,
    /// What stands above it in the text, as HTML, such as a sub-heading; may be empty.
    pub group: String,
    /// The name of its category; may be empty.
    pub category_name: String,
    /// The role of the factor in this review: `primary` or `contributing`.
    pub role: &'static str,
    /// How it showed, as HTML, if the front matter says it; may be empty.
    pub note: String,
    /// What the text says of it, as HTML; may be empty.
    pub text: String,
    /// The number of other reviews with it.
    pub others: usize,
}

/// The factors of a review; with the part of the text that lists some of them, and all its words.
pub(super) fn factors_block(
    context: &PageContext<'_>,
    position: ReviewIndex,
    part: Option<&Part>,
    body: &Body<'_>,
) -> BlockView {
    let review = &context.analysis.corpus.reviews[position];
    let content = part.map_or(Span::at(0), |part| part.content);
    let mut factors = Vec::new();
    let mut listed: Vec<(Span, FactorUseView)> = Vec::new();
    for used in &review.factors {
        let Some(mut view) = factor_use_view(context, position, used) else { continue };
        let item = used.written.as_ref().and_then(|written| Some((written, written.item?)));
        match item.filter(|(_, item)| content.contains(*item)) {
            Some((written, item)) => {
                view.text = body.html_after(item, written.rest, &review.text);
                listed.push((item, view));
            }
            None => factors.push(view),
        }
    }
    factors.sort_by_key(|factor| factor.role != "primary");
    let local = review.local_factors.iter().filter(|local| content.contains(local.item));
    listed.extend(local.map(|local| (local.item, local_factor_view(context, review, local, body))));
    listed.sort_by_key(|(item, _)| item.start);
    let mut above = content.start;
    for (item, mut view) in listed {
        view.group = body.html(Span::new(above, item.start.max(above)));
        above = item.end;
        factors.push(view);
    }
    let html = part.map(|_| body.html(Span::new(above, content.end))).unwrap_or_default();
    BlockView { factors, ..block_view("factors", "factors", context.say("section.factors"), html) }
}

fn factor_use_view(context: &PageContext<'_>, position: ReviewIndex, used: &FactorUse) -> Option<FactorUseView> {
    let known = context.analysis.corpus.factor(used)?;
    let factor = factor_view(context, known);
    let note = used.note.as_ref().filter(|_| used.has_note_of_its_own());
    // An id is a reference. Any other words are the author's own.
    let is_own = |written: &&WrittenFactor| {
        written.name != known.id.value && kebab_case(&written.name) != kebab_case(&known.name)
    };
    let words = used.written.as_ref().filter(|written| written.item.is_some()).filter(is_own);
    Some(FactorUseView {
        words: words.map(|written| written.name.clone()).unwrap_or_default(),
        category_name: category(context, &known.category),
        role: used.role.word(),
        note: note.map(|note| context.inline(position, &note.value)).unwrap_or_default(),
        others: factor.count.saturating_sub(1),
        factor: Some(factor),
        ..FactorUseView::default()
    })
}

fn local_factor_view(
    context: &PageContext<'_>,
    review: &Review,
    local: &LocalFactor,
    body: &Body<'_>,
) -> FactorUseView {
    FactorUseView {
        id: body.item_id(local.item).unwrap_or_default().to_owned(),
        category_name: local.category.as_ref().map(|id| category(context, id)).unwrap_or_default(),
        role: local.role.word(),
        text: body.html_after(local.item, local.text.start, &review.text),
        ..FactorUseView::default()
    }
}

fn category(context: &PageContext<'_>, id: &str) -> String {
    let known = context.analysis.corpus.policy.category(id);
    known.map_or_else(|| id.to_owned(), |category| category_name(context, category).to_owned())
}
