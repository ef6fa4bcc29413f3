//! From sources to what may be published: parse, lower, rules, levels, withholding.

mod allow;
mod cache;
mod glance;
mod level;
mod mask;
mod reference;
mod settle;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::config::{BaseUrl, Config, read_config, read_registry};
use crate::diagnostic::{Diagnostic, Findings, Level, Problem, ProblemKind, Problems};
use crate::document::{Allowance, parse};
use crate::lower::{lower, lower_page};
use crate::model::{Corpus, Page, Policy, Registry, Review};
use crate::rules::{CATALOGUE, Check, Foreign, Library, Subject, of_problem, outside_addresses};
use crate::text::{ReadProblem, ReadProblemKind, SitePath, Source, SourceMap, SourceSet, Span};

pub use cache::Cache;
pub use glance::glance;
pub use settle::Counts;
pub use source::{Rejection, accept};

/// Who will read the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anybody: what is withheld stays out.
    Public,
    /// The team, in a preview: drafts, embargoed and restricted reviews are shown. Internal blocks are no part of pages;
    /// the preview lays them over.
    Team,
}

/// What a check depends on besides the files.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day by which overdue actions and embargoes are judged.
    pub today: NaiveDate,
    /// An address that takes the place of `base_url`.
    pub base_url: Option<BaseUrl>,
    /// Who will read the site.
    pub audience: Audience,
}

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// The choices of the site.
    pub config: Config,
    /// What may be published.
    pub corpus: Corpus,
    /// Every finding, by file and place.
    pub findings: Vec<Diagnostic>,
    /// How many findings and reviews there are.
    pub counts: Counts,
}

/// The same, after what may be published went on to the next stage.
#[derive(Debug)]
pub struct Verdict {
    /// The choices of the site.
    pub config: Config,
    /// Every finding, by file and place.
    pub findings: Vec<Diagnostic>,
    /// How many findings and reviews there are.
    pub counts: Counts,
}

/// What is known of reviews before all were judged together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// Nothing found yet stands in the way of publishing.
    Clear,
    /// Something may.
    Doubtful,
}

/// Reads and judges everything in `sources`.
pub fn check(sources: &SourceSet, options: &Options) -> Checked {
    let (verdict, corpus) = check_while(sources, options, None, |_, corpus, _| corpus);
    Checked { config: verdict.config, corpus, findings: verdict.findings, counts: verdict.counts }
}

/// The same, with what is already known of reviews, and with something to do with the corpus meanwhile: what may be
/// published is clear before all reviews were judged together, and mostly also whether it will be.
pub fn check_while<T: Send>(
    sources: &SourceSet,
    options: &Options,
    cache: Option<&mut Cache>,
    meanwhile: impl FnOnce(&Config, Corpus, Outlook) -> T + Send,
) -> (Verdict, T) {
    let unread = sources.problems.iter().filter(|problem| !source::is_of_source(problem));
    let mut findings: Vec<Diagnostic> = unread.map(unreadable).collect();
    let config = configuration(sources, options, &mut findings);
    let policy = policy(sources, &config, options.today, &mut findings);
    let results = match cache {
        Some(cache) => cache.judge(&review_sources(sources), &policy),
        None => judge_all(&review_sources(sources), &policy),
    };
    let reviews: Vec<Arc<Review>> = results.iter().map(|judged| judged.review.clone()).collect();
    let mut allowances = Vec::new();
    let pages = pages(sources, &mut findings, &mut allowances);
    let mut public = settle::public(&reviews, options);
    let published = public.len();
    let foreign = foreign(sources, &config, &policy, &mut findings);
    public.extend(foreign.reviews().cloned());
    let registry = reference::keep_published(&mut public, &reviews, &policy.registry);
    let corpus = Corpus::new(public, pages.clone(), Policy { registry, ..policy.clone() });
    let outlook = outlook(&config, &results, &findings);
    let judge_together = || {
        // What nobody keeps is moved, not copied.
        for judged in results.into_iter().map(Arc::unwrap_or_clone) {
            if !judged.allowances.is_empty() {
                allowances.push((judged.review.path.clone(), judged.allowances));
            }
            findings.extend(judged.findings);
        }
        let library = Library { reviews: &reviews, pages: &pages, foreign: &foreign, sources, policy: &policy };
        let mut found = judge_library(&library);
        place_in_sources(&mut found, &library);
        findings.extend(found);
        mask::secrets(&mut findings, sources);
        allow::apply(&mut findings, allowances);
        level::set(&mut findings, &config, &reviews);
        settle::order(&mut findings);
    };
    // Whoever waits for a page waits for the corpus, so that comes first.
    let (done, ()) = rayon::join(|| meanwhile(&config, corpus, outlook), judge_together);
    let counts = Counts::of(&findings, reviews.len(), published);
    (Verdict { config, findings, counts }, done)
}

