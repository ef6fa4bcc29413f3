//! What the front matter says about the response and the actions.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::SectionKind;
use crate::model::Words;
use crate::model::{Action, ActionIndex, ActionRef, Part, ResponseAnswer, ReviewIndex};
use crate::render::context::PageContext;
use crate::render::markdown::Body;
use crate::render::page::review::block::{BlockView, block_view};
use crate::render::page::review::weakness::weakness_views;
use crate::render::part::action::{ActionView, action_view};
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

/// The actions that a part of the text names, in its order; with the first such part, and without any, also those that
/// only the front matter names.
pub(super) fn actions_block(
    context: &PageContext<'_>,
    position: ReviewIndex,
    part: Option<&Part>,
    body: &Body<'_>,
) -> BlockView {
    let review = &context.analysis.corpus.reviews[position];
    let first = review.part(SectionKind::Actions).map(|part| part.content);
    let is_first = part.is_none_or(|part| Some(part.content) == first);
    let is_here = |action: &Action| match (action.block, part) {
        (Some(block), Some(part)) => part.content.contains(block),
        (Some(_), None) => first.is_none(),
        (None, _) => is_first,
    };
    let mut actions: Vec<(&Action, ActionView)> = Vec::new();
    for (at, action) in review.actions.iter().enumerate().filter(|(_, action)| is_here(action)) {
        let view = action_view(context, ActionRef { review: position, action: ActionIndex(at) });
        actions.push((action, view));
    }
    if actions.iter().all(|(action, _)| action.block.is_none()) {
        actions.sort_by_key(|(action, _)| !action.is_open());
    }
    actions.sort_by_key(|(action, _)| action.block.map_or(usize::MAX, |block| block.start));
    let content = part.map_or(Span::at(0), |part| part.content);
    let tables = body.tables(content);
    let mut above = content.start;
    let mut labels: Vec<Span> = Vec::new();
    for (action, view) in &mut actions {
        let Some(block) = action.block else { continue };
        // What the head of a table says of its columns is said of each action.
        let table = tables.iter().find(|table| table.contains(block));
        let start = table.map_or(block.start, |table| table.start);
        view.group = body.html(Span::new(above, start.max(above)));
        let inside = action.groups.iter().map(|group| group.span).filter(|place| block.contains(*place));
        for label in inside.filter(|place| !labels.contains(place)).collect::<Vec<_>>() {
            view.group.push_str(&body.html(label));
            labels.push(label);
        }
        above = above.max(table.map_or(block.end, |table| table.end));
    }
    let after = part.map(|_| body.html(Span::new(above, content.end))).unwrap_or_default();
    let views: Vec<ActionView> = actions.into_iter().map(|(_, view)| view).collect();
    let title = context.say("section.actions");
    if views.is_empty() {
        return block_view("actions", "actions", title, after);
    }
    BlockView { actions: views, after, ..block_view("actions", "actions", title, String::new()) }
}

/// What the front matter says about the response, and what the actions answer.
pub(super) fn follow_up_blocks(context: &PageContext<'_>, position: ReviewIndex) -> Vec<BlockView> {
    let review = &context.analysis.corpus.reviews[position];
    let mut blocks = Vec::new();
    let response = &review.response;
    if response.detection.is_some() || !response.answers.is_empty() || response.controls.is_some() {
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
        blocks.push(BlockView {
            response: Some(view),
            ..block_view("response", "response", context.say("section.response"), String::new())
        });
    }
    let weaknesses = weakness_views(context, position);
    if !weaknesses.is_empty() {
        let shape = block_view("weaknesses", "weaknesses", context.say("section.weaknesses"), String::new());
        blocks.push(BlockView { weaknesses, ..shape });
    }
    blocks
}
