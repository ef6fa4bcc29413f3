//! The catalogue of rules: one file a rule, one list that names them all.

mod anchor;
mod blame;
mod blame_pattern;
mod duration;
mod file;
mod foreign;
mod hidden;
mod leftover;
mod link;
mod naming;
mod order;
mod passage;
mod pattern;
mod phrase;
mod sample;
mod second;
mod secret;
mod study;
mod weakness;

mod a001_no_action;
mod a002_action_without_owner;
mod a003_action_without_deadline;
mod a004_action_without_weakness;
mod a005_vague_action;
mod a006_unknown_weakness;
mod a007_unanswered_weakness;
mod a008_early_deadline;
mod a009_overdue_action;
mod a010_unproven_action;
mod a011_person_as_owner;
mod a012_duplicate_action;
mod a013_study_as_action;
mod a014_only_repairs;
mod a015_late_deadline;
mod b001_blamed_person;
mod b002_hindsight;
mod b003_named_fault;
mod b004_self_blame;
mod c001_recurrence_after_closure;
mod c003_two_reviews_of_one_incident;
mod c004_rejected_source;
mod c005_unmapped_factor;
mod c006_unknown_source_review;
mod d001_missing_front_matter;
mod d002_broken_front_matter;
mod d003_unknown_key;
mod d004_missing_key;
mod d005_wrong_type;
mod d006_unknown_value;
mod d007_duplicate_id;
mod d008_unsafe_id;
mod d009_unreadable_file;
mod d010_broken_template;
mod d011_allowance_without_reason;
mod d012_unused_allowance;
mod d013_too_much;
mod d015_unseen_character;
mod f001_no_primary_factor;
mod f002_unknown_factor;
mod f003_person_as_factor;
mod f004_factor_without_note;
mod f005_factor_named_twice;
mod f006_unused_factor;
mod f007_similar_factors;
mod f008_single_factor;
mod l001_broken_link;
mod l002_missing_asset;
mod l003_vague_link_text;
mod l004_image_without_text;
mod l005_unencrypted_link;
mod l006_missing_anchor;
mod l007_dead_link;
mod l008_moved_link;
mod l009_unanswered_link;
mod p001_open_internal_block;
mod p002_published_token;
mod p003_published_private_key;
mod p004_published_seed_phrase;
mod p005_published_password;
mod p006_personal_email;
mod p007_personal_handle;
mod p008_attendee_list;
mod p009_internal_address;
mod p010_internal_link;
mod p011_personal_path;
mod p012_open_prevention;
mod p013_restricted_source;
mod p014_kept_metadata;
mod p015_reordered_text;
mod p016_unreadable_picture;
mod p018_named_withheld_review;
mod r001_review_before_resolution;
mod r002_late_review;
mod r003_no_tangible_output;
mod r004_incomplete_response;
mod r005_stale_status;
mod r006_open_question;
mod r007_passed_embargo;
mod s001_missing_section;
mod s002_empty_section;
mod s003_leftover_prompt;
mod s004_long_summary;
mod s005_repeated_section;
mod s006_skipped_heading_level;
mod s007_summary_without_end;
mod s008_restated_impact;
mod t001_unreadable_entry;
mod t002_timeline_out_of_order;
mod t003_time_without_zone;
mod t004_missing_phase_mark;
mod t005_contradictory_phase_marks;
mod t006_unknown_mark;
mod t007_contradictory_duration;
mod t008_time_in_local_zone;
mod t009_time_in_the_future;
mod t010_stray_date;
mod t011_entry_without_text;
mod t012_nothing_before_detection;
mod t013_unstated_day;

#[cfg(test)]
mod blame_tests;
#[cfg(test)]
mod case_tests;
#[cfg(test)]
mod catalogue_tests;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Findings, Metadata, ProblemKind};
use crate::document::{Document, SectionKind};
use crate::model::{Page, Policy, Review, Status};
use crate::text::{SitePath, SourceSet, Span};

pub use foreign::Foreign;
pub use sample::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};

/// A rule: what is said about it, and how its findings are made.
#[derive(Debug)]
pub struct Rule {
    /// What `explain` and the reports say.
    pub metadata: &'static Metadata,
    /// How its findings are made.
    pub checks: &'static [Check],
}

