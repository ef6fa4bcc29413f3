//! What stands in the place of an action's owner: a team, nobody, or the word that it is unknown.

use crate::model::Unknown;
use crate::text::Spanned;

/// An owner as written.
#[derive(Default)]
pub(super) struct StatedOwner {
    /// The team or role.
    pub(super) owner: Option<Spanned<String>>,
    /// What stands there and is none.
    pub(super) no_owner: Option<Spanned<String>>,
    /// The owner, where the text says that it is unknown.
    pub(super) unknown: Vec<Unknown>,
}

impl StatedOwner {
    pub(super) fn new(written: Option<Spanned<String>>) -> Self {
        match written {
            Some(word) if word.value.trim().eq_ignore_ascii_case("unknown") => {
                Self { unknown: vec![Unknown::Owner], ..Self::default() }
            }
            Some(nobody) if names_nobody(&nobody.value) => Self { no_owner: Some(nobody), ..Self::default() },
            owner => Self { owner, ..Self::default() },
        }
    }
}

/// Whether a text in the place of an owner is none: a sign, an issue, an address of the web, or everyone.
fn names_nobody(owner: &str) -> bool {
    const NOBODY: [&str; 28] = [
        "tbd",
        "tba",
        "tbc",
        "t.b.d",
        "to be decided",
        "to be determined",
        "to be defined",
        "to be confirmed",
        "to be assigned",
        "unassigned",
        "not assigned",
        "not yet assigned",
        "unowned",
        "no owner",
        "someone",
        "somebody",
        "n/a",
        "na",
        "none",
        "nobody",
        "no one",
        "everyone",
        "everybody",
        "all",
        "anyone",
        "nil",
        "null",
        "?",
    ];
    let owner = owner.trim().trim_end_matches('.').to_lowercase();
    NOBODY.contains(&owner.as_str())
        || !owner.contains(char::is_alphabetic)
        || owner.starts_with("http://")
        || owner.starts_with("https://")
}
