//! What names of factors are about, whatever words say that something is not there.

use std::collections::BTreeSet;

use crate::text::kebab_case;

/// The words of a name in the singular, in no order; all words for what is not there are the same one.
pub(super) fn gist(name: &str) -> BTreeSet<String> {
    const FILLERS: [&str; 7] = ["a", "an", "the", "of", "in", "on", "for"];
    const ABSENCE: [&str; 9] =
        ["no", "not", "missing", "lack", "lacking", "without", "absent", "absence", "insufficient"];
    let label = kebab_case(name);
    let words = label.split('-').filter(|word| !FILLERS.contains(word) && !word.is_empty());
    words
        .map(|word| match word {
            absence if ABSENCE.contains(&absence) => "no".to_owned(),
            plural if plural.len() > 3 && !plural.ends_with("ss") => plural.trim_end_matches('s').to_owned(),
            other => other.to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::gist;

    #[test]
    fn names_are_compared_by_their_gist() {
        assert_eq!(gist("No staged rollout"), gist("missing-staged-rollouts"));
        assert_eq!(gist("Lack of an alert"), gist("missing-alert"));
        assert_ne!(gist("missing-runbook"), gist("missing-rollback"));
        assert_ne!(gist("missing-alert"), gist("alert"));
    }
}
