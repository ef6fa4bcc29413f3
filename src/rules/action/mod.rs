//! Rules on actions.

mod investigation;
mod written;

rules! {
    a001_no_action,
    a002_action_without_owner,
    a003_action_without_deadline,
    a004_action_without_weakness,
    a005_vague_action,
    a006_unknown_weakness,
    a007_unanswered_weakness,
    a008_early_deadline,
    a009_overdue_action,
    a010_unproven_action,
    a011_person_as_owner,
    a012_duplicate_action,
    a013_study_as_action,
    a014_only_repairs,
    a015_late_deadline,
}
