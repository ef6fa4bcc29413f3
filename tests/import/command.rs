//! What the command does with files that are there, and what it says.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use super::{imported, sample, site};
use crate::support::{Run, TODAY, TestSite};

const REVIEW: &str = "content/reviews/2026-03-18-post-mortem-search-returned-nothing-for-two-hours.md";

#[test]
fn a_file_that_was_changed_stays() {
    let space = site(&["github.json"]);
    space
        .run(&["import", "in/github.json", "--now", TODAY])
        .expect(0, &["2 reviews (2 from GitHub issues), 1 skipped"]);
    space.write(REVIEW, "# Ours\n");
    space
        .run(&["import", "in/github.json", "--now", TODAY])
        .expect(1, &["kept: another text is there; `--force` replaces it"]);
    assert_eq!(space.read(REVIEW), "# Ours\n");
    space.run(&["import", "in/github.json", "--force", "--dry-run", "--now", TODAY]).expect(0, &["would be written"]);
    assert_eq!(space.read(REVIEW), "# Ours\n");
    space
        .run(&["import", "in/github.json", "--force", "--now", TODAY])
        .expect(0, &["replaced", "already there, the same"]);
    assert!(space.read(REVIEW).contains("severity: \"P2\""));
}

#[test]
fn a_source_writes_over_no_other_one() {
    let space = site(&[]);
    let issue = |words: &str| format!(r###"[{{"number": 1, "title": "Outage A", "body": "## Summary\n\n{words}"}}]"###);
    space.write("in/a.json", issue("First."));
    space.write("in/b.json", issue("Second."));
    for (folder, words) in [("x", "Third."), ("y", "Fourth.")] {
        space.write(&format!("in/{folder}/outage.md"), format!("# Outage\n\n## Summary\n\n{words}\n"));
    }
    let import = |options: &[&str]| {
        let sources = ["import", "in/a.json", "in/b.json", "in/x", "in/y", "--now", TODAY];
        space.run(&[&sources[..], options].concat())
    };
    import(&["--dry-run"]).expect(0, &["would be written"]);
    import(&[]).expect(0, &["content/reviews/outage-a-issue-1.md  written", "content/reviews/outage-2.md  written"]);
    let files = imported(&space);
    for words in ["First.", "Second.", "Third.", "Fourth."] {
        assert!(files.contains(words), "{words} {files}");
    }
    import(&["--force"]).expect(0, &["already there, the same"]);
    assert_eq!(imported(&space), files);
}

#[test]
fn a_dry_run_writes_nothing() {
    let space = site(&["github.json"]);
    space.run(&["import", "in/github.json", "--dry-run", "--now", TODAY]).expect(0, &["would be written", "2 actions"]);
    assert!(!space.path("content").exists());
}

#[test]
fn the_report_for_programs() {
    let space = site(&["github.json"]);
    let run = space.run(&["import", "in/github.json", "--format", "json", "--now", TODAY]);
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {run:?}"));
    let review = &report[0]["reviews"][0];
    assert_eq!(
        review["understood"],
        serde_json::json!({"entries": 3, "timed": 3, "actions": 2, "factors": 2, "sections": 4, "draft": true})
    );
    assert_eq!((&review["container"], &review["fate"]), (&"github".into(), &"written".into()));
    let left_out = [
        "2 comments; `--comments timeline` takes them over",
        "6 fields: `author`, `closedAt`, `comments.author`, `labels.color`, `labels.id`, `state`",
    ];
    assert_eq!(review["left_out"], serde_json::json!(left_out));
    assert_eq!(report[0]["skipped"][0]["origin"], "github.json #43");
}

#[test]
fn what_is_left_out_of_many_is_said_once() {
    let space = site(&[]);
    let issue = |number: usize| {
        let comment = if number == 1 { "one" } else { "" };
        serde_json::json!({ "number": number, "title": format!("Outage {number}"), "body": "It was down.", "state": "OPEN",
            "milestone": { "title": comment } })
    };
    let issues: Vec<Value> = (1..=4).map(issue).collect();
    space.write("in/a.json", serde_json::to_string(&issues).unwrap());
    let run = space.run(&["import", "in", "--all", "--now", TODAY]);
    run.expect(0, &["      left out: 2 fields: `milestone`, `state`\n", "  left out of 3 reviews: 1 field: `state`\n"]);
    assert_eq!(run.out.matches("left out").count(), 2, "{run:?}");
    let run = space.run(&["import", "in", "--all", "--now", TODAY, "--format", "json"]);
    assert_eq!(run.out.matches("1 field: `state`").count(), 3, "{run:?}");
}

#[test]
fn what_lies_beside_reviews_is_named() {
    let space = site(&["hugo/2026-03-01-cache-outage.md", "hugo/images/hits.png"]);
    space.write("in/unused.png", "no picture of a review");
    space.write("in/site.css", "p {}");
    space.write("in/hours.csv", "a,b");
    let run = space.run(&["import", "in", "--now", TODAY]);
    run.expect(
        0,
        &["  left out: 2 files beside the texts that no review shows: `hours.csv`, `unused.png`\n", ", 0 skipped"],
    );
    assert!(!run.out.contains("hits.png"), "{run:?}");
}

#[test]
fn standard_input_is_a_source() {
    let space = site(&[]);
    let mut child = space
        .command(&["import", "-", "--now", TODAY])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&sample("page.wiki")).unwrap();
    let run = Run::new(&child.wait_with_output().unwrap());
    run.expect(0, &["standard input: 1 review (1 from MediaWiki pages), 0 skipped"]);
}

