//! What the front matter says about the response and the actions.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::SectionKind;
use crate::model::Words;
use crate::model::{Action, ActionIndex, ActionRef, Part, ResponseAnswer, ReviewIndex};
use crate::render::context::PageContext;
use crate::render::markdown::Body;
use crate::render::page::review::block::{BlockView, block_view};
use crate::render::page::review::weakness::{WeaknessAnswerView, Weaknesses};
use crate::render::part::action::action_view;
use crate::render::part::response::{detection_sentence, question_name};
use crate::text::Span;

/// How the response went: who noticed first, and the answers to the questions.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ResponseView {
    /// `First noticed by monitoring`; may be empty.
    pub detection: String,
    /// The answers that the review gives, in the order of the questions.
    pub answers: Vec<AnswerView>,
    /// What should change, as HTML; may be empty.
    pub controls: String,
}

/// An answer to a question about the response.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct AnswerView {
    /// The question, in the language of the site.
    pub question: String,
    /// The verdict as a word for classes: `yes`, `partly` or `no`.
    pub verdict: &'static str,
    /// The verdict in the language of the site.
    pub verdict_name: String,
    /// What it rests on, as HTML; may be empty.
    pub note: String,
}

/// The actions that a part of the text names, in its order, each with what it answers; with the first such part, and
/// without any, also those that only the front matter names, and the weaknesses that nothing answers.
pub(super) fn actions_block(
    context: &PageContext<'_>,
    position: ReviewIndex,
    part: Option<&Part>,
    body: &Body<'_>,
) -> BlockView {
    let review = &context.analysis.corpus.reviews[position];
    let weaknesses = Weaknesses::of(context, position);
    let first = review.part(SectionKind::Actions).map(|part| part.content);
    let is_first = part.is_none_or(|part| Some(part.content) == first);
    let actions = actions_of(context, position, part, &weaknesses);
    let content = part.map_or(Span::at(0), |part| part.content);
    let tables = body.tables(content);
    let mut above = content.start;
    let mut labels: Vec<Span> = Vec::new();
    let mut changes = Vec::new();
    for (at, action) in actions {
        let mut group = String::new();
        if let Some(block) = action.block {
            // What the head of a table says of its columns is said of each action.
            let table = tables.iter().find(|table| table.contains(block));
            let start = table.map_or(block.start, |table| table.start);
            group = body.html(Span::new(above, start.max(above)));
            let inside = action.groups.iter().map(|group| group.span).filter(|place| block.contains(*place));
            for label in inside.filter(|place| !labels.contains(place)).collect::<Vec<_>>() {
                group.push_str(&body.html(label));
                labels.push(label);
            }
            above = above.max(table.map_or(block.end, |table| table.end));
        }
        let weaknesses = weaknesses.answered_by(action);
        let action = Some(action_view(context, ActionRef { review: position, action: at }));
        changes.push(WeaknessAnswerView { group, weaknesses, action, ..WeaknessAnswerView::default() });
    }
    let after = part.map(|_| body.html(Span::new(above, content.end))).unwrap_or_default();
    if is_first {
        changes.extend(weaknesses.unchanged());
    }
    let title = context.say(if weaknesses.are_told() { "section.weaknesses" } else { "section.actions" });
    if changes.is_empty() {
        return block_view("actions", "actions", title, after);
    }
    BlockView { told: weaknesses.are_told(), changes, after, ..block_view("actions", "actions", title, String::new()) }
}

/// The actions of a part of the text in its order; where the text lists none, those of one weakness stand together, and
/// those not done come first.
fn actions_of<'a>(
    context: &PageContext<'a>,
    position: ReviewIndex,
    part: Option<&Part>,
    weaknesses: &Weaknesses<'_>,
) -> Vec<(ActionIndex, &'a Action)> {
    let review = &context.analysis.corpus.reviews[position];
    let first = review.part(SectionKind::Actions).map(|part| part.content);
    let is_first = part.is_none_or(|part| Some(part.content) == first);
    let is_here = |action: &Action| match (action.block, part) {
        (Some(block), Some(part)) => part.content.contains(block),
        (Some(_), None) => first.is_none(),
        (None, _) => is_first,
    };
    let all = review.actions.iter().enumerate().map(|(at, action)| (ActionIndex(at), action));
    let mut actions: Vec<(ActionIndex, &Action)> = all.filter(|(_, action)| is_here(action)).collect();
    if actions.iter().all(|(_, action)| action.block.is_none()) {
        actions.sort_by_key(|(_, action)| (weaknesses.rank(action), !action.is_open()));
    }
    actions.sort_by_key(|(_, action)| action.block.map_or(usize::MAX, |block| block.start));
    actions
}

/// What the front matter says about the response; none when it says nothing.
pub(super) fn response_block(context: &PageContext<'_>, position: ReviewIndex) -> Option<BlockView> {
    let review = &context.analysis.corpus.reviews[position];
    let response = &review.response;
    if response.detection.is_none() && response.answers.is_empty() && response.controls.is_none() {
        return None;
    }
    let answer = |given: &ResponseAnswer| AnswerView {
        question: question_name(context, given.question).to_owned(),
        verdict: given.answer.verdict.word(),
        verdict_name: context.say(&format!("verdict.{}", given.answer.verdict.word())).to_owned(),
        note: given.answer.note.as_ref().map(|note| context.inline(position, note)).unwrap_or_default(),
    };
    let view = ResponseView {
        detection: response.detection.map(|by| detection_sentence(context, by).to_owned()).unwrap_or_default(),
        answers: response.answers.iter().map(answer).collect(),
        controls: response.controls.as_ref().map(|text| context.inline(position, &text.value)).unwrap_or_default(),
    };
    Some(BlockView {
        response: Some(view),
        ..block_view("response", "response", context.say("section.response"), String::new())
    })
}
