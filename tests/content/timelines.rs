//! Timelines in the notations that people use: when each entry is, and what it is marked as.

use casebook::document::parse;
use casebook::lower::lower;
use casebook::model::{Moment, Policy, Precision};
use casebook::text::{SitePath, Source};

fn show(moment: &Moment) -> String {
    let about = if moment.approximate { "~" } else { "" };
    let format = match moment.precision {
        Precision::Month => "%Y-%m",
        Precision::Day => "%Y-%m-%d",
        Precision::Minute => "%Y-%m-%d %H:%M",
        Precision::Second => "%Y-%m-%d %H:%M:%S",
    };
    format!("{about}{}", moment.at.format(format))
}

/// `expected` holds an entry a line, and a line `!` for each problem.
fn check(timeline: &str, expected: &[&str]) {
    let text = format!("+++\ntitle = \"x\"\n+++\n\n## Timeline\n\n{timeline}\n");
    let path = SitePath::new("content/reviews/2024-03-04-x.md").unwrap();
    let document = parse(&Source { path, text: text.as_str().into() });
    let (review, problems) = lower(&document, &Policy::default());
    let mut shown = Vec::new();
    for entry in review.timeline.entries() {
        let until = entry.until.as_ref().map(|until| format!(" to {}", show(until))).unwrap_or_default();
        let marks: String = entry.marks.iter().map(|mark| format!(" [{}]", mark.value.name())).collect();
        shown.push(format!("{}{until}{marks}", show(&entry.at)));
    }
    let in_timeline = problems.iter().filter(|problem| problem.span.start > text.find("## Timeline").unwrap());
    shown.extend(in_timeline.map(|_| "!".to_owned()));
    assert_eq!(shown, expected, "{timeline}\n{problems:#?}");
}

#[test]
fn the_notation_of_the_template() {
    check(
        "- 2023-11 — **Introduced** — a\n- 2024-03-04 13:31 UTC — **Impact started** — b\n- ~13:40 — c\n- 14:00:05 — d\n- 2024-03-05 — e",
        &[
            "2023-11 [Introduced]",
            "2024-03-04 13:31 [Impact started]",
            "~2024-03-04 13:40",
            "2024-03-04 14:00:05",
            "2024-03-05",
        ],
    );
}

#[test]
fn zones_are_turned_into_utc() {
    check("- 2024-03-04 01:10 +02:00 — a\n- 2024-03-04 12:00 UTC — b", &["2024-03-03 23:10", "2024-03-04 12:00"]);
    check("- 2024-03-04T13:40:10-07:00 a", &["2024-03-04 20:40:10"]);
    check("- 2024-03-04 1:40 p.m. UTC — a", &["2024-03-04 13:40"]);
    check("- 2024-03-04 13:40 utc — a", &["2024-03-04 13:40"]);
    check("- 2024-03-04 09:00 UTC a\n- 09:05 (+5 min) b", &["2024-03-04 09:00", "2024-03-04 09:05"]);
    check("All times are in UTC.\n\n- 2024-03-04 09:00 a\n- 09:05: b", &["2024-03-04 09:00", "2024-03-04 09:05"]);
    check("All times in CEST (UTC+2)\n\n- 2024-03-04 01:10 a\n- 03:00 b", &["2024-03-03 23:10", "2024-03-04 01:00"]);
    check("| Time (UTC-7) | Event |\n|--|--|\n| 2024-03-04 09:00 | a |", &["2024-03-04 16:00"]);
    check("Times in CET.\n\n- 2024-03-04 09:00 a\n- 09:05 b", &["2024-03-04 08:00", "2024-03-04 08:05"]);
    check("- 2024-03-04 09:00 CET a", &["2024-03-04 08:00"]);
    check("- 2024-07-04 09:00 CET a", &["2024-07-04", "!"]);
    check("- 2024-03-04 09:00 a", &["2024-03-04", "!"]);
    check("- 2024-03-04 09:00–09:10 a", &["2024-03-04", "!"]);
}

#[test]
fn ranges_are_told_from_texts_that_begin_with_a_time() {
    check("- 2024-03-04 13:40–13:55 UTC — a", &["2024-03-04 13:40 to 2024-03-04 13:55"]);
    check("- 2024-03-04 13:40-13:55 +02:00 a", &["2024-03-04 11:40 to 2024-03-04 11:55"]);
    check("- 2024-03-04 23:50–00:10 UTC — a", &["2024-03-04 23:50 to 2024-03-05 00:10"]);
    check(
        "- 2024-03-04 13:40 UTC – 2024-03-06 15:00 UTC a\n- 14:00 — b",
        &["2024-03-04 13:40 to 2024-03-06 15:00", "2024-03-04 14:00"],
    );
    check("- 2024-03-04 13:40 UTC – 2024-03-01 15:00 UTC a", &["2024-03-04 13:40", "!"]);
    check(
        "- 2024-03-04 10:30 UTC — 2024-04-01 is the deadline\n- 11:00 — b",
        &["2024-03-04 10:30", "2024-03-04 11:00"],
    );
    check("- 2024-03-04 10:30 UTC — 09:00 backup is restored", &["2024-03-04 10:30"]);
    check("- 2024-03-04 10:30 UTC - 09:00 backup is restored", &["2024-03-04 10:30"]);
}

