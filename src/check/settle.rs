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

/// Orders and counts the findings, and returns the reviews that `options.audience` may read.
pub(super) fn withhold(
    reviews: &[Arc<Review>],
    options: &Options,
    findings: &mut Vec<Diagnostic>,
) -> (Vec<Arc<Review>>, Counts) {
    // By file they are in order already, nearly: a stable sort takes the runs as they are.
    findings.sort_by(|a, b| key(a).cmp(&key(b)));
    findings.dedup_by(|a, b| key(a) == key(b));
    let public: Vec<Arc<Review>> = reviews
        .iter()
        .filter(|review| options.audience == Audience::Team || review.is_public(options.today))
        .cloned()
        .collect();
    let at = |level| findings.iter().filter(|finding| finding.level == level).count();
    let counts = Counts {
        errors: at(Level::Error),
        warnings: at(Level::Warning),
        advice: at(Level::Advice),
        reviews: reviews.len(),
        published: public.len(),
        withheld: reviews.len() - public.len(),
    };
    (public, counts)
}

fn key(finding: &Diagnostic) -> (&str, Span, &str, &str) {
    (&finding.path, finding.span, finding.rule.code, &finding.message)
}
