//! The catalogue of rules: one file a rule, one list that names them all.

mod phrase;
mod sample;

mod d001_missing_front_matter;
mod d007_duplicate_id;
mod s001_missing_section;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Findings, Metadata};
use crate::document::{Document, ProblemKind};
use crate::model::{Page, Policy, Review};
use crate::text::{SitePath, SourceSet};

pub use sample::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};

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
    Review(fn(&Subject<'_>, &mut Findings<'_>)),
    /// All reviews are needed to find them.
    Library(fn(&Library<'_>, &mut Vec<Diagnostic>)),
}

/// One review, as written and as understood.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// As written.
    pub document: &'a Document,
    /// As understood.
    pub review: &'a Review,
    /// What the site asks of reviews.
    pub policy: &'a Policy,
}

/// All reviews of a site, published or not, and what stands beside them.
#[derive(Clone, Copy, Debug)]
pub struct Library<'a> {
    /// The reviews, by path.
    pub reviews: &'a [Arc<Review>],
    /// The other pages, by path.
    pub pages: &'a [Page],
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
}

/// Every rule, by code.
pub static CATALOGUE: [&Rule; 3] =
    [&d001_missing_front_matter::RULE, &d007_duplicate_id::RULE, &s001_missing_section::RULE];

/// The rule of a code or a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    CATALOGUE
        .into_iter()
        .find(|rule| rule.metadata.name.eq_ignore_ascii_case(name) || rule.metadata.code.eq_ignore_ascii_case(name))
}

/// The rule that reports problems of a kind.
pub fn of_problem(kind: ProblemKind) -> &'static Rule {
    let reports =
        |rule: &&Rule| rule.checks.iter().any(|check| matches!(check, Check::Problem(reported) if *reported == kind));
    CATALOGUE.into_iter().find(reports).expect("every kind of problem has a rule")
}
