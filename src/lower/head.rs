//! The keys that the head of a text says in the author's words, where the front matter does not have them.

use std::borrow::Cow;

use crate::diagnostic::{ProblemKind, Problems};
use crate::document::{Day, Document, HeadFact, HeadingForm, SectionKind, day_in};
use crate::markdown::plain;
use crate::model::{Detection, Policy, Status, Tlp, Words};
use crate::table::{Entry, Table, Value, ValueKind};
use crate::text::Span;

/// Labels in lower case, and the keys that they stand for.
const LABELS: [(&str, &[&str]); 10] = [
    ("severity", &["severity", "sev", "priority", "incident severity", "severity level", "incident priority"]),
    ("status", &["status", "review status", "document status"]),
    ("tlp", &["tlp", "traffic light protocol"]),
    (
        "services",
        &[
            "services",
            "service",
            "systems",
            "affected",
            "services affected",
            "affected services",
            "systems affected",
            "affected systems",
            "affected components",
        ],
    ),
    ("organisation", &["organisation", "organization", "company"]),
    ("reviewed", &["reviewed", "reviewed on", "review date", "date of review", "postmortem date", "review held"]),
    ("impact", &["impact", "user impact", "customer impact"]),
    (
        PARTICIPANTS,
        &["participants", "attendees", "authors", "author", "responders", "teams", "teams involved", "involved teams"],
    ),
    (
        DETECTION,
        &["detected by", "discovered by", "noticed by", "incident detected by", "detection method", "detection source"],
    ),
    (
        DATE,
        &[
            "date",
            "incident date",
            "date of incident",
            "date of the incident",
            "day",
            "day of incident",
            "day of the incident",
            "date of outage",
            "date of the outage",
            "outage date",
            "date of event",
            "event date",
            "date and time",
            "date/time",
            "dates",
            "when",
            "occurred",
            "occurred on",
            "happened on",
            "datum",
            "fecha",
        ],
    ),
];

/// What stands for the day of the incident, which is no key.
pub(super) const DATE: &str = "date";

const PARTICIPANTS: &str = "participants";

/// What stands for `detection` in the table `response`.
const DETECTION: &str = "detection";

/// Words that the names of teams have, and those of persons do not, in lower case.
const TEAM_WORDS: [&str; 24] = [
    "team",
    "teams",
    "squad",
    "crew",
    "group",
    "guild",
    "support",
    "sre",
    "sres",
    "operations",
    "ops",
    "devops",
    "engineering",
    "infrastructure",
    "platform",
    "security",
    "desk",
    "on-call",
    "oncall",
    "department",
    "committee",
    "administrators",
    "developers",
    "maintainers",
];

/// Who notices incidents, in words that people write.
const DETECTORS: [(Detection, &[&str]); 6] = [
    (
        Detection::Monitoring,
        &[
            "monitoring",
            "alert",
            "alerts",
            "alerting",
            "an alert",
            "monitoring alert",
            "automated alert",
            "automated monitoring",
            "automatic monitoring",
            "monitoring system",
        ],
    ),
    (
        Detection::Staff,
        &["staff", "internal", "internally", "engineer", "an engineer", "on-call engineer", "employee", "employees"],
    ),
    (
        Detection::Customer,
        &[
            "customer",
            "customers",
            "customer report",
            "customer reports",
            "user",
            "users",
            "user report",
            "user reports",
        ],
    ),
    (Detection::Partner, &["partner", "partners", "supplier", "vendor"]),
    (Detection::Researcher, &["researcher", "security researcher", "bug bounty"]),
    (Detection::Public, &["public", "the public", "social media"]),
];

/// The most words that the name of a service has.
const SERVICE_WORDS: usize = 6;

/// The front matter of a document with what its head says for keys that it does not have.
pub(super) fn with_head<'a>(document: &'a Document, policy: &Policy) -> Cow<'a, Table> {
    let table = &document.front.table;
    let mut found: Vec<Entry> = Vec::new();
    for (key, fact) in facts(document) {
        let is_known = table.given(key).is_some() || found.iter().any(|entry| entry.key == key);
        if !is_known && let Some(kind) = value(key, fact, policy, document) {
            found.push(entry(key, kind, fact.value.span));
        }
    }
    if table.given("title").is_none()
        && let Some((title, span)) = title(document)
    {
        found.push(entry("title", ValueKind::Text(title), span));
    }
    if found.is_empty() {
        return Cow::Borrowed(table);
    }
    let mut whole = table.clone();
    whole.fill_in(found);
    Cow::Owned(whole)
}

/// Whether the head says another level of the Traffic Light Protocol than the one that counts, or one that is not
/// understood, which is reported. Nobody but the author can tell which of the two was meant.
pub(super) fn contradicts_tlp(document: &Document, counts: Option<Tlp>, problems: &mut Problems) -> bool {
    let differs = |fact: &HeadFact| tlp(&plain(&fact.value.value)) != counts;
    let Some((_, fact)) = facts(document).find(|(key, fact)| *key == "tlp" && differs(fact)) else { return false };
    let said = plain(&fact.value.value);
    let level = counts.map_or("not given", Words::word);
    let message = format!("the text says `{said}`, and the level of the Traffic Light Protocol is {level}");
    let help = "Correct one of the two. Until then the review is withheld.";
    problems.add(ProblemKind::Contradiction, fact.value.span, message).help(help);
    true
}

