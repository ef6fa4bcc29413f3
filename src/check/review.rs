//! One review: read, then judged by the rules that look at it alone.

use std::sync::Arc;

use super::allow::Allowed;
use super::report;
use crate::diagnostic::{Diagnostic, Findings};
use crate::document::{Allowance, Document, parse};
use crate::lower::lower;
use crate::model::{Policy, Review};
use crate::rules::{ReviewContext, checks_of};
use crate::text::Source;

/// A review on its way through the check.
#[derive(Debug)]
pub(super) enum CheckedReview {
    /// Understood, with its document, which the rules need.
    Read(Box<ReadReview>),
    /// Judged by the rules that look at one review.
    Judged(Arc<JudgedReview>),
}

/// A review that no rule has looked at.
#[derive(Debug)]
pub(super) struct ReadReview {
    document: Document,
    review: Arc<Review>,
    /// What could not be understood.
    findings: Vec<Diagnostic>,
}

/// A review, and what was found in it alone.
#[derive(Clone, Debug)]
pub(super) struct JudgedReview {
    pub(super) review: Arc<Review>,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) allowances: Vec<Allowance>,
}

impl CheckedReview {
    pub(super) fn read(source: &Source, policy: &Policy) -> Self {
        Self::Read(Box::new(ReadReview::new(source, policy)))
    }

    /// Runs the rules that look at one review, unless they ran before.
    pub(super) fn judge(self, policy: &Policy) -> Arc<JudgedReview> {
        match self {
            Self::Read(read) => Arc::new(read.judge(policy)),
            Self::Judged(judged) => judged,
        }
    }

    pub(super) fn review(&self) -> &Arc<Review> {
        match self {
            Self::Read(read) => &read.review,
            Self::Judged(judged) => &judged.review,
        }
    }

    /// What was found so far, without what the author set aside.
    pub(super) fn open_findings(&self) -> impl Iterator<Item = &Diagnostic> {
        let (findings, allowances) = match self {
            Self::Read(read) => (&read.findings, &read.document.allowances),
            Self::Judged(judged) => (&judged.findings, &judged.allowances),
        };
        let allowed = Allowed::new(allowances);
        findings.iter().filter(move |finding| !allowed.allows(finding))
    }
}

impl ReadReview {
    fn new(source: &Source, policy: &Policy) -> Self {
        let document = parse(source);
        let (review, problems) = lower(&document, policy);
        let mut found = Findings::new(&source.path);
        report(&problems, &mut found);
        let mut findings = found.into_vec();
        findings.iter_mut().for_each(|finding| finding.place_in_source(&document.map));
        // Doubts about what is withheld have their places in the file already.
        let mut redaction_problems = Findings::new(&source.path);
        report(&document.redaction_problems.0, &mut redaction_problems);
        findings.extend(redaction_problems.into_vec());
        Self { document, review: Arc::new(review), findings }
    }

    fn judge(self, policy: &Policy) -> JudgedReview {
        let Self { document, review, mut findings } = self;
        let mut found = Findings::new(&document.source.path);
        let context = ReviewContext::new(&document, &review, policy);
        for check in checks_of(&context) {
            check(&context, &mut found);
        }
        let mut found = found.into_vec();
        found.iter_mut().for_each(|finding| finding.place_in_source(&document.map));
        findings.extend(found);
        JudgedReview { review, findings, allowances: document.allowances }
    }
}
