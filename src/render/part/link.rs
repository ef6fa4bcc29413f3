//! Links with words, and jumps into long lists.

use schemars::JsonSchema;
use serde::Serialize;

/// A link with a text.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct LinkView {
    /// The text of the link.
    pub title: String,
    /// The address that it leads to; where the meaning says so, empty.
    pub href: String,
    /// Whether it leads to the section of the site that this page is in.
    pub current: bool,
}

/// A link from a list to a part of it, which may stand on another page of the list.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct JumpView {
    /// What the part is called.
    pub title: String,
    /// The address of the place where the part begins.
    pub href: String,
    /// The number of entries in the part.
    pub count: usize,
}

/// A link that leads nowhere special.
pub(in crate::render) fn link(title: impl Into<String>, href: String) -> LinkView {
    LinkView { title: title.into(), href, current: false }
}