/// What is known by the findings of each review alone and of all other files.
fn outlook(config: &Config, reviews: &[Arc<Judged>], others: &[Diagnostic]) -> Outlook {
    let is_error = |finding: &Diagnostic, review: Option<&Review>| level::of(finding, config, review) == Level::Error;
    let is_wrong = |judged: &Arc<Judged>| {
        let allowed = allow::Allowed::new(&judged.allowances);
        judged.findings.iter().any(|finding| is_error(finding, Some(&judged.review)) && !allowed.allows(finding))
    };
    let is_doubtful = reviews.iter().any(is_wrong) || others.iter().any(|finding| is_error(finding, None));
    if is_doubtful { Outlook::Doubtful } else { Outlook::Clear }
}

fn judge_all(sources: &[&Source], policy: &Policy) -> Vec<Arc<Judged>> {
    sources.par_iter().map(|source| Arc::new(judge_review(source, policy))).collect()
}

/// Every page of another site that the reviews and pages in `sources` lead to, published or not.
pub fn addresses(sources: &SourceSet, options: &Options) -> BTreeSet<String> {
    let mut unheard = Vec::new();
    let config = configuration(sources, options, &mut unheard);
    let policy = policy(sources, &config, options.today, &mut unheard);
    let lowered = review_sources(sources).into_par_iter().map(|source| Arc::new(lower(&parse(source), &policy).0));
    let reviews: Vec<Arc<Review>> = lowered.collect();
    let pages = pages(sources, &mut unheard, &mut Vec::new());
    let foreign = Foreign::default();
    outside_addresses(&Library { reviews: &reviews, pages: &pages, foreign: &foreign, sources, policy: &policy })
}

/// Whether a file is a review.
pub fn is_review(path: &SitePath) -> bool {
    path.below("content/reviews").is_some() && path.extension() == Some("md")
}

fn review_sources(sources: &SourceSet) -> Vec<&Source> {
    sources.texts.values().filter(|source| is_review(&source.path)).collect()
}

/// A review, and what was found in it alone.
#[derive(Clone, Debug)]
struct Judged {
    review: Arc<Review>,
    findings: Vec<Diagnostic>,
    allowances: Vec<Allowance>,
}

