//! From a review of a dataset to a review of the model. Its texts stay text: no sign in them is markup.

use std::sync::Arc;

use super::part::{
    AcceptedData, ActionData, AnswerData, EntryData, FactorUseData, ImpactData, ItemData, ReferenceData, ResponseData,
};
use super::shape::ReviewData;
use super::word::Day;
use crate::document::{SectionKind, parse};
use crate::lower::lower;
use crate::model::{
    Accepted, Action, Answer, FactorUse, Impact, ImpactKind, Mark, Moment, Origin, PhaseMark, Policy, Publisher,
    Question, Reference, Response, ResponseAnswer, Review, ReviewId, Revision, Timeline, TimelineEntry, Tlp,
};
use crate::text::{SitePath, Source, Span, Spanned, kebab_case, strip_hidden};

/// The greatest number of characters of one text that are taken over.
const LONGEST: usize = 4_000;

/// The greatest number of entries, factors, actions, items and so on of one review that are taken over.
const MOST: usize = 200;

/// Makes a review of the model of one of a dataset: of the dataset of this site itself, or of that of a publisher. Then
/// its id is `<publisher>/<id>`, which no review of this site can have. Factors and severities are those of `policy`,
/// where it knows them by an id or an alias.
pub fn review(data: &ReviewData, publisher: Option<&Arc<Publisher>>, policy: &Policy) -> Review {
    let named = |id: &str| publisher.map_or_else(|| id.to_owned(), |publisher| format!("{}/{id}", publisher.id));
    let id = named(&data.id.0);
    let folder = if publisher.is_some() { "sources" } else { "reviews" };
    let path = SitePath::new(&format!("content/{folder}/{id}.md"));
    let path = path.unwrap_or_else(|error| panic!("the id {id:?} {error}"));
    let source = Source { path, text: body(data).into() };
    // The text is written here, so that whatever shows reviews finds it where it is in those of this site.
    let (mut review, _) = lower(&parse(&source), policy);
    review.id = ReviewId(id);
    review.title = line(&data.title);
    review.severity =
        data.severity.as_ref().and_then(|id| policy.severity(id)).map(|(_, known)| at_top(known.id.clone()));
    review.kind = data.kind.0;
    review.status = Some(at_top(data.status.0));
    review.tlp = Some(at_top(Tlp::Clear));
    review.is_clear = true;
    review.publish = data.published.as_ref().map(|day| at_top(day.0));
    review.reviewed = data.reviewed.as_ref().map(|day| at_top(day.0));
    review.participants = lines(&data.participants);
    review.perspective = data.perspective.0;
    let organisation = data.organisation.as_ref().or(publisher.map(|publisher| &publisher.organisation));
    review.organisation = organisation.map(|name| at_top(line(name)));
    review.services = lines(&data.services);
    review.related = lines(&data.related);
    review.related.iter_mut().for_each(|related| related.value = named(&related.value));
    review.aliases = data.aliases.iter().take(MOST).map(|alias| at_top(named(&alias.0))).collect();
    review.impact = impact(&data.impact);
    review.response = response(&data.response);
    review.factors = data.factors.iter().take(MOST).map(|used| factor(used, policy)).collect();
    review.actions = data.actions.iter().take(MOST).map(action).collect();
    review.accepted = data.accepted.iter().take(MOST).map(accepted).collect();
    review.references = data.references.iter().take(MOST).map(reference).collect();
    review.revisions = data
        .revisions
        .iter()
        .take(MOST)
        .map(|revision| Revision { date: at_top(revision.date.0), change: escaped(&line(&revision.change)) })
        .collect();
    let mut entries = review.timeline.entries().to_vec();
    entries.iter_mut().zip(data.timeline.iter().take(MOST)).for_each(|(entry, data)| set_entry(entry, data));
    review.timeline = Timeline::new(entries);
    let address = data.url.0.clone();
    review.origin = publisher.map(|publisher| Origin { publisher: publisher.clone(), address });
    review
}

/// How each entry of a timeline begins.
const ENTRY: &str = "- 2000-01-01 00:00 UTC — ";

/// The text of the review as Markdown in which every sign of the dataset is escaped.
fn body(data: &ReviewData) -> String {
    let mut text = String::from("+++\ntitle = \"\"\n+++\n\n");
    prose(SectionKind::Summary, data.summary.as_deref(), &mut text);
    if !data.timeline.is_empty() {
        heading(SectionKind::Timeline, &mut text);
        for entry in data.timeline.iter().take(MOST) {
            // The time only makes it an entry; it is known exactly already, and set afterwards.
            text.push_str(&format!("{ENTRY}{}\n", escaped(&line(&entry.text))));
        }
        text.push('\n');
    }
    prose(SectionKind::RootCause, data.root_cause.as_deref(), &mut text);
    for (kind, items) in [
        (SectionKind::WentWell, &data.went_well),
        (SectionKind::WentPoorly, &data.went_poorly),
        (SectionKind::GotLucky, &data.got_lucky),
    ] {
        if !items.is_empty() {
            heading(kind, &mut text);
            items.iter().take(MOST).for_each(|given| text.push_str(&format!("- {}\n", item(given))));
            text.push('\n');
        }
    }
    text
}

/// A section of paragraphs.
fn prose(kind: SectionKind, words: Option<&str>, text: &mut String) {
    let Some(words) = words else { return };
    heading(kind, text);
    let cut: String = words.chars().take(LONGEST).collect();
    for paragraph in cut.split("\n\n") {
        let lines: Vec<String> = paragraph.lines().map(|words| escaped(&line(words))).collect();
        text.push_str(&format!("{}\n\n", lines.join("\\\n")));
    }
}

