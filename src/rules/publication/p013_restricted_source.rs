//! P013: a text for few readers lies in a folder that many may see.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Tlp, Words};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "P013",
    name: "restricted-source",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Safety,
    summary: "A review for few readers (TLP:AMBER or TLP:RED) is in the folder of the site.",
    why: "The site withholds it, but anyone with access to the repository can read it, even in the history after it \
          is deleted. Repositories of public sites are often public themselves.",
    remedy: "Keep it elsewhere until it may be published. If only its readers have access to the repository, say so: \
             `allow = { restricted-source = \"…\" }` in the front matter, or `restricted-source = \"off\"` under \
             `[levels]`.",
    wrong: Example::Edit { replace: "tlp = \"TLP:CLEAR\"\npublish = 2024-03-15", with: "tlp = \"TLP:AMBER\"" },
    right: Example::Edit { replace: "tlp = \"TLP:CLEAR\"\npublish = 2024-03-15", with: "tlp = \"TLP:GREEN\"" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let Some(tlp) = &context.review.tlp else { return };
    if !matches!(tlp.value, Tlp::Clear | Tlp::Green) {
        let message = format!("`{}` is in the folder of a site that everyone can read", tlp.value.word());
        findings.add(&METADATA, tlp.span, message);
    }
}
