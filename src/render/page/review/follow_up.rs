//! What the front matter says about the response and the actions.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Words;
use crate::model::{ActionIndex, ActionRef, ResponseAnswer, Review, ReviewIndex};
use crate::render::context::PageContext;
use crate::render::page::review::block::{BlockView, block_view};
use crate::render::page::review::weakness::weakness_views;
use crate::render::part::action::action_view;
use crate::render::part::response::{detection_sentence, question_name};

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

/// What the front matter says about the response and the actions, and what the actions answer.
pub(super) fn follow_up_blocks(context: &PageContext<'_>, position: ReviewIndex, review: &Review) -> Vec<BlockView> {
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
    if !review.actions.is_empty() {
        let mut actions: Vec<_> = (0..review.actions.len())
            .map(|at| action_view(context, ActionRef { review: position, action: ActionIndex(at) }))
            .collect();
        actions.sort_by_key(|action| matches!(action.status, "done" | "cancelled"));
        blocks.push(BlockView {
            actions,
            ..block_view("actions", "actions", context.say("section.actions"), String::new())
        });
    }
    let weaknesses = weakness_views(context, position);
    if !weaknesses.is_empty() {
        let shape = block_view("weaknesses", "weaknesses", context.say("section.weaknesses"), String::new());
        blocks.push(BlockView { weaknesses, ..shape });
    }
    blocks
}
