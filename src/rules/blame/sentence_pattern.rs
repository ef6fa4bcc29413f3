//! Who may stand in front of the words that blame, and what may stand between.

use std::sync::{LazyLock, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::{Regex, RegexSet};

use super::sentence::{Fault, Who};
use super::sentence_word::{ADVERBS, CALLED, CLAUSE, DEED, FIRST, LISTS, NOUNS, WORDS};

/// What a sentence says of people, or that it names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Mind,
    Act,
    Mistake,
    Slip,
    /// How something was done: "by mistake", "without testing it".
    Manner,
    Trait,
    Unaware,
    /// What harmed, said of somebody by name.
    Harm,
    /// What was not done, whatever it is.
    Undone,
    Hindsight,
    Noun,
}

/// Who is the subject of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Person,
    PersonOrProgram,
    /// One person, not a team.
    Individual,
    They,
    Myself,
    /// What may be a person's name: who it is decides the list of names.
    Given,
    /// A role with a name: "our colleague Jane".
    Called,
    Name,
    Handle,
    Ourselves,
}

/// What may stand between a subject and what is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    Adverbs,
    Clause,
    /// A clause too, or what stands between commas or in brackets.
    Aside,
    First,
    Deed,
}

use Between::{Adverbs, Aside, Clause, Deed, First};
use Subject::{Called, Given, Handle, Individual, Myself, Name, Ourselves, Person, PersonOrProgram, They};

/// Which subjects are blamed by which words.
const FORMS: [(&[Subject], &[Between], Said); 25] = [
    (&[Ourselves], &[Adverbs], Said::Undone),
    (&[Handle], &[Adverbs], Said::Harm),
    (&[Given, Called], &[Aside], Said::Harm),
    (&[Given, Called], &[Aside], Said::Undone),
    (&[PersonOrProgram], &[Clause, First], Said::Mind),
    (&[Name, Ourselves], &[Adverbs, First], Said::Mind),
    (&[They], &[Adverbs], Said::Mind),
    (&[Person], &[Clause, First], Said::Act),
    (&[Handle, Ourselves], &[Adverbs, First], Said::Act),
    (&[PersonOrProgram], &[Clause, First], Said::Mistake),
    (&[Name, Ourselves], &[Adverbs, First], Said::Mistake),
    (&[Person, Handle, Ourselves], &[Adverbs, First], Said::Slip),
    (&[Person, Handle, Ourselves], &[Deed], Said::Manner),
    (&[PersonOrProgram, Name, Ourselves, They], &[Adverbs], Said::Trait),
    (&[PersonOrProgram, Name, Ourselves], &[Clause], Said::Hindsight),
    (&[Individual], &[Clause], Said::Unaware),
    (&[Myself], &[Adverbs], Said::Unaware),
    (&[Given, Called], &[Aside, First], Said::Mind),
    (&[Given, Called], &[Aside, First], Said::Act),
    (&[Given, Called], &[Aside, First], Said::Mistake),
    (&[Given, Called], &[Aside, First], Said::Slip),
    (&[Given, Called], &[Deed], Said::Manner),
    (&[Given, Called], &[Aside], Said::Trait),
    (&[Given, Called], &[Aside], Said::Unaware),
    (&[Given, Called], &[Aside], Said::Hindsight),
];

/// A way to blame people.
pub(super) struct Pattern {
    pub(super) who: Who,
    pub(super) fault: Fault,
    /// What is said of them.
    pub(super) said: Said,
    written: String,
    /// Made when a sentence first asks for it: most texts need few of them.
    made: OnceLock<Regex>,
}

impl Pattern {
    fn new(who: Who, fault: Fault, said: Said, written: String) -> Self {
        Self { who, fault, said, written, made: OnceLock::new() }
    }

    /// The expression for one sentence.
    pub(super) fn regex(&self) -> &Regex {
        self.made.get_or_init(|| Regex::new(&expand(&self.written)).expect("a pattern is a regular expression"))
    }
}

/// Every way to blame people that the rules look for.
pub(super) static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(patterns);

