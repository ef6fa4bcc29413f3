//! Changes against factors and what became of them: one in a list, and the filter that knows all of them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::analysis::{Control, ControlState};
use crate::markdown::{cut, plain};
use crate::model::{ActionKind, Corpus, TimeUnit, Update, Words};
use crate::render::context::PageContext;
use crate::render::part::action_list::update_name;
use crate::render::part::factor::factor_link;
use crate::render::part::filter::{FilterFacetView, FilterTermView, compact};
use crate::render::part::link::{LinkView, link};
use crate::render::part::structured::script_safe;
use crate::site::LongList;

/// A change against factors, and what became of it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ControlView {
    /// A word for classes: `held`, `came-back`, `not-verified`, `in-progress`, `overdue` or `given-up`.
    pub state: &'static str,
    /// What became of it, in the language of the site: `Held so far`.
    pub state_name: String,
    /// Since when, how long, or by when: `since 20 March 2024`; may be empty.
    pub when: String,
    /// What else is known of that: `3 later incidents without it`; may be empty.
    pub note: String,
    /// What was changed, as HTML.
    pub change: String,
    /// How it is known to work, as HTML; may be empty.
    pub evidence: String,
    /// The first incident with the factor after it.
    pub again: Option<LinkView>,
    /// How many incidents there were after it, with the factor that came back most often.
    pub times: usize,
    /// The review that it belongs to, with its place there.
    pub review: LinkView,
    /// Whose incident that was; may be empty.
    pub organisation: String,
    /// The factors for which this became of it.
    pub factors: Vec<LinkView>,
    /// What it is for, in the language of the site; may be empty.
    pub kind_name: String,
    /// What it changes tangibly, in the language of the site.
    pub updates: Vec<String>,
    /// The positions of its factors, its kind and its updates in the lists of the filter; only where there is a filter.
    pub row: String,
}

/// A change, with a link to its review.
pub(in crate::render) fn control_view(context: &PageContext<'_>, control: &Control) -> ControlView {
    let corpus = &context.analysis.corpus;
    let review = &corpus.reviews[control.action.review];
    let action = corpus.action(control.action);
    let page = context.to(&context.site.review_path(control.action.review));
    let inline = |text: &str| context.inline(control.action.review, text);
    let (when, note) = control_times(context, control);
    ControlView {
        state: control.state.slug(),
        state_name: control_words(context, control.state).0.to_owned(),
        when,
        note,
        change: action.change.as_ref().map(|change| inline(&change.value)).unwrap_or_default(),
        evidence: action.evidence.as_deref().map(inline).unwrap_or_default(),
        again: control.again.map(|at| link(&corpus.reviews[at].title, context.to(&context.site.review_path(at)))),
        times: control.times,
        review: link(&review.title, format!("{page}#{}", action.anchor(control.action.action.0))),
        organisation: corpus.policy.organisation_of(review).to_owned(),
        factors: control.factors.iter().map(|id| factor_link(context, id)).collect(),
        kind_name: action.kind.map(|kind| kind_name(context, kind)).unwrap_or_default(),
        updates: action.updates.iter().map(|update| update_name(context, *update).to_owned()).collect(),
        row: String::new(),
    }
}

/// The name of a state, and what it means.
pub(in crate::render) fn control_words<'a>(context: &PageContext<'a>, state: ControlState) -> (&'a str, &'a str) {
    let slug = state.slug();
    (context.say(&format!("controls.{slug}")), context.say(&format!("controls.{slug}_meaning")))
}

/// What an action is for, in the language of the site.
fn kind_name(context: &PageContext<'_>, kind: ActionKind) -> String {
    context.say(&format!("action.{}", kind.word())).to_owned()
}

