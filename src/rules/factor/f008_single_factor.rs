//! F008: a review has a primary factor and no contributing one.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{FactorRole, Kind, Status};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "F008",
    name: "single-factor",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Completeness,
    summary: "A review has a primary factor but no contributing one.",
    why: "Incidents with impact have more than one condition: what let them begin, what let them grow, what hid them. \
          Each is a place to stop the next one.",
    remedy: "Ask what made it more likely, larger, longer or harder to see, and add it as a factor.",
    wrong: Example::Edits(&[
        (
            "a limit.\"\n\n[[factors]]\nid = \"no-staged-rollout\"\nnote = \"The rule reached every server in one step.\"",
            "a limit.\"",
        ),
        ("\"no-staged-rollout\"]", "\"unbounded-computation\"]"),
    ]),
    right: Example::Edit { replace: "note = \"The rule", with: "role = \"contributing\"\nnote = \"The rule" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    // What was stopped in time may well have met one weakness only.
    let is_settled = context.is_one_of(&[Status::Interim, Status::Final]);
    if context.review.kind == Kind::NearMiss || !is_settled {
        return;
    }
    if let ([only], []) = (context.review.factors.as_slice(), context.review.local_factors.as_slice())
        && only.role == FactorRole::Primary
    {
        findings.add(&METADATA, only.id.span, format!("`{}` is the only factor", only.id.value));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, findings};
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

    #[test]
    fn a_factor_that_only_the_review_names_stands_beside_the_primary_one() {
        let alone = "a limit.\"\n\n[[factors]]\nid = \"no-staged-rollout\"\nnote = \"The rule reached every server in one step.\"";
        let text = SAMPLE_REVIEW.replace(alone, "a limit.\"");
        let found = |text: &str| codes(&findings(&[(SAMPLE_PATH, text)])).contains(&"F008");
        assert!(found(&text));
        assert!(!found(
            &text.replace("## What went well", "## Contributing factors\n\n- Old disks\n\n## What went well")
        ));
    }
}
