//! Content that is odd and allowed: it is shown as it was meant, and soon.

use crate::support::TestSite;
use casebook::rules::SAMPLE_PATH;

/// The page of the sample review after one passage was replaced.
fn page(from: &str, to: &str) -> String {
    let space = TestSite::site();
    space.edit(from, to);
    space.build().expect(0, &[]);
    space.read("public/reviews/2024-03-04-edge-cpu.html")
}

#[test]
fn internal_passages_in_strings_are_cut_off() {
    for (from, to) in [
        ("82 % of requests failed", "Out <!-- internal -->zgeheim<!-- /internal --> now: 82 % failed"),
        ("A filter rule took all CPU", "A <!-- internal -->zgeheim<!-- /internal -->filter rule took all CPU"),
        ("The expression could", "The <!-- a note: zgeheim --> expression could"),
        ("**Pager on silent.**", "**Pager <!-- zgeheim --> on silent.**"),
    ] {
        let html = page(from, to);
        assert!(!html.contains("zgeheim") && !html.contains("&lt;!--"), "{to}");
    }
}

#[test]
fn almost_a_marker_is_an_error() {
    for marker in ["internal start", "internl", "INTERNAL ONLY", "Internal:", "- internal -", "end internal"] {
        let space = TestSite::site();
        space.edit("Rules ran without", &format!("<!-- {marker} -->x<!-- /internal -->Rules ran without"));
        space.build().expect(1, &["open-internal-block"]);
    }
}

#[test]
fn doubt_about_publication_withholds() {
    let levels =
        "[levels]\nunknown-key = \"off\"\nwrong-type = \"off\"\nbroken-front-matter = \"off\"\nmissing-key = \"off\"\n";
    for (from, to) in [
        ("publish = 2024-03-15", "publish = \"2099-01-01\""),
        ("publish = 2024-03-15", "pubish = 2099-01-01"),
        ("publish = 2024-03-15", "publish = 2099-01-01\nbroken = = 1"),
    ] {
        let space = TestSite::site();
        space.write("casebook.toml", format!("title = \"S\"\nbase_url = \"https://example.org/\"\n{levels}"));
        space.edit(from, to);
        space.build().expect(0, &["0 to publish, 1 withheld"]);
        assert!(!space.path("public/reviews/2024-03-04-edge-cpu.html").exists(), "{to}");
    }
}

#[test]
fn a_timeline_in_a_table_leaves_nothing_behind() {
    let space = TestSite::site();
    space.build().expect(0, &["no findings"]);
    let as_list = space.read("public/reviews/2024-03-04-edge-cpu.html");
    let text = space.read(casebook::rules::SAMPLE_PATH);
    let start = text.find("- 2024-03-04 13:31").unwrap();
    let end = text.find("## Root cause").unwrap();
    let rows = text[start..end].trim().replace("- ", "| ").replace(" — **", " | **").replace('\n', " |\n") + " |";
    let table = format!("| Zeit | Ereignis |\n|---|---|\n{rows}\n\n");
    space.write(casebook::rules::SAMPLE_PATH, text.replace(&text[start..end], &table));
    space.build().expect(0, &["no findings"]);
    let html = space.read("public/reviews/2024-03-04-edge-cpu.html");
    assert!(html.contains("the rule is deployed"), "{html}");
    assert_eq!(html, as_list);
}

#[test]
fn strings_are_running_text() {
    let html = page("82 % of requests failed", "> 50 % of `a` failed");
    assert!(html.contains("&gt; 50 % of <code>a</code> failed"), "{html}");
    assert!(!page("82 % of", "# All of").contains("<h3>All"));
}

