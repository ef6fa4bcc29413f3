//! T004: the timeline does not mark the phases that every incident of its kind has.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::SectionKind;
use crate::model::{Kind, PhaseMark, Status};
use crate::rules::{Check, ReviewContext, Rule, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T004",
    name: "missing-phase-mark",
    level: Level::Warning,
    collected: Level::Advice,
    subject: Subject::Completeness,
    summary: "The timeline does not mark the start of impact, the detection or the resolution.",
    why: "The times to detect and to resolve come from these marks. Without them the incident is missing from the \
          figures, and the figures look better than they are.",
    remedy: "Write the mark in bold after the time of its entry: `13:57 — **Detected** — the alert fires.` A near miss \
             needs only **Detected**, and an interim review of an incident only **Impact started**.",
    wrong: Example::Edit { replace: "13:57 — **Detected** — the", with: "13:57 — the" },
    right: Example::Edit {
        replace: "13:57 — **Detected** — the", with: "13:57 — **Detected** — after 17 minutes the"
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let timeline = &context.review.timeline;
    // A timeline that is missing, empty or unreadable has findings of its own.
    if timeline.entries().is_empty() {
        return;
    }
    let missing: Vec<&PhaseMark> = expected(context).iter().filter(|phase| timeline.first(**phase).is_none()).collect();
    if missing.is_empty() {
        return;
    }
    let quoted: Vec<String> = missing.iter().map(|phase| format!("\"{}\"", phase.name())).collect();
    let bold: Vec<String> = missing.iter().map(|phase| format!("**{}**", phase.name())).collect();
    let message = format!("the timeline does not mark {}", message::list(&quoted));
    let help = format!("Write {} after the time of the entry where it happened.", message::list(&bold));
    findings.add(&METADATA, context.heading(SectionKind::Timeline), message).help(help);
}

fn expected(context: &ReviewContext<'_>) -> &'static [PhaseMark] {
    match context.review.kind {
        Kind::NearMiss if context.is_one_of(&[Status::Final, Status::Withdrawn, Status::Interim]) => {
            &[PhaseMark::Detected]
        }
        Kind::Incident if context.is_one_of(&[Status::Final, Status::Withdrawn]) => {
            &[PhaseMark::ImpactStarted, PhaseMark::Detected, PhaseMark::Resolved]
        }
        Kind::Incident if context.is_one_of(&[Status::Interim]) => &[PhaseMark::ImpactStarted],
        Kind::Incident | Kind::NearMiss => &[],
    }
}
