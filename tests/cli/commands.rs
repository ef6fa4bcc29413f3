//! The commands as a newcomer uses them.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::support::{TODAY, TestSite};

#[test]
fn init_check_and_build_work_in_an_empty_folder() {
    let space = TestSite::empty();
    space.run(&["init"]).expect(0, &["casebook.toml", ".github/workflows/publish.yml", "Next:"]);
    space.run(&["check", "--now", TODAY]).expect(0, &["no findings in 1 review: 1 to publish, 0 withheld"]);
    space.build().expect(0, &["files written"]);
    assert!(space.read("public/index.html").starts_with("<!doctype html>"));
    let script = ".github/install-casebook.sh";
    assert!(space.read(".github/workflows/publish.yml").contains(&format!("run: bash {script}\n")));
    assert!(space.read(script).starts_with("#!/usr/bin/env bash\n"));
}

#[test]
fn init_overwrites_nothing() {
    let space = TestSite::empty();
    space.write("README.md", "mine");
    space.write("content/pages/about.md", "+++\ntitle = \"Mine\"\n+++\n");
    let mine = space.files("");
    space.run(&["init"]).expect(0, &["stay as they are: README.md, content/pages/about.md", "casebook.toml"]);
    let all = space.files("");
    assert!(mine.iter().all(|(path, bytes)| all.get(path) == Some(bytes)), "{:?}", all.keys());
    space.check().expect(0, &["no findings in 1 review"]);
    space.run(&["init"]).expect(2, &["nothing was written", "a site already"]);
    assert_eq!(space.files(""), all);
}

#[test]
fn the_demo_passes_and_uses_every_feature() {
    let space = TestSite::demo();
    let run = space.check();
    run.expect(0, &["14 reviews: 11 to publish, 3 withheld"]);
    assert!(!run.out.contains(": error["), "{}", run.out);
    space.build().expect(0, &[]);
    let actions = space.read("public/actions.html");
    assert!(actions.contains("overdue") || actions.contains("Overdue"));
}

#[test]
fn new_writes_a_draft_that_check_reads() {
    let space = TestSite::site();
    let run = space.run(&["new", "Search showed \"no\" listings \\ für {{date}} Stunden", "--now", TODAY]);
    run.expect(0, &["2026-11-24-search-showed-no-listings-fur-date-stunden.md", "draft"]);
    let checked = space.check();
    checked.expect(0, &["2 reviews: 1 to publish, 1 withheld"]);
    assert!(!checked.out.contains("broken-front-matter"), "{}", checked.out);
    let again = space.run(&["new", "Search showed \"no\" listings \\ für {{date}} Stunden", "--now", TODAY]);
    again.expect(2, &["there already"]);
    space.run(&["new", "???"]).expect(2, &["no letter or digit"]);
    TestSite::empty().run(&["new", "A title"]).expect(2, &["casebook init"]);
}

#[test]
fn new_asks_only_for_what_is_not_filled_in() {
    let space = TestSite::site();
    space
        .run(&["new", "The queue stopped", "--date", "2026-11-20", "--now", TODAY])
        .expect(0, &["2026-11-20-the-queue"]);
    let text = space.read("content/reviews/2026-11-20-the-queue-stopped.md");
    assert!(text.contains("\n- 2026-11-20 09:00 — **Impact started**"), "{text}");
    let first = text.lines().position(|line| line.starts_with("## ")).unwrap();
    assert!(first < 23, "the first sentence is written on line {first}");
    let run = space.run(&["check", "--format", "concise", "--now", TODAY]);
    let codes: Vec<&str> = run.out.split('[').skip(1).filter_map(|rest| rest.split(' ').next()).collect();
    // What is missing. Who may read it is decided later.
    let missing = ["A001", "D004", "F001", "S002"];
    assert!(codes.len() > 5 && codes.iter().all(|code| missing.contains(code)), "{}", run.out);
    let run = space.run(&["new", "The queue stopped", "--full", "--now", TODAY]);
    run.expect(0, &["2026-11-24-the-queue"]);
    let text = space.read("content/reviews/2026-11-24-the-queue-stopped.md");
    assert!(text.contains("# [response]") && text.contains("# [impact]"), "{text}");
    let run = space.run(&["check", "--format", "concise", "--now", TODAY]);
    assert!(run.out.contains("[S003 ") && !run.out.contains("[P001 "), "{}", run.out);
    space.run(&["new", "Another", "--date", "20 November"]).expect(2, &["four digits"]);
}

