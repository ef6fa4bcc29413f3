//! A small complete review into which the examples of the rules are put.

/// Where the sample review lies in its site folder.
pub const SAMPLE_PATH: &str = "content/reviews/2024-03-04-edge-cpu.md";

/// A review without a finding.
pub const SAMPLE_REVIEW: &str = include_str!("sample_review.md");

/// The registry that the sample review names factors of.
pub const SAMPLE_FACTORS: &str = include_str!("sample_factors.toml");