/// A way to make findings.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Reading finds them; the rule gives them a name and a level.
    Problem(ProblemKind),
    /// One review is enough to find them.
    Review(fn(&Subject<'_>, &mut Findings<'_>)),
    /// All reviews are needed to find them.
    Library(fn(&Library<'_>, &mut Vec<Diagnostic>)),
}

/// One review, as written and as understood.
#[derive(Debug)]
pub struct Subject<'a> {
    /// As written.
    pub document: &'a Document,
    /// As understood.
    pub review: &'a Review,
    /// What the site asks of reviews.
    pub policy: &'a Policy,
    once: Once<'a>,
}

/// What several rules need of a review, made when the first of them asks.
#[derive(Debug, Default)]
struct Once<'a> {
    passages: OnceCell<Vec<passage::Passage<'a>>>,
    prose: OnceCell<Vec<Span>>,
    blames: OnceCell<Vec<blame::Found>>,
}

impl<'a> Subject<'a> {
    /// The review that `document` was understood as.
    pub fn new(document: &'a Document, review: &'a Review, policy: &'a Policy) -> Self {
        Self { document, review, policy, once: Once::default() }
    }

    /// Whether the front matter was read whole. Of one that is missing or broken nobody can say what it lacks.
    fn has_whole_front_matter(&self) -> bool {
        let problems = &self.document.problems.0;
        !problems
            .iter()
            .any(|problem| matches!(problem.kind, ProblemKind::FrontMatterMissing | ProblemKind::BrokenToml))
    }

    /// Whether the review has one of these statuses.
    fn is_one_of(&self, statuses: &[Status]) -> bool {
        self.review.status.as_ref().is_some_and(|status| statuses.contains(&status.value))
    }

    /// The heading of the first section of a kind, else the beginning of the file.
    fn heading(&self, kind: SectionKind) -> Span {
        let heading = self.document.section(kind).and_then(|section| section.heading.as_ref());
        heading.map_or(self.document.top(), |heading| trimmed(heading.span, &self.document.source.text))
    }
}

/// Where the registry of factors stands.
const REGISTRY_PATH: &str = "content/factors.toml";

/// `span` without the blanks at its end. The Markdown parser counts the end of the line to a heading.
fn trimmed(span: Span, text: &str) -> Span {
    Span::new(span.start, span.start + span.slice(text).trim_end().len())
}

/// All reviews of a site, published or not, and what stands beside them.
#[derive(Clone, Copy, Debug)]
pub struct Library<'a> {
    /// The reviews, by path.
    pub reviews: &'a [Arc<Review>],
    /// The other pages, by path.
    pub pages: &'a [Page],
    /// What was taken over from other sites.
    pub foreign: &'a Foreign,
    /// Every file of the site folder.
    pub sources: &'a SourceSet,
    /// What the site asks of reviews.
    pub policy: &'a Policy,
}

impl Library<'_> {
    /// The review written in a file.
    pub fn review_at(&self, path: &SitePath) -> Option<&Review> {
        let at = self.reviews.binary_search_by(|review| review.path.cmp(path)).ok()?;
        Some(&self.reviews[at])
    }

    /// The page written in a file.
    pub fn page_at(&self, path: &SitePath) -> Option<&Page> {
        let at = self.pages.binary_search_by(|page| page.path.cmp(path)).ok()?;
        Some(&self.pages[at])
    }
}

/// Every page of another site that the reviews and pages lead to.
pub fn outside_addresses(library: &Library<'_>) -> BTreeSet<String> {
    link::outside(library)
}

