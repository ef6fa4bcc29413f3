//! Keys of other programs that say who may read a text, or when.

use chrono::{Datelike, NaiveDate};

use crate::document::{Day, day_in};
use crate::model::format::REVIEW;
use crate::table::{Entry, Value};
use crate::text::kebab_case;

/// What the value of a key says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// Who may read it.
    Audience,
    /// Whether it is kept from readers.
    Closed,
    /// Whether it is shown to readers.
    Open,
    /// From which day on it may be read.
    From,
    /// Until which day it may be read.
    Until,
    /// How far its author is.
    State,
    /// Words about it, one of which may say so.
    Labels,
}

/// The keys in lower case, without hyphens and underscores.
const KEYS: &[(Meaning, &[&str])] = &[
    (
        Meaning::Audience,
        &[
            "access",
            "accesslevel",
            "audience",
            "audiences",
            "classification",
            "confidentiality",
            "dataclassification",
            "privacy",
            "readers",
            "securityclassification",
            "sensitivity",
            "visibility",
        ],
    ),
    (
        Meaning::Closed,
        &[
            "confidential",
            "donotpublish",
            "embargoed",
            "headless",
            "hidden",
            "internal",
            "internalonly",
            "isdraft",
            "isprivate",
            "private",
            "restricted",
            "unlisted",
            "unpublished",
            "wip",
        ],
    ),
    (Meaning::Open, &["ispublic", "permalink", "public", "publishable", "render"]),
    (
        Meaning::From,
        &[
            "datepublished",
            "embargo",
            "embargodate",
            "embargoeduntil",
            "embargountil",
            "golive",
            "notbefore",
            "publicationdate",
            "publishafter",
            "publishat",
            "publishdate",
            "publishedat",
            "publishon",
        ],
    ),
    (Meaning::Until, &["expires", "expirydate", "unpublishdate"]),
    (
        Meaning::State,
        &[
            "documentstatus",
            "lifecycle",
            "publication",
            "publicationstatus",
            "reviewstatus",
            "stage",
            "state",
            "workflow",
        ],
    ),
    (Meaning::Labels, &["categories", "category", "keywords", "labels", "tags"]),
];

/// Words for everybody.
const EVERYBODY: &[&str] = &[
    "all",
    "anyone",
    "clear",
    "everybody",
    "everyone",
    "external",
    "open",
    "public",
    "tlp-clear",
    "tlp-white",
    "world",
];

/// Words for no.
const NO: &[&str] = &["0", "false", "n", "never", "no", "none", "null", "off"];

/// Words for yes.
const YES: &[&str] = &["1", "on", "true", "y", "yes"];

/// States of a text that is not ready.
const UNREADY: &[&str] =
    &["draft", "in-review", "not-final", "not-published", "under-review", "unpublished", "wip", "work-in-progress"];

/// Words for few.
const FEW: &[&str] = &[
    "company-confidential",
    "confidential",
    "do-not-publish",
    "embargoed",
    "internal",
    "internal-only",
    "not-public",
    "private",
    "restricted",
    "strictly-confidential",
    "tlp-amber",
    "tlp-amber-strict",
    "tlp-green",
    "tlp-red",
];

/// The key in an entry of a front matter that says that not everyone may read the text `today`, although nothing goes by
/// it; none when there is none. What cannot be understood counts as if it said so.
pub(super) fn key_against_readers<'a>(entry: &'a Entry, source: &str, today: NaiveDate) -> Option<&'a str> {
    // Our own keys mean what they say: notes in `internal` are left out, but the bare word is about the whole text. Tags
    // are words of an author's choice.
    if entry.key == "internal" {
        return YES.contains(&kebab_case(words_of(&entry.value, source)).as_str()).then_some(entry.key.as_str());
    }
    if REVIEW.key(&entry.key).is_some() && entry.key != "tags" {
        return None;
    }
    let mut is_for_all = false;
    let mut audience = None;
    for (key, value) in entry.leaves() {
        let Some(meaning) = meaning_of(key) else { continue };
        let words = words_of(value, source);
        if words.is_empty() {
            continue;
        }
        let name = kebab_case(words);
        let is_one_of = |list: &[&str]| list.contains(&name.as_str());
        match meaning {
            // A list of readers in which everybody stands is open.
            Meaning::Audience if is_one_of(EVERYBODY) => is_for_all = true,
            Meaning::Audience => audience = audience.or(Some(key)),
            Meaning::Closed if !is_one_of(NO) => return Some(key),
            Meaning::Open if is_one_of(NO) => return Some(key),
            Meaning::From if !is_one_of(NO) && is_ahead(words, today).unwrap_or(true) => return Some(key),
            Meaning::Until if is_ahead(words, today) == Some(false) => return Some(key),
            Meaning::State if is_one_of(UNREADY) || is_one_of(FEW) => return Some(key),
            Meaning::Labels if is_one_of(UNREADY) || is_one_of(FEW) => return Some(key),
            Meaning::Closed | Meaning::Open | Meaning::From | Meaning::Until | Meaning::State | Meaning::Labels => {}
        }
    }
    audience.filter(|_| !is_for_all)
}

