//! The front matter of a review, key by key.

use std::cell::RefCell;

use super::id::{review_id, usable_aliases};
use super::owner::StatedOwner;
use crate::diagnostic::{ProblemKind, Problems};
use crate::document::{Document, SectionKind};
use crate::model::format::OTHER_PROGRAMS;
use crate::model::{
    Accepted, Action, ActionStatus, Answer, FactorRole, FactorUse, Impact, ImpactKind, Kind, Perspective, Policy,
    Question, Reference, Response, ResponseAnswer, Review, ReviewId, Revision, SeverityDefinition, Status, Timeline,
    Unknown, Words, format, words,
};
use crate::table::{KeyKind, Table, TableReader};
use crate::text::Spanned;

/// Reads every key of `table`, the front matter with what was decided for its place. The timeline and the parts are left
/// empty.
pub(super) fn read(document: &Document, table: &Table, policy: &Policy, problems: &RefCell<Problems>) -> Review {
    let reader = TableReader::new(table, &format::REVIEW, document.top(), problems);
    let title =
        reader.required_text("title").map_or_else(|| document.source.path.stem().to_owned(), |title| title.value);
    let severity = read_severity(&reader, policy, problems);
    let kind = reader.word("kind", Kind::WORDS).map_or(Kind::Incident, |kind| kind.value);
    let status = read_status(&reader, document, problems);
    let tlp = required_word(&reader, "tlp");
    let perspective = reader.word("perspective", Perspective::WORDS).map_or(Perspective::Own, |word| word.value);
    let organisation = match perspective {
        Perspective::Own => reader.text("organisation"),
        Perspective::Collected => reader.required_text("organisation"),
    };
    reader.accept("internal");
    reader.accept("allow");
    let review = Review {
        id: ReviewId(review_id(document, reader.text("id"), problems)),
        path: document.source.path.clone(),
        origin: None,
        title,
        severity,
        kind,
        status,
        tlp,
        is_clear: true,
        publish: reader.date("publish"),
        reviewed: reader.date("reviewed"),
        unknown: unknown(&reader, &[Unknown::Severity, Unknown::Reviewed]),
        participants: reader.texts("participants"),
        adopted: false,
        stated_day: None,
        perspective,
        organisation,
        services: reader.texts("services"),
        related: reader.texts("related"),
        aliases: usable_aliases(own_aliases(&reader), problems),
        impact: read_impact(&reader, document, problems),
        response: read_response(&reader, problems),
        factors: each(&reader, "factors", problems, read_factor),
        local_factors: Vec::new(),
        actions: each(&reader, "actions", problems, read_action),
        accepted: each(&reader, "accepted", problems, read_accepted),
        references: each(&reader, "references", problems, read_reference),
        revisions: each(&reader, "revisions", problems, read_revision),
        timeline: Timeline::default(),
        parts: Vec::new(),
        headings: Vec::new(),
        links: Vec::new(),
        addresses: Vec::new(),
        text: document.published.clone(),
        map: document.map.clone(),
        body: document.front.body,
    };
    reader.finish_beside(OTHER_PROGRAMS);
    review
}

/// `status`; or a draft, where a key of other programs says that it is one.
fn read_status(reader: &TableReader<'_>, document: &Document, problems: &RefCell<Problems>) -> Option<Spanned<Status>> {
    let draft = reader.flag("draft").filter(|draft| draft.value);
    let hidden = reader.flag("published").filter(|published| !published.value);
    let Some(Spanned { span, .. }) = draft.or(hidden) else { return required_word(reader, "status") };
    reader.excuse("status");
    let status = reader.word("status", Status::WORDS).map_or(Status::Draft, |status| status.value);
    // A decision for the place of the review is none about this one.
    if status != Status::Draft && document.front.table.given("status").is_some() {
        problems
            .borrow_mut()
            .add(
                ProblemKind::UnknownValue,
                span,
                format!("this says that it is a draft, and `status` says `{}`", status.word()),
            )
            .help("Delete one of the two. Until then it is a draft.");
    }
    Some(Spanned::new(Status::Draft, span))
}

/// Former ids. Paths and addresses are those of another program.
pub(super) fn own_aliases(reader: &TableReader<'_>) -> Vec<Spanned<String>> {
    let mut aliases = reader.texts("aliases");
    aliases.retain(|alias| !alias.value.starts_with('/') && !alias.value.contains("://"));
    aliases
}

fn required_word<T: Words>(reader: &TableReader<'_>, key: &'static str) -> Option<Spanned<T>> {
    reader.require(key);
    reader.word(key, T::WORDS)
}

