//! How sentences blame people: who is the subject, and what the sentence says that they did or did not do.
//!
//! Single words are of no use here: in real reviews "should have" blames people four times in a hundred, and
//! "mistake" eighteen times. A human subject in front of them makes the difference.

use std::ops::Range;

use super::sentence_pattern::{PATTERNS, Said, is_said, triggers};
use super::subject;
use crate::diagnostic::{Findings, Metadata};
use crate::rules::passage::{self, Quotations};
use crate::rules::person::Persons;
use crate::rules::{ReviewContext, phrase};
use crate::text::{Span, SpanSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A person by their role: "the engineer", "one of our developers", "she".
    Role,
    /// A person by name or handle.
    Name,
    /// The authors: "we", "I".
    Ourselves,
    /// No one in particular: "human error".
    Nobody,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Something was not done: "forgot to", "did not check".
    Omission,
    /// Something was done wrongly: "mistakenly", "made a mistake".
    Mistake,
    /// What a person is like: "careless".
    Trait,
    /// What would have been better: "should have noticed".
    Hindsight,
}

/// A place where a text blames people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Blame {
    /// The subject and what is said of it.
    pub(super) range: Range<usize>,
    pub(super) who: Who,
    pub(super) fault: Fault,
}

/// Every place where `text` blames people, in order, but for what it quotes or denies.
pub(super) fn find(text: &str, persons: &Persons) -> Vec<Blame> {
    let mut found = Vec::new();
    // Most strings of the front matter are names and days.
    if !text.contains(' ') {
        return found;
    }
    let triggers = triggers(text);
    let mut triggers = triggers.iter().peekable();
    while let Some((start, said)) = triggers.next() {
        let sentence = sentence(text, *start);
        let mut may_say = vec![*said];
        while let Some((_, said)) = triggers.next_if(|(start, _)| *start < sentence.end) {
            if !may_say.contains(said) {
                may_say.push(*said);
            }
        }
        // A question claims nothing.
        if text[sentence.end..].starts_with('?') || text[..sentence.end].ends_with('?') {
            continue;
        }
        may_say.retain(|said| is_said(*said, &text[sentence.clone()]));
        found.extend(find_in_sentence(&text[sentence.clone()], &may_say, persons).into_iter().map(|blame| Blame {
            range: blame.range.start + sentence.start..blame.range.end + sentence.start,
            ..blame
        }));
    }
    found
}

/// The sentence around `at`. A full stop within a name ends none.
fn sentence(text: &str, at: usize) -> Range<usize> {
    let is_end = |(place, mark): &(usize, char)| {
        matches!(mark, '.' | '!' | '?' | ';') && text[place + 1..].chars().next().is_none_or(char::is_whitespace)
    };
    let start = text[..at].char_indices().rev().find(is_end).map_or(0, |(place, _)| place + 1);
    let end = text[at..].char_indices().map(|(place, mark)| (at + place, mark)).find(is_end);
    start..end.map_or(text.len(), |(place, _)| place)
}

fn find_in_sentence(sentence: &str, says: &[Said], persons: &Persons) -> Vec<Blame> {
    let mut found: Vec<Blame> = Vec::new();
    let claims = phrase::Claims::new(sentence);
    for pattern in PATTERNS.iter().filter(|pattern| says.contains(&pattern.said)) {
        let mut from = 0;
        while let Some(captures) = pattern.regex().captures_at(sentence, from) {
            let place = captures.get_match();
            from = place.end();
            let is_pair = |pair: &str| subject::may_be_pair(pair, persons);
            if captures.name("pair").is_some_and(|pair| !is_pair(pair.as_str())) {
                continue;
            }
            if let Some(name) = captures.name("named")
                && !subject::is_person(sentence, name.range(), place.end(), persons)
            {
                // The next word may be the name: "Then Priya forgot it".
                from = name.start() + name.as_str().find(char::is_whitespace).unwrap_or(name.len());
                continue;
            }
            let start =
                place.end() - place.as_str().trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@').len();
            let range = start..place.end();
            let is_same_subject =
                is_of_mind(place.as_str()) || captures.name("gap").is_none_or(|gap| !has_other_subject(gap.as_str()));
            let is_spared = !is_same_subject || claims.spare(start);
            if !is_spared && !is_neutral(&captures) && !is_no_participle(&sentence[range.clone()], pattern.fault) {
                found.push(Blame { range, who: pattern.who, fault: pattern.fault });
            }
        }
    }
    found.sort_by_key(|blame| (blame.range.start, std::cmp::Reverse(blame.range.end)));
    found.dedup_by(|next, kept| next.range.start < kept.range.end);
    found
}

