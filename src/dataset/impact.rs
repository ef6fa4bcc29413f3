//! Whom or what an incident affected, in a dataset and back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::untrusted::{at_top, said};
use super::word::ByWord;
use crate::markdown::plain;
use crate::model::{Impact, ImpactKind};

/// Whom or what an incident affected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImpactData {
    /// What each kind of those affected felt.
    #[serde(flatten)]
    pub texts: ByWord<ImpactKind, String>,
    /// Whole US dollars lost, at the time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funds_lost_usd: Option<u64>,
    /// Whole US dollars recovered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funds_recovered_usd: Option<u64>,
}

impl ImpactData {
    pub(super) fn from_model(impact: &Impact) -> Self {
        Self {
            texts: impact.texts.iter().map(|(kind, text)| (*kind, plain(&text.value))).collect(),
            funds_lost_usd: impact.funds_lost_usd,
            funds_recovered_usd: impact.funds_recovered_usd,
        }
    }

    pub(super) fn to_model(&self) -> Impact {
        let text = |(kind, text): (ImpactKind, &String)| Some((kind, at_top(said(Some(text))?)));
        Impact {
            texts: self.texts.iter().filter_map(text).collect(),
            funds_lost_usd: self.funds_lost_usd,
            funds_recovered_usd: self.funds_recovered_usd,
        }
    }
}
