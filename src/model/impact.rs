//! Whom or what an incident affected.

use super::vocabulary::ImpactKind;
use crate::text::Spanned;

/// Whom or what the incident affected.
#[derive(Clone, Debug, Default)]
pub struct Impact {
    /// What was said about each kind, in the order of the vocabulary; or one text about all of it, without a kind.
    pub texts: Vec<(Option<ImpactKind>, Spanned<String>)>,
    /// Whole US dollars lost, at the time.
    pub funds_lost_usd: Option<u64>,
    /// Whole US dollars of these that came back.
    pub funds_recovered_usd: Option<u64>,
}
