//! The anchors of a page: what an address may name after `#`.

use std::collections::{BTreeMap, BTreeSet};

use super::action::Action;
use super::corpus::Page;
use super::review::{Part, Review};
use crate::document::SectionKind;
use crate::text::kebab_case;

/// The anchors that the page of every review has, or may have. Headings in its text get others.
const REVIEW_PAGE: [&str; 16] = [
    MAIN,
    "contents",
    "summary",
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

/// The anchor of the first section of a kind on the page of its review.
pub fn section_anchor(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Summary => "summary",
        SectionKind::Timeline => "timeline",
        SectionKind::RootCause => "root-cause",
        SectionKind::ContributingFactors => "factors",
        SectionKind::WentWell => "what-went-well",
        SectionKind::WentPoorly => "what-went-poorly",
        SectionKind::GotLucky => "where-we-got-lucky",
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
    /// The anchor of each part on the review's page; none for one without a heading and text, which is not shown.
    pub fn part_anchors(&self) -> Vec<Option<String>> {
        let mut anchors = Anchors::of_review_page();
        let mut counts: BTreeMap<SectionKind, usize> = BTreeMap::new();
        let mut anchor = |part: &Part| {
            let Some(kind) = part.kind else { return anchors.part(self.heading(part)) };
            let count = counts.entry(kind).or_default();
            *count += 1;
            match kind {
                SectionKind::Summary if self.part(kind).is_some_and(|first| std::ptr::eq(first, part)) => {
                    section_anchor(kind).to_owned()
                }
                SectionKind::Timeline | SectionKind::RootCause | SectionKind::ContributingFactors if *count == 1 => {
                    section_anchor(kind).to_owned()
                }
                SectionKind::WentWell | SectionKind::WentPoorly | SectionKind::GotLucky => match count {
                    1 => section_anchor(kind).to_owned(),
                    _ => format!("{}-{count}", section_anchor(kind)),
                },
                SectionKind::Summary
                | SectionKind::Timeline
                | SectionKind::RootCause
                | SectionKind::ContributingFactors => anchors.part(part.heading()),
            }
        };
        let mut given: Vec<Option<String>> =
            self.parts.iter().map(|part| (!part.is_empty).then(|| anchor(part))).collect();
        // Headings without a text of their own come last, so that no other anchor depends on them.
        for (part, anchor) in self.parts.iter().zip(&mut given) {
            let heading = self.heading(part);
            // Below it may stand headings of further levels, without words between them.
            let has_content = !part.content.slice(&self.text).trim().is_empty();
            if anchor.is_none() && (has_content || !heading.is_empty()) {
                *anchor = Some(anchors.part(heading));
            }
        }
        given
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
        let known = self.parts.iter().filter(|part| part.kind.is_some()).filter_map(|part| part.title.as_ref());
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
        // The page leads with the first summary, even an empty one.
        check("## Summary\n\n## Summary\n\nOne.", &[Some("summary-3"), Some("summary-2")]);
        check("## Lessons\n\n## Lessons\n\nOne.\n\n## :", &[Some("lessons-2"), Some("lessons"), None]);
    }
}
