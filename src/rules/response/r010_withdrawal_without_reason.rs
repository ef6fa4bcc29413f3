//! R010: a review is withdrawn and does not say what was wrong.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::Status;
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "R010",
    name: "withdrawal-without-reason",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Completeness,
    summary: "A withdrawn review does not say what was wrong with it.",
    why: "Others have read and cited it. They need to know which of it they can still rely on, and a review that is \
          withdrawn without a word looks as if something were hidden.",
    remedy: "Add `[[revisions]]` with the day and one sentence on what was wrong: the page links to it beside the notice.",
    wrong: Example::Edit { replace: "status = \"final\"", with: "status = \"withdrawn\"" },
    right: Example::Edits(&[
        ("status = \"final\"", "status = \"withdrawn\""),
        (
            "publish = 2024-03-15",
            "publish = 2024-03-15\nrevisions = [{ date = 2024-06-01, change = \"The cause was another one: a full disk.\" }]",
        ),
    ]),
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let Some(status) = &context.review.status else { return };
    let is_told = || {
        let headings = context.document.outline.headings.iter().map(|heading| heading.text.to_lowercase());
        headings
            .into_iter()
            .any(|heading| ["withdr", "retract", "correction"].iter().any(|word| heading.contains(word)))
    };
    if status.value == Status::Withdrawn && context.review.revisions.is_empty() && !is_told() {
        findings.add(&METADATA, status.span, "the review is withdrawn and does not say what was wrong");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::findings;
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

    #[test]
    fn a_section_of_the_authors_says_it_as_well() {
        let withdrawn = SAMPLE_REVIEW.replace("\"final\"", "\"withdrawn\"");
        let codes = |text: &str| findings(&[(SAMPLE_PATH, text)]).iter().filter(|it| it.rule.code == "R010").count();
        assert_eq!(codes(&withdrawn), 1);
        assert_eq!(codes(&format!("{withdrawn}\n## Why this is withdrawn\n\nThe disk was full.\n")), 0);
    }
}
