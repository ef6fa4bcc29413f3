//! Whether a text looks like a review, by its name, its headings and what stands below them.

use std::collections::BTreeSet;

use crate::document::{Document, SectionKind, parse};
use crate::table::{Value, ValueKind};
use crate::text::{SitePath, Source, Span, id_of_file};

/// Words in a file's path that reviews often have.
const WORDS: [&str; 7] =
    ["postmortem", "post-mortem", "post_mortem", "incident", "outage", "retrospective", "root-cause"];

/// Names of folders for reviews, without the signs between their parts.
const COLLECTIONS: [&str; 17] = [
    "incident",
    "incidentreports",
    "incidentreviews",
    "incidents",
    "outage",
    "outages",
    "pir",
    "pirs",
    "pm",
    "pms",
    "postincidentreviews",
    "postmortem",
    "postmortems",
    "rca",
    "rcas",
    "retrospectives",
    "rootcauseanalyses",
];

/// Words in a title that reviews alone have, without the signs between their parts.
const TITLE_WORDS: [&str; 6] =
    ["postmortem", "incidentreport", "incidentreview", "outage", "rootcauseanalysis", "retrospective"];

/// Tags that reviews in a blog have.
const TAGS: [&str; 6] = ["postmortem", "post-mortem", "incident", "outage", "downtime", "rca"];

/// Words in names and titles of what stands beside reviews and is none.
const BESIDE: [&str; 19] = [
    "changelog",
    "checklist",
    "contributing",
    "guide",
    "guideline",
    "guidelines",
    "guides",
    "handbook",
    "howto",
    "playbook",
    "playbooks",
    "policy",
    "procedure",
    "runbook",
    "runbooks",
    "sop",
    "template",
    "templates",
    "tutorial",
];

/// A text that may be a review.
pub(super) struct Candidate<'a> {
    pub(super) source: &'a Source,
    /// Whether it reads like a review, whatever it is called.
    reads_like_one: bool,
}

impl<'a> Candidate<'a> {
    /// Reads a text of a folder that is called `folder`.
    pub(super) fn new(source: &'a Source, folder: &str) -> Self {
        Self { source, reads_like_one: reads_like_review(source, folder) }
    }

    /// Whether this is a review. An index is one where its folder is that of one incident: no other review lies there,
    /// and it is no folder of reviews itself.
    pub(super) fn is_review(&self, all: &[Candidate<'_>]) -> bool {
        let path = &self.source.path;
        if !is_index(path) {
            return self.reads_like_one;
        }
        let folder = path.folder();
        let name = folder.rsplit('/').next().unwrap_or(folder);
        let is_other = |other: &&Candidate<'_>| other.source.path != *path && other.source.path.folder() == folder;
        let is_alone = || !all.iter().filter(is_other).any(|other| other.reads_like_one);
        self.reads_like_one && !folder.is_empty() && !is_collection(name) && is_alone()
    }
}

/// Whether a file is called as hosts call the one that stands for its folder.
pub(super) fn is_index(path: &SitePath) -> bool {
    let name = path.name().to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or(&name);
    matches!(stem, "index" | "_index" | "readme")
}

/// Whether a name has a word that reviews have.
pub(super) fn says_review(name: &str) -> bool {
    let name = name.to_lowercase();
    WORDS.iter().any(|word| name.contains(word)) || is_collection(&name)
}

/// Whether a folder is called after reviews, and after nothing else.
pub(super) fn is_collection(folder: &str) -> bool {
    COLLECTIONS.contains(&letters(folder).as_str())
}

/// Whether the path is that of a runbook or a template. A name that begins with a date tells of an incident with one.
pub(super) fn is_beside(path: &SitePath) -> bool {
    let words = |part: &str| {
        let part = part.to_lowercase();
        part.split(|c: char| !c.is_alphanumeric()).any(|word| BESIDE.contains(&word))
    };
    path.as_str().split('/').any(|part| !is_dated(part) && words(part))
}

/// Whether a text has several of the sections, or some and a name that says so.
///
/// In a folder that is called so, each text has such a name.
pub(crate) fn reads_like_review(source: &Source, folder: &str) -> bool {
    if is_beside(&source.path) {
        return false;
    }
    let document = parse(source);
    let title = title(&document).unwrap_or_default();
    if is_titled_beside(&title) {
        return false;
    }
    let is_answered = |section: &&crate::document::Section| is_answered(section.content, &document.published);
    let answered = document.sections.iter().filter(is_answered);
    let mut kinds: BTreeSet<SectionKind> = answered.filter_map(|section| section.kind).collect();
    // Any text may have sources.
    kinds.remove(&SectionKind::References);
    let is_named = says_review(folder) || says_review(source.path.as_str()) || is_called_review(&document, &title);
    let is_dated = is_dated(source.path.name());
    let signs = kinds.len() + usize::from(document.timeline.len() > 2) + usize::from(is_dated);
    signs >= 3 || (is_named && signs >= 1)
}

/// Whether the title or a tag of a text says that it is a review, whatever stands in it.
pub(crate) fn calls_itself_review(source: &Source) -> bool {
    let document = parse(source);
    let title = title(&document).unwrap_or_default();
    !is_titled_beside(&title) && is_called_review(&document, &title)
}

/// Whether a title is that of a runbook or a template. It may tell of a runbook that failed, but a runbook's ends with that
/// word.
fn is_titled_beside(title: &str) -> bool {
    let last = title.split_whitespace().last().unwrap_or_default().to_lowercase();
    BESIDE.contains(&last.as_str()) || title.to_lowercase().starts_with("how to ")
}

/// Whether a section says something, and does not only ask.
fn is_answered(content: Span, text: &str) -> bool {
    let lines = content.slice(text).lines().map(|line| {
        line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '_' | '>' | '[' | ']' | '|' | '.'))
    });
    let mut said = lines.filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("<!--"));
    said.any(|line| !line.ends_with('?') && !matches!(line.to_lowercase().as_str(), "tbd" | "todo" | "n/a" | "…"))
}

fn title(document: &Document) -> Option<String> {
    let given = document.front.table.given("title").and_then(|entry| entry.value.kind.text());
    let first = || document.outline.headings.iter().find(|heading| heading.level == 1).map(|heading| &*heading.text);
    given.or_else(first).map(str::to_owned)
}

/// Whether the title or a tag says that a text is a review.
fn is_called_review(document: &Document, title: &str) -> bool {
    let is_tag = |tag: &Value| match &tag.kind {
        ValueKind::Text(tag) => TAGS.contains(&tag.to_lowercase().as_str()),
        _ => false,
    };
    let value = |key: &str| document.front.table.given(key).map(|entry| &entry.value.kind);
    let is_tagged = |key: &str| matches!(value(key), Some(ValueKind::Array(tags)) if tags.iter().any(is_tag));
    TITLE_WORDS.iter().any(|word| letters(title).contains(word)) || is_tagged("tags") || is_tagged("categories")
}

fn letters(text: &str) -> String {
    text.to_lowercase().replace([' ', '-', '_'], "")
}

/// Whether a name begins with a month such as `2024-03`.
fn is_dated(name: &str) -> bool {
    let is_month = |text: &str| text.char_indices().all(|(at, c)| if at == 4 { c == '-' } else { c.is_ascii_digit() });
    id_of_file(name).get(..7).is_some_and(is_month)
}