/// Reports what the head says otherwise than the front matter.
pub(super) fn report_contradictions(document: &Document, policy: &Policy, problems: &mut Problems) {
    for (key, fact) in facts(document) {
        let Some(Entry { value: Value { kind: ValueKind::Text(given), .. }, .. }) = document.front.table.given(key)
        else {
            continue;
        };
        let said = plain(&fact.value.value);
        let differs = match key {
            "severity" => match (policy.severity(given), policy.severity(&said)) {
                (Some((one, _)), Some((other, _))) => one != other,
                _ => false,
            },
            "status" => matches!((status(given), status(&said)), (Some(one), Some(other)) if one != other),
            _ => false,
        };
        if differs {
            let message = format!("the text says `{said}`, and `{key}` in the front matter is `{given}`");
            let help = "Keep one of the two. The front matter decides until then.";
            problems.add(ProblemKind::Contradiction, fact.value.span, message).help(help);
        }
    }
}

/// The facts whose labels are known, each with its key.
pub(super) fn facts(document: &Document) -> impl Iterator<Item = (&'static str, &HeadFact)> {
    document.head.iter().filter_map(|fact| {
        // `Date (UTC)` is a date.
        let label = fact.label.value.split('(').next().unwrap_or_default().trim().to_lowercase();
        let (key, _) = LABELS.iter().find(|(_, labels)| labels.contains(&label.as_str()))?;
        Some((*key, fact))
    })
}

/// The first heading of the first level, unless it names a section.
pub(super) fn title(document: &Document) -> Option<(String, Span)> {
    let is_first = |heading: &&crate::document::Heading| heading.level == 1 && heading.form == HeadingForm::Heading;
    let heading = document.outline.headings.iter().find(is_first)?;
    let words = heading.text.trim();
    (!words.is_empty() && SectionKind::from_heading(words).is_none()).then(|| (words.to_owned(), heading.span))
}

/// The value of a key, if the words are one. Others stay what they are: words on the page.
fn value(key: &str, fact: &HeadFact, policy: &Policy, document: &Document) -> Option<ValueKind> {
    let words = plain(&fact.value.value);
    match key {
        "severity" => policy.severity(&words).map(|(_, severity)| ValueKind::Text(severity.id.clone())),
        "status" => status(&words).map(|status| ValueKind::Text(status.word().to_owned())),
        "tlp" => tlp(&words).map(|tlp| ValueKind::Text(tlp.word().to_owned())),
        "services" => services(&words, fact.value.span),
        "reviewed" => match day_in(&words)? {
            Day::Date(day) => Some(ValueKind::Date(day)),
            Day::Month(_) | Day::Yearless { .. } => None,
        },
        PARTICIPANTS => Some(teams(&words, fact.value.span)).filter(|teams| !teams.is_empty()).map(ValueKind::Array),
        "impact" if document.section(SectionKind::Impact).is_some() => None,
        "impact" | "organisation" => Some(ValueKind::Text(fact.value.value.clone())),
        _ => None,
    }
}

fn services(words: &str, span: Span) -> Option<ValueKind> {
    let names: Vec<&str> = words.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()).collect();
    let are_names = !names.is_empty() && names.iter().all(|name| name.split_whitespace().count() <= SERVICE_WORDS);
    let name = |name: &&str| Value { kind: ValueKind::Text((*name).to_owned()), span };
    are_names.then(|| ValueKind::Array(names.iter().map(name).collect()))
}

/// Those of a list who are teams. Persons are none of a review's participants, and rules ask to take them out.
fn teams(words: &str, span: Span) -> Vec<Value> {
    let parts = words.split([',', ';', '&']).flat_map(|part| part.split(" and ")).map(str::trim);
    // "Jane Roe (SRE)" is a person.
    let is_team = |part: &&str| {
        let lower = part.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        let ends = [words.first().filter(|first| **first == "team"), words.last()];
        words.len() <= SERVICE_WORDS && ends.into_iter().flatten().any(|word| TEAM_WORDS.contains(word))
    };
    let name = |part: &str| Value { kind: ValueKind::Text(part.trim_start_matches("the ").to_owned()), span };
    parts.filter(is_team).map(name).collect()
}

/// Who noticed the incident first, as a label states it.
pub(super) fn stated_detection(document: &Document) -> Option<Detection> {
    let (_, fact) = facts(document).find(|(key, _)| *key == DETECTION)?;
    let words = plain(&fact.value.value).trim().trim_end_matches('.').to_lowercase();
    DETECTORS.iter().find(|(_, known)| known.contains(&words.as_str())).map(|(detection, _)| *detection)
}

/// "Draft, in review" is a draft, too.
fn status(words: &str) -> Option<Status> {
    if words.split(|c: char| !c.is_alphanumeric()).next().is_some_and(|word| word.eq_ignore_ascii_case("draft")) {
        return Some(Status::Draft);
    }
    Status::WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(words.trim())).map(|(_, status)| *status)
}

fn tlp(words: &str) -> Option<Tlp> {
    let level = words.trim().to_uppercase();
    let level = level.strip_prefix("TLP:").unwrap_or(&level).trim();
    Tlp::WORDS.iter().find(|(word, _)| word.trim_start_matches("TLP:") == level).map(|(_, tlp)| *tlp)
}

fn entry(key: &str, kind: ValueKind, span: Span) -> Entry {
    Entry { key: key.to_owned(), key_span: span, value: Value { kind, span } }
}
