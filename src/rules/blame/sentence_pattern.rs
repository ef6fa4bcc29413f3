//! The words with which English sentences blame people.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Regex;

use super::sentence::{Fault, Who};

const ADVERBS: &str = r"(?:\s+(?:had|have|has|also|then|simply|just|initially|apparently|probably|clearly|unfortunately|still|again|both|all|completely|who|that))*";
/// People in their own part of the work. Of these, whatever they did not do counts.
const PEOPLE: &str = r"engineers?|developers?|administrators?|admins?|maintainers?|reviewers?|contributors?|contractors?|employees?|interns?|responders?|sres?|dbas?|colleagues?|committers?|technicians?|team\s+members?|members?\s+of\s+(?:the|our)\s+\w+(?:\s+team)?|teams?|staff|on-?call|on-?call\s+\w+|people\s+on\s+call";
/// Words that name programs as well, or those who were affected: only what a mind does counts.
const ACTORS: &str = r"operators?|managers?|authors?|users?|person|agents?|testers?|owners?|analysts?|leads?";
const DETERMINER: &str =
    r"(?:the|our|an?|one\s+of\s+(?:the|our)|another|this|that|some|both|two)\s+(?:[\w'’-]+\s+){0,2}?";
const SOMEBODY: &str = r"someone|somebody|he|she";
/// A clause between subject and verb: "who deployed it", "working on the quota".
const CLAUSE: &str = r"(?:\s+(?:who|working|in\s+charge|responsible)(?:\s+[\w'’-]+(?:\.\w+)*){0,12}?)?";

/// What only minds do, so that a subject which may be a program is told apart.
const MIND: &str = r"(?:forgot|forgotten|neglected\s+to|overlooked|(?:did\s+not|didn['’]t|never)\s+(?:bother|think\s+(?:to|of|about)|reali[sz]e|remember|pay\s+attention|double[\s-]check))\b";
const ACT: &str = r"(?:(?:failed|neglected|omitted)\s+to\s+\w+|(?:did\s+not|didn['’]t|never)\s+(?:check(?:ed)?|verif(?:y|ied)|notic(?:e|ed)|follow(?:ed)?|communicat(?:e|ed)|review(?:ed)?|validat(?:e|ed)|test(?:ed)?|announced?|inform(?:ed)?|ensured?|make\s+sure|read|consider(?:ed)?))\b";
const MISTAKE: &str = r"(?:(?:was\s+|were\s+)?(?:mistakenly|erroneously|carelessly|negligently|wrongly)\s+\w+|made\s+(?:an?|the|some|another|several)\s+(?:\w+\s+){0,2}?(?:mistake|error|typo|blunder|slip)s?|made\s+(?:mistakes|errors))\b";
const SLIP: &str = r"(?:accidentally|inadvertently|unintentionally)\s+\w+\b";
const TRAIT: &str = r"(?:was|were|is|are|had\s+been|being)\s+(?:too\s+|very\s+|simply\s+|just\s+|so\s+)?(?:careless|negligent|sloppy|lazy|reckless|inattentive|incompetent|at\s+fault|to\s+blame|not\s+careful|not\s+paying\s+attention)\b";
const HINDSIGHT: &str = r"(?:(?:should|ought\s+to)(?:\s+not|n['’]t)?(?:\s+(?:really|also|simply|at\s+least))?\s+have\s+(?:[a-z]+ed|known|seen|thought|caught|read|told|done|made|taken|found|run|written|kept|understood|been\s+(?:more\s+)?(?:careful|aware|vigilant|attentive))|could\s+(?:easily\s+)?have\s+(?:noticed|known|checked|reali[sz]ed|caught|prevented|avoided))\b";
/// Nouns that make a person the cause.
const NOUNS: &str = r"\b(?:human\s+(?:error|mistake|failure)s?|pilot\s+error|(?:user|operator|engineer)\s+error\s+(?:was|were|is)\s+made|(?:due\s+to|because\s+of|caused\s+by|down\s+to|result\s+of|owing\s+to)\s+(?:an?\s+)?(?:simple\s+)?(?:user|operator|engineer|developer|admin)\s+error|(?:mistake|error|oversight|carelessness|negligence|inattention)\s+(?:made\s+)?(?:by|on\s+the\s+part\s+of)\s+(?:the|our|an?|one\s+of\s+(?:the|our))\s+(?:[\w'’-]+\s+){0,2}?(?:engineer|developer|operator|admin|administrator|maintainer|reviewer|employee|contractor|team)s?)\b";

