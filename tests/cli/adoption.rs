//! Old reviews as they are: found by `init`, judged by what they say.

use crate::support::{TODAY, TestSite};

const OLD: &str = "# The queue stood still\n\nNobody could pay.\n\n## Timeline\n\n- 2024-03-04 10:05 UTC: payments stop\n- 11:00: they go on\n\n## Root cause\n\nA full queue.\n\n## Lessons learned\n\nWatch it.\n";

const ENTRY: &str = "[[reviews]]\nfiles = [\"pm/*.md\"]\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\nseverity = \"P3\"\nadopted_before = 2025-01-01\n";

fn repository(more: &str) -> TestSite {
    let space = TestSite::empty();
    let head = "title = \"S\"\nbase_url = \"https://example.org/\"\n";
    space.write("casebook.toml", format!("{head}{ENTRY}{more}"));
    space
}

#[test]
fn an_adopted_review_is_published_as_it_is_and_its_gaps_are_one_finding() {
    let space = repository("");
    space.write("pm/queue.md", OLD);
    space.write("pm/no-day.md", "# It was slow\n\nOnce upon a time.\n");
    let run = space.check();
    run.expect(0, &["2 to publish", "pm/queue.md:1:1: advice[R008 incomplete-review] a complete review would add: "]);
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
    let human = space.run(&["check", "--now", TODAY]);
    human.expect(0, &["What a complete review would add to 2 adopted reviews", "Participants (2)", "Timeline (1)"]);
    assert!(human.out.lines().count() < 12, "{}", human.out);
    space
        .run(&["check", "pm/queue.md", "--now", TODAY])
        .expect(0, &["pm/queue.md:1:1", "R008 incomplete-review", "why:"]);
    space.build().expect(0, &["2 to publish"]);
    assert!(space.read("public/reviews/queue.html").contains("A full queue."));
}

#[test]
fn only_incidents_before_the_day_are_adopted() {
    let space = repository("");
    space.write("pm/queue.md", OLD.replace("2024-03-04", "2025-01-01"));
    let run = space.check();
    run.expect(1, &["error[D001 missing-front-matter]", "error[A001 no-action]", "error[S001 missing-section]"]);
    assert!(!run.out.contains("R008"), "{}", run.out);
    space.write("pm/queue.md", OLD.replace("2024-03-04", "2024-12-31"));
    space.check().expect(0, &["R008"]);
}

#[test]
fn what_an_adopted_review_says_is_judged() {
    let space = repository("");
    space.write("pm/queue.md", OLD.replace("- 11:00:", "- 25:00:"));
    space.check().expect(0, &["warning[T001 unreadable-entry]"]);
    space.write("pm/queue.md", OLD.replace("- 11:00:", "- 2024-03-03 11:00:"));
    space.check().expect(0, &["warning[T002 timeline-out-of-order]"]);
    space.write("pm/queue.md", OLD.replace("Watch it.", "Ask jane.doe@acme-payments.com.\n\n[more](gone.md)"));
    space.check().expect(1, &["error[P006 personal-email]", "advice[L001 broken-link]"]);
    space.write("pm/queue.md", format!("+++\ntitle = \"A\n+++\n{OLD}"));
    space.check().expect(0, &["warning[D002 broken-front-matter]", "0 to publish, 1 withheld"]);
    space.write("pm/queue.md", OLD);
    space.write("pm/Queue.md", OLD);
    space.check().expect(1, &["error[D007 duplicate-id]"]);
}

#[test]
fn levels_of_adopted_reviews_can_be_set() {
    let space = repository("[levels.adopted]\nmissing-section = \"warning\"\nincomplete-review = \"off\"\n");
    space.write("pm/queue.md", OLD);
    let run = space.check();
    run.expect(0, &["warning[S001 missing-section]"]);
    assert!(!run.out.contains("R008"), "{}", run.out);
    repository("[levels.adopted]\npersonal-email = \"off\"\nmising-section = \"off\"\n")
        .check()
        .expect(1, &["stays an error in whatever is published", "there is no rule `mising-section`"]);
}

#[test]
fn a_folder_of_reviews_becomes_a_site_in_two_commands() {
    let space = TestSite::empty();
    for at in 1..=5 {
        space.write(
            &format!("docs/postmortems/2024-03-0{at}-queue.md"),
            OLD.replace("2024-03-04", &format!("2024-03-0{at}")),
        );
    }
    space.write("docs/postmortems/README.md", "# What lies here\n");
    space.write("docs/release.md", "# How we release\n");
    space.write("README.md", "# A program\n");
    space.write(".gitignore", "target/\n");
    let before = space.files("");
    let run = space.run(&["init", "--yes", "--now", TODAY]);
    run.expect(
        0,
        &[
            "Found 5 files that look like a review",
            "files = [\"docs/postmortems/*.md\"]",
            "stay as they are: .gitignore, README.md",
        ],
    );
    let after = space.files("");
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
    assert!(!space.path("content/reviews").exists(), "an example beside real reviews would be published");
    space.build().expect(0, &["5 to publish, 0 withheld"]);
    let new = space.run(&["new", "The queue again", "--now", TODAY]);
    new.expect(0, &["docs/postmortems/2026-11-24-the-queue-again.md"]);
    space.check().expect(0, &["6 reviews: 5 to publish, 1 withheld"]);
}

#[test]
fn without_an_answer_init_only_proposes() {
    let space = TestSite::empty();
    space.write("pm/2024-03-04-queue.md", OLD);
    space.write("pm/2024-03-05-queue.md", OLD);
    space.run(&["init", "--now", TODAY]).expect(0, &["Found 2 files that look like a review", "remove the `# `"]);
    let settings = space.read("casebook.toml");
    assert!(settings.contains("# [[reviews]]\n# files = [\"pm/*.md\"]\n"), "{settings}");
    space.check().expect(0, &["no findings in 1 review"]);
}
