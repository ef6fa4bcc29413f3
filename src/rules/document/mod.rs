//! Rules on the document and its front matter.

rules! {
    d001_missing_front_matter,
    d002_broken_front_matter,
    d003_unknown_key,
    d004_missing_key,
    d005_wrong_type,
    d006_unknown_value,
    d007_duplicate_id,
    d008_unsafe_id,
    d009_unreadable_file,
    d010_broken_template,
    d011_allowance_without_reason,
    d012_unused_allowance,
    d013_too_much,
    d015_unseen_character,
    d016_unmatched_pattern,
    d017_contradiction,
    d018_left_out_html,
}
