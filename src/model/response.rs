//! How an incident was noticed and handled, by the questions that every review can answer.

use super::vocabulary::{Detection, Question, Verdict};
use crate::text::Spanned;

/// How an incident was noticed and handled.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// Who or what noticed first.
    pub detection: Option<Detection>,
    /// The answers given, in the order of the questions.
    pub answers: Vec<ResponseAnswer>,
    /// What should change in monitoring, alerting, staffing or access.
    pub controls: Option<Spanned<String>>,
}

/// An answer to one question about the response.
#[derive(Clone, Debug)]
pub struct ResponseAnswer {
    /// Which of the questions was answered.
    pub question: Question,
    /// What was answered.
    pub answer: Answer,
}

/// Yes, partly or no, and what that rests on.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The answer in one word.
    pub verdict: Verdict,
    /// What the answer rests on, in Markdown.
    pub note: Option<String>,
}