/// Whether what follows may be said of somebody else: "we saw that the script failed to start".
fn has_other_subject(gap: &str) -> bool {
    const OPENING: &str = "that which when because while if as so where until after before whose since although who we i he \
                           she they but and or not didn't never";
    gap.split_whitespace().any(|word| phrase::is_listed(&word.trim_matches(',').to_lowercase(), OPENING))
}

/// "We ran a script that updated users without understanding it": only somebody who understands can be meant.
fn is_of_mind(words: &str) -> bool {
    words.contains("without")
        && ["understanding", "thinking", "knowing", "considering"].iter().any(|end| words.ends_with(end))
}

/// Whether what was not done is no step that anybody left out: "we did not lose data", "we did not find any trace".
fn is_neutral(captures: &regex::Captures<'_>) -> bool {
    const NEUTRAL: &str = "\
        able affect affected believe change changed encounter encountered exist experience experienced face feel felt figure \
        find found get go gone got gotten happen happened had have helped identify identified intend know known learn learned like \
        lose lost manage matter mean mind need needed observe observed own pass passed receive received recover recovered \
        reproduce run say see seen suffer suffered succeed support think thought understand understood use used want wanted \
        wish work worked determine detect want do done be been take taken reach reached";
    let verb = captures.name("verb").or_else(|| captures.name("done"));
    verb.is_some_and(|verb| captures.name("any").is_some() || phrase::is_listed(&verb.as_str().to_lowercase(), NEUTRAL))
}

/// "We should have speed limits" looks ahead.
fn is_no_participle(words: &str, fault: Fault) -> bool {
    const NOUNS: &str = "speed need feed seed red embed bed shed unlimited dedicated automated shared improved";
    let last = words.split_whitespace().next_back().unwrap_or("").to_lowercase();
    fault == Fault::Hindsight && phrase::is_listed(&last, NOUNS)
}

/// Where a review blames a person, and in which words.
#[derive(Debug)]
pub(in crate::rules) struct BlamedPerson {
    blame: Blame,
    place: Span,
    words: String,
}

/// Reports the places in the strings and the prose of a review that `wanted` is for.
pub(super) fn report(
    rule: &'static Metadata,
    context: &ReviewContext<'_>,
    wanted: fn(&Blame) -> bool,
    findings: &mut Findings<'_>,
) {
    let found = context.cached.blames.get_or_init(|| of_review(context));
    for BlamedPerson { blame, place, words } in found.iter().filter(|found| wanted(&found.blame)) {
        let said = match blame.fault {
            Fault::Hindsight => "judges in hindsight",
            Fault::Omission | Fault::Mistake | Fault::Trait => "blames people",
        };
        findings.add(rule, *place, format!("\"{words}\" {said}")).help(rewording(blame));
    }
}

/// Whether one of the rules on blame has a finding in `place`.
pub(in crate::rules) fn blames_in(context: &ReviewContext<'_>, place: Span) -> bool {
    let found = context.cached.blames.get_or_init(|| of_review(context));
    found.iter().any(|found| place.contains(found.place))
}

fn of_review(context: &ReviewContext<'_>) -> Vec<BlamedPerson> {
    let mut about_causes = phrase::about_causes(context.document);
    about_causes.extend(context.review.factors.iter().filter_map(|factor| factor.note.as_ref()).map(|note| note.span));
    let about_causes = SpanSet::new(about_causes);
    let prose = passage::prose(context.document, Quotations::LeftOut);
    let mut found = Vec::new();
    for passage in passage::strings(context).iter().chain([&prose]) {
        for blame in find(&passage.text, context.persons()) {
            let place = passage.place(blame.range.clone());
            let is_cause = about_causes.covers(place);
            let words = &passage.text[blame.range.clone()];
            // What makes a person the cause there is F003's finding.
            if !is_cause || !phrase::PERSON_AS_CAUSE.are_in(words) {
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                found.push(BlamedPerson { blame, place, words });
            }
        }
    }
    found
}

/// The sentence to write instead: with the condition as its subject.
fn rewording(blame: &Blame) -> &'static str {
    if blame.who == Who::Nobody {
        return "Name what made the step easy to take, as in \"Both clusters have the same prompt, and the command asks \
                for no confirmation\".";
    }
    match blame.fault {
        Fault::Omission => {
            "Make the missing guard the context, as in \"The step had to be remembered: no check and no reminder asks \
             for it\"."
        }
        Fault::Mistake => {
            "Make the condition the context, as in \"The two names differ in one letter, and nothing asked for a \
             confirmation\"."
        }
        Fault::Trait => {
            "Say what the work was like at the time, as in \"Three alerts came at once, and the runbook covers one at a \
             time\"."
        }
        Fault::Hindsight => {
            "Say what could be seen at the time, as in \"The dashboard showed the average, in which the errors of one \
             location disappear\"."
        }
    }
}
