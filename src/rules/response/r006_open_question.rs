//! R006: a final review says that something is still to be found out.

use std::ops::Range;
use std::sync::LazyLock;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::SectionKind;
use crate::model::Status;
use crate::rules::pattern::Patterns;
use crate::rules::phrase::{self, Phrases};
use crate::rules::{Check, ReviewContext, Rule};
use crate::text::{Span, SpanSet};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "R006",
    name: "open-question",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "A final review says that something is not known yet.",
    why: "Readers of a final review take \"yet\" for today. Either you know the answer now and it is missing, or you \
          will never know, and then the review should say so.",
    remedy: "Write the answer, or that you could not find out and why. If you are still looking, the status is \
             `interim`.",
    wrong: Example::Edit { replace: "Rules ran", with: "Why the test passed is still under investigation. Rules ran" },
    right: Example::Edit { replace: "Rules ran", with: "Why the test passed could not be found out. Rules ran" },
};

/// Ways to leave something open, as of the day of the text: what is not known, what is being looked for, what is awaited.
const OPEN: [&str; 9] = [
    r"(?:is|are|it['’]s|remains?|still|currently|as\s+yet)\s+(?:(?:still|currently|as\s+yet)\s+)?(?:unknown|unclear|unexplained|undetermined|unsolved|uncertain|a\s+mystery|an\s+open\s+question)",
    r"(?:unknown|unclear)\s+(?:at\s+this\s+(?:stage|point|time|moment)|at\s+the\s+moment|at\s+the\s+time\s+of\s+(?:the\s+)?writing|so\s+far|yet)",
    r"(?:is|are|['’]s)?\s*(?:still\s+)?not\s+(?:yet\s+)?(?:been\s+)?(?:entirely\s+|fully\s+|completely\s+)?(?:known|clear|understood|determined|identified)(?:\s+yet|\s+why|\s+what|\s+how|\s+which|\s+whether)",
    r"not\s+yet\s+(?:been\s+)?(?:known|clear|understood|determined|identified|confirmed)",
    r"(?:(?:is|are|remains?|still)\s+(?:still\s+)?|yet\s+)to\s+be\s+(?:determined|confirmed|found\s+out|investigated|seen|understood)",
    r"we\s+(?:(?:still|currently|unfortunately)\s+)?(?:do\s+not|don['’]t|can\s?not|can['’]t|are\s+unable\s+to|are\s+not\s+able\s+to)\s+(?:(?:yet|currently|fully|really|say)\s+)?(?:know|understand|explain|say|tell)?\s*(?:yet|why|what|how|whether|which|where|the\s+(?:root\s+|exact\s+|actual\s+)?(?:cause|reason))",
    r"we(?:\s+are|['’]re)\s+(?:still\s+|currently\s+)?(?:not\s+(?:\w+\s+)?(?:sure|certain)|unsure|uncertain)\s+(?:yet|why|what|how|whether|which|where|if)",
    r"(?:we(?:\s+are|['’]re)\s+(?:(?:still|currently)\s+)?|still\s+|currently\s+)(?:trying\s+to\s+(?:find|identify|understand|determine|figure|pinpoint|establish)|(?:investigating|looking\s+(?:into|for))\s+(?:it|this|why|what|how|whether|(?:the|its)\s+(?:\w+\s+)?(?:causes?|reasons?|issues?|problems?|incident|origin|source))|working\s+to\s+(?:find|identify|understand|determine)|(?:a)?waiting\s+(?:for\s+)?(?:an?\s+)?(?:word|answer|reply|response|contact|confirmation|feedback|results))",
    r"(?:(?:needs?|requires?)\s+(?:some\s+)?(?:further|more|additional)\s+investigation|further\s+investigation\s+(?:is\s+)?(?:needed|required|necessary)|(?:is|are|still)\s+(?:still\s+|currently\s+)?(?:being\s+investigated|under\s+investigation)|under\s+investigation|(?:investigations?|attempts\s+to\s+understand(?:\s+\w+){0,6}|analysis|search)\s+(?:is|are|remains?)\s+(?:still\s+)?(?:ongoing|in\s+progress|under\s*way))",
];

static PATTERNS: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::new(OPEN.map(|open| format!(r"(?i)\b(?:{open})\b")).iter().map(String::as_str)));

