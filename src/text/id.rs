//! What an id may consist of. Ids are parts of addresses and names of files, so every server and file system has to hold them.

use super::path::{MAX_ID_LENGTH, is_windows_device};

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdKind {
    /// A review of this site, by its present or a former id.
    Review,
    /// A review in a dataset. Other programs, and earlier versions, may have been less strict than this one.
    DatasetReview,
    /// A factor of the registry.
    Factor,
    /// The id of a federated site, under `[[sources]]` of casebook.toml.
    FederatedSite,
}

/// Why a text is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdFault {
    /// It has more bytes than [`IdKind::longest`].
    TooLong,
    /// It is empty or reserved, or has a character that is not in the alphabet, or a dot in the wrong place.
    Unsafe,
}

impl IdKind {
    /// The greatest length in bytes.
    pub const fn longest(self) -> usize {
        match self {
            Self::Review | Self::Factor => MAX_ID_LENGTH,
            Self::DatasetReview => 200,
            Self::FederatedSite => 40,
        }
    }

    /// The ids as a regular expression that JSON Schema knows. It leaves out the names of devices.
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Review => "^(?!index$)[A-Za-z0-9_-]([A-Za-z0-9_.-]{0,118}[A-Za-z0-9_-])?$",
            Self::DatasetReview => "^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}$",
            Self::Factor => "^(?!index$)[a-z0-9-]{1,120}$",
            Self::FederatedSite => "^[a-z0-9-]{1,40}$",
        }
    }

    /// What keeps `id` from being one.
    pub fn fault(self, id: &str) -> Option<IdFault> {
        if id.len() > self.longest() {
            return Some(IdFault::TooLong);
        }
        let is_safe = !id.is_empty() && id.chars().all(|c| self.has_character(c)) && !id.starts_with('.');
        let is_free = match self {
            Self::Review => !id.ends_with('.') && id != "index" && !is_windows_device(id),
            Self::DatasetReview => true,
            Self::Factor => id != "index" && !is_windows_device(id),
            Self::FederatedSite => !is_windows_device(id),
        };
        (!is_safe || !is_free).then_some(IdFault::Unsafe)
    }

    fn has_character(self, c: char) -> bool {
        match self {
            Self::Review | Self::DatasetReview => c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'),
            Self::Factor | Self::FederatedSite => c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{IdFault, IdKind};

    #[test]
    fn ids_can_be_held_by_every_server_and_file_system() {
        let check = |kind: IdKind, id: &str, expected: Option<IdFault>| assert_eq!(kind.fault(id), expected, "{id}");
        for id in ["2024-03-04-edge-cpu", "INC_1042", "v1.2", "a"] {
            check(IdKind::Review, id, None);
            check(IdKind::DatasetReview, id, None);
        }
        for id in ["", "index", "con", "Con.md", ".a", "a.", "a b", "a/b", "é"] {
            check(IdKind::Review, id, Some(IdFault::Unsafe));
        }
        for id in ["", ".a", "a b", "../a", "é"] {
            check(IdKind::DatasetReview, id, Some(IdFault::Unsafe));
        }
        for id in ["", "A", "a_b", "a.b", "nul", "index"] {
            check(IdKind::Factor, id, Some(IdFault::Unsafe));
        }
        check(IdKind::Factor, "no-staged-rollout-2", None);
        check(IdKind::FederatedSite, "index", None);
        check(IdKind::FederatedSite, "nul", Some(IdFault::Unsafe));
        for kind in [IdKind::Review, IdKind::DatasetReview, IdKind::Factor, IdKind::FederatedSite] {
            check(kind, &"x".repeat(kind.longest()), None);
            check(kind, &"x".repeat(kind.longest() + 1), Some(IdFault::TooLong));
            let longest = [kind.longest(), kind.longest() - 1, kind.longest() - 2].map(|length| format!(",{length}}}"));
            assert!(longest.iter().any(|length| kind.pattern().contains(length)), "{}", kind.pattern());
        }
    }
}
