//! R008: what an adopted review lacks, in one finding.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::Coverage;
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "R008",
    name: "incomplete-review",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "An adopted review lacks parts of a complete one.",
    why: "Reviews that were there before are published as they are. What they lack is told once for each of them, so that \
          you can choose what is worth the work.",
    remedy: "Add what readers of this review would look for. Nothing has to be added: `adopted_before` in casebook.toml \
             says that it may stay as it is.",
    wrong: Example::Shown { text: "# The cache was empty\n\nOn 4 March 2024 the shop was slow for an hour.\n" },
    right: Example::Shown {
        text: "# The cache was empty\n\n## Summary\n\nOn 4 March 2024 the shop was slow for an hour.\n\n## Timeline\n\n- 2024-03-04 09:12 UTC — **Impact started** — pages take ten seconds.\n…\n",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    if !context.review.adopted {
        return;
    }
    let is_missing = |part: Coverage| (!part.is_there).then_some(part.name);
    let lacks: Vec<&str> = context.review.coverage().into_iter().filter_map(is_missing).collect();
    if !lacks.is_empty() {
        let message = format!("a complete review would add: {}", lacks.join(", "));
        findings.add(&METADATA, context.document.top(), message).lacks = lacks;
    }
}
