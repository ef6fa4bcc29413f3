//! S006: a heading is more than one level deeper than the one above it.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule, trimmed};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "S006",
    name: "skipped-heading-level",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "A heading is more than one level deeper than the one above it.",
    why: "People who use a screen reader jump from heading to heading, and a skipped level sounds like a missing \
          part. The page closes the gap, so its levels differ from those in the file.",
    remedy: "Give the heading one `#` more than the heading above it.",
    wrong: Example::Edit { replace: "Rules ran", with: "#### The limit\n\nRules ran" },
    right: Example::Edit { replace: "Rules ran", with: "### The limit\n\nRules ran" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let text = &context.document.published;
    for pair in context.document.outline.headings.windows(2) {
        let [above, heading] = pair else { continue };
        if heading.level > above.level + 1 {
            let name = heading.text.trim();
            let message = format!("\"{name}\" has level {}, below one of level {}", heading.level, above.level);
            let help = format!("Write `{} {name}`.", "#".repeat(usize::from(above.level) + 1));
            findings.add(&METADATA, trimmed(heading.span, text), message).help(help);
        }
    }
}
