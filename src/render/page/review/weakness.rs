//! The weaknesses of a review, each with the changes that answer it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{Weakness, WeaknessState, weaknesses};
use crate::model::{Action, FactorRole, Perspective, ReviewIndex, WeaknessKind};
use crate::render::context::PageContext;
use crate::render::markdown::cut;
use crate::render::part::action::{ActionView, weakness_link};
use crate::render::part::link::{LinkView, link};

/// A change with the weaknesses that it answers, or weaknesses that nothing answers.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct WeaknessAnswerView {
    /// The sub-heading above it in the text, as HTML; may be empty.
    pub group: String,
    /// The weaknesses.
    pub weaknesses: Vec<WeaknessView>,
    /// The action that answers them; none for weaknesses that are accepted or open.
    pub action: Option<ActionView>,
    /// Whether the weakness is left as it is, on purpose.
    pub accepted: bool,
    /// Why it is, as HTML; may be empty.
    pub reason: String,
    /// What stands there when nothing answers the weaknesses; else empty.
    pub nothing: String,
}

/// A weakness of a review.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct WeaknessView {
    /// Its name, with the way to it: to the factor's page, or to the item on this page.
    pub weakness: LinkView,
    /// What kind of weakness it is, in the language of the site: `Primary factor`; may be empty.
    pub kind_name: String,
}

/// What the weaknesses of a review are called where its changes stand.
pub(super) struct Weaknesses<'a> {
    context: &'a PageContext<'a>,
    position: ReviewIndex,
    /// Empty where the review's actions do not say what they answer: nobody can tell then which of them are open.
    all: Vec<Weakness>,
}

impl<'a> Weaknesses<'a> {
    pub(super) fn of(context: &'a PageContext<'a>, position: ReviewIndex) -> Self {
        let review = &context.analysis.corpus.reviews[position];
        let says_nothing =
            review.actions.iter().all(|action| action.addresses.is_empty()) && review.accepted.is_empty();
        let is_told = review.actions.is_empty() || !says_nothing;
        let all = if is_told { weaknesses(review, &context.analysis.corpus) } else { Vec::new() };
        Self { context, position, all }
    }

    pub(super) fn are_told(&self) -> bool {
        !self.all.is_empty()
    }

    /// Where an action belongs among the others: to the first weakness that it answers.
    pub(super) fn rank(&self, action: &Action) -> usize {
        let names = action.addresses.iter().map(|name| self.canonical(&name.value));
        let places = names.filter_map(|name| self.all.iter().position(|weakness| weakness.name == name));
        places.min().unwrap_or(usize::MAX)
    }

    /// What an action answers, each with its kind where the review names it as weak.
    pub(super) fn answered_by(&self, action: &Action) -> Vec<WeaknessView> {
        let mut names: Vec<&str> = Vec::new();
        for name in action.addresses.iter().map(|name| self.canonical(&name.value)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let view = |name: &str| match self.all.iter().find(|weakness| weakness.name == name) {
            Some(weakness) => self.view(weakness),
            None => {
                WeaknessView { weakness: weakness_link(self.context, self.position, name), kind_name: String::new() }
            }
        };
        names.into_iter().map(view).collect()
    }

    /// The weaknesses without a change: those that are accepted, and in one row those that nothing answers.
    pub(super) fn unchanged(&self) -> Vec<WeaknessAnswerView> {
        let review = &self.context.analysis.corpus.reviews[self.position];
        let accepted = |(weakness, at): (&Weakness, usize)| WeaknessAnswerView {
            weaknesses: vec![self.view(weakness)],
            accepted: true,
            reason: review.accepted[at]
                .reason
                .as_ref()
                .map(|reason| self.context.inline(self.position, &reason.value))
                .unwrap_or_default(),
            ..WeaknessAnswerView::default()
        };
        let is_open = |weakness: &&Weakness| weakness.state == WeaknessState::Unanswered;
        let open: Vec<WeaknessView> = self.all.iter().filter(is_open).map(|weakness| self.view(weakness)).collect();
        let nothing = self.context.say(match review.perspective {
            Perspective::Own => "weakness.nothing",
            // What the source does not say may still have been done.
            Perspective::Collected => "weakness.source_names_nothing",
        });
        let open = (!open.is_empty()).then(|| WeaknessAnswerView {
            weaknesses: open,
            nothing: nothing.to_owned(),
            ..WeaknessAnswerView::default()
        });
        let reasons = self.all.iter().filter_map(|weakness| Some((weakness, weakness.accepted?)));
        open.into_iter().chain(reasons.map(accepted)).collect()
    }

    fn view(&self, weakness: &Weakness) -> WeaknessView {
        WeaknessView {
            weakness: match (weakness.name.as_str(), weakness.text) {
                ("", Some(text)) => link(cut(&self.context.plain(self.position, text), 90), String::new()),
                (name, _) => weakness_link(self.context, self.position, name),
            },
            kind_name: self.context.say(kind_key(weakness.kind)).to_owned(),
        }
    }

    fn canonical<'n>(&'n self, name: &'n str) -> &'n str {
        self.context.analysis.corpus.policy.registry.canonical(name)
    }
}

fn kind_key(kind: WeaknessKind) -> &'static str {
    match kind {
        WeaknessKind::Factor(FactorRole::Primary) | WeaknessKind::LocalFactor(FactorRole::Primary) => {
            "weakness.primary"
        }
        WeaknessKind::Factor(FactorRole::Contributing) | WeaknessKind::LocalFactor(FactorRole::Contributing) => {
            "weakness.contributing"
        }
        WeaknessKind::WentPoorly => "weakness.went-poorly",
        WeaknessKind::Luck => "weakness.got-lucky",
        WeaknessKind::Named => "weakness.accepted",
    }
}