fn patterns() -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for (subjects, betweens, said) in FORMS {
        let (_, fault, words) = WORDS.iter().find(|(of, ..)| *of == said).expect("each form has its words");
        for (subject, between) in
            subjects.iter().flat_map(|subject| betweens.iter().map(move |between| (subject, between)))
        {
            let (who, people) = subject.words();
            let pattern = format!("{people}{}\\s+{words}", between.words());
            patterns.push(Pattern::new(who, *fault, said, pattern));
        }
    }
    let nouns = NOUNS.iter();
    let nouns = nouns.map(|(who, fault, written)| Pattern::new(*who, *fault, Said::Noun, (*written).to_owned()));
    patterns.extend(nouns);
    patterns
}

/// Whether `sentence` has words that say something of a kind, whoever it is said of. Without them, no pattern of that kind
/// matches: hardly any sentence has them, and one search for them stands for the searches with each subject.
pub(super) fn is_said(said: Said, sentence: &str) -> bool {
    static SAYINGS: [OnceLock<RegexSet>; TRIGGERS.len()] = [const { OnceLock::new() }; TRIGGERS.len()];
    let words = WORDS.iter().filter(|(of, ..)| *of == said).map(|(.., words)| *words);
    let nouns = NOUNS.iter().filter(|_| said == Said::Noun).map(|(.., written)| *written);
    let made = || RegexSet::new(words.chain(nouns).map(expand)).expect("words are regular expressions");
    SAYINGS[said as usize].get_or_init(made).is_match(sentence)
}

impl Subject {
    fn words(self) -> (Who, &'static str) {
        match self {
            Subject::Person => (Who::Role, r"\b(?:{DETERMINER}(?:{PEOPLE})|{PLURAL}|{SOMEBODY})"),
            Subject::PersonOrProgram => (Who::Role, r"\b(?:{DETERMINER}(?:{PEOPLE}|{ACTORS})|{SOMEBODY})"),
            Subject::Individual => (Who::Role, r"\b(?:{DETERMINER}(?:{INDIVIDUAL})|{SOMEBODY})"),
            Subject::They => (Who::Role, r"\bthey"),
            Subject::Given => (Who::Name, "{NAMED}"),
            Subject::Called => (Who::Name, CALLED),
            Subject::Name => (Who::Name, r"(?-i:\b(?<pair>[A-Z][a-z]+\s[A-Z][a-z]+)|(?:^|[\s(])@[A-Za-z][\w-]+)"),
            Subject::Handle => (Who::Name, r"(?:^|[\s(])@[A-Za-z][\w-]+"),
            Subject::Myself => (Who::Ourselves, r"\b(?-i:I)"),
            Subject::Ourselves => (Who::Ourselves, r"\b(?:we|(?-i:I))"),
        }
    }
}

impl Between {
    fn words(self) -> String {
        match self {
            Between::Adverbs => ADVERBS.to_owned(),
            Between::Clause => format!("{CLAUSE}{ADVERBS}"),
            Between::Aside => format!(r"(?:,[^,.;:]{{1,60}},|\s*\([^()]{{1,60}}\))?{CLAUSE}{ADVERBS}"),
            Between::First => FIRST.to_owned(),
            Between::Deed => DEED.to_owned(),
        }
    }
}

/// A pattern with the lists that it names. Its words are English: classes of Unicode would make the search many times slower,
/// and the patterns slow to make.
fn expand(pattern: &str) -> String {
    let mut pattern = format!("(?i){pattern}");
    while let Some((name, list)) = LISTS.iter().find(|(name, _)| pattern.contains(name)) {
        pattern = pattern.replace(name, list);
    }
    for (class, ascii) in [
        (r"\b", r"(?-u:\b)"),
        (r"[\s\W]", "[^0-9A-Za-z_]"),
        (r"[^\s", r"[^ \t\r\n"),
        (r"[\s", r"[ \t\r\n"),
        (r"[\w", "[0-9A-Za-z_"),
        (r"\s", r"[ \t\r\n]"),
        (r"\w", "[0-9A-Za-z_]"),
    ] {
        pattern = pattern.replace(class, ascii);
    }
    pattern
}