/// A way to blame people.
pub(super) struct Pattern {
    pub(super) who: Who,
    pub(super) fault: Fault,
    /// What is said of them.
    pub(super) said: Said,
    pub(super) regex: Regex,
}

/// Every way to blame people that the rules look for.
pub(super) static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(patterns);

fn patterns() -> Vec<Pattern> {
    let roles = format!(r"\b(?:{DETERMINER}(?:{PEOPLE})|{SOMEBODY})");
    let actors = format!(r"\b(?:{DETERMINER}(?:{PEOPLE}|{ACTORS})|{SOMEBODY})");
    let names = r"(?-i:\b[A-Z][a-z]+\s[A-Z][a-z]+|(?:^|[\s(])@[A-Za-z][\w-]+)".to_owned();
    let ourselves = r"\b(?:we|(?-i:I))".to_owned();
    let mut patterns = Vec::new();
    let mut add = |who, said, subject: &str, between: &str| {
        let (fault, words) = match said {
            Said::Mind => (Fault::Omission, MIND),
            Said::Act => (Fault::Omission, ACT),
            Said::Mistake | Said::Noun => (Fault::Mistake, MISTAKE),
            Said::Slip => (Fault::Mistake, SLIP),
            Said::Trait => (Fault::Trait, TRAIT),
            Said::Hindsight => (Fault::Hindsight, HINDSIGHT),
        };
        // The words are English. Word boundaries of Unicode would make the search many times slower.
        let pattern = format!("(?i){subject}{between}{ADVERBS}\\s+{words}").replace(r"\b", r"(?-u:\b)");
        patterns.push(Pattern { who, fault, said, regex: Regex::new(&pattern).expect("a regular expression") });
    };
    for (who, subject) in [(Who::Role, &actors), (Who::Name, &names), (Who::Ourselves, &ourselves)] {
        let clause = if who == Who::Role { CLAUSE } else { "" };
        add(who, Said::Mind, subject, clause);
        add(who, Said::Mistake, subject, clause);
        add(who, Said::Trait, subject, "");
        add(who, Said::Hindsight, subject, clause);
    }
    for (who, subject) in [(Who::Role, &roles), (Who::Ourselves, &ourselves)] {
        add(who, Said::Act, subject, "");
        add(who, Said::Slip, subject, "");
    }
    let handles = r"(?:^|[\s(])@[A-Za-z][\w-]+".to_owned();
    add(Who::Name, Said::Act, &handles, "");
    add(Who::Name, Said::Slip, &handles, "");
    let regex = Regex::new(&format!("(?i){NOUNS}").replace(r"\b", r"(?-u:\b)")).expect("a regular expression");
    patterns.push(Pattern { who: Who::Nobody, fault: Fault::Mistake, said: Said::Noun, regex });
    patterns
}

/// What a sentence says of people, or that it names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Mind,
    Act,
    Mistake,
    Slip,
    Trait,
    Hindsight,
    Noun,
}

/// Words without one of which nothing of a kind is said. Sentences that have none, nearly all, are not looked at
/// further, and the others only for what their words may say.
const TRIGGERS: [(Said, &[&str]); 7] = [
    (Said::Mind, &["forgot", "neglect", "overlook", "did", "never"]),
    (Said::Act, &["failed", "neglect", "omitted", "did", "never"]),
    (Said::Mistake, &["mistake", "erroneous", "careless", "negligent", "wrongly", "error", "typo", "blunder", "slip"]),
    (Said::Slip, &["accidentally", "inadvertently", "unintentionally"]),
    (
        Said::Trait,
        &[
            "careless",
            "negligent",
            "sloppy",
            "lazy",
            "reckless",
            "inattentive",
            "incompetent",
            "fault",
            "blame",
            "careful",
            "attention",
        ],
    ),
    (Said::Hindsight, &["should", "ought", "could"]),
    (Said::Noun, &["error", "mistake", "failure", "oversight", "carelessness", "negligence", "inattention"]),
];

static TRIGGER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = TRIGGERS.iter().flat_map(|(_, words)| *words);
    let builder = AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(words);
    builder.expect("the words are few")
});

/// Where a word stands that may say something, by place, and what.
pub(super) fn triggers(text: &str) -> Vec<(usize, Said)> {
    static SAID: LazyLock<Vec<Said>> =
        LazyLock::new(|| TRIGGERS.iter().flat_map(|(said, words)| words.iter().map(|_| *said)).collect());
    let found = TRIGGER.find_overlapping_iter(text).map(|found| (found.start(), SAID[found.pattern().as_usize()]));
    let mut found: Vec<(usize, Said)> = found.collect();
    found.sort_by_key(|(start, _)| *start);
    found
}
