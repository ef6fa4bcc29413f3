//! S004: the summary is too long to be one.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::SectionKind;
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "S004",
    name: "long-summary",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "The summary has more than 200 words.",
    why: "Most readers read only the summary, to decide whether the rest concerns them. Lists and feeds show it, too.",
    remedy: "Say what happened, who was affected, and how it ended. \"Root cause\" says why it was possible, and the \
             timeline when things happened.",
    wrong: Example::Edit { replace: "A new filter rule used all CPU of the edge servers.", with: LONG },
    right: Example::Edit { replace: "the edge servers.", with: "the edge servers, and most requests failed." },
};

/// The greatest number of words.
const WORDS: usize = 200;

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let Some(section) = context.document.section(SectionKind::Summary) else { return };
    let text = section.content.slice(&context.document.published);
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    if words > WORDS {
        findings.add(&METADATA, context.heading(SectionKind::Summary), format!("the summary has {words} words"));
    }
}

/// More words than that.
const LONG: &str = "\
A new filter rule used all CPU of the edge servers. The rule was written in the morning, after a customer had told us of \
requests that went past the filter, and it was read by two colleagues. Both looked at what it should catch, and neither at \
what it would cost, since the form for new rules does not ask for it. It passed the tests, which have a hundred requests \
of ordinary length. It was then released in the way in which all rules are released, to all locations at once, as new \
rules are often needed quickly. The first servers were at their limit within nine minutes. Those that were not took over \
the requests of those that were, and reached their limit in turn. The dashboard became slow, because it is served by the \
same machines, so that the engineer on call saw the numbers of some minutes before. The alert on errors fired, and the \
page went to a telephone that was on silent. A colleague heard the second page. The profile of a server showed the \
filter at the top, and the list of recent changes showed one new rule. The engineers talked about taking back the rule \
alone, which takes ten minutes, and decided to switch filtering off.";
