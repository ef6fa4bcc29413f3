//! What a review says as a dataset writes it: without markup, and left out where it says nothing.

use crate::markdown::plain;
use crate::text::Spanned;

pub(super) fn values(given: &[Spanned<String>]) -> Vec<String> {
    given.iter().map(|value| value.value.clone()).collect()
}

pub(super) fn non_empty(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

pub(super) fn said_plainly(text: Option<&Spanned<String>>) -> Option<String> {
    text.map(|text| plain(&text.value)).filter(|text| !text.is_empty())
}