#[test]
fn collected_reviews_name_their_source() {
    let space = site(&["statuspage.json", "page.wiki"]);
    let arguments = [
        "import",
        "in",
        "--collected",
        "--organisation",
        "Example",
        "--licence",
        "CC-BY-4.0",
        "--commit",
        "4712e41",
        "--source",
        "https://example.org/reviews",
        "--status",
        "final",
        "--now",
        TODAY,
    ];
    space.run(&arguments).expect(0, &["2 reviews"]);
    let files = imported(&space);
    for part in [
        "perspective: \"collected\"\norganisation: \"Example\"\n",
        "references:\n  - url: \"https://example.org/reviews\"\n    licence: \"CC-BY-4.0\"\n    commit: \"4712e41\"\n",
        "  - title: \"Status page\"\n    url: \"https://stspg.io/cp306tmzcl0y\"\n    licence: \"CC-BY-4.0\"\n    commit: \"4712e41\"\n",
        "status: \"final\"\n",
        "tlp: \"TLP:CLEAR\"\n",
    ] {
        assert!(files.contains(part), "{part}\n{files}");
    }
}

#[test]
fn what_the_site_decided_is_not_said_again() {
    let space = site(&["page.wiki"]);
    let settings = space.read("casebook.toml");
    let place = "[[reviews]]\nfiles = [\"docs/pm/*.md\"]\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\nseverity = \"P3\"\n";
    space.write("casebook.toml", format!("{settings}\n{place}"));
    space.run(&["import", "in", "--now", TODAY]).expect(0, &["docs/pm/page.md"]);
    let text = space.read("docs/pm/page.md");
    assert!(text.starts_with("---\ntitle: \"page\"\n---\n"), "{text}");
}

#[test]
fn any_folder_can_be_written_to() {
    let space = TestSite::empty();
    space.write("in/github.json", sample("github.json"));
    space.run(&["import", "in"]).expect(2, &["`--into` names any other folder"]);
    space.run(&["import", "in", "--into", "out", "--now", TODAY]).expect(0, &["3 timeline entries, 2 actions"]);
    assert_eq!(space.files("out").len(), 2);
}

#[test]
fn everything_comes_over_on_request() {
    let space = site(&["github.json"]);
    space.run(&["import", "in", "--all", "--now", TODAY]).expect(0, &["3 reviews", "0 skipped"]);
    let none = site(&["hugo/about.md"]);
    none.run(&["import", "in", "--now", TODAY]).expect(1, &["no review, 1 skipped", "it does not look like a review"]);
}

#[test]
fn a_container_can_be_named() {
    let space = site(&[]);
    space.write(
        "in/review.txt",
        "<h2>Summary</h2><p>It was down.</p><h2>Root cause</h2><p>A disk.</p><h2>Impact</h2><p>All.</p>",
    );
    space
        .run(&["import", "in", "--now", TODAY])
        .expect(1, &["a text of an unknown kind; `--from` names the container"]);
    space.run(&["import", "in", "--from", "html", "--now", TODAY]).expect(0, &["1 from HTML", "3 sections"]);
    let markdown = site(&[]);
    markdown.write("in/outage.html.md.erb", "# Outage\n\n## Summary\n\nIt was down.\n");
    markdown.run(&["import", "in", "--now", TODAY]).expect(0, &["content/reviews/outage.md"]);
}

/// Imports one file, and its text and what was said.
fn imported_as(name: &str, text: &str, arguments: &[&str]) -> (String, Run) {
    let space = site(&[]);
    space.write(&format!("in/{name}"), text);
    let run = space.run(&[&["import", "in", "--all", "--now", TODAY], arguments].concat());
    (imported(&space), run)
}

