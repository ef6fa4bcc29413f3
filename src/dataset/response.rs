//! How a response went, in a dataset and back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::untrusted::{at_top, said};
use super::word::{ByWord, Word};
use crate::markdown::plain;
use crate::model::{Answer, Detection, Question, Response, ResponseAnswer, Verdict};

/// How the response went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResponseData {
    /// Who or what noticed first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detection: Option<Word<Detection>>,
    /// The answers to the questions about the response.
    #[serde(flatten)]
    pub answers: ByWord<Question, AnswerData>,
    /// What should change in monitoring, alerting, staffing or access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controls: Option<String>,
}

/// The answer to a question about the response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerData {
    /// The answer.
    pub answer: Word<Verdict>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl ResponseData {
    pub(super) fn from_model(response: &Response) -> Self {
        let answer = |given: &ResponseAnswer| {
            let note = given.answer.note.as_deref().map(plain);
            (given.question, AnswerData { answer: Word(given.answer.verdict), note })
        };
        Self {
            detection: response.detection.map(Word),
            answers: response.answers.iter().map(answer).collect(),
            controls: response.controls.as_ref().map(|text| plain(&text.value)).filter(|text| !text.is_empty()),
        }
    }

    pub(super) fn to_model(&self) -> Response {
        let answer = |(question, given): (Question, &AnswerData)| ResponseAnswer {
            question,
            answer: Answer { verdict: given.answer.0, note: said(given.note.as_ref()) },
        };
        Response {
            detection: self.detection.map(|word| word.0),
            answers: self.answers.iter().map(answer).collect(),
            controls: said(self.controls.as_ref()).map(at_top),
        }
    }
}
