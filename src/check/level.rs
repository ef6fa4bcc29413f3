//! The level of each finding, from its rule, casebook.toml, and the status of its review.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::config::{Config, LevelSetting, LevelSettings};
use crate::diagnostic::{Diagnostic, Level, Metadata, Problem, ProblemKind, Problems};
use crate::model::{Perspective, Review, Status};
use crate::rules::{CATALOGUE, find};
use crate::text::nearest;

/// Sets every finding's level and drops those that are off.
pub(super) fn set(findings: &mut Vec<Diagnostic>, config: &Config, reviews: &[Arc<Review>]) {
    let reviews: FxHashMap<&str, &Review> = reviews.iter().map(|review| (review.path.as_str(), &**review)).collect();
    for finding in findings.iter_mut() {
        let review = reviews.get(finding.path.as_str()).copied();
        finding.level = of(finding, config, review);
        finding.adopted = review.is_some_and(|review| review.adopted);
    }
    findings.retain(|finding| finding.level != Level::Off);
}

/// The level of a finding, which may be in a review.
pub(super) fn of(finding: &Diagnostic, config: &Config, review: Option<&Review>) -> Level {
    let (rule, levels) = (finding.rule, &config.levels);
    let is_collected = review.is_some_and(|review| review.perspective == Perspective::Collected);
    let is_adopted = review.is_some_and(|review| review.adopted);
    let profiles = [
        (is_collected, rule.collected, &levels.collected),
        (is_adopted, rule.subject.highest_if_adopted(), &levels.adopted),
    ];
    let (mut usual, mut level) = (rule.level, setting(&levels.all, rule).unwrap_or(rule.level));
    for (applies, highest, settings) in profiles {
        if applies {
            usual = usual.min(highest);
            // What a site switches down for its own reviews is no stricter for others.
            level = setting(settings, rule).unwrap_or(level.min(usual));
        }
    }
    let level = if rule.is_fixed(usual) { usual } else { level };
    let is_draft =
        review.is_some_and(|review| review.status.as_ref().is_some_and(|status| status.value == Status::Draft));
    // Nothing of a draft is published, so nothing in it stands in the way of publishing the rest.
    if is_draft { level.min(Level::Warning) } else { level }
}

fn setting(settings: &[LevelSetting], rule: &Metadata) -> Option<Level> {
    settings.iter().rev().find(|setting| rule.is_called(&setting.rule.value)).map(|setting| setting.level)
}

/// The level of a rule in reviews of one profile.
type UsualLevel = fn(&Metadata) -> Level;

/// A problem for each level that is set for no rule, or below a level that is fixed.
pub(super) fn wrong_settings(config: &Config) -> Vec<Problem> {
    let mut problems = Problems::default();
    let LevelSettings { all, collected, adopted } = &config.levels;
    let usual_levels: [(&[LevelSetting], UsualLevel); 3] =
        [(all, |rule| rule.level), (collected, |rule| rule.collected), (adopted, Metadata::adopted)];
    let settings =
        usual_levels.iter().flat_map(|(settings, usual)| settings.iter().map(move |setting| (setting, usual)));
    for (setting, usual) in settings {
        let Some(rule) = find(&setting.rule.value).map(|rule| rule.metadata) else { continue };
        let usual = usual(rule);
        if rule.is_fixed(usual) && setting.level < usual {
            problems
                .add(
                    ProblemKind::UnknownValue,
                    setting.rule.span,
                    format!("`{}` stays an error in whatever is published", rule.name),
                )
                .help(
                    "Delete this line. A passage that the team needs can stand in an internal block, which is never \
                 published.",
                );
        }
    }
    for setting in all.iter().chain(collected).chain(adopted) {
        if find(&setting.rule.value).is_none() {
            let help = match nearest(&setting.rule.value, CATALOGUE.iter().map(|rule| rule.metadata.name)) {
                Some(near) => format!("Did you mean `{near}`? `casebook explain` lists the rules."),
                None => "`casebook explain` lists the rules.".to_owned(),
            };
            let message = format!("there is no rule `{}`", setting.rule.value);
            problems.add(ProblemKind::UnknownKey, setting.rule.span, message).help(help);
        }
    }
    problems.0
}

#[cfg(test)]
mod tests {
    use super::{set, wrong_settings};
    use crate::config::read_config;
    use crate::diagnostic::{Diagnostic, Level};
    use crate::rules::find;
    use crate::text::{SitePath, Source, Span};

    fn check(levels: &str, rule: &str, expected: Level, complaints: usize) {
        let text = format!("title = \"A\"\nbase_url = \"https://example.org/\"\n{levels}\n");
        let source = Source { path: SitePath::new("casebook.toml").unwrap(), text: text.into() };
        let (config, problems) = read_config(&source);
        assert!(problems.is_empty(), "{problems:?}");
        let rule = find(rule).unwrap().metadata;
        let mut findings = vec![Diagnostic::new(rule, "content/pages/about.md", Span::at(0), "x")];
        set(&mut findings, &config, &[]);
        let level = findings.first().map_or(Level::Off, |finding| finding.level);
        assert_eq!((level, wrong_settings(&config).len()), (expected, complaints), "{levels}");
    }

    #[test]
    fn errors_of_safety_cannot_be_lowered() {
        check("[levels]\npublished-token = \"off\"", "P002", Level::Error, 1);
        check("[levels]\nP002 = \"warning\"", "P002", Level::Error, 1);
        check("[levels.collected]\npublished-token = \"advice\"", "P002", Level::Error, 1);
        check("[levels]\npublished-token = \"error\"", "P002", Level::Error, 0);
        check("[levels.collected]\npersonal-email = \"off\"", "P006", Level::Error, 0);
        check("[levels]\npersonal-handle = \"off\"", "P007", Level::Off, 0);
        check("[levels]\npersonal-handle = \"error\"", "P007", Level::Error, 0);
        check("[levels]\nbroken-link = \"off\"", "L001", Level::Off, 0);
    }
}
