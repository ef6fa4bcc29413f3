//! The commands as a newcomer uses them.

mod space;

use space::{Space, TODAY};

#[test]
fn init_check_and_build_work_in_an_empty_folder() {
    let space = Space::empty();
    space.run(&["init"]).expect(0, &["casebook.toml", ".github/workflows/publish.yml", "Next:"]);
    space.run(&["check", "--now", TODAY]).expect(0, &["no findings in 1 review: 1 to publish, 0 withheld"]);
    space.build().expect(0, &["files written"]);
    assert!(space.read("public/index.html").starts_with("<!doctype html>"));
    assert!(!space.read(".github/workflows/publish.yml").contains("{{version}}"));
}

#[test]
fn init_overwrites_nothing() {
    let space = Space::empty();
    space.write("README.md", "mine");
    space.run(&["init"]).expect(2, &["nothing was written", "README.md"]);
    assert_eq!(space.files("").len(), 1);
    assert_eq!(space.read("README.md"), "mine");
}

#[test]
fn the_demo_passes_and_uses_every_feature() {
    let space = Space::demo();
    let run = space.check();
    run.expect(0, &["14 reviews: 11 to publish, 3 withheld"]);
    assert!(!run.out.contains(": error["), "{}", run.out);
    space.build().expect(0, &[]);
    let actions = space.read("public/actions.html");
    assert!(actions.contains("overdue") || actions.contains("Overdue"));
}

#[test]
fn new_writes_a_draft_that_check_reads() {
    let space = Space::site();
    let run = space.run(&["new", "Search showed \"no\" listings \\ für {{date}} Stunden", "--now", TODAY]);
    run.expect(0, &["2026-11-24-search-showed-no-listings-fr-date.md", "draft"]);
    let checked = space.check();
    checked.expect(0, &["2 reviews: 1 to publish, 1 withheld"]);
    assert!(!checked.out.contains("broken-front-matter"), "{}", checked.out);
    let again = space.run(&["new", "Search showed \"no\" listings \\ für {{date}} Stunden", "--now", TODAY]);
    again.expect(2, &["there already"]);
    space.run(&["new", "???"]).expect(2, &["no letter or digit"]);
    Space::empty().run(&["new", "A title"]).expect(2, &["casebook init"]);
}

#[test]
fn check_reports_everything_in_one_run() {
    let space = Space::site();
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
    let space = Space::site();
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
    let space = Space::site();
    space.edit("title = \"A filter", "\"ti,tel:%\" = \"A filter");
    let run = space.run(&["check", "--format", "github", "--now", TODAY]);
    let place = "::error file=content/reviews/2024-03-04-edge-cpu.md,line=2,endLine=2,col=1,title=D003 unknown-key::";
    run.expect(1, &[place, "`ti,tel:%25`%0A"]);
}

#[test]
fn paths_choose_what_is_reported() {
    let space = Space::site();
    space.edit("severity = \"P1\"", "severity = \"P9\"");
    space.write("content/reviews/2024-05-01-b.md", "nothing\n");
    let run = space.run(&["check", "content/reviews/2024-05-01-b.md", "--format", "concise"]);
    run.expect(1, &["missing-front-matter"]);
    assert!(!run.out.contains("edge-cpu"), "{}", run.out);
    space.run(&["check", "nowhere.md"]).expect(2, &["nowhere.md"]);
}

#[test]
fn levels_change_what_a_finding_weighs() {
    let space = Space::site();
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
    let space = Space::empty();
    space.run(&["explain"]).expect(0, &["D001 missing-front-matter", "T  Timeline"]);
    space.run(&["explain", "vague-action"]).expect(0, &["A005 vague-action", "Why:", "Wrong:", "Right:"]);
    space.run(&["explain", "t002"]).expect(0, &["timeline-out-of-order"]);
    space.run(&["explain", "vage-action"]).expect(2, &["Did you mean `vague-action`?"]);
}

#[test]
fn usage_mistakes_end_with_two() {
    let space = Space::empty();
    space.run(&["biuld"]).expect(2, &["build"]);
    space.run(&["build", "--base-url", "javascript:x"]).expect(2, &["an address begins with https://"]);
    space.run(&["check"]).expect(1, &["casebook init"]);
    space.run(&["check", "--site", "nowhere"]).expect(2, &["nowhere"]);
    space.run(&["completions", "bash"]).expect(0, &["_casebook"]);
    space.run(&["--version"]).expect(0, &[env!("CARGO_PKG_VERSION")]);
}
