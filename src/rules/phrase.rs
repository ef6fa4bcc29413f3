//! Words that several rules look for, and how they look for them.

/// The places in `text`, as byte ranges, where one of `phrases` stands as whole words, in any case.
/// Phrases are given in lower case.
pub(super) fn find<'p>(text: &str, phrases: &[&'p str]) -> Vec<(std::ops::Range<usize>, &'p str)> {
    // ASCII lower case keeps byte offsets, which full lower case does not.
    let lower = text.to_ascii_lowercase();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut found = Vec::new();
    for phrase in phrases {
        for (at, _) in lower.match_indices(phrase) {
            let end = at + phrase.len();
            if !is_word(lower[..at].chars().next_back()) && !is_word(lower[end..].chars().next()) {
                found.push((at..end, *phrase));
            }
        }
    }
    found.sort_by_key(|(range, _)| (range.start, range.end));
    found
}

/// Words that make a person the cause.
pub(super) const PERSON_AS_CAUSE: [&str; 14] = [
    "human error",
    "human-error",
    "operator error",
    "operator-error",
    "user error",
    "user-error",
    "engineer error",
    "engineer-error",
    "human mistake",
    "human-mistake",
    "carelessness",
    "negligence",
    "inattention",
    "pilot error",
];
