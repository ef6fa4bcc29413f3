//! T005: phase marks contradict each other.

use std::collections::BTreeSet;

use super::order;
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Moment, PhaseMark, Timeline};
use crate::rules::{Check, ReviewContext, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T005",
    name: "contradictory-phase-marks",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Contradiction,
    summary: "A phase of the incident is marked twice, or before a phase that it must follow.",
    why: "Times to detect, to mitigate and to resolve come from the marks. With contradictory marks, the site would \
          publish durations that are wrong or negative.",
    remedy: "Mark each phase once, where it began. If the impact came back, mark **Impact started** again; then \
             **Mitigated** and **Resolved** may follow again.",
    wrong: Example::Edit { replace: "**Cause identified**", with: "**Detected**" },
    right: Example::Edit {
        replace: "- 14:52",
        with: "- 14:20 — **Impact started** — filtering comes back with the rule.\n- 14:25 — **Mitigated** — filtering is off again.\n- 14:52",
    },
};

/// Phases, and those that cannot come before them. Detection before impact is good luck, not a contradiction.
const ORDER: [(PhaseMark, PhaseMark); 5] = [
    (PhaseMark::Introduced, PhaseMark::ImpactStarted),
    (PhaseMark::ImpactStarted, PhaseMark::Mitigated),
    (PhaseMark::ImpactStarted, PhaseMark::Resolved),
    (PhaseMark::Detected, PhaseMark::Resolved),
    (PhaseMark::Detected, PhaseMark::Responded),
];

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let timeline = &context.review.timeline;
    for (phase, span) in repeated(timeline) {
        let message = format!("the timeline marks \"{}\" a second time", phase.name());
        let finding = findings.add(&METADATA, span, message);
        if phase == PhaseMark::ImpactStarted {
            finding.help("Impact can start again only after \"Mitigated\" or \"Resolved\": mark when it had ended.");
        }
    }
    for span in mitigated_after_the_end(timeline) {
        let message = "\"Mitigated\" comes after \"Resolved\", and no impact began in between";
        findings.add(&METADATA, span, message).help(
            "Mark **Impact started** where the impact came back, or leave out the mark of the two that does not fit.",
        );
    }
    let mut reported = BTreeSet::new();
    for (earlier, later, span) in contradictions(timeline) {
        if reported.insert(span) {
            findings.add(&METADATA, span, format!("\"{}\" comes before \"{}\"", later.name(), earlier.name()));
        }
    }
}

/// The marks that stand a second time without a new window of impact.
fn repeated(timeline: &Timeline) -> Vec<(PhaseMark, Span)> {
    let ends = [PhaseMark::Mitigated, PhaseMark::Resolved];
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (phase, span, _) in timeline.phases() {
        if phase == PhaseMark::ImpactStarted && ends.iter().any(|end| seen.contains(end)) {
            seen.retain(|seen| !ends.contains(seen));
            seen.insert(phase);
        } else if !seen.insert(phase) {
            found.push((phase, span));
        }
    }
    found
}

/// Marks of a mitigation when all was over: what no longer has an effect cannot be made to have less.
fn mitigated_after_the_end(timeline: &Timeline) -> Vec<Span> {
    let (mut end, mut found): (Option<Moment>, _) = (None, Vec::new());
    for (phase, span, entry) in timeline.phases() {
        match phase {
            PhaseMark::ImpactStarted => end = None,
            PhaseMark::Resolved => end = Some(entry.at),
            PhaseMark::Mitigated if end.is_some_and(|end| order::is_certainly_before(&end, &entry.at)) => {
                found.push(span);
            }
            PhaseMark::Introduced
            | PhaseMark::Detected
            | PhaseMark::Responded
            | PhaseMark::CauseIdentified
            | PhaseMark::Mitigated => {}
        }
    }
    found
}

/// Pairs of phases in the wrong order, with the place of the one that comes too early.
fn contradictions(timeline: &Timeline) -> Vec<(PhaseMark, PhaseMark, Span)> {
    // Where the text itself is out of order, T002 or T010 says so, and a second finding would say nothing new.
    let displaced: BTreeSet<Span> =
        order::misplaced(timeline).iter().map(|entry| timeline.entries()[*entry].span).collect();
    let in_place: Vec<(PhaseMark, Span, Moment)> = timeline
        .phases()
        .filter(|(_, _, entry)| !displaced.contains(&entry.span))
        .map(|(phase, span, entry)| (phase, span, entry.at))
        .collect();
    let of = |wanted: PhaseMark| in_place.iter().filter(move |(phase, ..)| *phase == wanted);
    let contradiction = |(earlier, later): (PhaseMark, PhaseMark)| {
        let (_, _, first) = of(earlier).next()?;
        // An impact may end by itself before anybody notices, and come back: only the last end has to be known.
        let (_, span, at) = if earlier == PhaseMark::Detected { of(later).next_back() } else { of(later).next() }?;
        order::is_certainly_before(at, first).then_some((earlier, later, *span))
    };
    ORDER.into_iter().filter_map(contradiction).collect()
}
