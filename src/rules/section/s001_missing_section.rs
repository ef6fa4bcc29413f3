//! S001: a section that every review has is not there.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::{Fence, SectionKind};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "S001",
    name: "missing-section",
    level: Level::Error,
    collected: Level::Warning,
    subject: Subject::Completeness,
    summary: "A required section is missing.",
    why: "Readers compare incidents by the same questions. A missing question looks like one that you did not want to \
          answer.",
    remedy: "Add the heading. If there is nothing to say, say so in a sentence: \"Nothing was luck this time.\"",
    wrong: Example::Cut { from: "## What went well", until: "## What went poorly" },
    right: Example::Edit { replace: "## What went well", with: "### 🎉 Things that went well" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    // A file whose front matter is missing or never ends is no review yet: D001 and D002 say so.
    if context.document.front.fence == Fence::None && !context.has_whole_front_matter() {
        return;
    }
    for kind in SectionKind::ALL.into_iter().filter(|kind| kind.is_required()) {
        if context.document.section(kind).is_none() {
            let message = format!("the section \"{}\" is missing", kind.heading());
            findings
                .add(&METADATA, context.document.top(), message)
                .help(format!("Add a heading `## {}`.", kind.heading()));
        }
    }
}
