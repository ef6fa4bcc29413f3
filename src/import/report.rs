//! What came over, as text for people and as JSON for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{CONTAINERS, Import, Understanding};
use crate::text::{escape_json, escape_line};

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Fate {
    /// It is new, and was written.
    Written,
    /// It would be written, but nothing was to be.
    Planned,
    /// A file with the same content was there.
    Same,
    /// Another file was there and was replaced.
    Replaced,
    /// Another file is there and was kept.
    Kept,
}

/// A review in the report.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    /// The file.
    pub(crate) file: String,
    /// Where it was.
    pub(crate) origin: String,
    /// The name of its container.
    pub(crate) container: &'static str,
    /// What became of the file.
    pub(crate) fate: Fate,
    /// What the reader understands of it.
    pub(crate) understood: Understanding,
    /// How many pictures lie beside it.
    pub(crate) pictures: usize,
    /// What its container held and the file does not.
    pub(crate) left_out: Vec<String>,
}

/// What did not come over.
#[derive(Clone, Debug, Serialize)]
struct SkippedLine {
    origin: String,
    why: String,
}

/// What is left out of so many reviews is said once.
const MANY: usize = 3;

/// The report on a source.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SourceReport {
    /// What was imported.
    source: String,
    reviews: Vec<Line>,
    skipped: Vec<SkippedLine>,
    /// What the source held beside reviews.
    left_out: Vec<String>,
}

impl SourceReport {
    /// The report on `import`, whose reviews became `reviews`.
    pub(crate) fn new(source: String, import: &Import, reviews: Vec<Line>) -> Self {
        let line = |skipped: &super::Skipped| SkippedLine { origin: skipped.origin.clone(), why: skipped.why.clone() };
        Self { source, reviews, skipped: import.skipped.iter().map(line).collect(), left_out: import.left_out.clone() }
    }

    /// Whether nothing came over.
    pub(crate) fn is_empty(&self) -> bool {
        self.reviews.is_empty()
    }

    /// Whether one of its reviews is a draft.
    pub(crate) fn has_drafts(&self) -> bool {
        self.reviews.iter().any(|line| line.understood.draft)
    }

    /// Whether a file that is there was kept although the source says something else.
    pub(crate) fn has_kept(&self) -> bool {
        self.reviews.iter().any(|line| line.fate == Fate::Kept)
    }

    /// The report for people.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("{}: {}\n", escape_line(&self.source), self.summary());
        let common = self.common();
        for line in &self.reviews {
            text.push_str(&line.text(&common));
        }
        for (left_out, count) in common {
            text.push_str(&format!("  left out of {count} reviews: {}\n", escape_line(left_out)));
        }
        for left_out in &self.left_out {
            text.push_str(&format!("  left out: {}\n", escape_line(left_out)));
        }
        for skipped in &self.skipped {
            text.push_str(&format!("  skipped {}: {}\n", escape_line(&skipped.origin), escape_line(&skipped.why)));
        }
        text
    }

    /// What is left out of many reviews, with their number: it is said once.
    fn common(&self) -> BTreeMap<&str, usize> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for left_out in self.reviews.iter().flat_map(|line| &line.left_out) {
            *counts.entry(left_out).or_default() += 1;
        }
        counts.retain(|_, count| *count >= MANY);
        counts
    }

    fn summary(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for line in &self.reviews {
            *counts.entry(line.container).or_default() += 1;
        }
        let title =
            |name: &str| CONTAINERS.iter().find(|container| container.name == name).map_or("", |found| found.title);
        let kinds: Vec<String> = counts.iter().map(|(name, count)| format!("{count} from {}", title(name))).collect();
        let reviews = match self.reviews.len() {
            0 => "no review".to_owned(),
            1 => "1 review".to_owned(),
            count => format!("{count} reviews"),
        };
        let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
        format!("{reviews}{kinds}, {} skipped", self.skipped.len())
    }
}

/// The reports as JSON.
pub(crate) fn json(reports: &[SourceReport]) -> String {
    escape_json(&serde_json::to_string_pretty(reports).unwrap_or_default()) + "\n"
}

impl Line {
    fn text(&self, common: &BTreeMap<&str, usize>) -> String {
        let fate = match self.fate {
            Fate::Written => "written",
            Fate::Planned => "would be written",
            Fate::Same => "already there, the same",
            Fate::Replaced => "replaced",
            Fate::Kept => "kept: another text is there; `--force` replaces it",
        };
        let Understanding { entries, actions, factors, sections, .. } = self.understood;
        let count = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
        let mut counts = vec![
            count(entries, "timeline entry", "timeline entries"),
            count(actions, "action", "actions"),
            count(factors, "factor", "factors"),
            count(sections, "section", "sections"),
        ];
        if self.pictures > 0 {
            counts.push(count(self.pictures, "picture", "pictures"));
        }
        let mut text = format!("  {}  {fate}\n", escape_line(&self.file));
        text.push_str(&format!("      from {}: {}\n", escape_line(&self.origin), counts.join(", ")));
        for left_out in self.left_out.iter().filter(|left_out| !common.contains_key(left_out.as_str())) {
            text.push_str(&format!("      left out: {}\n", escape_line(left_out)));
        }
        text
    }
}
