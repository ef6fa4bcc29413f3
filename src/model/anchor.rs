//! The anchors of a page: what an address may name after `#`.

use std::collections::{BTreeMap, BTreeSet};

use super::action::Action;
use super::corpus::Page;
use super::review::{Part, Review};
use crate::document::SectionKind;
use crate::text::kebab_case;

/// The anchors that the page of every review has, or may have. Headings in its text get others.
const REVIEW_PAGE: [&str; 17] = [
    MAIN,
    "contents",
    "summary",
    "ask",
    "impact",
    "timeline",
    "root-cause",
    "factors",
    "what-went-well",
    "what-went-poorly",
    "where-we-got-lucky",
    "response",
    "actions",
    "weaknesses",
    "corrections",
    "references",
    "related",
];

/// Where the content of every page begins.
const MAIN: &str = "main";

/// How the anchors of entries of the timeline begin.
const ENTRY: &str = "entry-";

/// How the anchors of actions begin.
const ACTION: &str = "action-";

/// The anchors that a page has given out so far.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    /// For each anchor, the last number that was tried after it.
    taken: BTreeMap<String, usize>,
}

impl Anchors {
    /// None yet.
    pub const NONE: Self = Self { taken: BTreeMap::new() };

    /// Those that the page of every review has by itself.
    pub fn of_review_page() -> Self {
        Self { taken: REVIEW_PAGE.map(|anchor| (anchor.to_owned(), 1)).into() }
    }

    /// Takes an anchor as it is. Returns whether it was free.
    pub fn take(&mut self, anchor: &str) -> bool {
        self.taken.insert(anchor.to_owned(), 1).is_none()
    }

    /// Gives a heading in a text its anchor.
    pub fn heading(&mut self, words: &str) -> String {
        self.fresh(words, "section")
    }

    /// Gives a part of a review its anchor, by the author's heading.
    fn part(&mut self, heading: &str) -> String {
        self.fresh(heading, "part")
    }

    fn fresh(&mut self, words: &str, fallback: &str) -> String {
        let label = kebab_case(words);
        let wanted = match label.as_str() {
            "" => fallback.to_owned(),
            label if [ENTRY, ACTION].iter().any(|prefix| label.starts_with(prefix)) => format!("section-{label}"),
            _ => label,
        };
        let mut anchor = wanted.clone();
        let mut number = self.taken.get(&wanted).copied().unwrap_or(0);
        while number > 0 {
            number += 1;
            anchor = format!("{wanted}-{number}");
            if !self.taken.contains_key(&anchor) {
                break;
            }
        }
        self.taken.insert(wanted, number.max(1));
        self.taken.entry(anchor.clone()).or_insert(1);
        anchor
    }
}

/// The anchor of the first section of a kind on the page of its review; none for kinds that have the anchor of their
/// heading.
pub fn section_anchor(kind: SectionKind) -> Option<&'static str> {
    match kind {
        SectionKind::Summary => Some("summary"),
        SectionKind::Timeline => Some("timeline"),
        SectionKind::RootCause => Some("root-cause"),
        SectionKind::ContributingFactors => Some("factors"),
        SectionKind::WentWell => Some("what-went-well"),
        SectionKind::WentPoorly => Some("what-went-poorly"),
        SectionKind::GotLucky => Some("where-we-got-lucky"),
        SectionKind::Actions => Some("actions"),
        SectionKind::Impact
        | SectionKind::Background
        | SectionKind::Trigger
        | SectionKind::Detection
        | SectionKind::Response
        | SectionKind::Resolution
        | SectionKind::FiveWhys
        | SectionKind::Lessons
        | SectionKind::References => None,
    }
}

/// The anchor of the timeline entry at a position.
pub fn entry_anchor(at: usize) -> String {
    format!("{ENTRY}{}", at + 1)
}

impl Action {
    /// Its anchor on the page of its review, in which it stands at position `at`.
    pub fn anchor(&self, at: usize) -> String {
        let id = self.id.as_ref().map(|id| kebab_case(&id.value)).filter(|id| !id.is_empty());
        format!("{ACTION}{}", id.unwrap_or_else(|| (at + 1).to_string()))
    }
}

