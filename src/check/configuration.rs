//! The settings of a site: casebook.toml, the registry of factors, and the policy that follows from both.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Options, level, report};
use crate::config::{Config, read_config, read_registry};
use crate::diagnostic::{Diagnostic, Findings, Problem, ProblemKind, Problems};
use crate::model::{Policy, Registry};
use crate::text::{SitePath, Source, SourceSet, Span};

/// The settings of a site, and what is wrong with them. Reviews are read under this policy.
#[derive(Clone, Debug)]
pub struct Configuration<'a> {
    pub(super) sources: &'a SourceSet,
    pub(super) options: &'a Options,
    /// What casebook.toml says, with the defaults for what it does not say.
    pub config: Arc<Config>,
    /// What the site asks of reviews.
    pub policy: Policy,
    pub(super) findings: Vec<Diagnostic>,
}

impl<'a> Configuration<'a> {
    /// Reads casebook.toml and the registry. A missing or broken file is a finding, and defaults take its place.
    pub fn read(sources: &'a SourceSet, options: &'a Options) -> Self {
        let mut findings = Vec::new();
        let config = read_settings(sources, options, &mut findings);
        let policy = policy(sources, &config, options.today, &mut findings);
        Self { sources, options, config: Arc::new(config), policy, findings }
    }

    /// The files of the site folder.
    pub fn sources(&self) -> &'a SourceSet {
        self.sources
    }
}

pub(super) fn config_path() -> SitePath {
    SitePath::new("casebook.toml").expect("the name is a path")
}

fn read_settings(sources: &SourceSet, options: &Options, findings: &mut Vec<Diagnostic>) -> Config {
    let path = config_path();
    let source = sources.text("casebook.toml").cloned();
    let is_unreadable = sources.problems.iter().any(|problem| problem.path == path.as_str());
    let (mut config, read_problems) =
        read_config(&source.clone().unwrap_or_else(|| Source { path: path.clone(), text: "".into() }));
    if let Some(base_url) = &options.base_url {
        config.base_url = base_url.clone();
    }
    let problems = match source {
        Some(_) => read_problems,
        None if is_unreadable => Vec::new(),
        None => no_settings(),
    };
    let mut found = Findings::new(&path);
    report(&problems, &mut found);
    report(&level::wrong_settings(&config), &mut found);
    report(&unmatched_patterns(sources, &config), &mut found);
    findings.extend(found.into_vec());
    config
}

fn no_settings() -> Vec<Problem> {
    let mut missing = Problems::default();
    missing
        .add(ProblemKind::Unreadable, Span::at(0), "there is no casebook.toml here, so this is not a site folder")
        .help("Run `casebook init` to make one, or name the folder with `--site`.");
    missing.0
}

/// A problem for each pattern that takes no file: it may be misspelt, and the reviews that were meant are missing.
fn unmatched_patterns(sources: &SourceSet, config: &Config) -> Vec<Problem> {
    let mut problems = Problems::default();
    for (place, spans) in config.reviews.all().iter().zip(&config.review_patterns) {
        for at in place.files.unused(sources.texts.keys()) {
            let message = format!("no file is called like `{}`", place.files.files[at].as_str());
            problems.add(ProblemKind::UnmatchedPattern, spans[at], message);
        }
    }
    problems.0
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
        zones: config.zones.clone(),
        reviews: config.reviews.clone(),
        registry,
    }
}