#[test]
fn other_separators_between_day_and_time() {
    for gap in [" - ", ": ", " at ", ", ", " — ", "T"] {
        check(&format!("- 2024-03-04{gap}09:00 UTC — **Detected** — a"), &["2024-03-04 09:00 [Detected]"]);
    }
    for clock in ["25:61", "24:00", "23:59:60"] {
        check(&format!("- 2024-03-04 {clock} — a"), &["!"]);
    }
}

#[test]
fn tables_and_headings() {
    check(
        "| Time | Event |\n|---|---|\n| 2024-03-04 13:31 UTC | **Detected** x |\n| 13:40 | y |",
        &["2024-03-04 13:31 [Detected]", "2024-03-04 13:40"],
    );
    check("| Day | Time | Event |\n|-|-|-|\n| 2024-03-04 | 13:31 UTC | x |", &["2024-03-04 13:31"]);
    check(
        "### 2024-03-04\n\n- 09:00 UTC a\n- 10:00 b\n\n### 2024-03-05\n\n- 09:30 c",
        &["2024-03-04 09:00", "2024-03-04 10:00", "2024-03-05 09:30"],
    );
    check("### 2024-03-04\n\n| a | b |\n|-|-|\n| 09:00 UTC | x |", &["2024-03-04 09:00"]);
    check(
        "### 2024-03-04 14:52 UTC **Resolved**\n\n- a detail\n- another\n\n### 15:00\n\nwords",
        &["2024-03-04 14:52 [Resolved]", "2024-03-04 15:00"],
    );
}

#[test]
fn lists_without_any_time_tell_more_and_are_no_entries() {
    let first = "- 2024-03-04 09:00 UTC — a\n- 09:05 — b\n\n";
    let both = ["2024-03-04 09:00", "2024-03-04 09:05"];
    check(&format!("{first}What we saw:\n\n- errors\n- more errors"), &both);
    check(&format!("{first}| symptom | count |\n|--|--|\n| errors | 5 |"), &both);
    check(&format!("{first}| when | what |\n|--|--|\n| 09:10 | c |\n|  |  |"), &[both[0], both[1], "2024-03-04 09:10"]);
    let day = "### 2024-03-04 (UTC)\n\n**What we saw:**\n\n- a limit\n\n**When:**\n\n- 09:00 a\n- 09:05 b";
    check(day, &both);
    check(
        "### 2024-03-04 (UTC)\n\n- a limit\n\n### 2024-03-05 (UTC)\n\n- 09:00 a",
        &["2024-03-04", "2024-03-05 09:00"],
    );
    // Where one has a time, the others are entries without one.
    check(&format!("{first}Later:\n\n- 09:10 c\n- errors"), &[both[0], both[1], "2024-03-04 09:10"]);
    check(&format!("{first}Later:\n\n- 25:10 c\n- errors"), &[both[0], both[1], "!"]);
}

#[test]
fn nothing_is_left_of_days_whose_times_stand_below_them() {
    let space = crate::support::TestSite::site();
    let text = space.read(casebook::rules::SAMPLE_PATH);
    let start = text.find("- 2024-03-04 13:31").unwrap();
    let nested = "- **2024-03-04**\n  - 13:31 UTC — **Impact started**, **Detected** — it stops\n  - Later it is looked at\n  - 14:30 — **Resolved** — it runs\n\n";
    let end = text.find("## Root cause").unwrap();
    space.write(casebook::rules::SAMPLE_PATH, text.replace(&text[start..end], nested));
    space.write("casebook.toml", "title = \"S\"\nbase_url = \"https://example.org/\"\n[levels]\nmissing-phase-mark = \"off\"\ncontradictory-duration = \"off\"\n");
    space.build();
    let html = space.read("public/reviews/2024-03-04-edge-cpu.html");
    let after = html.split("it runs").nth(1).unwrap().split("</section>").next().unwrap();
    let items = after.split("<li").skip(1).map(|item| item.split("</li>").next().unwrap());
    let is_empty = |item: &str| item.split_once('>').is_some_and(|(_, words)| words.trim().is_empty());
    assert!(!items.clone().any(is_empty), "{after}");
    let untimed = html.split("<li").find(|entry| entry.contains("Later it is looked at")).unwrap();
    assert!(untimed.starts_with(" class=\"with-impact\">") && !untimed.contains("<time"), "{untimed}");
}