#[test]
fn check_reports_everything_in_one_run() {
    let space = TestSite::site();
    space.edit("severity = \"P1\"", "severty = \"P1\"");
    space.edit("- 13:57 —", "- 13:37 —");
    space.edit("id = \"no-staged-rollout\"", "id = \"no-staged-rolout\"");
    let run = space.run(&["check", "--now", TODAY]);
    run.expect(
        1,
        &[
            "content/reviews/2024-03-04-edge-cpu.md:3:1",
            "severty = \"P1\"",
            "Did you mean `severity`?",
            "Did you mean `no-staged-rollout`?",
            "D003 unknown-key",
            "D004 missing-key",
            "T002 timeline-out-of-order",
            "why:",
        ],
    );
}

#[test]
fn json_gives_the_same_facts() {
    let space = TestSite::site();
    space.edit("title = \"A filter", "titel = \"A filter");
    let run = space.run(&["check", "--format", "json", "--now", TODAY]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(run.code, 1);
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"]["error"], 2);
    assert_eq!(report["summary"]["reviews"], 1);
    let finding = report["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "D003").unwrap();
    assert_eq!(finding["name"], "unknown-key");
    assert_eq!(finding["file"], "content/reviews/2024-03-04-edge-cpu.md");
    assert_eq!((&finding["line"], &finding["column"]), (&2.into(), &1.into()));
    assert_eq!((&finding["end_line"], &finding["end_column"]), (&2.into(), &6.into()));
    assert_eq!(finding["help"], "Did you mean `title`?");
}

#[test]
fn github_annotations_escape_what_they_hold() {
    let space = TestSite::site();
    space.edit("title = \"A filter", "\"ti,tel:%\" = \"A filter");
    let run = space.run(&["check", "--format", "github", "--now", TODAY]);
    let place = "::error file=content/reviews/2024-03-04-edge-cpu.md,line=2,endLine=2,col=1,title=D003 unknown-key::";
    run.expect(1, &[place, "`ti,tel:%25`%0A"]);
}

#[test]
fn paths_choose_what_is_reported() {
    let space = TestSite::site();
    space.edit("severity = \"P1\"", "severity = \"P9\"");
    space.write("content/reviews/2024-05-01-b.md", "nothing\n");
    let run = space.run(&["check", "content/reviews/2024-05-01-b.md", "--format", "concise"]);
    run.expect(1, &["missing-front-matter", " in 1 review: 0 ready once the errors are fixed, 1 withheld"]);
    assert!(!run.out.contains("edge-cpu"), "{}", run.out);
    let json = space.run(&["check", "content/reviews/2024-05-01-b.md", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["summary"]["reviews"], 1, "{json}");
    space.run(&["check", "nowhere.md"]).expect(2, &["nowhere.md"]);
}

#[test]
fn levels_change_what_a_finding_weighs() {
    let space = TestSite::site();
    space.edit("owner = \"Edge platform team\"\ndue = 2027-04-30", "due = 2027-04-30");
    space.check().expect(0, &["warning[A002 action-without-owner]"]);
    space.write(
        "casebook.toml",
        "title = \"S\"\nbase_url = \"https://example.org/\"\n[levels]\naction-without-owner = \"error\"\n",
    );
    space.check().expect(1, &["error[A002 action-without-owner]"]);
    space.write(
        "casebook.toml",
        "title = \"S\"\nbase_url = \"https://example.org/\"\n[levels]\naction-without-ownr = \"off\"\n",
    );
    space.check().expect(1, &["casebook.toml:4:1", "there is no rule `action-without-ownr`"]);
}

#[test]
fn explain_tells_why() {
    let space = TestSite::empty();
    space.run(&["explain"]).expect(0, &["D001 missing-front-matter", "T  Timeline"]);
    space.run(&["explain", "vague-action"]).expect(0, &["A005 vague-action", "Why:", "Wrong:", "Right:"]);
    space.run(&["explain", "t002"]).expect(0, &["timeline-out-of-order"]);
    space.run(&["explain", "vage-action"]).expect(2, &["Did you mean `vague-action`?"]);
}

#[test]
fn usage_mistakes_end_with_two() {
    let space = TestSite::empty();
    space.run(&["biuld"]).expect(2, &["build"]);
    space.run(&["build", "--base-url", "javascript:x"]).expect(2, &["an address begins with https://"]);
    space.run(&["check"]).expect(1, &["casebook init"]);
    space.run(&["check", "--site", "nowhere"]).expect(2, &["nowhere"]);
    space.run(&["completions", "bash"]).expect(0, &["_casebook"]);
    space.run(&["--version"]).expect(0, &[env!("CARGO_PKG_VERSION")]);
}

#[test]
fn a_rule_can_be_set_aside_with_a_reason() {
    let space = TestSite::site();
    let allow = |rule: &str| format!("<!-- casebook: allow {rule} -->");
    space.edit("- 13:57 —", "- 13:37 —");
    space.edit(
        "pages the on-call engineer.",
        &format!("pages the on-call engineer. {}", allow("timeline-out-of-order: two clocks")),
    );
    space.check().expect(0, &["no findings"]);
    space.edit(": two clocks", "");
    space.check().expect(1, &["error[T002", "warning[D011 allowance-without-reason]"]);
    space.edit("allow timeline-out-of-order", "allow timeline-out-of-oder: x");
    space.check().expect(1, &["error[T002", "there is no rule `timeline-out-of-oder` to allow"]);
    space.edit("- 13:37 —", "- 13:57 —");
    space.edit("timeline-out-of-oder: x", "timeline-out-of-order: x");
    space.check().expect(0, &["warning[D012 unused-allowance]"]);
    let space = TestSite::site();
    space.edit("owner = \"Edge platform team\"\ndue = 2027-04-30", "due = 2027-04-30");
    space.edit("[impact]", "[allow]\naction-without-owner = \"the team is being formed\"\n\n[impact]");
    space.check().expect(0, &["no findings"]);
}

#[test]
fn fix_mends_what_is_certain_and_nothing_else() {
    let space = TestSite::site();
    space.edit("severity = \"P1\"", "severty = \"P1\"");
    space.edit("status = \"final\"", "status = \"Final\"");
    space.edit("kind = \"mitigate\"", "kind = \"mitigat\"");
    let mixed = space.read(casebook::rules::SAMPLE_PATH).replace('\n', "\r\n");
    space.write(casebook::rules::SAMPLE_PATH, format!("\u{feff}{mixed}"));
    let run = space.run(&["check", "--fix", "--now", TODAY]);
    run.expect(
        1,
        &[
            "fixed content/reviews/2024-03-04-edge-cpu.md: `severty` → `severity` (unknown-key)",
            "`mitigat` is no value",
        ],
    );
    let expected = casebook::rules::SAMPLE_REVIEW.replace("kind = \"mitigate\"", "kind = \"mitigat\"");
    let text = space.read(casebook::rules::SAMPLE_PATH);
    assert_eq!(text, format!("\u{feff}{}", expected.replace('\n', "\r\n")));
    let again = space.run(&["check", "--fix", "--now", TODAY]);
    assert!(!again.err.contains("fixed content"), "{}", again.err);
    assert_eq!(space.read(casebook::rules::SAMPLE_PATH), text);
}

#[test]
fn github_gets_ten_annotations_of_a_kind_and_a_table_of_all() {
    let space = TestSite::site();
    let keys: String = (0..25).map(|number| format!("key{number} = 1\n")).collect();
    space.edit("[impact]", &format!("{keys}\n[impact]"));
    let summary = space.path("summary.md");
    let mut command = space.command(&["check", "--format", "github", "--now", TODAY]);
    let output = command.env("GITHUB_STEP_SUMMARY", &summary).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(out.matches("::error ").count(), 10, "{out}");
    assert_eq!(out.matches("unknown-key]").count(), 15, "{out}");
    assert_eq!(space.read("summary.md").matches("| D003 unknown-key |").count(), 25);
    space.run(&["check", "--now", TODAY]).expect(1, &["    25 error    D003 unknown-key\n"]);
}

#[test]
fn sarif_holds_rules_places_and_fixes() {
    let space = TestSite::site();
    space.edit("severity = \"P1\"", "severty = \"P1\"");
    let run = space.run(&["check", "--format", "sarif", "--now", TODAY]);
    assert_eq!(run.code, 1);
    let log: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), casebook::rules::CATALOGUE.len());
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
    }
    let unknown = results.iter().find(|result| result["ruleId"] == "D003").unwrap();
    let place = &unknown["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/reviews/2024-03-04-edge-cpu.md");
    assert_eq!(place["region"], serde_json::json!({"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 8}));
    let replacement = &unknown["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "severity");
}

#[test]
fn text_on_standard_input_is_checked_as_the_file_it_belongs_to() {
    let space = TestSite::site();
    let path = casebook::rules::SAMPLE_PATH;
    let text = casebook::rules::SAMPLE_REVIEW.replace("severity = \"P1\"", "severity = \"P9\"");
    let mut command = space.command(&["check", "-", "--stdin-path", path, "--format", "concise", "--now", TODAY]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.code() == Some(1) && out.starts_with(&format!("{path}:3:12: error[D006")), "{out}");
    space.check().expect(0, &["no findings"]);
    space.run(&["check", "-"]).expect(2, &["--stdin-path"]);
}

#[test]
fn watching_checks_again_after_a_change() {
    let space = TestSite::site();
    let mut child = space
        .command(&["check", "--watch", "--now", TODAY])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.next().unwrap().starts_with("no findings"));
    space.edit("severity = \"P1\"", "severity = \"P9\"");
    assert!(lines.next().unwrap().starts_with("1 error"));
    child.kill().unwrap();
    child.wait().unwrap();
}
