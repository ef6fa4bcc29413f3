//! S007: the summary does not say how the incident ended.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::SectionKind;
use crate::model::{Kind, Status};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "S007",
    name: "summary-without-end",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "The summary of an incident does not say how it was resolved.",
    why: "Most readers read only the summary. What ended the impact is what they would try first when it happens to \
          them; without it, the incident seems to go on.",
    remedy: "Add a sentence that says what ended it: \"Filtering was switched off until the rule was removed.\"",
    wrong: Example::Edit { replace: " Filtering was switched off until the rule was removed.", with: "" },
    right: Example::Edit {
        replace: "Filtering was switched off until the rule was removed.",
        with: "It was resolved by switching filtering off.",
    },
};

/// Words by which an effect ends: what was done, and what things were like afterwards.
static END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:resol|restor|recover|fix(?:ed|es|ing)?\b|mitigat|roll(?:ed|ing)?[ -]?back|rollback|revert|undo|undid|",
        r"repair|replac|remov|delet|restart|reboot|rebuil|redeploy|re-?enabl|re-?issu|re-?creat|re-?run|re-?sync|reset|",
        r"disabl|switched|turned|shut|paus|stop(?:ped|s)\b|halt|block|ban(?:ned)?\b|rotat|revok|withdr|refund|return|reimburs|",
        r"renew|patch|upgrad|correct|chang(?:ed|ing)\b|rais(?:ed|ing)|increas(?:ed|ing)|add(?:ed|ing)\b|freed|cleared|drain|",
        r"heal|invalidat|rescu|bump(?:ed|ing)?\b|down-?grad|work(?:ed)?[ -]?around|purg|flush|quarantin|lift(?:ed|ing)\b|rerout|",
        r"redirect|re-?install|re-?configur|repaid|recoup|recaptur|reclaim|subsid|cleaned|swapp|cordon|unfroz|unfreez|hotfix|",
        r"pinned|secured|saved|safe\b|safely|unaffected|(?:not|never) (?:been )?(?:affected|compromised|exploited)|",
        r"no (?:issues|impact|malicious|evidence)|up and running|(?:had|have|decided) to move|mov(?:e|ing) to|",
        r"scal(?:ed|ing)|fail(?:ed|ing)?[ -]?over|failover|moved|migrat|isolat|contain(?:ed|ing)|limit(?:ed|ing)|unblock|",
        r"ended|again|back\b|until|afterwards|normal|lasted|over\b|within|terminat|after (?:about |some |nearly )?\d|for (?:about |some |nearly |over )?\d)",
    ))
    .expect("a regular expression")
});

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    // A near miss was stopped before it began, and an incident that goes on has no end yet.
    if context.review.kind == Kind::NearMiss || !context.is_one_of(&[Status::Final]) {
        return;
    }
    let Some(section) = context.document.section(SectionKind::Summary) else { return };
    let text = section.content.slice(&context.document.published);
    // One that is empty is S002's.
    if !section.is_empty && !END.is_match(text) {
        findings.add(
            &METADATA,
            context.heading(SectionKind::Summary),
            "the summary does not say how the incident was resolved",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::END;

    #[test]
    fn an_end_is_told_in_many_words() {
        for text in [
            "We had to move to the next release in a hurry.",
            "The disruption healed itself once the node was up.",
            "The cluster then self-healed.",
            "We had to perform an emergency bump of the library.",
            "We invalidated all tokens.",
            "All funds are rescued.",
            "We worked around it.",
            "The other users were unaffected.",
            "The scans found no malicious files.",
        ] {
            assert!(END.is_match(text), "{text}");
        }
        for text in ["Most builds failed for a long time.", "Users saw errors.", "The load was unsafe and too high."] {
            assert!(!END.is_match(text), "{text}");
        }
    }
}
