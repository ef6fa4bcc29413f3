//! The level of each finding: the rule's own, what casebook.toml says, and what a draft is spared.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{Config, LevelSetting};
use crate::diagnostic::{Diagnostic, Level};
use crate::document::{Problem, ProblemKind, Problems, nearest};
use crate::model::{Perspective, Review, Status};
use crate::rules::{CATALOGUE, find};

/// Sets every finding's level and drops those that are off.
pub(super) fn set(findings: &mut Vec<Diagnostic>, config: &Config, reviews: &[Arc<Review>]) {
    let reviews: BTreeMap<&str, &Review> = reviews.iter().map(|review| (review.path.as_str(), &**review)).collect();
    for finding in findings.iter_mut() {
        finding.level = level(finding, config, reviews.get(finding.path.as_str()).copied());
    }
    findings.retain(|finding| finding.level != Level::Off);
}

fn level(finding: &Diagnostic, config: &Config, review: Option<&Review>) -> Level {
    let chosen = setting(&config.levels, finding.rule.name);
    let is_collected = review.is_some_and(|review| review.perspective == Perspective::Collected);
    let level = if is_collected {
        // What a site switches down for its own reviews is no stricter for others'.
        let inherited = chosen.map_or(finding.rule.collected, |level| level.min(finding.rule.collected));
        setting(&config.collected_levels, finding.rule.name).unwrap_or(inherited)
    } else {
        chosen.unwrap_or(finding.rule.level)
    };
    let is_draft =
        review.is_some_and(|review| review.status.as_ref().is_some_and(|status| status.value == Status::Draft));
    // Nothing of a draft is published, so nothing in it stands in the way of publishing the rest.
    if is_draft { level.min(Level::Warning) } else { level }
}

fn setting(settings: &[LevelSetting], rule: &str) -> Option<Level> {
    let named = |setting: &&LevelSetting| find(&setting.rule.value).is_some_and(|found| found.metadata.name == rule);
    settings.iter().rev().find(named).map(|setting| setting.level)
}

/// A problem for each level that is set for no rule.
pub(super) fn unknown_rules(config: &Config) -> Vec<Problem> {
    let mut problems = Problems::default();
    for setting in config.levels.iter().chain(&config.collected_levels) {
        if find(&setting.rule.value).is_none() {
            let help = match nearest(&setting.rule.value, CATALOGUE.iter().map(|rule| rule.metadata.name)) {
                Some(near) => format!("Did you mean `{near}`? `casebook explain` lists the rules."),
                None => "`casebook explain` lists the rules.".to_owned(),
            };
            let message = format!("there is no rule `{}`", setting.rule.value);
            problems.add_with_help(ProblemKind::UnknownKey, setting.rule.span, message, help);
        }
    }
    problems.0
}
