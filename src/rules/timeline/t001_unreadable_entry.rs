//! T001: a line of the timeline begins with something that looks like a time and cannot be read, or there are no entries.

use crate::diagnostic::{Example, Findings, Level, Metadata, ProblemKind, Subject};
use crate::document::SectionKind;
use crate::rules::{Check, ReviewContext, Rule, trimmed};

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnreadableEntry), Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T001",
    name: "unreadable-entry",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Form,
    summary: "A line of the timeline begins with something that looks like a time and cannot be read, or the timeline has no entries at all.",
    why: "Durations, the date of the incident and the chart come from these lines. A line that cannot be read is \
          missing from all of them, but the page would look complete.",
    remedy: "Begin each list item, or each row of a table, with its time: `2024-03-04 13:31 UTC — …`, then `13:40 — …`. \
             A date alone, a month alone, a range and `~13:40` are fine.",
    wrong: Example::Edit { replace: "- 13:59 — **Responded**", with: "- 13:5 — **Responded**" },
    right: Example::Edit { replace: "- 13:59 — **Responded**", with: "- ~13:59 — **Responded**" },
};

/// Lines that cannot be read are found on the way in. Here it is about a section that has no line to be read.
fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let mut sections = document.sections.iter().filter(|section| section.kind == Some(SectionKind::Timeline));
    let Some(section) = sections.find(|section| !section.is_empty) else { return };
    if document.timeline.is_empty() {
        let place =
            section.heading.as_ref().map_or(document.top(), |heading| trimmed(heading.span, &document.source.text));
        let help = "Write one list item for each thing that happened: `- 2024-03-04 13:31 UTC — the rule is deployed.`";
        findings.add(&METADATA, place, "the timeline has no entries").help(help);
    }
}
