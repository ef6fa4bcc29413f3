//! P013: a text for few readers lies in a folder that many may see.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Status, Tlp, Words};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "P013",
    name: "restricted-source",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Safety,
    summary: "A review for few readers (TLP:RED, or TLP:AMBER beyond a draft) is in the folder of the site.",
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
    // The template begins so: who may read a draft is decided when it is done.
    let is_undecided = tlp.value == Tlp::Amber && context.is_one_of(&[Status::Draft]);
    if !matches!(tlp.value, Tlp::Clear | Tlp::Green) && !is_undecided {
        let message = format!("`{}` is in the folder of a site that everyone can read", tlp.value.word());
        findings.add(&METADATA, tlp.span, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::findings;
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

    #[test]
    fn the_label_that_a_draft_begins_with_is_no_decision() {
        for (tlp, status, is_found) in [
            ("AMBER", "draft", false),
            ("GREEN", "draft", false),
            ("RED", "draft", true),
            ("AMBER+STRICT", "draft", true),
            ("AMBER", "interim", true),
            ("AMBER", "final", true),
        ] {
            let review = SAMPLE_REVIEW
                .replace("TLP:CLEAR\"\npublish = 2024-03-15", &format!("TLP:{tlp}\""))
                .replace("status = \"final\"", &format!("status = \"{status}\""));
            let found = findings(&[(SAMPLE_PATH, &review)]);
            assert_eq!(found.iter().any(|finding| finding.rule.code == "P013"), is_found, "{tlp} {status}");
        }
    }
}
