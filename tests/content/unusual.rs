//! Content that is odd and allowed: it is shown as it was meant, and soon.

use crate::support::Space;

/// The page of the sample review after one passage was replaced.
fn page(from: &str, to: &str) -> String {
    let space = Space::site();
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
        let space = Space::site();
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
        let space = Space::site();
        space.write("casebook.toml", format!("title = \"S\"\nbase_url = \"https://example.org/\"\n{levels}"));
        space.edit(from, to);
        space.build().expect(0, &["0 to publish, 1 withheld"]);
        assert!(!space.path("public/reviews/2024-03-04-edge-cpu.html").exists(), "{to}");
    }
}

#[test]
fn a_timeline_in_a_table_leaves_nothing_behind() {
    let space = Space::site();
    let rows_of = |html: &str| html.matches("<tr>").count();
    space.build().expect(0, &["no findings"]);
    let as_list = rows_of(&space.read("public/reviews/2024-03-04-edge-cpu.html"));
    let text = space.read(casebook::rules::SAMPLE_PATH);
    let start = text.find("- 2024-03-04 13:31").unwrap();
    let end = text.find("## Root cause").unwrap();
    let rows = text[start..end].trim().replace("- ", "| ").replace(" — **", " | **").replace('\n', " |\n") + " |";
    let table = format!("| Zeit | Ereignis |\n|---|---|\n{rows}\n\n");
    space.write(casebook::rules::SAMPLE_PATH, text.replace(&text[start..end], &table));
    space.build().expect(0, &["no findings"]);
    let html = space.read("public/reviews/2024-03-04-edge-cpu.html");
    assert!(html.contains("the rule is deployed") && !html.contains("Zeit"), "{html}");
    assert_eq!(rows_of(&html), as_list, "{html}");
    assert_eq!(html.matches("<table").count(), html.matches("</table>").count());
}

#[test]
fn strings_are_running_text() {
    let html = page("82 % of requests failed", "> 50 % of `a` failed");
    assert!(html.contains("&gt; 50 % of <code>a</code> failed"), "{html}");
    assert!(!page("82 % of", "# All of").contains("<h3>All"));
}

#[test]
fn names_that_look_alike_have_pages_of_their_own() {
    let space = Space::site();
    let long = "x".repeat(300);
    space.edit(
        "services = [\"edge proxy\"]",
        &format!("services = [\"C\", \"C++\", \"C#\", \"🙂\", \"index\", \"{long}\"]"),
    );
    space.build().expect(0, &[]);
    let pages = space.files("public/services").into_keys().filter(|name| name.ends_with(".html")).count();
    assert_eq!(pages, 7);
    space.edit("\"C++\"", "\" \"");
    space.check().expect(1, &["an item of `services` is empty"]);
}

#[test]
fn summaries_in_lists_are_plain_words() {
    let space = Space::site();
    space.edit("A new filter rule used", "See [the dashboard][1] and a note[^n]. A new filter rule used");
    space.edit("## Root cause\n", "## Root cause\n\n[1]: https://example.org/\n[^n]: Words.\n");
    space.build().expect(0, &[]);
    let list = space.read("public/reviews/index.html");
    assert!(list.contains("See the dashboard and a note. A new filter"), "{list}");
}

#[test]
fn footnotes_with_lists_stay_in_their_place() {
    let html = page(
        "The first page was not heard for two minutes.\n",
        "The first page was not heard.[^a]\n\n[^a]: Note\n\n    - **Foot label.** one\n    - **Other label.** two\n",
    );
    let items = html.matches("<li>").count() + html.matches("<li ").count();
    assert_eq!(items, html.matches("</li>").count());
    assert_eq!(
        html.matches("<p").count() - html.matches("<path").count() - html.matches("<pre").count(),
        html.matches("</p>").count()
    );
}

#[test]
fn years_at_the_end_of_the_calendar() {
    for date in ["9999-12-31 23:00 -05:00", "0000-01-01 00:00 +05:00"] {
        let space = Space::site();
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
    let space = Space::site();
    space.write("static/index.html/x.png", "x");
    space.build().expect(1, &["static/index.html/x.png", "`index.html` would have to be a folder"]);
    assert!(!space.path("public/feed.xml").exists());
}

#[test]
fn many_of_the_same_take_no_longer_than_many_others() {
    let start = std::time::Instant::now();
    for unit in ["## Note\n\nx\n\n", "### Note\n\nx\n\n", "x[^a]\n\n"] {
        let space = Space::site();
        space.edit("## What went well", &format!("{}[^a]: A note.\n\n## What went well", unit.repeat(8000)));
        space.build().expect(0, &[]);
    }
    let space = Space::site();
    let entries: String = (0..20_000).map(|at| format!("- 15:{:02}:{:02} — x\n", at / 60 % 60, at % 60)).collect();
    space.edit("without the rule.\n", &format!("without the rule.\n{entries}"));
    space.build();
    // Generous: what is meant is minutes, as it was when each looked at all others.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