#[test]
fn what_a_source_says_of_its_readers_stays() {
    let flags = ["--status", "final", "--tlp", "TLP:CLEAR"];
    let issue = "---\nsection: issue\ntitle: X\ndraft: true\ntlp: TLP:RED\n---\nText. {{< track \"2026-03-04 12:00:00 +0000\" >}}\n";
    let entry = "title: X\ntlp: TLP:RED\ndraft: true\nsummary: It was down.\n";
    let page = "---\ntitle: X\nstatus: draft\ntlp: \"TLP:RED\"\n---\n\n## Summary\n\nIt was down.\n";
    for (name, text) in [("issue.md", issue), ("entry.yaml", entry), ("page.md", page)] {
        for arguments in [&[][..], &flags] {
            let (text, run) = imported_as(name, text, arguments);
            assert!(text.contains("TLP:RED") && !text.contains("TLP:CLEAR"), "{name}: {text}");
            assert!(text.contains("draft") && !text.contains("final"), "{name}: {text}");
            run.expect(0, &["Drafts are not published"]);
            for said in ["`--status final`, since the file itself says `status: draft`", "`--tlp TLP:CLEAR`, since"] {
                assert_eq!(run.out.contains(said), !arguments.is_empty(), "{name}: {run:?}");
            }
        }
    }
}

#[test]
fn a_text_that_is_no_draft_elsewhere_is_one_here_unless_it_is_decided() {
    for no_draft in ["draft: false", "published: true"] {
        let page = format!("---\ntitle: X\n{no_draft}\n---\n\n## Summary\n\nIt was down.\n");
        let (text, run) = imported_as("page.md", &page, &[]);
        assert!(text.contains("status: \"draft\""), "{text}");
        run.expect(0, &["Drafts are not published"]);
        let (text, run) = imported_as("page.md", &page, &["--status", "final"]);
        assert!(text.contains("status: \"final\""), "{text}");
        assert!(!format!("{run:?}").contains("Drafts are"), "{run:?}");
    }
}

#[test]
fn rows_of_a_database_belong_to_the_pages_that_say_the_same() {
    let page = |properties: &str| format!("# Outage\n\n{properties}\n\n## Summary\n\nIt was down.\n");
    let import = |table: &str, first: &str, second: &str| {
        let space = site(&[]);
        let id = |number: u8| format!("{number:032x}");
        space.write(&format!("in/Incidents {}.csv", id(0)), table);
        space.write(&format!("in/Outage {}.md", id(1)), page(first));
        space.write(&format!("in/Outage {}.md", id(2)), page(second));
        let run = space.run(&["import", "in", "--all", "--now", TODAY]);
        (imported(&space), run)
    };
    let table = "Name,Date,Owner\nOutage,2026-01-02,Team A\nOutage,2026-05-03,\n";
    let (files, _) = import(table, "Date: 2026-01-02", "Date: 2026-05-03");
    let second = files.split("=== ").find(|file| file.contains("Date: 2026-05-03")).unwrap();
    assert_eq!(files.matches("**Owner:** Team A").count(), 1, "{files}");
    assert!(!second.contains("Team A"), "{files}");
    // Nobody knows whose they are.
    let (files, run) = import("Name,Sev,Owner\nOutage,P3,a1\nOutage,P4,a2\n", "", "");
    assert!(!files.contains("**Owner:**"), "{files}");
    run.expect(0, &["2 rows of a database", "P3, a1", "P4, a2"]);
    // A row may be longer or shorter than the head of its table.
    let (files, run) = import(
        "Name,Owner\nOutage,a1,beyond\nOther\n",
        "Date: @March 4, 2026\nCreated time: March 20, 2026",
        "Owner: a2",
    );
    assert!(files.contains("**Owner:** a1") && files.contains("date: 2026-03-04"), "{files}");
    run.expect(0, &["beyond", "Other"]);
}

#[test]
fn front_matter_in_json_comes_over_as_yaml() {
    let front = "{\n  \"title\": \"Search was down\",\n  \"date\": \"2026-03-04\",\n  \"a key\": [1, 2]\n}\n";
    let words = "\n## Summary\n\nIt was down.\n\n<!-- a comment -->\n\nThe end of it.\n";
    let (text, _) = imported_as("page.md", &format!("{front}{words}"), &[]);
    for part in ["title: \"Search was down\"\n", "date: \"2026-03-04\"\n", "\"a key\": [1,2]\n", "The end of it."] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let issue = front.replace("\"title\"", "\"section\": \"issue\", \"severity\": \"down\", \"title\"");
    let track = "*Resolved* - All is well. {{<track \"2026-03-04 12:00:00 +0000\" >}}\n\n```\nfoo\n\n---\n\nbar\n```\n\n*Monitoring* - We look. {{< track \"2026-03-04 11:00:00 +0000\" >}}\n\nThe end of it. <!-- a comment -->\n";
    let (text, run) = imported_as("issue.md", &format!("{issue}{track}"), &[]);
    for part in ["title: \"Search was down\"", "12:00 UTC – *Resolved*", "11:00 UTC", "---", "bar", "The end of it."]
    {
        assert!(text.contains(part), "{part}\n{text}");
    }
    run.expect(0, &["1 from cState", "2 timeline entries"]);
}
