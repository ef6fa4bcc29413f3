//! C003: two reviews tell of the same incident.

use std::collections::BTreeMap;

use super::second_review::second_review;
use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::model::{PhaseMark, Review, Status};
use crate::rules::{Check, Library, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "C003",
    name: "two-reviews-of-one-incident",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Contradiction,
    summary: "The impact of two reviews of one organisation began in the same minute.",
    why: "Readers who find one do not know about the other. The incident counts twice, and so do its factors and its \
          losses.",
    remedy: "Merge the two, and put the id of the one that you remove under `aliases`. If they are two incidents, \
             correct the time of **Impact started** in one.",
    wrong: Example::File { path: "content/reviews/2024-03-04-edge.md", text: SAME_MINUTE },
    right: Example::Edit { replace: "- 13:40 — **Impact started**", with: "- ~13:40 — **Impact started**" },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(String, chrono::NaiveDateTime), &Review> = BTreeMap::new();
    // One that was withdrawn often has a successor.
    let withdrawn = |review: &Review| review.status.as_ref().is_some_and(|status| status.value == Status::Withdrawn);
    for review in library.reviews.iter().filter(|review| !withdrawn(review)) {
        let mut phases = review.timeline.phases();
        let Some((_, span, entry)) = phases.find(|(phase, ..)| *phase == PhaseMark::ImpactStarted) else { continue };
        if !entry.at.has_time() || entry.at.approximate {
            continue;
        }
        let organisation = review.organisation.as_ref().map(|organisation| organisation.value.as_str());
        let organisation = organisation.or(library.policy.organisation.as_deref()).unwrap_or_default();
        match seen.get(&(organisation.to_lowercase(), entry.at.at)) {
            // Two files of one id are D007's.
            Some(first) if first.id.0.eq_ignore_ascii_case(&review.id.0) => {}
            Some(first) => {
                let message = format!("the impact of review `{}` began in the same minute", first.id);
                let mut findings = Findings::new(&review.path);
                let phases = &mut first.timeline.phases();
                let start = phases.find(|(phase, ..)| *phase == PhaseMark::ImpactStarted);
                let place = start.map_or(Span::at(0), |(_, span, _)| first.map.to_source(span));
                findings.add(&METADATA, span, message).relate(first.path.as_str(), place, "the other start of impact");
                found.extend(findings.into_vec());
            }
            None => {
                seen.insert((organisation.to_lowercase(), entry.at.at), review);
            }
        }
    }
}

const SAME_MINUTE: &str = second_review!("", "2024-03-04 13:40");
