//! A day for people and machines.

use schemars::JsonSchema;
use serde::Serialize;

/// A date for people and machines.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct DateView {
    /// ISO 8601: `2026-03-19`.
    pub iso: String,
    /// `19 March 2026`.
    pub text: String,
}
