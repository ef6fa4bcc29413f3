//! Rules on sections.

mod placeholder;

rules! {
    s001_missing_section,
    s002_empty_section,
    s003_leftover_prompt,
    s004_long_summary,
    s005_repeated_section,
    s006_skipped_heading_level,
    s007_summary_without_end,
    s008_restated_impact,
    s009_unmeasured_timeline,
}
