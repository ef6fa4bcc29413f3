//! Tests over the whole catalogue, and the sample site in which rules are tried.

pub(super) use tests::{codes, edited, findings};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::NaiveDate;

    use crate::check::{Audience, Options, check};
    use crate::diagnostic::ProblemKind;
    use crate::diagnostic::{Diagnostic, Example, Metadata};
    use crate::rules::example::{excerpt, file, place};
    use crate::rules::{CATALOGUE, Check, FAMILIES, Family, SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW, find};
    use crate::text::{SitePath, SourceSet};

    const KINDS: [ProblemKind; 26] = [
        ProblemKind::UnmatchedPattern,
        ProblemKind::Unreadable,
        ProblemKind::FrontMatterMissing,
        ProblemKind::BrokenToml,
        ProblemKind::UnknownKey,
        ProblemKind::MissingKey,
        ProblemKind::WrongType,
        ProblemKind::UnknownValue,
        ProblemKind::DuplicateId,
        ProblemKind::UnsafeId,
        ProblemKind::InternalBlock,
        ProblemKind::MarkerLookalike,
        ProblemKind::UnreadableEntry,
        ProblemKind::UnknownDay,
        ProblemKind::TimeWithoutZone,
        ProblemKind::UnknownMark,
        ProblemKind::UnmeasuredTimeline,
        ProblemKind::Contradiction,
        ProblemKind::AllowanceWithoutReason,
        ProblemKind::UnusedAllowance,
        ProblemKind::BrokenTemplate,
        ProblemKind::RejectedFederatedSite,
        ProblemKind::UnmappedFactor,
        ProblemKind::LinkWithoutTarget,
        ProblemKind::HtmlLeftOut,
        ProblemKind::TooMuch,
    ];

    /// The findings in the sample site with `files` added to it, or put in the place of its own.
    pub(in crate::rules) fn findings(files: &[(&str, &str)]) -> Vec<Diagnostic> {
        let mut sources = SourceSet::default();
        let own = [
            ("casebook.toml", "title = \"Lessons\"\nbase_url = \"https://example.org/\"\n"),
            ("content/factors.toml", SAMPLE_FACTORS),
            (SAMPLE_PATH, SAMPLE_REVIEW),
        ];
        for (path, text) in own.iter().chain(files) {
            sources.add_text(SitePath::new(path).unwrap(), text);
        }
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let found = check(&sources, &Options { today, base_url: None, audience: Audience::Public }).findings;
        for finding in &found {
            let text = &sources.text(&finding.path).unwrap().text;
            assert!(text.get(finding.span.range()).is_some(), "{finding:?} lies outside its file");
        }
        found
    }

    fn checks() -> impl Iterator<Item = &'static Check> {
        CATALOGUE.into_iter().flat_map(|rule| rule.checks)
    }

    /// The findings of the sample review with one passage replaced.
    pub(in crate::rules) fn edited(replace: &str, with: &str) -> Vec<Diagnostic> {
        let mut text = SAMPLE_REVIEW.to_owned();
        text.replace_range(place(replace), with);
        findings(&[(SAMPLE_PATH, &text)])
    }

    fn of_example(example: &Example) -> Option<Vec<Diagnostic>> {
        file(example).map(|(path, text)| findings(&[(path, &text)]))
    }

    pub(in crate::rules) fn codes(found: &[Diagnostic]) -> Vec<&str> {
        found.iter().map(|finding| finding.rule.code).collect()
    }

    #[test]
    fn the_sample_review_has_no_finding() {
        assert_eq!(codes(&findings(&[])), [""; 0]);
    }

    #[test]
    fn wrong_examples_have_exactly_their_finding_and_right_ones_none() {
        let mut complaints = Vec::new();
        for rule in CATALOGUE.map(|rule| rule.metadata) {
            let Some(wrong) = of_example(&rule.wrong) else {
                assert!(
                    ["D009", "D010", "L007", "L008", "L009", "P014", "P016", "P018", "C005", "C006", "R008", "T014"]
                        .contains(&rule.code),
                    "{} can be shown by text",
                    rule.code
                );
                continue;
            };
            let said = |found: &[Diagnostic]| {
                found.iter().map(|found| format!("{} {}", found.rule.code, found.message)).collect::<Vec<_>>()
            };
            if codes(&wrong) != [rule.code] {
                complaints.push((rule.code, "wrong", said(&wrong)));
            }
            let right = of_example(&rule.right).unwrap();
            if !right.is_empty() {
                complaints.push((rule.code, "right", said(&right)));
            }
        }
        assert!(complaints.is_empty(), "{complaints:#?}");
    }

    /// Whoever asks for an explanation sees what to write: no wrong line is called right.
    #[test]
    fn right_examples_show_other_lines_than_wrong_ones() {
        let mut complaints = Vec::new();
        for rule in CATALOGUE.map(|rule| rule.metadata) {
            let (wrong, right) = (excerpt(&rule.wrong), excerpt(&rule.right));
            let has_others = |one: &str, other: &str| one.lines().any(|line| !other.lines().any(|known| known == line));
            let is_seen = match rule.wrong {
                Example::Cut { .. } => wrong.starts_with("(a review without this)"),
                Example::Edit { .. } | Example::Edits(_) | Example::File { .. } | Example::Shown { .. } => {
                    has_others(&right, &wrong) || has_others(&wrong, &right)
                }
            };
            // A comment would look as if it were what makes the line right.
            if !is_seen || right.contains("  # ") {
                complaints.push(format!("{}:\n{wrong}\n{right}", rule.code));
            }
        }
        assert!(complaints.is_empty(), "{complaints:#?}");
    }

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        for Family { letter, rules, .. } in &FAMILIES {
            let codes: Vec<&str> = rules.iter().map(|rule| rule.metadata.code).collect();
            assert!(codes.iter().all(|code| code.starts_with(letter)), "{letter}: {codes:?}");
            assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        }
        let names: BTreeSet<&str> = CATALOGUE.iter().map(|rule| rule.metadata.name).collect();
        assert_eq!(names.len(), CATALOGUE.len());
        for rule in CATALOGUE.map(|rule| rule.metadata) {
            assert!(rule.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{} is kebab-case", rule.name);
            assert_eq!(rule.code.len(), 4);
            assert!(
                std::ptr::eq(find(rule.name).unwrap().metadata, rule)
                    && std::ptr::eq(find(rule.code).unwrap().metadata, rule)
            );
            for sentence in [rule.summary, rule.why, rule.remedy] {
                assert!(sentence.ends_with(['.', '?', '"', '`']), "{}: {sentence}", rule.code);
                assert!(!sentence.contains("  "), "{}: {sentence}", rule.code);
            }
        }
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the test looks at the files of the source")]
    fn every_rule_has_the_file_of_its_name_and_every_such_file_is_in_a_family() {
        let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules")).unwrap();
        let folders = folders.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
        let files = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap());
        let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let files: BTreeSet<String> = files.filter(|name| name.contains(|c: char| c.is_ascii_digit())).collect();
        let file = |rule: &Metadata| format!("{}_{}.rs", rule.code.to_lowercase(), rule.name.replace('-', "_"));
        assert_eq!(files, CATALOGUE.iter().map(|rule| file(rule.metadata)).collect());
    }

    #[test]
    fn every_kind_of_problem_has_one_rule() {
        for kind in KINDS {
            let reports = |check: &&Check| matches!(check, Check::Problem(reported) if *reported == kind);
            assert_eq!(checks().filter(reports).count(), 1, "{kind:?}");
        }
        // This fails to compile when a kind is added, which then belongs into the list above.
        let _ = |kind: ProblemKind| match kind {
            ProblemKind::Unreadable
            | ProblemKind::FrontMatterMissing
            | ProblemKind::BrokenToml
            | ProblemKind::UnknownKey => {}
            ProblemKind::MissingKey | ProblemKind::WrongType | ProblemKind::UnknownValue | ProblemKind::DuplicateId => {
            }
            ProblemKind::UnsafeId
            | ProblemKind::InternalBlock
            | ProblemKind::UnreadableEntry
            | ProblemKind::UnknownDay
            | ProblemKind::TimeWithoutZone => {}
            ProblemKind::UnknownMark | ProblemKind::UnmeasuredTimeline | ProblemKind::BrokenTemplate => {}
            ProblemKind::RejectedFederatedSite | ProblemKind::UnmappedFactor => {}
            ProblemKind::AllowanceWithoutReason | ProblemKind::UnusedAllowance | ProblemKind::MarkerLookalike => {}
            ProblemKind::LinkWithoutTarget | ProblemKind::HtmlLeftOut => {}
            ProblemKind::TooMuch | ProblemKind::UnmatchedPattern | ProblemKind::Contradiction => {}
        };
    }

    #[test]
    fn messages_are_sentences_without_a_full_stop() {
        for rule in CATALOGUE.map(|rule| rule.metadata) {
            for finding in of_example(&rule.wrong).unwrap_or_default() {
                let message = &finding.message;
                assert!(
                    !message.starts_with(char::is_uppercase) && !message.ends_with('.'),
                    "{}: {message}",
                    rule.code
                );
                let help = finding.help.as_deref().unwrap_or(".");
                let ends_well = match help.split_once('\n') {
                    None => help.ends_with(['.', '?', '`']),
                    // Lines to copy follow.
                    Some((sentence, _)) => sentence.ends_with(':'),
                };
                assert!(ends_well, "{}", rule.code);
                assert!(!finding.span.is_empty() || finding.span.start == 0, "{} points at nothing", rule.code);
            }
        }
    }
}