fn meaning_of(key: &str) -> Option<Meaning> {
    let key = kebab_case(key).replace('-', "");
    KEYS.iter().find(|(_, keys)| keys.contains(&key.as_str())).map(|(meaning, _)| *meaning)
}

/// The value as it is written, without quotes; empty when there is none.
fn words_of<'a>(value: &'a Value, source: &'a str) -> &'a str {
    if value.kind.is_empty() {
        return "";
    }
    value.kind.text().unwrap_or_else(|| value.span.slice(source)).trim()
}

/// Whether words name a day after `today`; `None` where they name neither a day nor a year. A day of this year that
/// cannot be told, such as 4/5, counts as one that has not come.
pub(super) fn is_ahead(words: &str, today: NaiveDate) -> Option<bool> {
    if let Some(Day::Date(day)) = day_in(words) {
        return Some(day > today);
    }
    let numbers = words.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let years: Vec<i32> = numbers.filter_map(|digits| digits.parse().ok()).collect();
    years.iter().max().map(|year| *year >= today.year())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::key_against_readers;
    use crate::document::parse;
    use crate::text::{SitePath, Source};

    fn keeps_out(line: &str) -> bool {
        let text = format!("---\n{line}\n---\n");
        let document = parse(&Source::new(SitePath::new("content/reviews/a.md").unwrap(), &text));
        let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        let entries = &document.front.table.entries;
        assert!(!entries.is_empty(), "{line}");
        entries.iter().any(|entry| key_against_readers(entry, &text, today).is_some())
    }

    #[test]
    fn what_keeps_readers_out_of_other_programs_does_so_here() {
        for line in [
            "visibility: internal",
            "audience: [staff]",
            "access: internal",
            "accessLevel: 2",
            "confidential: true",
            "confidential: \"yes\"",
            "private: yes",
            "unlisted: 'true'",
            "headless: true",
            "wip: true",
            "is_draft: true",
            "internal: true",
            "Internal: yes",
            "public: false",
            "public: \"no\"",
            "permalink: false",
            "build: {list: never, render: never}",
            "params:\n  private: true",
            "publishDate: 2099-01-01",
            "publishDate: 2099-01-01T10:00:00Z",
            "publish_date: 2099-01-01 10:00:00 +02:00",
            "publishDate: 1/2/2099",
            "publishDate: 12/01/2026",
            "published_at: Jan 1, 2099",
            "publishDate: 2099",
            "embargo: 2099-01-01T10:00:00+00:00",
            "embargo: until the vendor has published",
            "embargo: true",
            "embargoed-until: 2026-11-29",
            "expiryDate: 2001-01-01",
            "state: draft",
            "review_status: In review",
            "labels: [confidential]",
            "tags:\n- outage\n- Internal",
            "categories: TLP:AMBER",
        ] {
            assert!(keeps_out(line), "{line}");
        }
    }

    #[test]
    fn what_is_for_everybody_or_says_nothing_of_readers_does_not() {
        for line in [
            "visibility: public",
            "audience: [public, staff]",
            "audience:",
            "confidential: false",
            "private: \"no\"",
            "hidden: 0",
            "public: true",
            "public:",
            "permalink: /a/",
            "build: {list: never, render: always}",
            "publishDate: 2024-01-01",
            "publishDate: 2024-01-01T10:00:00Z",
            "published_at: 4/5/2024",
            "embargo: none",
            "embargo: 2026-11-28",
            "expiryDate: 2099-01-01",
            "expires: never",
            "state: resolved",
            "labels: [outage, internal-tools]",
            "tags: [draft-orders]",
            "impact:\n  access: none",
            "internal: a note",
            "internal:\n  audience: staff",
            "actions:\n- state: draft",
        ] {
            assert!(!keeps_out(line), "{line}");
        }
    }
}
