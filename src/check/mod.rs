//! From sources to what may be published: a reading of the files, the corpus that follows from it, and its judgement.

mod allow;
mod cache;
mod configuration;
mod federation;
mod front_form;
mod judgement;
mod level;
mod reading;
mod reference;
mod review;
mod secrets;
mod unreadable;

use chrono::NaiveDate;

use crate::config::BaseUrl;
use crate::diagnostic::{Findings, Problem};
use crate::rules::of_problem;

pub(crate) use cache::ReviewCache;
pub use configuration::Configuration;
pub(crate) use federation::accept;
pub(crate) use judgement::{Counts, Fate, Judgement};
pub(crate) use reading::Reading;
pub use reading::ReviewRules;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The day by which overdue actions and embargoes are judged.
    pub today: NaiveDate,
    /// An address that takes the place of `base_url`.
    pub base_url: Option<BaseUrl>,
    /// Who will read the site.
    pub audience: Audience,
}

/// Reads and judges everything in `sources`.
#[cfg(test)]
pub(crate) fn check(sources: &crate::text::SourceSet, options: &Options) -> Judgement {
    Reading::new(Configuration::read(sources, options), None, ReviewRules::AtOnce).judge()
}

/// Adds a finding for each problem, under the rule that has its name.
fn report(problems: &[Problem], findings: &mut Findings<'_>) {
    for problem in problems {
        let rule = of_problem(problem.kind);
        let finding = findings.add(rule.metadata, problem.span, problem.message.clone());
        finding.fix = problem.fix.clone();
        finding.quote = problem.quote;
        if let Some(help) = &problem.help {
            finding.help(help.as_str());
        }
    }
}
