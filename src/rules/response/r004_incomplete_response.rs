//! R004: the assessment of the response is missing or has gaps.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Question, Status, Words};
use crate::rules::{Check, ReviewContext, Rule, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "R004",
    name: "incomplete-response",
    level: Level::Advice,
    collected: Level::Off,
    subject: Subject::Completeness,
    summary: "The assessment of the response is missing or incomplete.",
    why: "What made the incident possible is one half; how you responded is the other. Over the years, the same six \
          questions show what recurs: late alerts, missing runbooks, silence.",
    remedy: "Answer the questions under `[response]` with yes, partly or no, and write in `controls` what should change in \
             monitoring, alerting, staffing or access. \"Nothing\" is an answer.",
    wrong: Example::Edit {
        replace: "runbook = { answer = \"no\", note = \"No runbook told how to switch a single rule off.\" }\n",
        with: "",
    },
    right: Example::Edit {
        replace: "No runbook told how to switch a single rule off.",
        with: "The runbook switches all rules off, not one.",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    // An interim review has its corrections still to come.
    if !context.is_one_of(&[Status::Final]) {
        return;
    }
    let response = &context.review.response;
    let table = context.document.front.table.given("response");
    let Some(table) = table else {
        let help = "Add `[response]` with the six answers; `casebook new --full` shows them with their questions.";
        findings.add(&METADATA, context.document.top(), "the review does not assess the response").help(help);
        return;
    };
    let is_answered = |question: Question| response.answers.iter().any(|answer| answer.question == question);
    let open = Question::WORDS.iter().filter(|(_, question)| !is_answered(*question)).map(|(word, _)| *word);
    let controls = response.controls.as_ref().is_none_or(|text| text.value.trim().is_empty()).then_some("controls");
    let missing: Vec<String> = open.chain(controls).map(|word| format!("`{word}`")).collect();
    if !missing.is_empty() {
        let message = format!("the assessment of the response lacks {}", message::list(&missing));
        findings.add(&METADATA, table.key_span, message);
    }
}
