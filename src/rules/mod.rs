//! The rules: a folder for each family, a file for each rule, and what several families use.

/// Names the rules of a family, in their order: each is a file in the family's folder.
macro_rules! rules {
    ($($rule:ident,)+) => {
        $(mod $rule;)+

        pub(super) const RULES: &[&crate::rules::Rule] = &[$(&$rule::RULE),+];
    };
}

mod action;
mod blame;
mod corpus;
mod document;
mod factor;
mod link;
mod publication;
mod response;
mod section;
mod timeline;

mod action_form;
mod catalogue;
mod example;
mod federated;
mod hidden_character;
mod link_target;
mod message;
mod passage;
mod pattern;
mod person;
mod phrase;
mod sample;
mod sign;

#[cfg(test)]
mod case_tests;
#[cfg(test)]
mod catalogue_tests;

use std::cell::OnceCell;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Findings, Metadata, ProblemKind};
use crate::document::{Document, Fence, SectionKind};
use crate::model::{Page, Policy, Review, Status};
use crate::text::{SitePath, SourceSet, Span};

pub use catalogue::{CATALOGUE, FAMILIES, Family, find, of_problem};
pub use example::excerpt;
pub use federated::FederatedReviews;
pub use link_target::outside_addresses;
pub use sample::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
pub(crate) use sign::checks_of;

/// A rule: what is said about it, and how its findings are made.
#[derive(Debug)]
pub struct Rule {
    /// What `explain` and the reports say.
    pub metadata: &'static Metadata,
    /// How its findings are made.
    pub checks: &'static [Check],
}

/// A way to make findings.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Reading finds them; the rule gives them a name and a level.
    Problem(ProblemKind),
    /// One review is enough to find them.
    Review(ReviewCheck),
    /// The same, in a review that has one of these signs in its text or in a string, in any case.
    Signed(&'static [&'static str], ReviewCheck),
    /// All reviews are needed to find them.
    Library(fn(&Library<'_>, &mut Vec<Diagnostic>)),
}

/// Makes the findings of a rule that looks at one review.
pub type ReviewCheck = fn(&ReviewContext<'_>, &mut Findings<'_>);

/// What a rule sees of one review: the text as written, and the review read from it.
#[derive(Debug)]
pub struct ReviewContext<'a> {
    /// As written.
    pub document: &'a Document,
    /// As understood.
    pub review: &'a Review,
    /// What the site asks of reviews.
    pub policy: &'a Policy,
    cached: Cached<'a>,
}

/// What several rules need of a review, computed when the first of them asks.
#[derive(Debug, Default)]
struct Cached<'a> {
    passages: OnceCell<Vec<passage::Passage<'a>>>,
    prose: OnceCell<Vec<Span>>,
    blames: OnceCell<Vec<blame::BlamedPerson>>,
    persons: OnceCell<person::Persons>,
}

impl<'a> ReviewContext<'a> {
    /// The review that `document` was understood as.
    pub fn new(document: &'a Document, review: &'a Review, policy: &'a Policy) -> Self {
        Self { document, review, policy, cached: Cached::default() }
    }

    /// Whether the front matter was read whole. Otherwise rules cannot tell what is missing.
    fn has_whole_front_matter(&self) -> bool {
        let problems = &self.document.problems.0;
        let is_missing = self.document.front.fence == Fence::None && self.review.status.is_none();
        !is_missing
            && !problems
                .iter()
                .any(|problem| matches!(problem.kind, ProblemKind::FrontMatterMissing | ProblemKind::BrokenToml))
    }

    /// Whether the review has one of these statuses.
    fn is_one_of(&self, statuses: &[Status]) -> bool {
        self.review.status.as_ref().is_some_and(|status| statuses.contains(&status.value))
    }

    /// The persons of whom the review may speak.
    fn persons(&self) -> &person::Persons {
        self.cached.persons.get_or_init(|| person::Persons::of(self))
    }

    /// The heading of the first section of a kind, else the beginning of the file.
    fn heading(&self, kind: SectionKind) -> Span {
        let heading = self.document.section(kind).and_then(|section| section.heading.as_ref());
        heading.map_or(self.document.top(), |heading| trimmed(heading.span, &self.document.source.text))
    }
}

/// Where the registry of factors stands.
const REGISTRY_PATH: &str = "content/factors.toml";

/// `span` without the blanks at its end. The Markdown parser counts the end of the line to a heading.
fn trimmed(span: Span, text: &str) -> Span {
    Span::new(span.start, span.start + span.slice(text).trim_end().len())
}

/// All reviews of a site, published or not, and what stands beside them.
#[derive(Clone, Copy, Debug)]
pub struct Library<'a> {
    /// The reviews, by path.
    pub reviews: &'a [Arc<Review>],
    /// The other pages, by path.
    pub pages: &'a [Page],
    /// The reviews of federated sites.
    pub federated: &'a FederatedReviews,
    /// Every file of the site folder.
    pub sources: &'a SourceSet,
    /// What the site asks of reviews.
    pub policy: &'a Policy,
}

impl Library<'_> {
    /// The review written in a file.
    pub fn review_at(&self, path: &SitePath) -> Option<&Review> {
        let at = self.reviews.binary_search_by(|review| review.path.cmp(path)).ok()?;
        Some(&self.reviews[at])
    }

    /// The page written in a file.
    pub fn page_at(&self, path: &SitePath) -> Option<&Page> {
        let at = self.pages.binary_search_by(|page| page.path.cmp(path)).ok()?;
        Some(&self.pages[at])
    }
}