#[test]
fn names_that_look_alike_have_pages_of_their_own() {
    let space = TestSite::site();
    let long = "x".repeat(300);
    space.edit(
        "services = [\"edge proxy\"]",
        &format!("services = [\"C\", \"C++\", \"C#\", \"🙂\", \"index\", \"{long}\"]"),
    );
    space.build().expect(0, &[]);
    let pages: Vec<String> =
        space.files("public/services").into_keys().filter(|name| name.ends_with(".html")).collect();
    let short = ["c-plus-plus.html", "c-sharp.html", "c.html", "index-term.html", "index.html", "u1f642.html"];
    let (last, others) = pages.split_last().unwrap();
    assert_eq!(others, short);
    assert!(last.starts_with("xxxx") && last.len() < 255, "{last}");
    space.edit("\"C++\"", "\" \"");
    space.check().expect(1, &["an item of `services` is empty"]);
}

#[test]
fn descriptions_are_plain_words() {
    let space = TestSite::site();
    space.edit("A new filter rule used", "See [the dashboard][1] and a note[^n]. A new filter rule used");
    space.edit("## Root cause\n", "## Root cause\n\n[1]: https://example.org/\n[^n]: Words.\n");
    space.build().expect(0, &[]);
    let page = space.read("public/reviews/2024-03-04-edge-cpu.html");
    let said =
        "<meta name=\"description\" property=\"og:description\" content=\"See the dashboard and a note. A new filter";
    assert!(page.contains(said), "{page:.2000}");
}

#[test]
fn footnotes_with_lists_stay_in_their_place() {
    let html = page(
        "The first page was not heard for two minutes.\n",
        "The first page was not heard.[^a]\n\n[^a]: Note\n\n    - **Foot label.** one\n    - **Other label.** two\n",
    );
    let (page, notes) = html.split_once("<section class=\"block notes\" aria-label=\"Footnotes\">\n").unwrap();
    let note = "<div class=\"text\">\n<ol class=\"footnotes\">\n<li id=\"fn-1\"><p>Note</p>\n<ul>\n\
                <li><strong>Foot label.</strong> one</li>\n<li><strong>Other label.</strong> two</li>\n</ul>\n \
                <a class=\"footnote-back\" href=\"#fnref-1\" aria-label=\"Back to the text\">↩</a></li>\n</ol>\n";
    assert!(notes.starts_with(note), "{notes:.600}");
    assert!(!page.contains("<strong>Foot label.") && !page.contains("<strong>Other label."), "{page}");
    let (_, after) = page.split_once("The first page was not heard.").unwrap();
    assert!(
        after.starts_with("<sup") && after.split("</sup>").next().unwrap().contains("id=\"fnref-1\""),
        "{after:.200}"
    );
}

#[test]
fn years_at_the_end_of_the_calendar() {
    for date in ["9999-12-31 23:00 -05:00", "0000-01-01 00:00 +05:00"] {
        let space = TestSite::site();
        let text = space.read(casebook::rules::SAMPLE_PATH);
        let start = text.find("- 2024-03-04 13:31").unwrap();
        let end = text.find("## Root cause").unwrap();
        let text = text.replace(&text[start..end], &format!("- {date} — **Impact started** — x\n\n"));
        space.write(casebook::rules::SAMPLE_PATH, text.replace("publish = 2024-03-15\nreviewed = 2024-03-08\n", ""));
        let run = space.build();
        assert!(run.code < 2 && !run.err.contains("panicked"), "{run:?}");
    }
}

#[test]
fn files_that_need_each_others_place_are_named_before_anything_is_written() {
    let space = TestSite::site();
    space.write("static/index.html/x.txt", "x");
    space.build().expect(1, &["static/index.html/x.txt", "`index.html` would have to be a folder"]);
    assert!(!space.path("public/feed.xml").exists());
}

