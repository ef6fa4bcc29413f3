//! Words about the response: who noticed first, and what is asked.

use crate::model::Words;
use crate::model::{Detection, Question};
use crate::render::context::PageContext;

/// A question about the response.
pub(in crate::render) fn question_name<'a>(context: &PageContext<'a>, question: Question) -> &'a str {
    context.say(&format!("question.{}", question.word()))
}

/// Who or what noticed first, as a sentence without its end.
pub(in crate::render) fn detection_sentence<'a>(context: &PageContext<'a>, by: Detection) -> &'a str {
    context.say(&format!("detection.{}_first", by.word()))
}
