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
    run.expect(
        0,
        &["pm/no-day.md:1:1: warning[T014 unknown-day] no day of this incident is known, so it counts as an old"],
    );
    assert_eq!(run.out.lines().count(), 3, "{}", run.out);
    let human = space.run(&["check", "--now", TODAY]);
    human.expect(0, &["What a complete review would add to 2 adopted reviews", "Participants (2)", "Timeline (1)"]);
    assert!(human.out.lines().count() < 22, "{}", human.out);
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

/// An old review without days in its timeline, with `head` below its title.
fn dated(head: &str) -> String {
    OLD.replace("Nobody could pay.", head).replace("- 2024-03-04 10:05 UTC", "- payments")
}

#[test]
fn the_day_is_read_as_people_write_it() {
    let space = repository("");
    for head in [
        "Date: 2026-11-28",
        "Severity: P3\nDate: 2026-11-28",
        "- Date: 2026-11-28",
        "**Date:** 28.11.2026",
        "**Date:** 28/11/2026",
        "**Date:** 11/28/2026",
        "**When:** Saturday, November 28th, 2026, around noon",
        "**Date of incident** — 28th November 2026",
        "| Date (UTC) | 28-11-2026 |\n|---|---|\n| Severity | P3 |",
    ] {
        space.write("pm/queue.md", dated(head));
        let run = space.check();
        // It is no old review: what it lacks is told.
        assert!(
            run.out.contains("S001") && !run.out.contains("T014") && !run.out.contains("as a day"),
            "{head}: {}",
            run.out
        );
    }
    for (head, said) in [
        (
            "**Date:** 04/05/2026",
            "pm/queue.md:3:11: warning[T001 unreadable-entry] `04/05/2026` after \"Date\" cannot be read as a day",
        ),
        (
            "Date: the last Friday",
            "pm/queue.md:3:7: warning[T001 unreadable-entry] `the last Friday` after \"Date\" cannot be read as a day",
        ),
        ("**When:** 31.02.2026", "pm/queue.md:3:11: warning[T001 unreadable-entry]"),
        ("**Date:** November 2026", "pm/queue.md:3:11: warning[T014 unknown-day]"),
        ("**Date:** unknown", "pm/queue.md:3:11: warning[T014 unknown-day]"),
        ("**When:** soon after the release", "warning[T014 unknown-day]"),
    ] {
        space.write("pm/queue.md", dated(head));
        let run = space.check();
        run.expect(0, &[said]);
        assert_eq!(run.out.matches("as a day").count() + run.out.matches("T014").count(), 1, "{head}: {}", run.out);
    }
}

#[test]
fn the_day_of_another_generator_counts_where_nothing_else_tells_one() {
    let space = repository("");
    let published = |text: &str| {
        space.write("pm/queue.md", format!("---\ndate: 2024-05-06 09:00:00 +0200\n---\n{text}"));
        space.build().expect(0, &[]);
        space.read("public/data/reviews.csv").lines().nth(1).unwrap().to_owned()
    };
    assert!(published(&dated("Nobody could pay.")).contains("2024-05-06"));
    let of_timeline = published(OLD);
    assert!(of_timeline.contains("2024-03-04") && !of_timeline.contains("2024-05-06"), "{of_timeline}");
}

#[test]
fn the_day_that_the_author_states_counts() {
    let space = repository("");
    let with = |date: &str| {
        let timeline = "- 00:00 CET: payments stop\n- 01:00: they go on";
        let old = OLD.replace("- 2024-03-04 10:05 UTC: payments stop\n- 11:00: they go on", timeline);
        space.write("pm/queue.md", old.replace("Nobody could pay.", &format!("**Date:** {date}")));
        space.check()
    };
    assert!(!with("2024-11-24").out.contains("D017"));
    space.build().expect(0, &[]);
    let row = space.read("public/data/reviews.csv").lines().nth(1).unwrap().to_owned();
    assert!(row.contains("2024-11-24"), "{row}");
    for (date, is_found) in [("2024-03-05", false), ("2024-03-06", true), ("2024-03-03", false), ("2024-03-02", true)] {
        space.write("pm/queue.md", OLD.replace("Nobody could pay.", &format!("**Date:** {date}")));
        let run = space.check();
        assert_eq!(run.out.contains("D017"), is_found, "{date}: {}", run.out);
    }
    space.check().expect(0, &["D017 contradiction] this says 2024-03-02, and the timeline is on 2024-03-04"]);
}

#[test]
fn an_error_says_how_to_publish_the_other_reviews_first() {
    let space = repository("");
    space.write("pm/queue.md", OLD.replace("Watch it.", "Ask jane.doe@acme-payments.com."));
    space.build().expect(
        1,
        &["withhold pm/queue.md: write `status = \"draft\"` into its front matter, or name the file under `except`"],
    );
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
    // On Windows and macOS it is the same file.
    if space.path("pm/Queue.md").exists() {
        return;
    }
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
            "files = [\"docs/postmortems/**/*.md\"]",
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
    assert!(settings.contains("# [[reviews]]\n# files = [\"pm/**/*.md\"]\n"), "{settings}");
    space.check().expect(0, &["no findings in 1 review"]);
}