/// Every rule, by family and number.
pub static CATALOGUE: [&Rule; 100] = [
    &d001_missing_front_matter::RULE,
    &d002_broken_front_matter::RULE,
    &d003_unknown_key::RULE,
    &d004_missing_key::RULE,
    &d005_wrong_type::RULE,
    &d006_unknown_value::RULE,
    &d007_duplicate_id::RULE,
    &d008_unsafe_id::RULE,
    &d009_unreadable_file::RULE,
    &d010_broken_template::RULE,
    &d011_allowance_without_reason::RULE,
    &d012_unused_allowance::RULE,
    &d013_too_much::RULE,
    &d015_unseen_character::RULE,
    &s001_missing_section::RULE,
    &s002_empty_section::RULE,
    &s003_leftover_prompt::RULE,
    &s004_long_summary::RULE,
    &s005_repeated_section::RULE,
    &s006_skipped_heading_level::RULE,
    &s007_summary_without_end::RULE,
    &s008_restated_impact::RULE,
    &t001_unreadable_entry::RULE,
    &t002_timeline_out_of_order::RULE,
    &t003_time_without_zone::RULE,
    &t004_missing_phase_mark::RULE,
    &t005_contradictory_phase_marks::RULE,
    &t006_unknown_mark::RULE,
    &t007_contradictory_duration::RULE,
    &t008_time_in_local_zone::RULE,
    &t009_time_in_the_future::RULE,
    &t010_stray_date::RULE,
    &t011_entry_without_text::RULE,
    &t012_nothing_before_detection::RULE,
    &t013_unstated_day::RULE,
    &f001_no_primary_factor::RULE,
    &f002_unknown_factor::RULE,
    &f003_person_as_factor::RULE,
    &f004_factor_without_note::RULE,
    &f005_factor_named_twice::RULE,
    &f006_unused_factor::RULE,
    &f007_similar_factors::RULE,
    &f008_single_factor::RULE,
    &a001_no_action::RULE,
    &a002_action_without_owner::RULE,
    &a003_action_without_deadline::RULE,
    &a004_action_without_weakness::RULE,
    &a005_vague_action::RULE,
    &a006_unknown_weakness::RULE,
    &a007_unanswered_weakness::RULE,
    &a008_early_deadline::RULE,
    &a009_overdue_action::RULE,
    &a010_unproven_action::RULE,
    &a011_person_as_owner::RULE,
    &a012_duplicate_action::RULE,
    &a013_study_as_action::RULE,
    &a014_only_repairs::RULE,
    &a015_late_deadline::RULE,
    &r001_review_before_resolution::RULE,
    &r002_late_review::RULE,
    &r003_no_tangible_output::RULE,
    &r004_incomplete_response::RULE,
    &r005_stale_status::RULE,
    &r006_open_question::RULE,
    &r007_passed_embargo::RULE,
    &p001_open_internal_block::RULE,
    &p002_published_token::RULE,
    &p003_published_private_key::RULE,
    &p004_published_seed_phrase::RULE,
    &p005_published_password::RULE,
    &p006_personal_email::RULE,
    &p007_personal_handle::RULE,
    &p008_attendee_list::RULE,
    &p009_internal_address::RULE,
    &p010_internal_link::RULE,
    &p011_personal_path::RULE,
    &p012_open_prevention::RULE,
    &p013_restricted_source::RULE,
    &p014_kept_metadata::RULE,
    &p015_reordered_text::RULE,
    &p016_unreadable_picture::RULE,
    &p018_named_withheld_review::RULE,
    &b001_blamed_person::RULE,
    &b002_hindsight::RULE,
    &b003_named_fault::RULE,
    &b004_self_blame::RULE,
    &l001_broken_link::RULE,
    &l002_missing_asset::RULE,
    &l003_vague_link_text::RULE,
    &l004_image_without_text::RULE,
    &l005_unencrypted_link::RULE,
    &l006_missing_anchor::RULE,
    &l007_dead_link::RULE,
    &l008_moved_link::RULE,
    &l009_unanswered_link::RULE,
    &c001_recurrence_after_closure::RULE,
    &c003_two_reviews_of_one_incident::RULE,
    &c004_rejected_source::RULE,
    &c005_unmapped_factor::RULE,
    &c006_unknown_source_review::RULE,
];

/// The rule of a code or a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    CATALOGUE.into_iter().find(|rule| rule.metadata.is_called(name))
}

/// The rule that reports problems of a kind.
pub fn of_problem(kind: ProblemKind) -> &'static Rule {
    let reports =
        |rule: &&Rule| rule.checks.iter().any(|check| matches!(check, Check::Problem(reported) if *reported == kind));
    CATALOGUE.into_iter().find(reports).expect("every kind of problem has a rule")
}
