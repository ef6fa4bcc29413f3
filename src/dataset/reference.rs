//! The sources and the corrections of a review, in a dataset and back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::issuer::address;
use super::untrusted::{at_top, escaped, line};
use super::word::{Address, Day};
use crate::markdown::plain;
use crate::model::{Reference, Revision};

/// A source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReferenceData {
    /// What it is called.
    pub title: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Address>,
    /// The commit of the source when it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The licence of its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

/// A correction after publication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RevisionData {
    /// When.
    pub date: Day,
    /// What was corrected.
    pub change: String,
}

impl ReferenceData {
    pub(super) fn from_model(reference: &Reference) -> Self {
        Self {
            title: reference.title.clone(),
            url: address(&reference.url.value),
            commit: reference.commit.clone(),
            licence: reference.licence.clone(),
        }
    }

    pub(super) fn to_model(&self) -> Reference {
        Reference {
            title: line(&self.title),
            url: at_top(self.url.as_ref().map(|url| url.0.clone()).unwrap_or_default()),
            commit: self.commit.as_ref().map(|commit| line(commit)),
            licence: self.licence.as_ref().map(|licence| line(licence)),
        }
    }
}

impl RevisionData {
    pub(super) fn from_model(revision: &Revision) -> Self {
        Self { date: Day(revision.date.value), change: plain(&revision.change) }
    }

    pub(super) fn to_model(&self) -> Revision {
        Revision { date: at_top(self.date.0), change: escaped(&line(&self.change)) }
    }
}
