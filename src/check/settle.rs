//! The end of a check: findings in order and counted, and what is withheld cut off.

use std::sync::Arc;

use super::{Audience, Options};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Review;
use crate::text::Span;

/// How many findings and reviews there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings at level error.
    pub errors: usize,
    /// Findings at level warning.
    pub warnings: usize,
    /// Findings at level advice.
    pub advice: usize,
    /// Reviews read.
    pub reviews: usize,
    /// Reviews that are published.
    pub published: usize,
    /// Reviews that are withheld.
    pub withheld: usize,
}

impl Counts {
    /// Counts the findings.
    pub(super) fn of(findings: &[Diagnostic], reviews: usize, published: usize) -> Self {
        let at = |level| findings.iter().filter(|finding| finding.level == level).count();
        let (errors, warnings, advice) = (at(Level::Error), at(Level::Warning), at(Level::Advice));
        Self { errors, warnings, advice, reviews, published, withheld: reviews - published }
    }
}

/// The reviews that `options.audience` may read.
pub(super) fn public(reviews: &[Arc<Review>], options: &Options) -> Vec<Arc<Review>> {
    let may_read = |review: &&Arc<Review>| options.audience == Audience::Team || review.is_public(options.today);
    reviews.iter().filter(may_read).cloned().collect()
}

/// Puts the findings in order, each once.
pub(super) fn order(findings: &mut Vec<Diagnostic>) {
    // By file they are in order already, nearly: a stable sort takes the runs as they are.
    findings.sort_by(|a, b| key(a).cmp(&key(b)));
    findings.dedup_by(|a, b| key(a) == key(b));
}

fn key(finding: &Diagnostic) -> (&str, Span, &str, &str) {
    (&finding.path, finding.span, finding.rule.code, &finding.message)
}
