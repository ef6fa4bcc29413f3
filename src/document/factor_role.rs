//! The words that give a factor its part: "(primary)" behind its name, or a label in front of it.

use std::sync::LazyLock;

use regex::Regex;

static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:[(\[]primary(?:[ ](?:contributing[ ])?(?:factor|cause))?[)\]]|primary(?:[ ](?:factor|cause))?[\s.]*$)")
        .expect("a regular expression")
});

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^[*_]{0,3}(?:(primary)(?:[ ]contributing)?|contributing|secondary)(?:[ ](?:factor|cause))?(?:[*_]{0,3}:[*_]{0,3})[ \t]*",
    )
    .expect("a regular expression")
});

/// A label such as `Primary factor:` or `**Contributing:**`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleLabel {
    /// Whether it names the primary factor, and not another one.
    pub is_primary: bool,
    /// Its length in bytes, with the blanks behind it.
    pub length: usize,
}

/// The length in bytes of "(primary)" or the like, if the words behind a name begin with it.
pub fn primary_behind_name(words: &str) -> Option<usize> {
    BEHIND.find(words).map(|role| role.end())
}

/// The label that `words` begin with.
pub fn role_label(words: &str) -> Option<RoleLabel> {
    let label = LABEL.captures(words)?;
    Some(RoleLabel { is_primary: label.get(1).is_some(), length: label.get_match().len() })
}