/// What is known of when a change was made and how long it held, in words. All of it follows from days that reviews give.
fn control_times(context: &PageContext<'_>, control: &Control) -> (String, String) {
    let corpus = &context.analysis.corpus;
    let language = &context.site.language;
    let action = corpus.action(control.action);
    let say = |key: &str, day: NaiveDate| language.fill(key, &[("date", &language.day(day))]);
    let closed = action.closed.as_ref().map(|day| day.value);
    let due = action.due.as_ref().map(|day| say("action.due", day.value)).unwrap_or_default();
    let done = || closed.map(|day| say("controls.done", day)).unwrap_or_default();
    match control.state {
        ControlState::Proven => {
            let later = control.later.unwrap_or_default();
            let note = match later {
                0 => language.say("controls.later_none").to_owned(),
                _ => language.count("controls.later", later, &[]),
            };
            (closed.map(|day| say("controls.since", day)).unwrap_or_default(), note)
        }
        ControlState::CameBack => {
            let again = control.again.and_then(|at| corpus.reviews[at].date());
            let held = closed.zip(again).map(|(closed, again)| (again - closed).num_days());
            let (number, unit) = rounded(held.unwrap_or_default());
            let length = language.amount(number, unit);
            (language.fill("controls.after", &[("duration", &length)]), done())
        }
        ControlState::Unproven => {
            let lacks = [("controls.no_date", closed.is_none()), ("controls.no_evidence", action.evidence.is_none())];
            let lacks = lacks.into_iter().filter(|(_, is_lacking)| *is_lacking).map(|(key, _)| language.say(key));
            (done(), lacks.collect::<Vec<_>>().join(language.say("list.separator")))
        }
        ControlState::Underway | ControlState::Overdue => {
            (due, context.say(&format!("action.{}", action.status.word())).to_owned())
        }
        ControlState::GivenUp => (closed.map(|day| language.day(day)).unwrap_or_default(), String::new()),
    }
}

/// A number of days in the greatest unit of which it has at least two.
fn rounded(days: i64) -> (i64, TimeUnit) {
    match days {
        ..14 => (days, TimeUnit::Day),
        14..61 => (days / 7, TimeUnit::Week),
        61..730 => (days * 12 / 365, TimeUnit::Month),
        730.. => (days * 100 / 36_525, TimeUnit::Year),
    }
}

/// What the changes can be chosen by: factor, purpose, and what is changed tangibly. None when there is nothing to choose.
pub(in crate::render) fn control_filter(context: &PageContext<'_>) -> Vec<FilterFacetView> {
    let controls = context.analysis.controls();
    let term = |name: String| FilterTermView { slug: name.clone(), name };
    let named = |ids: Vec<&str>| ids.into_iter().map(|id| term(factor_link(context, id).title)).collect::<Vec<_>>();
    let kinds = kinds(context)
        .into_iter()
        .map(|kind| FilterTermView { slug: kind.word().to_owned(), name: kind_name(context, kind) });
    let updates = updates(&context.analysis.corpus, controls.lists.values().flatten());
    let updates = updates
        .into_iter()
        .map(|update| FilterTermView { slug: update.word().to_owned(), name: update_name(context, update).to_owned() });
    let facets = [
        ("factor", "controls.factor", named(factor_ids(context))),
        ("kind", "action.kind", kinds.collect()),
        ("change", "action.updates", updates.collect()),
    ];
    let facet = |(id, title, terms): (&'static str, &str, Vec<FilterTermView>)| FilterFacetView {
        id,
        title: context.say(title).to_owned(),
        terms,
    };
    facets.map(facet).into()
}

/// Where the terms of changes stand in the lists of the filter.
pub(in crate::render) struct ControlRows<'a> {
    context: &'a PageContext<'a>,
    factors: Vec<&'a str>,
    kinds: Vec<ActionKind>,
    updates: Vec<Update>,
}

impl<'a> ControlRows<'a> {
    pub(in crate::render) fn new(context: &'a PageContext<'a>) -> Self {
        let corpus = &context.analysis.corpus;
        let updates = updates(corpus, context.analysis.controls().lists.values().flatten());
        Self { context, factors: factor_ids(context), kinds: kinds(context), updates }
    }

