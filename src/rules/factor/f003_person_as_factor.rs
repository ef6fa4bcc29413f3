//! F003: a person is made the cause.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule, blame, phrase};
use crate::text::{Span, SpanSet};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "F003",
    name: "person-as-factor",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Quality,
    summary: "Human error, or another word for it, or a person by name is given as a cause.",
    why: "It hurts the people who were there, and next time they will say less. It also ends the search too early: \
          the next person will meet the same conditions.",
    remedy: "Ask what made the step possible and reasonable at the time: which guard was missing, what was hard to see, \
             how many things had to be done at once. Name that condition.",
    wrong: Example::Edit { replace: "Rules ran", with: "Human error: rules ran" },
    right: Example::Edit { replace: "Rules ran", with: "This was not human error: rules ran" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let text = &context.document.source.text;
    // The words of the text are judged below.
    for factor in context.review.factors.iter().filter(|factor| factor.written.is_none()) {
        for value in [Some(&factor.id), factor.note.as_ref()].into_iter().flatten() {
            report(context, phrase::inside_quotes(value.span, text), findings);
        }
    }
    let about_causes = SpanSet::new(phrase::about_causes(context.document));
    for &piece in phrase::prose(context) {
        if about_causes.covers(piece) {
            report(context, piece, findings);
            report_only_one(context, piece, findings);
        }
    }
    for local in &context.review.local_factors {
        report_named(context, local.text, findings);
    }
}

/// Reports a person whom a text names as the only one: "only Tom knew how".
fn report_only_one(context: &ReviewContext<'_>, span: Span, findings: &mut Findings<'_>) {
    static ONLY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b[Oo]nly[ \n]+(?<name>[A-ZÀ-ɏ][A-Za-zÀ-ɏ]+(?:[ \n][A-ZÀ-ɏ][A-Za-zÀ-ɏ]+)?)(?<after>['’]s\b)?")
            .expect("a regular expression")
    });
    let text = span.slice(&context.document.source.text);
    for found in ONLY.captures_iter(text) {
        let Some(name) = found.name("name").filter(|_| found.name("after").is_none()) else { continue };
        if context.persons().include(name.as_str()) {
            add_named(Span::from(name.range()).shifted(span.start), name.as_str(), findings);
        }
    }
}

/// Reports an item that begins with a person's name, unless it blames that person: then the rules on blame have said so.
fn report_named(context: &ReviewContext<'_>, item: Span, findings: &mut Findings<'_>) {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[\s*_]*(?<name>[A-ZÀ-ɏ][A-Za-zÀ-ɏ]+(?:[ ][A-ZÀ-ɏ][A-Za-zÀ-ɏ]+){0,2})(?:[\s*_:.,(\[—–-]|$)")
            .expect("a regular expression")
    });
    let text = &context.document.source.text;
    let Some(name) = NAME.captures(item.slice(text)).and_then(|found| found.name("name")) else { return };
    if context.persons().include(name.as_str()) && !blame::blames_in(context, item) {
        add_named(Span::from(name.range()).shifted(item.start), name.as_str(), findings);
    }
}

fn add_named(place: Span, name: &str, findings: &mut Findings<'_>) {
    let help =
        "Name the condition: not who knew or did it, but that one person alone did, and that nothing told the others.";
    findings.add(&METADATA, place, format!("\"{name}\" makes a person the cause")).help(help);
}

/// Reports the words in `span`, a piece of running text or the inside of a string of the front matter.
fn report(context: &ReviewContext<'_>, span: Span, findings: &mut Findings<'_>) {
    let text = &context.document.source.text;
    let claims = phrase::Claims::new(span.slice(text));
    for (range, _) in phrase::PERSON_AS_CAUSE.find(span.slice(text)) {
        if !claims.spare(range.start) {
            let place = Span::from(range).shifted(span.start);
            let words = place.slice(text).replace('\n', " ");
            findings.add(&METADATA, place, format!("\"{words}\" makes a person the cause"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, edited};

    #[test]
    fn a_person_by_name_is_no_factor() {
        let with = |item: &str| {
            let list = format!("## Contributing factors\n\n- {item}\n\n## What went well");
            codes(&edited("## What went well", &list))
                .into_iter()
                .filter(|code| *code == "F003" || *code == "B003")
                .count()
        };
        for item in
            ["Tom", "**Tom**: on holiday", "Only Tom knew how", "Priya Sharma was on leave", "Tom forgot the key"]
        {
            assert_eq!(with(item), 1, "{item}");
        }
        for item in ["Tom's laptop was old", "Hugo", "Only Prometheus knew how", "Only one person knew how"] {
            assert_eq!(with(item), 0, "{item}");
        }
    }
}