/// The pure function from one review to its model and findings.
fn judge_review(source: &Source, policy: &Policy) -> Judged {
    let document = parse(source);
    let (review, problems) = lower(&document, policy);
    let mut findings = Findings::new(&source.path);
    report(&problems, &mut findings);
    let subject = Subject::new(&document, &review, policy);
    for check in CATALOGUE.iter().flat_map(|rule| rule.checks) {
        if let Check::Review(check) = check {
            check(&subject, &mut findings);
        }
    }
    let mut found = findings.into_vec();
    found.iter_mut().for_each(|finding| finding.place_in_source(&document.map));
    let mut redaction_problems = Findings::new(&source.path);
    report(&document.redaction_problems.0, &mut redaction_problems);
    found.extend(redaction_problems.into_vec());
    Judged { review: Arc::new(review), findings: found, allowances: document.allowances }
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

fn report(problems: &[Problem], findings: &mut Findings<'_>) {
    for problem in problems {
        let rule = of_problem(problem.kind);
        let finding = findings.add(rule.metadata, problem.span, problem.message.clone());
        finding.fix = problem.fix.clone();
        if let Some(help) = &problem.help {
            finding.help(help.as_str());
        }
    }
}

fn configuration(sources: &SourceSet, options: &Options, findings: &mut Vec<Diagnostic>) -> Config {
    let path = SitePath::new("casebook.toml").expect("the name is a path");
    let empty = || Source { path: path.clone(), text: "".into() };
    let source = sources.text("casebook.toml").cloned();
    let is_missing = source.is_none() && !sources.problems.iter().any(|problem| problem.path == path.as_str());
    let (mut config, mut problems) = read_config(&source.clone().unwrap_or_else(empty));
    if let Some(base_url) = &options.base_url {
        config.base_url = base_url.clone();
    }
    if source.is_none() {
        problems.clear();
    }
    if is_missing {
        let mut missing = Problems::default();
        missing
            .add(ProblemKind::Unreadable, Span::at(0), "there is no casebook.toml here, so this is no site folder")
            .help("Run `casebook init` to make one, or name the folder with `--site`.");
        problems.extend(missing.0);
    }
    let mut found = Findings::new(&path);
    report(&problems, &mut found);
    report(&level::wrong_settings(&config), &mut found);
    findings.extend(found.into_vec());
    config
}

fn policy(sources: &SourceSet, config: &Config, today: NaiveDate, findings: &mut Vec<Diagnostic>) -> Policy {
    let mut registry = Registry::default();
    if let Some(source) = sources.text("content/factors.toml") {
        let (read, problems) = read_registry(source, &config.categories);
        let mut found = Findings::new(&source.path);
        report(&problems, &mut found);
        findings.extend(found.into_vec());
        registry = read;
    }
    Policy {
        today,
        organisation: config.organisation.clone(),
        mailboxes: config.mailboxes.clone(),
        allowed_files: config.allowed_files.clone(),
        severities: config.severities.clone(),
        categories: config.categories.clone(),
        marks: config.marks.clone(),
        registry,
    }
}

fn pages(
    sources: &SourceSet,
    findings: &mut Vec<Diagnostic>,
    allowances: &mut Vec<(SitePath, Vec<Allowance>)>,
) -> Vec<Page> {
    let is_page = |path: &SitePath| path.below("content/pages").is_some() && path.extension() == Some("md");
    let mut pages = Vec::new();
    for source in sources.texts.values().filter(|source| is_page(&source.path)) {
        let document = parse(source);
        let (page, problems) = lower_page(&document);
        let mut found = Findings::new(&source.path);
        report(&problems, &mut found);
        let mut found = found.into_vec();
        found.iter_mut().for_each(|finding| finding.place_in_source(&document.map));
        findings.extend(found);
        let mut redaction_problems = Findings::new(&source.path);
        report(&document.redaction_problems.0, &mut redaction_problems);
        findings.extend(redaction_problems.into_vec());
        if !document.allowances.is_empty() {
            allowances.push((source.path.clone(), document.allowances));
        }
        pages.push(page);
    }
    pages
}

/// The reviews of other sites. No rule judges them: they are not this site's to mend.
fn foreign(sources: &SourceSet, config: &Config, policy: &Policy, findings: &mut Vec<Diagnostic>) -> Foreign {
    let path = SitePath::new("casebook.toml").expect("the name is a path");
    let mut problems = Problems::default();
    let foreign = source::take_over(sources, config, policy, &mut problems);
    let mut found = Findings::new(&path);
    report(&problems.0, &mut found);
    findings.extend(found.into_vec());
    foreign
}

fn unreadable(problem: &ReadProblem) -> Diagnostic {
    let (message, help) = match &problem.kind {
        ReadProblemKind::NotUtf8 { offset } => (
            format!("the file is not UTF-8: byte {offset} begins no character"),
            "Save it with the encoding UTF-8.".to_owned(),
        ),
        ReadProblemKind::TooLarge { length, limit } => (
            format!("the file has {length} bytes, and no more than {limit} are read as text"),
            "Move what is not text to a file of its own and link to it.".to_owned(),
        ),
        ReadProblemKind::IsFolder => (
            "a folder stands where a file is expected".to_owned(),
            "Rename the folder so that it does not end in .md; a review in a folder is `<id>/index.md`.".to_owned(),
        ),
        ReadProblemKind::NotAFile => (
            "it is no ordinary file: a pipe, a socket or a device".to_owned(),
            "Move it out of the site folder.".to_owned(),
        ),
        ReadProblemKind::LinkOutside => (
            "the symbolic link leads out of the site folder, or into another part of it".to_owned(),
            "Copy the file into the site folder: what is published lies inside it.".to_owned(),
        ),
        ReadProblemKind::LinkLoop => {
            ("the symbolic link leads in a circle, or to a folder above it".to_owned(), "Delete the link.".to_owned())
        }
        ReadProblemKind::Name(reason) => {
            (format!("the name cannot be part of an address: it {reason}"), "Rename the file.".to_owned())
        }
        ReadProblemKind::Refused(reason) => (
            format!("the file cannot be read: {reason}"),
            "Check that it exists and that its permissions let you read it.".to_owned(),
        ),
    };
    let rule = of_problem(ProblemKind::Unreadable).metadata;
    let mut finding = Diagnostic::new(rule, &problem.path, Span::at(0), message);
    finding.help(help);
    finding
}
