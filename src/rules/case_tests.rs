//! Cases that are tricky for one rule, or for two of them together.

use crate::rules::catalogue_tests::{codes, edited, findings};
use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

/// The code, message and help of each finding of the sample review with one passage replaced.
fn check(replace: &str, with: &str, expected: &[(&str, &str, &str)]) {
    let found = edited(replace, with);
    let found: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|finding| (finding.rule.code, finding.message.as_str(), finding.help.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(found, expected, "{replace} -> {with}");
}

#[test]
fn a_break_at_midnight_is_explained() {
    let midnight = "The day probably changed at midnight. Write the date: `2024-03-05 00:30`.";
    check("- 14:52", "- 00:30", &[("T002", "`00:30` is earlier than `14:07` above it", midnight)]);
    check("- 14:52", "- 2024-03-04 00:30", &[("T002", "`2024-03-04 00:30` is earlier than `14:07` above it", "")]);
    check("- 14:52", "- 13:52", &[("T002", "`13:52` is earlier than `14:07` above it", "")]);
    check("- 14:52", "- 2024-03-05 00:30", &[]);
    check("- 14:02", "- 14:02-14:06", &[]);
}

#[test]
fn a_timeline_without_a_date_is_one_finding() {
    let found = edited("2024-03-04 13:31 UTC", "13:31 UTC");
    assert_eq!(codes(&found), ["T001"]);
}

#[test]
fn a_value_of_the_wrong_type_is_not_missing_as_well() {
    for (from, to) in [
        ("addresses = [\"no-staged-rollout\"]", "addresses = \"no-staged-rollout\""),
        ("due = 2027-04-30", "due = \"2027-02-30\""),
        ("owner = \"Edge platform team\"\ndue = 2024-03-31", "owner = 5\ndue = 2024-03-31"),
    ] {
        let found = edited(from, to);
        let actions: Vec<&str> =
            codes(&found).into_iter().filter(|code| ["A002", "A003", "A004"].contains(code)).collect();
        assert_eq!(actions, [""; 0], "{to}: {found:#?}");
        assert!(codes(&found).contains(&"D005"), "{to}: {found:#?}");
    }
}

#[test]
fn near_names_are_suggested() {
    let unknown = "this review has no weakness `pager-on-silence`";
    check("\"pager-on-silent\"", "\"pager-on-silence\"", &[("A006", unknown, "Did you mean `pager-on-silent`?")]);
    let unknown = "the registry has no factor `no-staged-roll-out`";
    check(
        "id = \"no-staged-rollout\"",
        "id = \"no-staged-roll-out\"",
        &[("F002", unknown, "Did you mean `no-staged-rollout`?")],
    );
    check(
        "services = [",
        "related = [\"2024-03-04-edge-cup\"]\nservices = [",
        &[("L001", "there is no review `2024-03-04-edge-cup`", "Did you mean `2024-03-04-edge-cpu`?")],
    );
    let destination = "the link to `2024-03-04-edge-cpu.html#x` leads to no file: \
                   there is no `content/reviews/2024-03-04-edge-cpu.html`";
    check(
        "until the rule",
        "until [the rule](2024-03-04-edge-cpu.html#x)",
        &[("L001", destination, "Did you mean `2024-03-04-edge-cpu.md`?")],
    );
}

#[test]
fn only_weaknesses_can_be_accepted() {
    let wrong = edited("weakness = \"the-rule-s-author-was-at-work\"", "weakness = \"fast-switch-off\"");
    assert_eq!(codes(&wrong), ["A006"]);
    assert_eq!(
        codes(&edited("weakness = \"the-rule-s-author-was-at-work\"", "weakness = \"big-bang-release\"")),
        ["A007"]
    );
}

#[test]
fn a_weakness_without_an_answer_is_told_beside_an_action_without_one() {
    let found = edited("addresses = [\"no-staged-rollout\"]\n", "");
    assert_eq!(codes(&found), ["A007", "A004"]);
    let help = found[0].help.as_deref().unwrap_or_default();
    assert!(help.starts_with("If action `staged-rules` answers it, say so there under `addresses`."), "{help}");
}

#[test]
fn a_person_as_factor_is_reported_once() {
    let found = edited("id = \"no-staged-rollout\"\nnote", "id = \"human-error\"\nnote");
    assert_eq!(codes(&found), ["F003"]);
    assert_eq!(codes(&edited("The rule reached every server", "By carelessness it reached every server")), ["F003"]);
    assert_eq!(
        codes(&edited("Rules ran without", "\"Human error\" is what we said first. Rules ran without")),
        [""; 0]
    );
    assert_eq!(codes(&edited("The first page was not heard", "Human error: the first page was not heard")), ["B001"]);
}

#[test]
fn what_is_broken_is_not_also_called_missing() {
    let cut = SAMPLE_REVIEW.find("\n[[factors]]").unwrap();
    let body = SAMPLE_REVIEW.find("\n+++\n\n").unwrap();
    let broken = format!("{}\n[[factors\n{}", &SAMPLE_REVIEW[..cut], &SAMPLE_REVIEW[body..]);
    let found = findings(&[(SAMPLE_PATH, &broken)]);
    assert!(found.iter().all(|finding| finding.rule.code == "D002"), "{found:#?}");
    let unclosed = findings(&[(SAMPLE_PATH, &SAMPLE_REVIEW[..body])]);
    assert_eq!(codes(&unclosed), ["D002"]);
    assert_eq!(codes(&edited("role = \"primary\"", "role = \"main\"")), ["D006"]);
    assert_eq!(codes(&edited("reviewed = 2024-03-08", "reviewed = \"2024-03-08\"")), ["D005"]);
}

#[test]
fn factors_are_counted() {
    check(
        "id = \"no-staged-rollout\"\n",
        "id = \"no-staged-rollout\"\nrole = \"primary\"\n",
        &[(
            "D017",
            "factor `no-staged-rollout` is primary, and so is `unbounded-computation`",
            "Call one of them primary: had it been otherwise, would it have happened? The others are contributing.",
        )],
    );
}

#[test]
fn phases_may_come_again_with_the_impact() {
    let twice = |mark: &str| format!("- 14:10 — **{mark}** — again.\n- 14:52");
    for mark in ["Introduced", "Detected", "Responded", "Cause identified", "Mitigated"] {
        let found = edited("- 14:52", &twice(mark));
        // A second mark at a later time contradicts others too; the first finding is enough to see it.
        assert!(!found.is_empty() && found.iter().all(|finding| finding.rule.code == "T005"), "{mark}: {found:#?}");
    }
    assert_eq!(codes(&edited("- 14:52", &twice("Impact started"))), [""; 0]);
    assert_eq!(codes(&edited("- 14:52", &twice("Decision"))), [""; 0]);
    assert_eq!(codes(&edited("- 14:02 — **Cause identified**", "- 14:02 — **Impact started**")), ["T005"]);
}

#[test]
fn what_is_over_is_not_mitigated() {
    let after = |lines: &str| edited("- 14:52", &format!("- 14:20 — **Resolved** — over.\n{lines}- 14:52 —"));
    let help =
        "Mark **Impact started** where the impact came back, or leave out the mark of the two that does not fit.";
    let found = edited("- 14:52 — **Resolved**", "- 14:20 — **Resolved** — over.\n- 14:52 — **Mitigated**");
    let mitigated = found.iter().find(|finding| finding.message.contains("comes after")).expect("a finding");
    assert_eq!((mitigated.rule.code, mitigated.help.as_deref()), ("T005", Some(help)));
    let again = after("- 14:30 — **Impact started** — again.\n- 14:40 — **Mitigated** — less.\n");
    assert!(again.iter().all(|finding| !finding.message.contains("comes after")), "{again:#?}");
}

#[test]
fn detection_may_come_before_impact() {
    let found = edited("- 13:40 — **Impact started** — CPU", "- 13:40 — CPU");
    assert_eq!(codes(&found), ["T004"]);
    let early = edited("- 13:59 — **Responded**", "- 13:59 — **Responded, Introduced**");
    assert_eq!(codes(&early), ["T005"], "{early:#?}");
}

#[test]
fn what_a_near_miss_or_an_interim_review_lacks_is_not_asked_for() {
    let without_end = SAMPLE_REVIEW.replace("**Resolved** — ", "").replace("**Detected** — ", "");
    let with = |from: &str, to: &str| findings(&[(SAMPLE_PATH, &without_end.replace(from, to))]);
    let found = with("", "");
    assert_eq!(found[0].message, "the timeline does not mark \"Detected\" and \"Resolved\"");
    assert_eq!(codes(&found), ["T004"]);
    assert_eq!(
        codes(&with("\"final\"\ntlp = \"TLP:CLEAR\"\npublish = 2024-03-15", "\"interim\"\ntlp = \"TLP:CLEAR\"")),
        [""; 0]
    );
    assert_eq!(codes(&with("\"incident\"", "\"near-miss\"")), ["T004"]);
}

#[test]
fn sections_may_be_continued_and_must_have_entries() {
    assert_eq!(codes(&edited("## Timeline\n", "## Timeline\n\nIt was late.\n\n### Key events\n")), ["T001", "S009"]);
    assert_eq!(codes(&edited("## Timeline\n", "## Timeline\n\n### Key events\n")), [""; 0]);
    assert_eq!(codes(&edited("## Root cause\n", "## Root cause\n\n### Root cause analysis\n")), [""; 0]);
}

#[test]
fn the_same_id_twice_is_found_wherever_it_stands() {
    check(
        "id = \"staged-rules\"",
        "id = \"cpu-guard\"",
        &[("D007", "the review has an action `cpu-guard` already", "")],
    );
    check(
        "services = [",
        "aliases = [\"A\", \"a\", \"b\"]\nservices = [",
        &[("D007", "the alias `a` is given twice", "")],
    );
    let folder = "content/reviews/2024-03-04-EDGE-cpu/index.md";
    let found = findings(&[(folder, SAMPLE_REVIEW)]);
    assert_eq!(found[0].message, format!("the id `2024-03-04-edge-cpu` is taken by {folder}"));
    assert_eq!(codes(&found), ["D007"]);
}

#[test]
fn links_to_what_is_withheld_are_found_in_what_is_published() {
    let other = "content/reviews/2023-07-20-regex.md";
    let linking = SAMPLE_REVIEW.replace("until the rule", "until [the rule](2023-07-20-regex.md)");
    let draft =
        |text: &str| text.replace("status = \"final\"", "status = \"draft\"").replace("publish = 2024-03-15\n", "");
    let check = |linking: &str, other_text: &str, expected: &[&str]| {
        let other_text = other_text.replace("- 13:40 —", "- 13:41 —");
        let found = findings(&[(SAMPLE_PATH, linking), (other, &other_text)]);
        assert_eq!(codes(&found), expected, "{found:#?}");
    };
    check(&linking, SAMPLE_REVIEW, &[]);
    check(&linking, &draft(SAMPLE_REVIEW), &["P018"]);
    check(&draft(&linking), &draft(SAMPLE_REVIEW), &[]);
    let page = "+++\ntitle = \"About\"\n+++\n\n[One](../reviews/2024-03-04-edge-cpu.md), [two](../factors.toml), \
            [out](../../../x.md).";
    let found = findings(&[("content/pages/about.md", page)]);
    assert_eq!(codes(&found), ["L001", "L001"], "{found:#?}");
    assert_eq!(codes(&edited("until the rule", "until <support@example.org> said that the rule")), [""; 0]);
}

#[test]
fn a_final_review_of_a_severe_incident_says_when_it_was_held() {
    assert_eq!(codes(&edited("reviewed = 2024-03-08\n", "")), ["R002"]);
    let mild = SAMPLE_REVIEW.replace("reviewed = 2024-03-08\n", "").replace("\"P1\"", "\"P4\"");
    assert_eq!(codes(&findings(&[(SAMPLE_PATH, &mild)])), [""; 0]);
}

#[test]
fn the_questions_of_the_template_are_one_finding() {
    let found = edited("severity = \"P1\"\n", "#? How bad was it?\n#? Judge the effect.\nseverity = \"P1\"\n");
    assert_eq!(codes(&found), ["S003"]);
    assert!(found[0].message.starts_with("2 lines"), "{}", found[0].message);
    assert_eq!(
        found[0].span.slice(&SAMPLE_REVIEW.replace("severity = \"P1\"\n", "#? How bad was it?\n")),
        "#? How bad was it?"
    );
    assert_eq!(codes(&edited("- **Pager on silent.** The first", "- **The label.** The first")), ["A006", "S003"]);
    assert_eq!(codes(&edited("[impact]", "[internal]\nnotes = \"TODO\"\n\n[impact]")), [""; 0]);
    assert_eq!(codes(&edited("participants = [\"Edge platform\"", "participants = [\"…\"")), ["S003"]);
}
