//! S002: a section that every review has is there and says nothing.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::SectionKind;
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "S002",
    name: "empty-section",
    level: Level::Error,
    collected: Level::Warning,
    subject: Subject::Completeness,
    summary: "A required section is empty.",
    why: "An empty section looks like a mistake of the site. Readers cannot tell whether there was nothing to say or \
          you forgot it.",
    remedy: "Write what there is to say, or say in a sentence that there is nothing.",
    wrong: Example::Edit {
        replace: "- **Fast switch-off.** Filtering could be switched off everywhere within a minute.\n",
        with: "<!-- What helped, and should be kept? -->\n",
    },
    right: Example::Edit {
        replace: "- **Fast switch-off.** Filtering could be switched off everywhere within a minute.\n",
        with: "Nothing that we would want to keep as it is.\n",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    for kind in SectionKind::ALL.into_iter().filter(|kind| kind.is_required()) {
        // A section may be continued under a second heading of its kind: "Timeline", then "Key events".
        let mut sections = context.document.sections.iter().filter(|section| section.kind == Some(kind)).peekable();
        if sections.peek().is_some() && sections.all(|section| section.is_empty) {
            findings.add(&METADATA, context.heading(kind), format!("the section \"{}\" is empty", kind.heading()));
        }
    }
}
