//! The signs without which rules find nothing, looked for together: most reviews have few of them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::catalogue::CATALOGUE;
use super::{Check, ReviewCheck, ReviewContext, passage};

/// In any case, these two letters are an `s` and a `k` for expressions.
pub(super) const FOLDED: [&str; 2] = ["\u{17f}", "\u{212a}"];

/// The checks of all rules that look at one review.
struct Signs {
    /// The checks in the order of the catalogue.
    checks: Vec<ReviewCheck>,
    /// Whether each runs whatever the text says.
    always: Vec<bool>,
    automaton: AhoCorasick,
    /// For each pattern of the automaton, the position of its check.
    check_of: Vec<usize>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let (mut checks, mut always) = (Vec::new(), Vec::new());
    let (mut patterns, mut check_of) = (Vec::new(), Vec::new());
    for check in CATALOGUE.iter().flat_map(|rule| rule.checks) {
        let (signs, check): (&[&str], _) = match check {
            Check::Problem(_) | Check::Library(_) => continue,
            Check::Review(check) => (&[], check),
            Check::Signed(signs, check) => (signs, check),
        };
        checks.push(*check);
        always.push(signs.is_empty());
        let folded = if signs.is_empty() { &[][..] } else { &FOLDED };
        for sign in signs.iter().chain(folded) {
            patterns.push(*sign);
            check_of.push(checks.len() - 1);
        }
    }
    let builder = AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(patterns);
    Signs { checks, always, automaton: builder.expect("signs are few"), check_of }
});

/// The checks that may find something in a review, in the order of the catalogue.
pub(crate) fn checks_of(context: &ReviewContext<'_>) -> impl Iterator<Item = ReviewCheck> {
    let signs = &*SIGNS;
    let mut wanted = signs.always.clone();
    // What the front matter writes with escapes, or over several lines, says something else than what stands there.
    let others = passage::strings(context).iter().filter(|passage| !passage.is_literal());
    let texts = std::iter::once(&*context.document.source.text).chain(others.map(|passage| &*passage.text));
    for text in texts {
        for found in signs.automaton.find_overlapping_iter(text) {
            wanted[signs.check_of[found.pattern().as_usize()]] = true;
        }
    }
    signs.checks.iter().copied().zip(wanted).filter(|(_, is_wanted)| *is_wanted).map(|(check, _)| check)
}

#[cfg(test)]
mod tests {
    use super::{SIGNS, checks_of};
    use crate::document::parse;
    use crate::lower::lower;
    use crate::model::Policy;
    use crate::rules::{ReviewContext, SAMPLE_PATH, SAMPLE_REVIEW};
    use crate::text::{SitePath, Source};

    fn count(from: &str, to: &str) -> usize {
        let text = SAMPLE_REVIEW.replacen(from, to, 1);
        let document = parse(&Source::new(SitePath::new(SAMPLE_PATH).unwrap(), &text));
        let (review, _) = lower(&document, &Policy::default());
        checks_of(&ReviewContext::new(&document, &review, &Policy::default())).count()
    }

    #[test]
    fn checks_run_where_one_of_their_signs_stands() {
        let all = SIGNS.checks.len();
        let least = count("", "");
        assert!(least < all, "the sample has no sign, and {least} of {all} checks run");
        for (from, to) in [
            ("Rules ran", "Rules (todo) ran"),
            ("Rules ran", "Rules from /Users/ ran"),
            ("Rules ran", "Rules of Grafana ran"),
            ("## Summary", "## TODO"),
            ("title = \"A filter rule", "title = \"A TODO rule"),
            // An escape says what does not stand in the file.
            ("title = \"A filter rule", "title = \"A \\u0054ODO rule"),
        ] {
            assert_eq!(count(from, to), least + 1, "{to}");
        }
    }
}