#[test]
fn many_of_the_same_take_no_longer_than_many_others() {
    let start = std::time::Instant::now();
    for unit in ["## Note\n\nx\n\n", "### Note\n\nx\n\n", "x[^a]\n\n"] {
        let space = TestSite::site();
        space.edit("## What went well", &format!("{}[^a]: A note.\n\n## What went well", unit.repeat(8000)));
        space.build().expect(0, &[]);
    }
    let space = TestSite::site();
    let entries: String = (0..20_000).map(|at| format!("- 15:{:02}:{:02} — x\n", at / 60 % 60, at % 60)).collect();
    space.edit("without the rule.\n", &format!("without the rule.\n{entries}"));
    space.build();
    // Generous: what is meant is minutes, as it was when each looked at all others.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// The review of a site in its own file of data.
fn data(space: &TestSite) -> serde_json::Value {
    let name = SAMPLE_PATH.rsplit('/').next().unwrap().replace(".md", ".json");
    serde_json::from_str(&space.read(&format!("public/reviews/{name}"))).unwrap()
}

/// A built site whose review has this timeline and nothing else in it.
fn with_timeline(timeline: &str) -> TestSite {
    let space = TestSite::site();
    let text = space.read(SAMPLE_PATH);
    let (before, rest) = text.split_once("## Timeline\n").unwrap();
    let (_, after) = rest.split_once("\n## ").unwrap();
    space.write(SAMPLE_PATH, format!("{before}## Timeline\n\n{timeline}\n\n## {after}"));
    let levels = ["time-without-zone", "unreadable-entry", "missing-phase-mark", "time-in-local-zone"];
    let levels: String = levels.map(|rule| format!("{rule} = \"off\"\n")).concat();
    let config = space.read("casebook.toml") + "[exports]\nper_review = [\"json\"]\n[levels]\n" + &levels;
    space.write("casebook.toml", config);
    space.build().expect(0, &[]);
    space
}

#[test]
fn a_time_in_an_unknown_zone_is_nowhere_in_utc() {
    for (entry, written) in [
        ("2024-03-04 10:00 CST — **Detected** — the queue stops", "2024-03-04 10:00 CST"),
        ("2024-03-04 10:00 — **Detected** — the queue stops", "2024-03-04 10:00"),
        ("2024-07-04 10:00 PST — **Detected** — the queue stops", "2024-07-04 10:00 PST"),
        ("2024-03-04 10:00–10:20 CST — **Detected** — the queue stops", "2024-03-04 10:00–10:20 CST"),
    ] {
        let space = with_timeline(&format!("- {entry}"));
        let page = space.read(&format!("public/{}", SAMPLE_PATH.replace("content/", "").replace(".md", ".html")));
        assert!(page.contains(&format!("{written} (zone not known)")), "{entry}");
        for claim in ["Times are in UTC", "T10:00", "T18:00", "data-zone-note"] {
            assert!(!page.contains(claim), "{entry}: {claim}");
        }
        let entry = &data(&space)["timeline"][0];
        assert_eq!(entry["precision"], "day", "{entry}");
        assert_eq!(entry["written"], written);
        assert!(!entry["at"].as_str().unwrap().contains("10:00") && entry["until"].is_null(), "{entry}");
    }
}

#[test]
fn entries_without_a_time_stand_in_the_data_at_their_places() {
    let space = with_timeline(
        "- Before all that: calm.\n- 2024-03-04 10:00 CET — **Detected** — the queue stops[^1].\n- Then `nobody` looked:\n  \
         for an hour.\n- 10:99 — somebody did.\n- 2024-03-04 11:00 UTC — **Resolved** — it runs.\n\n[^1]: For good.",
    );
    let data = data(&space);
    let untimed: Vec<(u64, &str)> = data["untimed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["after"].as_u64().unwrap(), entry["text"].as_str().unwrap()))
        .collect();
    let expected =
        [(0, "Before all that: calm."), (1, "Then nobody looked: for an hour."), (1, "10:99 — somebody did.")];
    assert_eq!(untimed, expected);
    let first = &data["timeline"][0];
    assert_eq!((&first["at"], &first["written"]), (&"2024-03-04T09:00:00Z".into(), &"2024-03-04 10:00 CET".into()));
    assert_eq!(first["text"], "the queue stops. For good.");
}
