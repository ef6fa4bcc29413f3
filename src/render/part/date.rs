//! A day for people and machines.

use schemars::JsonSchema;
use serde::Serialize;

/// A date for people and machines.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct DateView {
    /// The day in ISO 8601: `2026-03-19`.
    pub iso: String,
    /// The day in the language of the site: `19 March 2026`.
    pub text: String,
}
