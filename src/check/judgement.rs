//! The end of a check: what all rules found, at its level, in order and counted.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{allow, front_form, level, secrets};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level};
use crate::document::Allowance;
use crate::rules::{CATALOGUE, Check, Library};
use crate::text::{SitePath, SourceMap, Span};

/// What the rules found in a site folder.
#[derive(Debug)]
pub(crate) struct Judgement {
    /// Every finding, by file and place.
    pub findings: Vec<Diagnostic>,
    /// How many findings and reviews there are.
    pub counts: Counts,
    /// What becomes of each review, by its file.
    pub fates: BTreeMap<SitePath, Fate>,
}

/// What becomes of a review that has no errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Published,
    Withheld,
}

/// How many findings and reviews there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub advice: usize,
    /// Reviews read.
    pub reviews: usize,
    pub published: usize,
    pub withheld: usize,
}

impl Counts {
    /// Counts findings, and the reviews that they are about.
    pub fn of<'a>(findings: &[Diagnostic], fates: impl Iterator<Item = &'a Fate>) -> Self {
        let at = |level| findings.iter().filter(|finding| finding.level == level).count();
        let (errors, warnings, advice) = (at(Level::Error), at(Level::Warning), at(Level::Advice));
        let (mut reviews, mut published) = (0, 0);
        for fate in fates {
            reviews += 1;
            published += usize::from(*fate == Fate::Published);
        }
        Self { errors, warnings, advice, reviews, published, withheld: reviews - published }
    }
}

/// What the rules about all reviews together need, with what was found before.
pub(super) struct Unjudged<'a> {
    pub(super) library: Library<'a>,
    pub(super) config: &'a Config,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) allowances: Vec<(SitePath, Vec<Allowance>)>,
}

impl Unjudged<'_> {
    /// The judgement of reviews with these fates.
    pub(super) fn judge(self, fates: BTreeMap<SitePath, Fate>) -> Judgement {
        let Self { library, config, mut findings, allowances } = self;
        let mut found = judge_library(&library);
        place_in_sources(&mut found, &library);
        findings.extend(found);
        front_form::write_as_files_do(&mut findings, library.sources);
        secrets::redact(&mut findings, library.sources);
        allow::apply(&mut findings, allowances);
        level::set(&mut findings, config, library.reviews);
        sort(&mut findings);
        let counts = Counts::of(&findings, fates.values());
        Judgement { findings, counts, fates }
    }
}

/// What the rules about all reviews together find, in the order of the catalogue.
fn judge_library(library: &Library<'_>) -> Vec<Diagnostic> {
    let judge = |check: &Check| {
        let mut found = Vec::new();
        if let Check::Library(check) = check {
            check(library, &mut found);
        }
        found
    };
    let checks: Vec<&Check> = CATALOGUE.iter().flat_map(|rule| rule.checks).collect();
    let found: Vec<Vec<Diagnostic>> = checks.into_par_iter().map(judge).collect();
    found.into_iter().flatten().collect()
}

/// Rules see texts without what is withheld; findings are read beside the files.
fn place_in_sources(findings: &mut [Diagnostic], library: &Library<'_>) {
    let reviews = library.reviews.iter().map(|review| (review.path.as_str(), &review.map));
    let pages = library.pages.iter().map(|page| (page.path.as_str(), &page.map));
    let maps: BTreeMap<&str, &SourceMap> = reviews.chain(pages).filter(|(_, map)| !map.is_identity()).collect();
    for finding in findings {
        if let Some(map) = maps.get(finding.path.as_str()) {
            finding.place_in_source(map);
        }
    }
}

/// Puts the findings in order, each once.
fn sort(findings: &mut Vec<Diagnostic>) {
    // By file they are in order already, nearly: a stable sort takes the runs as they are.
    findings.sort_by(|a, b| key(a).cmp(&key(b)));
    findings.dedup_by(|a, b| key(a) == key(b));
}

fn key(finding: &Diagnostic) -> (&str, Span, &str, &str) {
    (&finding.path, finding.span, finding.rule.code, &finding.message)
}