fn heading(kind: SectionKind, text: &mut String) {
    text.push_str(&format!("## {}\n\n", kind.heading()));
}

/// The words of an item, in bold up to where they make its label.
fn item(item: &ItemData) -> String {
    let words = line(&item.text);
    let label = item.label.as_deref().unwrap_or_default();
    let ends = words.char_indices().map(|(at, c)| at + c.len_utf8());
    let is_label = |end: &usize| kebab_case(&words[..*end]) == label;
    // A label is shorter than the words it is made of, and only the first words can make it.
    let lead = ends.take(label.len() * 2 + 40).filter(is_label).last();
    match lead.filter(|_| !label.is_empty()) {
        Some(end) => format!("**{}** {}", escaped(words[..end].trim()), escaped(words[end..].trim())),
        None => escaped(&words),
    }
}

/// A text on one line, without what no reader sees.
fn line(text: &str) -> String {
    strip_hidden(text, LONGEST)
}

/// The text as Markdown that means nothing but itself.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        // Commas and blanks mean nothing anywhere.
        if c.is_ascii_punctuation() && c != ',' {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn at_top<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::at(0))
}

fn lines(texts: &[String]) -> Vec<Spanned<String>> {
    texts.iter().take(MOST).map(|text| line(text)).filter(|text| !text.is_empty()).map(at_top).collect()
}

fn said(text: Option<&String>) -> Option<String> {
    text.map(|text| escaped(&line(text))).filter(|text| !text.is_empty())
}

fn set_entry(entry: &mut TimelineEntry, data: &EntryData) {
    let moment = |at, precision: super::part::PrecisionData, approximate| Moment {
        at,
        precision: precision.into(),
        approximate,
    };
    entry.text_start = (entry.span.start + ENTRY.len()).min(entry.span.end);
    entry.at = moment(data.at.0, data.precision, data.approximate);
    entry.until = data.until.as_ref().map(|until| moment(until.at.0, until.precision, until.approximate));
    entry.marks = data.marks.iter().take(8).map(|mark| Spanned::new(to_mark(mark), entry.stamp_span)).collect();
}

fn to_mark(name: &str) -> Mark {
    let phases = PhaseMark::ALL.into_iter().map(Mark::Phase);
    let mut known = phases.chain([Mark::Decision, Mark::Communication]);
    known.find(|mark| mark.name().eq_ignore_ascii_case(name)).unwrap_or_else(|| Mark::Custom(line(name)))
}

fn impact(data: &ImpactData) -> Impact {
    let texts = [
        (ImpactKind::Users, &data.users),
        (ImpactKind::Services, &data.services),
        (ImpactKind::Funds, &data.funds),
        (ImpactKind::Partners, &data.partners),
        (ImpactKind::Operations, &data.operations),
    ];
    Impact {
        texts: texts.into_iter().filter_map(|(kind, text)| Some((kind, at_top(said(text.as_ref())?)))).collect(),
        funds_lost_usd: data.funds_lost_usd,
        funds_recovered_usd: data.funds_recovered_usd,
    }
}

fn response(data: &ResponseData) -> Response {
    let answers = [
        (Question::DetectedQuickly, &data.detected_quickly),
        (Question::SeverityFit, &data.severity_fit),
        (Question::RightPeople, &data.right_people),
        (Question::Runbook, &data.runbook),
        (Question::Communication, &data.communication),
        (Question::Evidence, &data.evidence),
    ];
    let answer = |given: &AnswerData| Answer { verdict: given.answer.0, note: said(given.note.as_ref()) };
    Response {
        detection: data.detection.map(|word| word.0),
        answers: answers
            .into_iter()
            .filter_map(|(question, given)| Some(ResponseAnswer { question, answer: answer(given.as_ref()?) }))
            .collect(),
        controls: said(data.controls.as_ref()).map(at_top),
    }
}

fn factor(used: &FactorUseData, policy: &Policy) -> FactorUse {
    let known = policy.registry.get(&used.id).map(|factor| factor.id.value.clone());
    let id = known.unwrap_or_else(|| line(&used.id));
    FactorUse { id: at_top(id), role: used.role.0, note: said(used.note.as_ref()).map(at_top) }
}

fn action(data: &ActionData) -> Action {
    let day = |day: &Option<Day>| day.as_ref().map(|day| at_top(day.0));
    Action {
        span: Span::at(0),
        id: data.id.as_ref().map(|id| at_top(line(id))),
        change: said(data.change.as_ref()).map(at_top),
        kind: data.kind.map(|kind| kind.0),
        addresses: lines(&data.addresses),
        owner: data.owner.as_ref().map(|owner| at_top(line(owner))),
        due: day(&data.due),
        status: data.status.0,
        closed: day(&data.closed),
        updates: data.updates.iter().take(MOST).map(|update| update.0).collect(),
        link: data.link.as_ref().map(|link| at_top(link.0.clone())),
        evidence: said(data.evidence.as_ref()),
    }
}

fn accepted(data: &AcceptedData) -> Accepted {
    Accepted { weakness: at_top(line(&data.weakness)), reason: said(data.reason.as_ref()).map(at_top) }
}

fn reference(data: &ReferenceData) -> Reference {
    Reference {
        title: line(&data.title),
        url: at_top(data.url.as_ref().map(|url| url.0.clone()).unwrap_or_default()),
        commit: data.commit.as_ref().map(|commit| line(commit)),
        licence: data.licence.as_ref().map(|licence| line(licence)),
    }
}
