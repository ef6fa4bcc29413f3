//! A009: the deadline of an action has passed, and it is not finished.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A009",
    name: "overdue-action",
    level: Level::Warning,
    collected: Level::Off,
    subject: Subject::Completeness,
    summary: "An action is past its deadline and not finished.",
    why: "The weakness is still there, although the team agreed on a day to remove it. The site shows the action as \
          overdue.",
    remedy: "Finish it and write `status = \"done\"`, agree on a new date with the owner, or write `status = \
             \"cancelled\"` and accept the weakness with a reason.",
    wrong: Example::Edit { replace: "due = 2027-04-30", with: "due = 2024-04-30" },
    right: Example::Edit { replace: "due = 2027-04-30", with: "due = 2027-05-31" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let today = context.policy.today;
    // One that was due before the review has a wrong date, which is A008's finding.
    let reviewed = context.review.reviewed.as_ref().map(|reviewed| reviewed.value);
    let review = context.review;
    for action in review.actions.iter().filter(|action| review.is_overdue(action, today)) {
        let Some(due) = &action.due else { continue };
        if reviewed.is_some_and(|reviewed| due.value <= reviewed) {
            continue;
        }
        let days = (today - due.value).num_days();
        let late = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        findings.add(&METADATA, due.span, format!("{} is overdue by {late}", message::action(action)));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, edited, findings};
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

    #[test]
    fn a_deadline_before_the_review_is_one_finding() {
        for due in ["2024-03-08", "2024-03-07", "2024-03-03"] {
            assert_eq!(codes(&edited("due = 2027-04-30", &format!("due = {due}"))), ["A008"], "{due}");
        }
        assert_eq!(codes(&edited("due = 2027-04-30", "due = 2024-03-09")), ["A009"]);
        assert_eq!(codes(&edited("due = 2027-04-30", "due = 2026-11-24")), [""; 0]);
    }

    #[test]
    fn nobody_waits_for_the_actions_of_a_withdrawn_review() {
        let withdrawn =
            SAMPLE_REVIEW.replace("\"final\"", "\"withdrawn\"").replace("due = 2027-04-30", "due = 2024-05-09");
        let found = findings(&[(SAMPLE_PATH, &withdrawn)]);
        assert!(!codes(&found).contains(&"A009"), "{found:?}");
    }
}