/// Words without one of which nothing is open: most texts have none.
static TRIGGER: Phrases = Phrases::new(&[
    "unknown",
    "unclear",
    "unexplained",
    "undetermined",
    "unsolved",
    "uncertain",
    "unsure",
    "mystery",
    "open question",
    "yet",
    "not",
    "don't",
    "don’t",
    "can't",
    "can’t",
    "cannot",
    "unable",
    "to be",
    "trying",
    "investigating",
    "looking",
    "working to",
    "waiting",
    "awaiting",
    "investigation",
    "investigations",
    "investigated",
    "ongoing",
    "in progress",
    "under way",
    "underway",
]);

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    if !context.is_one_of(&[Status::Final]) {
        return;
    }
    let document = context.document;
    // The timeline tells what was open at the time.
    let timeline = document.sections.iter().filter(|section| section.kind == Some(SectionKind::Timeline));
    let timeline = SpanSet::new(timeline.map(|section| section.content));
    let prose = phrase::prose(context).iter().filter(|span| !timeline.covers(**span));
    for span in prose {
        let text = span.slice(&document.published);
        // What is struck out was settled since.
        if document.published[..span.start].ends_with("~~") || !TRIGGER.are_in(text) {
            continue;
        }
        let claims = phrase::Claims::new(text);
        for (range, _) in PATTERNS.find(text) {
            if !was_open_then(text, &range) && !is_about_else(text, &range) && !claims.spare(range.start) {
                let words = text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
                let place = Span::from(range).shifted(span.start);
                findings.add(&METADATA, place, format!("the review is final but says \"{words}\""));
            }
        }
    }
}

/// Whether the words tell of the past, "was under investigation", of a rule, "if it is unclear which", or of a question that is
/// answered: "did not know why until".
fn was_open_then(text: &str, range: &Range<usize>) -> bool {
    const PAST: &str = "was were been while had when during if whenever until where did";
    // "The setting was wrong, we cannot say why": what stands before a comma is another sentence.
    let before = phrase::last_words(&text[..range.start]).take_while(|word| !word.ends_with([',', ';', '.', ':']));
    let within = text[range.clone()].split_whitespace();
    before.chain(within).any(|word| phrase::is_listed(&word.to_lowercase(), PAST))
}

/// Whether something else is said: "messages that are unclear", "unclear from the report", "investigating ways to".
fn is_about_else(text: &str, range: &Range<usize>) -> bool {
    const RELATIVE: &str = "that which who";
    const ELSE: &str = "to if option options way ways possibility possibilities";
    let is_listed = |word: &str, list| phrase::is_listed(&word.to_lowercase(), list);
    let opens = phrase::last_words(&text[..range.start]).next().is_some_and(|word| is_listed(word, RELATIVE));
    let after = phrase::head(&text[range.end..], 60);
    let mut after = after.split_whitespace().filter(|word| !is_listed(word, "the a an our")).take(1);
    let is_of_a_source = text[range.clone()].to_lowercase().ends_with("unclear");
    let is_else = |word: &str| is_listed(word, ELSE) || is_of_a_source && is_listed(word, "from");
    opens || after.any(|word| is_else(word.trim_end_matches(['.', ','])))
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::edited;

    fn is_found(sentence: &str) -> bool {
        let found = edited("Rules ran", &format!("{sentence} Rules ran"));
        found.iter().any(|finding| finding.rule.code == "R006")
    }

    #[test]
    fn what_is_open_is_found_in_many_words() {
        for open in [
            "The cause is still unknown.",
            "We do not know what filled the disk.",
            "We still don't know why it began.",
            "The cause is unknown at this stage.",
            "It is not yet clear who was affected.",
            "It isn't a bug, and it is unclear why it ran.",
            "We're not sure what the root cause is.",
            "We are still trying to identify the root cause.",
            "We are awaiting a reply from the vendor.",
            "This needs further investigation.",
            "We are still investigating the cause.",
            "Attempts to understand why the fix works are ongoing.",
            "What it cost remains to be seen.",
            "We cannot say why the queue grew.",
            "The setting was invalid, we cannot say why at this point.",
            "Unknown at the time of writing.",
        ] {
            assert!(is_found(open), "{open}");
        }
    }

    #[test]
    fn what_was_open_then_and_what_cannot_be_known_is_not() {
        for closed in [
            "The cause was unknown at this point.",
            "While the cause was under investigation, the queue grew.",
            "We did not know what filled the disk until noon.",
            "If it is unclear which cluster is meant, the command stops.",
            "Why it began could not be found out.",
            "The command does not know the cluster.",
            "The request fails with an unknown error.",
            "Nobody is paged when it is not needed.",
            "Reword the messages that are unclear.",
            "It is unclear from the report whether keys were lost.",
            "We are investigating the possibility of a second cluster.",
            "~~We are still awaiting word from the vendor.~~",
        ] {
            assert!(!is_found(closed), "{closed}");
        }
    }
}
