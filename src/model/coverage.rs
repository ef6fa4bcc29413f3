//! What a complete review has, and whether a review has it.

use super::review::Review;
use super::vocabulary::{Perspective, PhaseMark, Question, Words};
use crate::document::SectionKind;

/// Something that a complete review has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// What it is called, in English.
    pub name: &'static str,
    /// Whether the review has it.
    pub is_there: bool,
}

impl Review {
    /// All that a complete review has, in the order of the template. Summaries of other organisations' reviews are not
    /// asked for what only insiders know.
    pub fn coverage(&self) -> Vec<Coverage> {
        let section = |kind: SectionKind| self.part(kind).is_some_and(|part| !part.is_empty);
        let mark = |phase: PhaseMark| self.timeline.first(phase).is_some();
        let sections = SectionKind::ALL.into_iter().filter(|kind| kind.is_required());
        let mut all = vec![
            ("Severity", self.severity.is_some()),
            ("Impact", !self.impact.texts.is_empty() || section(SectionKind::Impact)),
            ("Services", !self.services.is_empty()),
        ];
        all.extend(sections.map(|kind| (kind.heading(), section(kind))));
        all.extend([
            ("Mark: Impact started", mark(PhaseMark::ImpactStarted)),
            ("Mark: Detected", mark(PhaseMark::Detected)),
            ("Mark: Mitigated", mark(PhaseMark::Mitigated)),
            ("Mark: Resolved", mark(PhaseMark::Resolved)),
            ("Primary factor", self.primary_factor().is_some()),
        ]);
        // What there is none of lacks nothing else.
        if !self.factors.is_empty() {
            all.push(("A note for each factor", self.factors.iter().all(|factor| factor.note.is_some())));
        }
        all.push(("An action", !self.actions.is_empty()));
        if self.perspective == Perspective::Own {
            if !self.actions.is_empty() {
                all.push(("An owner for each action", self.actions.iter().all(|action| action.owner.is_some())));
                all.push(("A date for each action", self.actions.iter().all(|action| action.due.is_some())));
            }
            all.extend([
                ("How it was detected", self.response.detection.is_some()),
                ("Answers about the response", self.response.answers.len() >= Question::WORDS.len()),
                ("Participants", !self.participants.is_empty()),
                ("The day of the review", self.reviewed.is_some()),
            ]);
        }
        all.into_iter().map(|(name, is_there)| Coverage { name, is_there }).collect()
    }
}
