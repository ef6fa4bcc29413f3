//! Whose dataset it is, and where its pages are.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::word::Address;
use crate::model::Review;

/// Whose dataset it is.
#[derive(Clone, Copy, Debug)]
pub struct Issuer<'a> {
    /// The name of the site.
    pub title: &'a str,
    /// What it is, in a sentence; may be empty.
    pub description: &'a str,
    /// Whose site it is; may be empty.
    pub organisation: &'a str,
    /// Its home page, with a closing slash.
    pub base_url: &'a str,
    /// A BCP 47 language tag.
    pub language: &'a str,
    /// The licence of the texts; may be empty.
    pub licence: &'a str,
}

impl Issuer<'_> {
    pub(super) fn url(&self, path: &str) -> Address {
        address(&format!("{}{path}", self.base_url)).unwrap_or_else(|| Address("http://localhost/".to_owned()))
    }

    pub(super) fn review_url(&self, review: &Review) -> Address {
        self.url(&format!("reviews/{}.html", review.id))
    }
}

/// What is percent-encoded in an address: characters with a meaning in HTML, and those that no address may hold.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'\'').add(b'<').add(b'>').add(b'\\').add(b'`');

pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// An address on the web; none for any other text.
pub(super) fn address(text: &str) -> Option<Address> {
    Address::parse(&encoded(text.trim()))
}
