//! R007: the embargo of a review has passed, and the review is still withheld.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Status, Tlp, Words};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "R007",
    name: "passed-embargo",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Site,
    summary: "The day of publication has passed, and the TLP label still withholds the review.",
    why: "The team decided that everyone may read it from that day on, but no one can. Or the label is right, and the \
          date is a promise that you will not keep.",
    remedy: "Write `tlp = \"TLP:CLEAR\"` if it may be read now, or move or delete `publish`.",
    wrong: Example::Edit { replace: "tlp = \"TLP:CLEAR\"", with: "tlp = \"TLP:GREEN\"" },
    right: Example::Edits(&[("TLP:CLEAR", "TLP:GREEN"), ("publish = 2024-03-15", "publish = 2027-03-15")]),
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let review = context.review;
    let (Some(publish), Some(tlp)) = (&review.publish, &review.tlp) else { return };
    let is_ready = context.is_one_of(&[Status::Interim, Status::Final, Status::Withdrawn]);
    if is_ready && tlp.value != Tlp::Clear && publish.value < context.policy.today {
        let message =
            format!("the day of publication, {}, has passed, and {} withholds it", publish.value, tlp.value.word());
        findings.add(&METADATA, tlp.span, message);
    }
}