    /// The positions of a change: dots divide those of one list, commas the lists.
    pub(in crate::render) fn row(&self, control: &Control) -> String {
        let action = self.context.analysis.corpus.action(control.action);
        let factor = |id: &String| self.factors.iter().position(|known| known == id);
        let update = |update: &Update| self.updates.iter().position(|known| known == update);
        let kind = action.kind.and_then(|kind| self.kinds.iter().position(|known| *known == kind));
        let fields = [
            compact(control.factors.iter().filter_map(factor)),
            compact(kind.into_iter()),
            compact(action.updates.iter().filter_map(update)),
        ];
        fields.join(",")
    }
}

/// The changes that the page of all of them has no room for, as JSON that is safe in a script: for each its row in the
/// filter, its state, and what the page says of it, in words without markup.
pub(in crate::render) fn control_filter_data(context: &PageContext<'_>) -> String {
    let rows = ControlRows::new(context);
    let controls = context.analysis.controls();
    let rest = |state: &ControlState| controls.lists.get(state).into_iter().flatten().skip(LongList::CONTROLS_SHOWN);
    let pair = |link: &LinkView| json!([link.title, link.href]);
    let row = |control: &Control| {
        let view = control_view(context, control);
        let action = context.analysis.corpus.action(control.action);
        let change = action.change.as_ref().map(|change| plain(&change.value)).unwrap_or_default();
        let evidence = action.evidence.as_ref().map(|evidence| plain(evidence)).unwrap_or_default();
        json!([
            rows.row(control),
            view.state,
            view.when,
            view.note,
            cut(&change, WORDS),
            cut(&evidence, WORDS),
            pair(&view.review),
            view.again.as_ref().map(pair),
            view.organisation,
        ])
    };
    let all: Vec<serde_json::Value> = ControlState::ALL.iter().flat_map(rest).take(IN_FILTER).map(row).collect();
    let factors: Vec<_> = factor_ids(context).into_iter().map(|id| factor_link(context, id).href).collect();
    script_safe(&json!({ "rows": all, "factors": factors }))
}

/// The greatest length of what the filter says of a change.
const WORDS: usize = 160;

/// The greatest number of changes beside those on the page that the filter knows.
const IN_FILTER: usize = 2_000;

/// How many changes the filter does not know.
pub(in crate::render) fn left_out_of_filter(context: &PageContext<'_>) -> usize {
    let rest =
        context.analysis.controls().lists.values().map(|list| list.len().saturating_sub(LongList::CONTROLS_SHOWN));
    rest.sum::<usize>().saturating_sub(IN_FILTER)
}

/// The factors with changes, by name.
fn factor_ids<'a>(context: &PageContext<'a>) -> Vec<&'a str> {
    let mut ids: Vec<&str> = context.analysis.controls().factors.keys().map(String::as_str).collect();
    let registry = &context.analysis.corpus.policy.registry;
    ids.sort_by_key(|id| (registry.get(id).map(|factor| factor.name.as_str()), *id));
    ids
}

fn kinds(context: &PageContext<'_>) -> Vec<ActionKind> {
    let known = ActionKind::WORDS.iter().map(|(_, kind)| *kind);
    known.filter(|kind| context.analysis.controls().kinds.contains_key(kind)).collect()
}

/// What any of some changes touches, in the order of the vocabulary.
fn updates<'a>(corpus: &Corpus, controls: impl Iterator<Item = &'a Control>) -> Vec<Update> {
    let mut seen = std::collections::BTreeSet::new();
    seen.extend(controls.flat_map(|control| corpus.action(control.action).updates.iter().copied()));
    Update::WORDS.iter().map(|(_, update)| *update).filter(|update| seen.contains(update)).collect()
}

#[cfg(test)]
mod tests {
    use super::rounded;
    use crate::language::Language;

    #[test]
    fn how_long_a_change_held_is_said_in_one_unit() {
        let said = |days: i64| {
            let (number, unit) = rounded(days);
            Language::english().amount(number, unit).replace('\u{a0}', " ")
        };
        let cases =
            [(1, "1 day"), (13, "13 days"), (14, "2 weeks"), (60, "8 weeks"), (61, "2 months"), (365, "12 months")];
        for (days, words) in
            cases.into_iter().chain([(729, "23 months"), (730, "1 year"), (731, "2 years"), (3653, "10 years")])
        {
            assert_eq!(said(days), words);
        }
    }
}
