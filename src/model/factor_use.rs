//! The factors of one review: those of the registry, and those that only this review names.

use super::vocabulary::FactorRole;
use crate::text::{Span, Spanned};

/// A factor of the registry as it was seen in one incident.
#[derive(Clone, Debug)]
pub struct FactorUse {
    /// The id as the front matter gives it, where an alias is possible; of a factor that the text names, the id in the
    /// registry, at the place of its name.
    pub id: Spanned<String>,
    /// The part that it played.
    pub role: FactorRole,
    /// How it showed in this incident, in Markdown.
    pub note: Option<Spanned<String>>,
    /// Where the text names it; none where only the front matter does.
    pub written: Option<WrittenFactor>,
}

/// A factor as the text names it.
#[derive(Clone, Debug)]
pub struct WrittenFactor {
    /// The author's words for it, without markup.
    pub name: String,
    /// The item of the list of contributing factors; none for a factor that is named elsewhere in the text.
    pub item: Option<Span>,
    /// Where the words behind the name begin.
    pub rest: usize,
    /// Whether the note stands in the text.
    pub holds_note: bool,
}

/// An item of the list of contributing factors that names no factor of the registry.
#[derive(Clone, Debug)]
pub struct LocalFactor {
    /// Its bold words or its first ones, as a label, at their place.
    pub label: Spanned<String>,
    /// The part that it played.
    pub role: FactorRole,
    /// The id of the category that the text puts it into.
    pub category: Option<String>,
    /// The item of the list.
    pub item: Span,
    /// Its words, without the marker of the list.
    pub text: Span,
}

impl FactorUse {
    /// Whether it is an item of the list of contributing factors.
    pub fn is_listed(&self) -> bool {
        self.written.as_ref().is_some_and(|written| written.item.is_some())
    }

    /// Whether the note is one of the front matter alone, and stands nowhere in the text.
    pub fn has_note_of_its_own(&self) -> bool {
        self.note.is_some() && !self.written.as_ref().is_some_and(|written| written.holds_note)
    }
}
