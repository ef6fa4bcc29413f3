//! What lists of actions are called.

use crate::analysis::{ActionList, ActionState, Age};
use crate::model::Update;
use crate::model::Words;
use crate::render::context::PageContext;
use crate::render::part::link::{LinkView, link};
use crate::site::LongList;

/// A link to a list of actions.
pub(in crate::render) fn list_link(context: &PageContext<'_>, list: &ActionList) -> LinkView {
    link(list_name(context, list), context.to(&LongList::Actions(list.clone()).path(1)))
}

/// What a list of actions is called where others of its sort stand beside it.
pub(in crate::render) fn list_name(context: &PageContext<'_>, list: &ActionList) -> String {
    match list {
        ActionList::State(state) => state_name(context, *state).to_owned(),
        ActionList::Kind(kind) => context.say(&format!("purpose.{}", kind.word())).to_owned(),
        ActionList::Age(age) => age_name(context, *age).to_owned(),
        ActionList::Update(update) => update_name(context, *update).to_owned(),
        ActionList::Owner(slug) => match context.analysis.board().owners.get(slug) {
            Some((name, Some(organisation))) => format!("{name}, {organisation}"),
            Some((name, None)) => name.clone(),
            None => slug.clone(),
        },
    }
}

pub(in crate::render) fn state_name<'a>(context: &PageContext<'a>, state: ActionState) -> &'a str {
    context.say(&format!("action.{}", state.slug()))
}

/// What an action changes, in the language of the site.
pub(in crate::render) fn update_name<'a>(context: &PageContext<'a>, update: Update) -> &'a str {
    context.say(&format!("update.{}", update.word()))
}

fn age_name<'a>(context: &PageContext<'a>, age: Age) -> &'a str {
    context.say(match age {
        Age::Year => "age.year",
        Age::Months => "age.months",
        Age::Weeks => "age.weeks",
        Age::Fresh => "age.fresh",
    })
}
