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
    /// What was affected, where the review does not say it by kind. Since 1.2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
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
            text: impact.texts.iter().find(|(kind, _)| kind.is_none()).map(|(_, text)| plain(&text.value)),
            texts: impact.texts.iter().filter_map(|(kind, text)| Some(((*kind)?, plain(&text.value)))).collect(),
            funds_lost_usd: impact.funds_lost_usd,
            funds_recovered_usd: impact.funds_recovered_usd,
        }
    }

    pub(super) fn to_model(&self) -> Impact {
        let of_kind = |(kind, text): (ImpactKind, &String)| Some((Some(kind), at_top(said(Some(text))?)));
        let general = said(self.text.as_ref()).map(|text| (None, at_top(text)));
        Impact {
            texts: general.into_iter().chain(self.texts.iter().filter_map(of_kind)).collect(),
            funds_lost_usd: self.funds_lost_usd,
            funds_recovered_usd: self.funds_recovered_usd,
        }
    }
}
