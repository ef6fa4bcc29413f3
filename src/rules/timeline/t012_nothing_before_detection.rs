//! T012: the timeline begins when the incident was noticed.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Mark, PhaseMark};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T012",
    name: "nothing-before-detection",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Completeness,
    summary: "The timeline begins with the detection.",
    why: "What led up to the incident is missing: the change that made it possible, the first failures, the signs \
          that no one saw. That is where it could have been stopped earlier.",
    remedy: "Add the entries before it: **Introduced** when the weakness appeared, **Impact started** at the first \
             effect. A date alone, a month or `~13:40` is exact enough.",
    wrong: Example::Edits(&[
        ("13:31 UTC — **Introduced** — the rule is deployed", "13:57 UTC — **Detected** — an alert fires"),
        ("13:40", "13:57"),
        ("**Detected** — the", "the"),
    ]),
    right: Example::Edit {
        replace: "13:31 UTC — **Introduced** — the rule is deployed.\n- 13:40", with: "13:40 UTC"
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let entries = context.review.timeline.entries();
    let detected = |mark: &&crate::text::Spanned<Mark>| mark.value == Mark::Phase(PhaseMark::Detected);
    let Some(mark) = entries.first().and_then(|first| first.marks.iter().find(detected)) else { return };
    // An entry that is both is told together, as its author saw it.
    let is_impact_too = entries[0].marks.iter().any(|mark| mark.value == Mark::Phase(PhaseMark::ImpactStarted));
    if entries.len() > 1 && !is_impact_too {
        findings.add(&METADATA, mark.span, "nothing is told from before the detection");
    }
}
