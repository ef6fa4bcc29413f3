//! The questions of factors that readers may ask themselves: could this happen to you?

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Factor, FactorRole, Review, counts};
use crate::render::context::PageContext;
use crate::site::address;

/// The questions of several factors.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct QuestionsView {
    /// The factor whose questions come first: the primary one, if it has any. Empty, or one.
    pub first: Vec<FactorQuestionsView>,
    /// The other factors with questions.
    pub others: Vec<FactorQuestionsView>,
    /// The number of questions of these others.
    pub other_count: usize,
}

/// The questions of one factor, and what was changed because of it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct FactorQuestionsView {
    /// The name of the factor.
    pub name: String,
    /// The address of its page, which lists what was changed.
    pub href: String,
    /// How many actions against it are done, have held, have not; empty when none is done.
    pub changes: String,
    /// The questions, as plain text. "Yes" means that the factor may be there.
    pub ask: Vec<String>,
}

impl QuestionsView {
    /// The questions of the factors in this order.
    pub(in crate::render) fn of(factors: impl IntoIterator<Item = FactorQuestionsView>) -> Self {
        let mut factors = factors.into_iter();
        let first = factors.next().into_iter().collect();
        let others: Vec<FactorQuestionsView> = factors.collect();
        Self { first, other_count: others.iter().map(|factor| factor.ask.len()).sum(), others }
    }
}

/// The questions of a review's factors, the primary one's first. A review that was withdrawn asks nothing.
pub(in crate::render) fn review_questions(context: &PageContext<'_>, review: &Review) -> QuestionsView {
    if !counts(review) {
        return QuestionsView::default();
    }
    let mut used: Vec<_> = review.factors.iter().collect();
    used.sort_by_key(|used| used.role != FactorRole::Primary);
    let mut factors: Vec<&Factor> = Vec::new();
    for factor in used.into_iter().filter_map(|used| context.analysis.corpus.factor(used)) {
        // A review may name a factor twice, by its id and by an alias.
        if !factors.iter().any(|known| known.id.value == factor.id.value) {
            factors.push(factor);
        }
    }
    QuestionsView::of(factors.into_iter().filter_map(|factor| factor_questions(context, factor)))
}

/// The questions of a factor; none when the registry has none.
pub(in crate::render) fn factor_questions(context: &PageContext<'_>, factor: &Factor) -> Option<FactorQuestionsView> {
    let history = context.analysis.history(factor);
    let view = FactorQuestionsView {
        name: factor.name.clone(),
        href: context.to(&address::factor(&factor.id.value)),
        changes: changes(context, [history.done, history.held.len(), history.lapses.len()]),
        ask: factor.ask.clone(),
    };
    (!view.ask.is_empty()).then_some(view)
}

/// How many changes are done, held, and did not hold, in words.
fn changes(context: &PageContext<'_>, numbers: [usize; 3]) -> String {
    let language = &context.site.language;
    let keys = ["self_check.done", "self_check.held", "self_check.failed"];
    let said = keys.into_iter().zip(numbers).filter(|(_, count)| *count > 0);
    let said: Vec<String> = said.map(|(key, count)| language.count(key, count, &[])).collect();
    said.join(language.say("list.separator"))
}
