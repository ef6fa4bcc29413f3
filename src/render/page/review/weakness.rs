//! The weaknesses of a review, each against what answers it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{Weakness, WeaknessState, weaknesses};
use crate::model::{ActionRef, FactorRole, Perspective, ReviewIndex, WeaknessKind};
use crate::render::context::PageContext;
use crate::render::markdown::cut;
use crate::render::part::action::{ActionSummaryView, action_summary, weakness_link};
use crate::render::part::link::{LinkView, link};

/// A weakness of a review.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct WeaknessView {
    /// Its name, with the way to it: to the factor's page, or to the item on this page.
    pub weakness: LinkView,
    /// `primary`, `contributing`, `went-poorly`, `got-lucky` or `accepted`.
    pub kind: &'static str,
    /// What kind of weakness it is, in the language of the site: `Primary factor`.
    pub kind_name: String,
    /// The actions that answer it.
    pub actions: Vec<ActionSummaryView>,
    /// Whether it is left as it is, on purpose.
    pub accepted: bool,
    /// Why it is, as HTML; may be empty.
    pub reason: String,
    /// What stands there when nothing answers it, or only what was given up; else empty.
    pub nothing: String,
    /// `unanswered`, `underway`, `accepted` or `controlled`.
    pub state: &'static str,
}

/// The weaknesses of the review at `position`; none where its actions do not say what they answer: nobody can tell then which
/// of them are still open.
pub(super) fn weakness_views(context: &PageContext<'_>, position: ReviewIndex) -> Vec<WeaknessView> {
    let review = &context.analysis.corpus.reviews[position];
    let says_nothing = review.actions.iter().all(|action| action.addresses.is_empty()) && review.accepted.is_empty();
    if says_nothing && !review.actions.is_empty() {
        return Vec::new();
    }
    let nothing = match review.perspective {
        Perspective::Own => context.say("weakness.nothing"),
        // What the source does not say may still have been done.
        Perspective::Collected => context.say("weakness.source_names_nothing"),
    };
    let view = |weakness: Weakness| {
        let kind = kind_word(weakness.kind);
        let reason = weakness.accepted.and_then(|at| review.accepted[at].reason.as_ref());
        WeaknessView {
            weakness: match (weakness.name.as_str(), weakness.text) {
                ("", Some(text)) => link(cut(&context.plain(position, text), 90), String::new()),
                (name, _) => weakness_link(context, position, name),
            },
            kind,
            kind_name: context.say(&format!("weakness.{kind}")).to_owned(),
            actions: weakness
                .actions
                .iter()
                .map(|at| action_summary(context, ActionRef { review: position, action: *at }))
                .collect(),
            accepted: weakness.accepted.is_some(),
            reason: reason.map(|reason| context.inline(position, &reason.value)).unwrap_or_default(),
            nothing: if weakness.state == WeaknessState::Unanswered { nothing.to_owned() } else { String::new() },
            state: weakness.state.slug(),
        }
    };
    weaknesses(review, &context.analysis.corpus).into_iter().map(view).collect()
}

fn kind_word(kind: WeaknessKind) -> &'static str {
    match kind {
        WeaknessKind::Factor(FactorRole::Primary) | WeaknessKind::LocalFactor(FactorRole::Primary) => "primary",
        WeaknessKind::Factor(FactorRole::Contributing) | WeaknessKind::LocalFactor(FactorRole::Contributing) => {
            "contributing"
        }
        WeaknessKind::WentPoorly => "went-poorly",
        WeaknessKind::Luck => "got-lucky",
        WeaknessKind::Named => "accepted",
    }
}
