//! How incidents were noticed, and how the questions about the response were answered.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{Answers, Measures};
use crate::model::Words;
use crate::model::{Detection, Question, ReviewIndex};
use crate::render::chart::{StackedBar, StackedBarsView, stacked_bars};
use crate::render::context::PageContext;
use crate::render::page::metrics::legend_of;
use crate::render::part::card::review_link;
use crate::render::part::date::DateView;
use crate::render::part::link::LinkView;
use crate::render::part::response::question_name;

/// A question that was answered with no.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct AnsweredNoView {
    /// The question, in the language of the site.
    pub question: String,
    /// The anchor of the question on this page.
    pub id: String,
    /// How many reviews answer it with no.
    pub count: usize,
    /// The newest reviews that say so, at most five.
    pub notes: Vec<AnswerNoteView>,
}

/// What a review says to its answer.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct AnswerNoteView {
    /// The review, at the answers.
    pub review: LinkView,
    /// The day of the incident.
    pub date: Option<DateView>,
    /// The note, as HTML; may be empty.
    pub note: String,
}

/// The greatest number of notes to a question.
const NOTES_SHOWN: usize = 5;

pub(super) fn detection_chart(context: &PageContext<'_>, measures: &Measures) -> Option<StackedBarsView> {
    let row = |key: &str, number: usize| StackedBar {
        label: context.say(&format!("detection.{key}")).to_owned(),
        href: String::new(),
        parts: vec![number],
    };
    let known = measures.detection.iter().filter(|(_, number)| *number > 0);
    let mut rows: Vec<StackedBar> = known.map(|(by, number)| row(Detection::word(*by), *number)).collect();
    if rows.is_empty() {
        return None;
    }
    if measures.undetected > 0 {
        rows.push(row("none", measures.undetected));
    }
    let legend = legend_of(context, &[("plain", "metrics.reviews")]);
    Some(stacked_bars(context.say("metrics.detection_chart"), legend, &rows, &context.site.language))
}

pub(super) fn answer_chart(context: &PageContext<'_>, measures: &Measures) -> Option<StackedBarsView> {
    let legend = legend_of(
        context,
        &[("good", "verdict.yes"), ("partly", "verdict.partly"), ("bad", "verdict.no"), ("none", "verdict.none")],
    );
    let row = |(asked, answers): &(Question, Answers)| StackedBar {
        label: question_name(context, *asked).to_owned(),
        href: String::new(),
        parts: vec![answers.yes, answers.partly, answers.no.len(), answers.unanswered],
    };
    let mut rows: Vec<StackedBar> = measures.answers.iter().map(row).collect();
    // The seventh question asks for words; it can only be answered or not.
    rows.push(StackedBar {
        label: context.say("question.controls").to_owned(),
        href: String::new(),
        parts: vec![measures.controls, 0, 0, measures.reviews - measures.controls],
    });
    // What no review answers has nothing to show.
    rows.retain(|row| row.parts[..3].iter().any(|number| *number > 0));
    (!rows.is_empty())
        .then(|| stacked_bars(context.say("metrics.answers_chart"), legend, &rows, &context.site.language))
}

pub(super) fn answered_no_views(context: &PageContext<'_>, answers: &[(Question, Answers)]) -> Vec<AnsweredNoView> {
    let asked = answers.iter().filter(|(_, answers)| !answers.no.is_empty());
    let view = |(asked, answers): &(Question, Answers)| AnsweredNoView {
        question: question_name(context, *asked).to_owned(),
        id: format!("no-{}", asked.word().replace('_', "-")),
        count: answers.no.len(),
        notes: answers.no.iter().take(NOTES_SHOWN).map(|position| note_view(context, *position, *asked)).collect(),
    };
    asked.map(view).collect()
}

fn note_view(context: &PageContext<'_>, position: ReviewIndex, asked: Question) -> AnswerNoteView {
    let review = &context.analysis.corpus.reviews[position];
    let mut place = review_link(context, position);
    place.href.push_str("#response");
    let given = review.response.answers.iter().find(|given| given.question == asked);
    let note = given.and_then(|given| given.answer.note.as_ref());
    AnswerNoteView {
        review: place,
        date: review.date().map(|day| context.date(day)),
        note: note.map(|note| context.inline(position, note)).unwrap_or_default(),
    }
}
