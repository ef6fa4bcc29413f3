//! What the reader understands of an imported review: it is asked, so that nothing is promised that a page would not show.

use serde::Serialize;

use crate::document::parse;
use crate::lower::lower;
use crate::model::{Policy, Status};
use crate::text::Source;

/// What the reader found in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Understanding {
    /// Entries of the timeline.
    pub(crate) entries: usize,
    /// Those of them whose time is known.
    pub(crate) timed: usize,
    /// Actions.
    pub(crate) actions: usize,
    /// Factors, those of the registry and others.
    pub(crate) factors: usize,
    /// Sections of a known kind.
    pub(crate) sections: usize,
    /// Whether it is a draft, which is not published.
    pub(crate) draft: bool,
}

/// Reads a text as a site does.
pub(crate) fn understood(source: &Source, policy: &Policy) -> Understanding {
    let (review, _) = lower(&parse(source), policy);
    Understanding {
        entries: review.timeline.entries().len() + review.timeline.untimed().len(),
        timed: review.timeline.entries().len(),
        actions: review.actions.len(),
        factors: review.factors.len() + review.local_factors.len(),
        sections: review.parts.iter().filter(|part| part.kind.is_some() && !part.is_empty).count(),
        draft: review.status.is_some_and(|status| status.value == Status::Draft),
    }
}
