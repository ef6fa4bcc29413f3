//! Why an incident was possible and what changed, in a few words at the head of its page.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::SectionKind;
use crate::markdown::{cut, plain};
use crate::model::{Action, ActionIndex, ActionRef, ActionStatus, FactorRole, Perspective, Review, ReviewIndex};
use crate::render::context::PageContext;
use crate::render::part::action::{ActionSummaryView, action_summary};
use crate::render::part::link::{LinkView, link};

/// A review in short.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct InShortView {
    /// How the primary factor showed, else the beginning of the root cause, as plain text; may be empty.
    pub cause: String,
    /// What that is, with the place on the page that tells it.
    pub cause_link: Option<LinkView>,
    /// The change to tell first: done rather than open, and against the primary factor.
    pub change: Option<ActionSummaryView>,
    /// The number of other changes, without those that were given up.
    pub more: usize,
    /// What stands there when there is no change; else empty.
    pub nothing: String,
}

/// About how many characters tell a cause or a change.
const LENGTH: usize = 170;

pub(super) fn in_short(context: &PageContext<'_>, position: ReviewIndex) -> InShortView {
    let review = &context.analysis.corpus.reviews[position];
    let (cause_link, cause) = match cause(context, position, review) {
        Some((link, words)) => (Some(link), words),
        None => (None, String::new()),
    };
    let changes = review.actions.iter().enumerate().filter(|(_, action)| action.status != ActionStatus::Cancelled);
    let mut changes: Vec<(usize, &Action)> = changes.collect();
    changes.sort_by_key(|(_, action)| Reverse((progress(action), answers_primary(context, review, action))));
    let first = changes.first().map(|(at, _)| ActionRef { review: position, action: ActionIndex(*at) });
    let nothing = match review.perspective {
        Perspective::Own => "weakness.nothing",
        Perspective::Collected => "weakness.source_names_nothing",
    };
    InShortView {
        cause,
        cause_link,
        change: first.map(|first| {
            let whole = action_summary(context, first);
            ActionSummaryView { change: cut(&whole.change, LENGTH), ..whole }
        }),
        more: changes.len().saturating_sub(1),
        nothing: if changes.is_empty() { context.say(nothing).to_owned() } else { String::new() },
    }
}

fn cause(context: &PageContext<'_>, position: ReviewIndex, review: &Review) -> Option<(LinkView, String)> {
    let primary = review.factors.iter().find(|used| used.role == FactorRole::Primary);
    let factor = primary.and_then(|used| Some((used, context.analysis.corpus.factor(used)?)));
    if let Some((used, factor)) = factor {
        let note = used.note.as_ref().map_or(factor.definition.as_str(), |note| &note.value);
        return Some((link(&factor.name, "#factors".to_owned()), cut(&plain(note), LENGTH)));
    }
    let part = review.part(SectionKind::RootCause).filter(|part| !part.is_empty)?;
    let title = context.say("section.root-cause");
    Some((link(title, "#root-cause".to_owned()), cut(&context.plain(position, part.content), LENGTH)))
}

fn progress(action: &Action) -> u8 {
    match action.status {
        ActionStatus::Done => 2,
        ActionStatus::InProgress => 1,
        ActionStatus::Open | ActionStatus::Cancelled => 0,
    }
}

fn answers_primary(context: &PageContext<'_>, review: &Review, action: &Action) -> bool {
    let registry = &context.analysis.corpus.policy.registry;
    let is_primary = |name: &str| {
        let mut primary = review.factors.iter().filter(|used| used.role == FactorRole::Primary);
        primary.any(|used| registry.canonical(&used.id.value) == registry.canonical(name))
    };
    action.addresses.iter().any(|name| is_primary(&name.value))
}
