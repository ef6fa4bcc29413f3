//! Findings about adopted reviews, counted: a folder of old reviews has hundreds, and nobody has to do anything about most.

use std::collections::{BTreeMap, BTreeSet};

use super::human::{Colour, human};
use super::place::Places;
use crate::diagnostic::{Diagnostic, Level};
use crate::text::{SourceSet, escape_line};

/// How many errors in adopted reviews are shown with their lines.
const SHOWN: usize = 5;

/// The width of the terminal that lines are made for.
const WIDTH: usize = 100;

/// The findings as [`human`] has them, but for warnings and advice in adopted reviews: these are counted by rule, and what
/// the reviews lack is one paragraph.
pub fn overview(findings: &[Diagnostic], sources: &SourceSet, colour: Colour) -> String {
    let mut errors = 0;
    let is_shown = |finding: &&Diagnostic| {
        errors += usize::from(finding.adopted && finding.level == Level::Error);
        !finding.adopted || (finding.level == Level::Error && errors <= SHOWN)
    };
    let (shown, counted): (Vec<&Diagnostic>, Vec<&Diagnostic>) = findings.iter().partition(is_shown);
    let mut text = human(shown, sources, colour);
    let (incomplete, counted): (Vec<_>, Vec<_>) = counted.into_iter().partition(|finding| !finding.lacks.is_empty());
    if !counted.is_empty() {
        text.push_str("In adopted reviews, which are judged by what they say:\n");
        text.push_str(&rows(&counted, sources));
        text.push('\n');
    }
    if !incomplete.is_empty() {
        text.push_str(&lacking(&incomplete));
        text.push('\n');
    }
    if !counted.is_empty() || !incomplete.is_empty() {
        text.push_str("`casebook check FILE` shows all findings of a review with their lines.\n\n");
    }
    text
}

/// One line for each level and rule, the gravest and most frequent first.
fn rows(counted: &[&Diagnostic], sources: &SourceSet) -> String {
    let mut by_rule: BTreeMap<(Level, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for finding in counted {
        by_rule.entry((finding.level, finding.rule.code)).or_default().push(finding);
    }
    let mut rows: Vec<((Level, &str), Vec<&Diagnostic>)> = by_rule.into_iter().collect();
    rows.sort_by_key(|((level, code), found)| (std::cmp::Reverse((*level, found.len())), *code));
    let mut places = Places::new(sources);
    let mut text = String::new();
    for ((level, code), found) in rows {
        let files: BTreeSet<&str> = found.iter().map(|finding| finding.path.as_str()).collect();
        let (first, _) = places.of(found[0]);
        let path = escape_line(&found[0].path);
        let (count, level, name) = (found.len(), level.word(), found[0].rule.name);
        let inside = if files.len() == 1 { "1 review".to_owned() } else { format!("{} reviews", files.len()) };
        text.push_str(&format!("{count:>6} {level:<8} {code} {name} in {inside}, first {path}:{}\n", first.line));
    }
    text
}

/// What reviews lack, with how many of them lack it.
fn lacking(incomplete: &[&Diagnostic]) -> String {
    let mut parts: Vec<(&str, usize)> = Vec::new();
    for part in incomplete.iter().flat_map(|finding| &finding.lacks) {
        match parts.iter_mut().find(|(name, _)| name == part) {
            Some((_, count)) => *count += 1,
            None => parts.push((part, 1)),
        }
    }
    parts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let subject = match incomplete.len() {
        1 => "What a complete review would add to 1 adopted review:".to_owned(),
        count => format!("What a complete review would add to {count} adopted reviews, with how many lack it:"),
    };
    let parts: Vec<String> = parts.iter().map(|(name, count)| format!("{name} ({count})")).collect();
    wrapped(&format!("{subject} {}.", parts.join(", ")))
}

/// The words in lines of at most [`WIDTH`] characters.
fn wrapped(text: &str) -> String {
    let (mut lines, mut width) = (String::new(), 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            lines.push('\n');
            width = 0;
        }
        if width > 0 {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += length;
    }
    lines + "\n"
}

#[cfg(test)]
mod tests {
    use super::overview;
    use crate::diagnostic::{Diagnostic, Level};
    use crate::report::Colour;
    use crate::rules::find;
    use crate::text::{SourceSet, Span};

    #[test]
    fn findings_about_adopted_reviews_are_counted() {
        let finding = |rule: &str, path: &str, level: Level| {
            let mut finding = Diagnostic::new(find(rule).unwrap().metadata, path, Span::at(0), "x");
            (finding.level, finding.adopted) = (level, true);
            finding
        };
        let mut found = vec![
            finding("T001", "a.md", Level::Warning),
            finding("B002", "a.md", Level::Advice),
            finding("T001", "a.md", Level::Warning),
            finding("T001", "b.md", Level::Warning),
        ];
        for (path, lacks) in [("a.md", vec!["Impact"]), ("b.md", vec!["Summary", "Impact"])] {
            found.push(Diagnostic { lacks, ..finding("R008", path, Level::Advice) });
        }
        let expected = "In adopted reviews, which are judged by what they say:\n     \
                        3 warning  T001 unreadable-entry in 2 reviews, first a.md:1\n     \
                        1 advice   B002 hindsight in 1 review, first a.md:1\n\n\
                        What a complete review would add to 2 adopted reviews, with how many lack it: Impact (2), Summary\n\
                        (1).\n\n\
                        `casebook check FILE` shows all findings of a review with their lines.\n\n";
        let sources = SourceSet::default();
        assert_eq!(overview(&found, &sources, Colour::None), expected);
        found[0].adopted = false;
        assert!(overview(&found, &sources, Colour::None).starts_with("warning[T001"));
        let errors: Vec<Diagnostic> = (0..9).map(|_| finding("P006", "a.md", Level::Error)).collect();
        let text = overview(&errors, &sources, Colour::None);
        assert_eq!((text.matches("error[P006").count(), text.contains("4 error    P006")), (5, true), "{text}");
    }
}