impl Review {
    /// The anchor of each part on the review's page; none for one of which nothing is shown.
    pub fn part_anchors(&self) -> Vec<Option<String>> {
        let mut anchors = Anchors::of_review_page();
        let mut counts: BTreeMap<SectionKind, usize> = BTreeMap::new();
        let mut anchor = |part: &Part| {
            let own = part.kind.and_then(|kind| Some((kind, section_anchor(kind)?)));
            let Some((kind, own)) = own else { return anchors.part(part.heading()) };
            if !part.is_reflection() {
                let stands_for_kind = self.part(kind).is_some_and(|first| std::ptr::eq(first, part));
                return if stands_for_kind { own.to_owned() } else { anchors.part(part.heading()) };
            }
            let count = counts.entry(kind).or_default();
            *count += 1;
            if *count == 1 { own.to_owned() } else { format!("{own}-{count}") }
        };
        // The page leads with the summary and needs no heading of the template for it. Below a heading, and below the title,
        // may stand headings of further levels without words between them.
        let summary = self.part(SectionKind::Summary);
        let is_lead = |part: &Part| summary.is_some_and(|summary| std::ptr::eq(summary, part));
        let has_content = |part: &Part| !part.content.slice(&self.text).trim().is_empty();
        let is_silent = |part: &Part| part.heading().is_empty() || is_lead(part) && part.has_heading_of_template();
        let is_shown = |part: &Part| !part.is_empty || !is_silent(part) || has_content(part);
        self.parts.iter().map(|part| is_shown(part).then(|| anchor(part))).collect()
    }

    /// Every anchor of the review's page, but for those of footnotes.
    pub fn anchors(&self) -> BTreeSet<String> {
        let mut anchors = Anchors::of_review_page();
        let labels = self.parts.iter().flat_map(Part::labels).map(|label| label.value.clone());
        let entries = (0..self.timeline.entries().len()).map(entry_anchor);
        let actions = self.actions.iter().enumerate().map(|(at, action)| action.anchor(at));
        for anchor in labels.chain(entries).chain(actions) {
            anchors.take(&anchor);
        }
        // The page gives the parts that every review has the same titles; the author's words are no anchors there.
        let has_anchor = |part: &&Part| part.is_titled_as_review || part.kind.and_then(section_anchor).is_some();
        let known = self.parts.iter().filter(has_anchor).filter_map(|part| part.title.as_ref());
        let known: BTreeSet<&str> = known.map(|title| title.value.as_str()).collect();
        for heading in self.headings.iter().filter(|heading| !known.contains(heading.as_str())) {
            anchors.heading(heading);
        }
        anchors.taken.into_keys().collect()
    }
}

impl Page {
    /// Every anchor of the page, but for those of footnotes.
    pub fn anchors(&self) -> BTreeSet<String> {
        let mut anchors = Anchors::default();
        anchors.take(MAIN);
        for heading in &self.headings {
            anchors.heading(heading);
        }
        anchors.taken.into_keys().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Anchors;
    use crate::document::parse;
    use crate::lower::lower;
    use crate::model::Policy;
    use crate::text::{SitePath, Source};

    #[test]
    fn headings_get_anchors_that_nothing_else_on_the_page_has() {
        let mut anchors = Anchors::of_review_page();
        assert!(anchors.take("the-label") && !anchors.take("the-label"));
        let given =
            ["Timeline", "Timeline", "The label!", "Entry 1", "…", "Timeline 2"].map(|text| anchors.heading(text));
        assert_eq!(given, ["timeline-2", "timeline-3", "the-label-2", "section-entry-1", "section", "timeline-2-2"]);
        assert_eq!(Anchors::NONE.clone().heading("Timeline"), "timeline");
    }

    #[test]
    fn each_part_has_the_anchor_of_its_kind_or_of_its_heading() {
        let check = |body: &str, expected: &[Option<&str>]| {
            let source = Source::new(SitePath::new("content/reviews/a.md").unwrap(), &format!("+++\n+++\n{body}"));
            let (review, _) = lower(&parse(&source), &Policy::default());
            let found = review.part_anchors();
            assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), expected, "{body}");
        };
        check("Before.\n\n## Summary\n\nOne.\n\n## Impact\n\nTwo.", &[Some("part"), Some("summary"), Some("impact-2")]);
        check("## Timeline\n\nOne.\n\n## Timeline\n\nTwo.", &[Some("timeline"), Some("timeline-2")]);
        check(
            "## What went well\n\nOne.\n\n## What went well:\n\nTwo.",
            &[Some("what-went-well"), Some("what-went-well-2")],
        );
        // The page leads with the first summary that says something.
        check("## Summary\n\n## Summary\n\nOne.", &[Some("summary-2"), Some("summary")]);
        check("## Summary\n\n## Timeline", &[None, Some("timeline")]);
    }
}