/// Reads each table of the list `key` by the schema that `format::REVIEW` has for it.
fn each<T>(
    reader: &TableReader<'_>,
    key: &'static str,
    problems: &RefCell<Problems>,
    read: impl Fn(&TableReader<'_>) -> Option<T>,
) -> Vec<T> {
    let kind = format::REVIEW.key(key).map(|key| key.kind);
    let Some(KeyKind::Tables(schema)) = kind else { return Vec::new() };
    let mut values = Vec::new();
    for (table, place) in reader.tables(key) {
        let reader = TableReader::new(table, schema, place, problems);
        values.extend(read(&reader));
        reader.finish();
    }
    values
}

fn read_severity(reader: &TableReader<'_>, policy: &Policy, problems: &RefCell<Problems>) -> Option<Spanned<String>> {
    if reader.says_unknown("severity") {
        reader.excuse("severity");
        return None;
    }
    let severity = reader.required_text("severity")?;
    if let Some((_, known)) = policy.severity(&severity.value) {
        return Some(Spanned::new(known.id.clone(), severity.span));
    }
    let mut found = problems.borrow_mut();
    let message = format!("`{}` is no value of `severity`", severity.value);
    found.add(ProblemKind::UnknownValue, severity.span, message).help(severity_help(&severity.value, policy));
    None
}

/// Which severities there are, and which one a word of habit probably means.
fn severity_help(written: &str, policy: &Policy) -> String {
    let named = |severity: &SeverityDefinition| {
        let others: Vec<&str> = [&severity.name].into_iter().chain(&severity.aliases).map(String::as_str).collect();
        let others: Vec<&str> = others.into_iter().filter(|name| *name != severity.id).collect();
        if others.is_empty() {
            format!("`{}`", severity.id)
        } else {
            format!("`{}` ({})", severity.id, others.join(", "))
        }
    };
    let all: Vec<String> = policy.severities.iter().map(named).collect();
    let all = all.join(", ");
    match policy.likely_severity(written) {
        Some(severity) => format!("Did you mean `{}`? It can be {all}.", severity.id),
        None => format!("It can be {all}. `[severities]` in casebook.toml adds others."),
    }
}

fn read_impact(reader: &TableReader<'_>, document: &Document, problems: &RefCell<Problems>) -> Impact {
    // A section about the impact says it.
    match document.section(SectionKind::Impact) {
        Some(section) if !section.is_empty => reader.excuse("impact"),
        Some(_) | None => reader.require("impact"),
    }
    if let Some(text) = reader.text_instead_of_table("impact") {
        return Impact { texts: vec![(None, text)], ..Impact::default() };
    }
    let Some((table, place)) = reader.table("impact") else { return Impact::default() };
    let reader = TableReader::new(table, &format::IMPACT, place, problems);
    let text = |(key, kind): &(&'static str, ImpactKind)| reader.text(key).map(|text| (Some(*kind), text));
    let impact = Impact {
        texts: ImpactKind::WORDS.iter().filter_map(text).collect(),
        funds_lost_usd: reader.count("funds_lost_usd").map(|sum| sum.value),
        funds_recovered_usd: reader.count("funds_recovered_usd").map(|sum| sum.value),
    };
    reader.finish();
    if impact.texts.is_empty() {
        problems
            .borrow_mut()
            .add(ProblemKind::MissingKey, place, "`impact` says nothing")
            .help(format!("Say for at least one of {} what they felt.", listed(&words::<ImpactKind>())));
    }
    impact
}

fn listed(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        one => one.concat(),
    }
}

fn read_response(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> Response {
    let Some((table, place)) = reader.table("response") else { return Response::default() };
    let reader = TableReader::new(table, &format::RESPONSE, place, problems);
    let response = Response {
        detection: reader.word("detection", Words::WORDS).map(|word| word.value),
        answers: Question::WORDS
            .iter()
            .filter_map(|(key, question)| read_answer(&reader, key, *question, problems))
            .collect(),
        controls: reader.text("controls"),
    };
    reader.finish();
    response
}

fn read_answer(
    reader: &TableReader<'_>,
    key: &'static str,
    question: Question,
    problems: &RefCell<Problems>,
) -> Option<ResponseAnswer> {
    let (table, place) = reader.table(key)?;
    let reader = TableReader::new(table, &format::ANSWER, place, problems);
    let verdict = required_word(&reader, "answer");
    let note = reader.text("note").map(|note| note.value);
    reader.finish();
    Some(ResponseAnswer { question, answer: Answer { verdict: verdict?.value, note } })
}

fn read_factor(reader: &TableReader<'_>) -> Option<FactorUse> {
    let id = reader.required_text("id");
    let role = reader.word("role", FactorRole::WORDS).map_or(FactorRole::Contributing, |role| role.value);
    let note = reader.text("note");
    Some(FactorUse { id: id?, role, note, written: None })
}

/// Those of `keys` that have the word `unknown`.
fn unknown(reader: &TableReader<'_>, keys: &[Unknown]) -> Vec<Unknown> {
    keys.iter().copied().filter(|key| reader.says_unknown(key.word())).collect()
}

fn read_action(reader: &TableReader<'_>) -> Option<Action> {
    let StatedOwner { owner, no_owner, .. } = StatedOwner::new(reader.text("owner"));
    Some(Action {
        span: reader.place(),
        block: None,
        groups: Vec::new(),
        id: reader.text("id"),
        change: reader.required_text("change"),
        kind: reader.word("kind", Words::WORDS).map(|kind| kind.value),
        addresses: reader.texts("addresses"),
        unknown: unknown(reader, &[Unknown::Owner, Unknown::Due]),
        no_owner,
        owner,
        no_due: None,
        due: reader.date("due"),
        status: reader.word("status", ActionStatus::WORDS).map_or(ActionStatus::Open, |status| status.value),
        closed: reader.date("closed"),
        updates: reader.words("updates", Words::WORDS),
        link: reader.text("link"),
        evidence: reader.text("evidence").map(|evidence| evidence.value),
    })
}

fn read_accepted(reader: &TableReader<'_>) -> Option<Accepted> {
    let weakness = reader.required_text("weakness");
    let reason = reader.required_text("reason");
    Some(Accepted { weakness: weakness?, reason })
}

fn read_reference(reader: &TableReader<'_>) -> Option<Reference> {
    let title = reader.text("title").map(|title| title.value);
    let url = reader.required_text("url");
    let commit = reader.text("commit").map(|commit| commit.value);
    let licence = reader.text("licence").map(|licence| licence.value);
    reader.accept("source");
    let url = url?;
    Some(Reference { title: title.unwrap_or_else(|| url.value.clone()), url, commit, licence })
}

fn read_revision(reader: &TableReader<'_>) -> Option<Revision> {
    reader.require("date");
    let date = reader.date("date");
    let change = reader.required_text("change");
    Some(Revision { date: date?, change: change?.value })
}