/// Words without one of which nothing of a kind is said. Sentences that have none, nearly all, are not looked at
/// further, and the others only for what their words may say. A bar divides them.
const TRIGGERS: [(Said, &str); 11] = [
    (Said::Harm, "broke|caused|leaked|exposed|corrupted|crashed|introduced|wrong|bad|faulty|buggy"),
    (Said::Undone, "not|n't|n’t|never"),
    (
        Said::Mind,
        "forg|neglect|overlook|not|n't|n’t|never|ly thought|ly believed|ly assumed|ly concluded|\
         ly expected",
    ),
    (Said::Act, "fail|neglect|omitted|not|n't|n’t|never|missed"),
    (
        Said::Mistake,
        "error|careless|negligent|wrong|incorrect|naive|naïve|foolish|stupidly|hastily|blindly|\
         recklessly|unwisely|unwittingly|unknowingly|typo|blunder|slip|bad |poor |over-|overcorrect|off guard|hard way|too |only |panicked|hesitated|procrastinated|off|dragged|assumed|lack|failed|inadequately|insufficiently|overreact|wasted|lose |lost |but |false |faulty |flawed |\
         unwise |unsafe |mis|mixed|underestimated|overestimated|messed|screwed|fucked|stuffed|goofed|\
         botched|fumbled|fingered|dropped|fell|corners|shortcut|short-cut|conclusion|sight|track|slow to|\
         too long|ignored|quick|late|overly|prepared|flat|untrue|not the case|relied|rely|leaned|let |confus|\
         rush|skipped|bypass|disregard|circumvent|violat|deviat|broke|too |improperly|poor|terrible|\
         lazily|unthinking|mistaken",
    ),
    (Said::Slip, "accidentally|accidently|inadvertently|unintentionally"),
    (
        Said::Manner,
        "by mistake|by accident|in error|without|accidentally|accidently|falsely|improperly|poorly|inadequately|insufficiently|lazily|unthinkingly|inadvertently|unintentionally|mistakenly|\
         erroneously|carelessly|negligently|wrongly|incorrectly|naively|foolishly|stupidly|hastily|\
         blindly|recklessly|unwisely|unwittingly|unknowingly",
    ),
    (
        Said::Trait,
        "careless|negligent|sloppy|lazy|reckless|inattentive|incompetent|stupid|dumb|fool|naive|naïve|\
         clumsy|irresponsible|complacent|confident|hasty|forgetful|unprofessional|thoughtless|clueless|tired|exhausted|asleep|sidetracked|cocky|arrogant|rusty|bad at|good at|enough|\
         distracted|confused|carried|unfamiliar|inexperienced|idiot|fault|blame|careful|enough|attention",
    ),
    (Said::Unaware, "aware"),
    (Said::Hindsight, "should|ought|could"),
    (
        Said::Noun,
        "error|failure|oversight|ness|negligence|inattention|incompetence|stupidity|complacency|fault|\
         typo|blunder|slip|assumption|decision|choice|call|judg|mis|lapse|lack|by |culpa|forgot|insufficient|limited|poor|inadequate|should|\
         had |if |overlooked|occur|rush|haste|hurry|excitement|eager|panic|reckless|careless|sloppy|lazy|\
         irresponsible|shoddy|assumed|too long|our |mistakes were|self-inflicted|bad|on us|on me|failure to|missed|failed|mistake|accidentally|did not|didn|move|oversight|\
         neglect|'m|’m|'re |’re |'s |’s ",
    ),
];

static TRIGGER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = TRIGGERS.iter().flat_map(|(_, words)| words.split('|'));
    let builder = AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(words);
    builder.expect("the words are few")
});

/// Where a word stands that may say something, by place, and what.
pub(super) fn triggers(text: &str) -> Vec<(usize, Said)> {
    static SAID: LazyLock<Vec<Said>> =
        LazyLock::new(|| TRIGGERS.iter().flat_map(|(said, words)| words.split('|').map(|_| *said)).collect());
    let found = TRIGGER.find_overlapping_iter(text).map(|found| (found.start(), SAID[found.pattern().as_usize()]));
    let mut found: Vec<(usize, Said)> = found.collect();
    found.sort_by_key(|(start, _)| *start);
    found
}
