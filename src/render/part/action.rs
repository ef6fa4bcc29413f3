//! Actions, whole and in short, and what they answer.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::ActionList;
use crate::markdown::{cut, passage_words, plain};
use crate::model::Words;
use crate::model::{ActionKind, ActionRef, ActionStatus, ReviewIndex, Unknown};
use crate::render::context::PageContext;
use crate::render::markdown::outside;
use crate::render::part::action_list::update_name;
use crate::render::part::date::DateView;
use crate::render::part::link::{LinkView, link};
use crate::site::{LongList, address};

/// An action of a review, with all that lists show of it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ActionView {
    /// Its anchor on the page of its review.
    pub anchor: String,
    /// What is changed, as HTML.
    pub change: String,
    /// `prevent`, `detect`, `mitigate`, `process` or empty.
    pub kind: &'static str,
    /// What the action is for, in the language of the site; empty when the review does not say.
    pub kind_name: String,
    /// What it answers: factors and items, with links.
    pub addresses: Vec<LinkView>,
    /// The team or role; may be empty.
    pub owner: String,
    /// All actions of that team or role; may be empty.
    pub owner_href: String,
    /// The day by which the action is to be done.
    pub due: Option<DateView>,
    /// What the authors say that they do not know: `Owner unknown`, `Deadline unknown`.
    pub unknown: Vec<String>,
    /// `open`, `in-progress`, `done` or `cancelled`.
    pub status: &'static str,
    /// How far it is, in the language of the site.
    pub status_name: String,
    /// Whether its date has passed.
    pub overdue: bool,
    /// The day on which the action was done or given up.
    pub closed: Option<DateView>,
    /// What changes with it, in the language of the site.
    pub updates: Vec<String>,
    /// Where to follow it; may be empty.
    pub link: String,
    /// How it is known to work, as HTML; may be empty.
    pub evidence: String,
    /// The review it belongs to.
    pub review: LinkView,
}

/// An action as an answer to a weakness.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ActionSummaryView {
    /// What is changed, as plain text.
    pub change: String,
    /// Its place on the page of its review.
    pub href: String,
    /// `open`, `in-progress`, `done` or `cancelled`.
    pub status: &'static str,
    /// How far it is, in the language of the site.
    pub status_name: String,
    /// Whether its date has passed.
    pub overdue: bool,
    /// The day on which the action was done or given up.
    pub closed: Option<DateView>,
}

/// An action, with a link to its review.
pub(in crate::render) fn action_view(context: &PageContext<'_>, place: ActionRef) -> ActionView {
    let ActionRef { review: position, action: at } = place;
    let review = &context.analysis.corpus.reviews[position];
    let action = context.analysis.corpus.action(place);
    let anchor = action.anchor(at.0);
    let own_page = context.to(&context.site.review_path(position));
    ActionView {
        change: action.change.as_ref().map(|change| context.inline(position, &change.value)).unwrap_or_default(),
        kind: action.kind.map(ActionKind::word).unwrap_or_default(),
        kind_name: action
            .kind
            .map(|kind| context.say(&format!("action.{}", kind.word())).to_owned())
            .unwrap_or_default(),
        addresses: action.addresses.iter().map(|weakness| weakness_link(context, position, &weakness.value)).collect(),
        owner: action.owner.as_ref().map(|owner| owner.value.clone()).unwrap_or_default(),
        owner_href: owner_href(context, place),
        due: action.due.as_ref().map(|due| context.date(due.value)),
        unknown: unknown_words(context, &action.unknown),
        status: ActionStatus::word(action.status),
        status_name: status_name(context, action.status).to_owned(),
        overdue: review.is_overdue(action, context.analysis.corpus.policy.today),
        closed: action.closed.as_ref().map(|closed| context.date(closed.value)),
        updates: action.updates.iter().map(|update| update_name(context, *update).to_owned()).collect(),
        link: action.link.as_ref().and_then(|link| outside(&link.value)).unwrap_or_default(),
        evidence: action.evidence.as_ref().map(|evidence| context.inline(position, evidence)).unwrap_or_default(),
        review: link(&review.title, format!("{own_page}#{anchor}")),
        anchor,
    }
}

/// What authors say that they do not know, in the language of the site.
pub(in crate::render) fn unknown_words(context: &PageContext<'_>, unknown: &[Unknown]) -> Vec<String> {
    unknown.iter().map(|unknown| context.say(&format!("unknown.{}", unknown.word())).to_owned()).collect()
}

/// An action in short.
pub(in crate::render) fn action_summary(context: &PageContext<'_>, place: ActionRef) -> ActionSummaryView {
    let review = &context.analysis.corpus.reviews[place.review];
    let action = context.analysis.corpus.action(place);
    let page = context.site.review_path(place.review);
    let page = context.before_anchor(&page);
    ActionSummaryView {
        change: action.change.as_ref().map(|change| cut(&plain(&change.value), 300)).unwrap_or_default(),
        href: format!("{page}#{}", action.anchor(place.action.0)),
        status: action.status.word(),
        status_name: status_name(context, action.status).to_owned(),
        overdue: review.is_overdue(action, context.analysis.corpus.policy.today),
        closed: action.closed.as_ref().map(|closed| context.date(closed.value)),
    }
}

/// A factor, or an item of the review at `position`, by its id or label.
pub(in crate::render) fn weakness_link(context: &PageContext<'_>, position: ReviewIndex, name: &str) -> LinkView {
    if let Some(factor) = context.analysis.corpus.policy.registry.get(name) {
        return link(&factor.name, context.to(&address::factor(&factor.id.value)));
    }
    let review = &context.analysis.corpus.reviews[position];
    let items = review.parts.iter().flat_map(|part| &part.items);
    let items = items.filter_map(|item| Some((item.label.as_ref()?, item.text)));
    let local = review.local_factors.iter().map(|local| (&local.label, local.text));
    let item = local.chain(items).find(|(label, _)| label.value == name);
    let words = item.map(|(label, text)| {
        // An item without bold words at its beginning is named by its first words, which alone would break off.
        let lead = Some(label.span).filter(|lead| is_bold(lead.slice(&review.text)));
        let words = passage_words(&review.text, review.body, lead.unwrap_or(text));
        let words = cut(&words, if lead.is_some() { 200 } else { 90 });
        words.trim_end_matches('.').to_owned()
    });
    let page = context.site.review_path(position);
    let own_page = context.before_anchor(&page);
    link(words.unwrap_or_else(|| name.to_owned()), format!("{own_page}#{name}"))
}

/// How far an action is, in the language of the site.
fn status_name<'a>(context: &PageContext<'a>, status: ActionStatus) -> &'a str {
    context.say(&format!("action.{}", status.word()))
}

fn owner_href(context: &PageContext<'_>, place: ActionRef) -> String {
    let slug = context.analysis.board().owner_slug(&context.analysis.corpus, place);
    slug.map(|slug| context.to(&LongList::Actions(ActionList::Owner(slug)).path(1))).unwrap_or_default()
}

fn is_bold(words: &str) -> bool {
    words.starts_with("**") || words.starts_with("__")
}
