//! Exports that are not quite what their program usually writes: whatever of them does not come over is named.

use serde_json::{Value, json};

use super::{imported, sample, site, zip_of};
use crate::support::{Run, TODAY};

/// Imports a file with options: what is said, and the files.
fn import(name: &str, content: impl AsRef<[u8]>, options: &[&str]) -> (Run, String) {
    let space = site(&[]);
    space.write(&format!("in/{name}"), content);
    let run = space.run(&[&["import", "in", "--now", TODAY], options].concat());
    (run, imported(&space))
}

/// Imports JSON, and expects parts of the report and of the files.
fn check(content: &Value, options: &[&str], said: &[&str], written: &[&str]) {
    let (run, files) = import("i.json", content.to_string(), options);
    for part in said {
        assert!(run.out.contains(part), "{part:?} is not in {}", run.out);
    }
    for part in written {
        assert!(files.contains(part), "{part:?} is not in {files}");
    }
}

const BODY: &str = "## Summary\n\nIt was down.\n\n## Root cause\n\nA disk.\n\n## Impact\n\nAll.\n";

#[test]
fn answers_of_graphql_are_issues() {
    let issue = json!({ "number": 1, "title": "Outage", "createdAt": "2026-03-05T03:00:00Z", "body": BODY,
        "labels": { "nodes": [{ "name": "cache", "color": "red" }] },
        "comments": { "totalCount": 3, "edges": [{ "node": { "body": "It is up.", "createdAt": "2026-03-05T04:00:00Z" } }] } });
    let missing = "left out: 2 comments, which the export does not hold";
    check(
        &json!([issue]),
        &[],
        &["1 comment; `--comments timeline` takes them over", missing, "1 field: `labels.color`"],
        &["tags: [\"cache\"]"],
    );
    let answer =
        json!({ "data": { "repository": { "issues": { "nodes": [issue], "pageInfo": { "hasNextPage": true } } } } });
    check(
        &answer,
        &["--comments", "timeline"],
        &[missing, "1 field beside the list: `issues.pageInfo`"],
        &["- 2026-03-05 04:00 UTC – It is up.\n"],
    );
    // What is neither a list nor one of GraphQL is named.
    let odd =
        json!([{ "number": "2", "title": "Outage", "body": BODY, "labels": "cache", "comments": { "first": "x" } }]);
    check(&odd, &[], &["i.json #2", "1 field: `comments.first`"], &["tags: [\"cache\"]", "aliases: [\"issue-2\"]"]);
}

#[test]
fn times_that_nobody_can_read_stay() {
    for time in [json!("04/03/2026"), json!(1_772_672_400), json!("2026-13-45T00:00:00Z")] {
        let shown = time.to_string().replace('"', "");
        let said = format!("left out: `{shown}`, which cannot be read as a time");
        let entry = format!("- {shown} – It is up.\n");
        let comment = json!({ "createdAt": time, "created_at": time, "body": "It is up." });
        let issue = json!([{ "number": 1, "title": "Outage", "body": BODY, "createdAt": time, "comments": [comment] }]);
        check(&issue, &["--comments", "timeline"], &[&said], &[&entry]);
        let issue =
            json!([{ "iid": 1, "title": "Outage", "description": BODY, "created_at": time, "notes": [comment] }]);
        check(&issue, &["--comments", "timeline"], &[&said], &[&entry]);
        let update = json!({ "created_at": time, "message": "It is up.", "body": "It is up." });
        let incident =
            json!([{ "name": "Outage", "incident_status": { "category": "closed" }, "incident_updates": [update] }]);
        check(&incident, &[], &[], &[&entry]);
        let incident = json!([{ "id": 7, "name": "Outage", "started_at": time, "incident_updates": [update] }]);
        check(&incident, &[], &["i.json 7"], &[&entry, &format!("- **Started:** {shown}\n"), "aliases: [\"7\"]"]);
    }
}

#[test]
fn an_incident_begins_when_it_was_created() {
    let incident = json!([{ "id": "a", "name": "Outage", "title": "Old name", "created_at": "2026-03-05T03:00:00Z",
        "impact": "minor", "impact_override": "critical",
        "incident_updates": [{ "status": "resolved", "body": "<ul><li>one<li>two</ul>", "display_at": "2026-03-05T04:00:00Z" }] }]);
    check(
        &incident,
        &[],
        &["2 fields: `impact_override`, `title`"],
        &["- **Started:** 2026-03-05 03:00 UTC\n", "- 2026-03-05 04:00 UTC – **Resolved**\n\n  - one\n  - two\n"],
    );
}

#[test]
fn the_day_of_a_title_is_that_of_the_incident() {
    let issue =
        |title: &str| json!([{ "number": 1, "title": title, "createdAt": "2026-03-05T03:00:00Z", "body": BODY }]);
    check(
        &issue("Postmortem: API outage 2026-02-27"),
        &[],
        &["2026-03-05, the day on which it was opened, since the title says another one"],
        &["date: 2026-02-27\n"],
    );
    check(&issue("2026-02-27 API outage"), &[], &[], &["=== 2026-02-27-api-outage.md\n", "date: 2026-02-27\n"]);
    check(&issue("Outage of March"), &[], &[], &["date: 2026-03-05\n"]);
    let html = format!(
        "<html><body><h1>Outage</h1>{}</body></html>",
        "<h2>Summary</h2><p>Down.</p><h2>Impact</h2><p>All.</p>"
    );
    for name in ["2026-03-04-o.html", "20260304-o.html", "Outage of 4 March 2026.html"] {
        let (run, files) = import(name, &html, &["--all"]);
        assert!(
            files.starts_with("=== 2026-03-04-outage.md\n") && files.contains("date: 2026-03-04\n"),
            "{run:?}{files}"
        );
    }
    let (_, files) = import("2026-03-04 x.docx", sample("word/comments.docx"), &["--all"]);
    assert!(files.contains("date: 2026-03-04\n"), "{files}");
    // A day is one of UTC.
    let night =
        json!([{ "iid": 1, "title": "Outage", "description": BODY, "created_at": "2026-01-20T00:30:00+02:00" }]);
    check(&night, &[], &[], &["date: 2026-01-19\n"]);
}

#[test]
fn what_its_title_or_a_label_calls_a_review_is_one() {
    let issue = |title: &str, label: &str, body: Value| json!([{ "number": 1, "title": title, "labels": [{ "name": label }], "body": body }]);
    let said = || json!("The disk was full, and nobody saw it.");
    check(&issue("Postmortem: API", "x", said()), &[], &["1 review"], &["The disk was full"]);
    check(&issue("API was down", "postmortem", said()), &[], &["1 review"], &["The disk was full"]);
    check(&issue("Write a postmortem template", "x", said()), &[], &["no review", "does not look like a review"], &[]);
    check(&issue("Colour of the button", "x", said()), &[], &["no review", "does not look like a review"], &[]);
    check(
        &issue("Postmortem", "a", Value::Null),
        &[],
        &["no review", "it has no text; `--all` takes its title and labels over"],
        &[],
    );
    check(
        &issue("Postmortem", "a", Value::Null),
        &["--all"],
        &["1 review"],
        &["title: \"Postmortem\"", "tags: [\"a\"]"],
    );
    check(&issue("", "a", Value::Null), &["--all"], &["no review", "it is empty"], &[]);
}

#[test]
fn each_object_says_what_it_is() {
    let incident = |id: &str, rest: Value| {
        let mut incident = json!({ "id": id, "name": format!("Outage {id}"), "started_at": "2026-03-05T03:00:00Z" });
        incident.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        incident
    };
    let updates = json!({ "incident_updates": [{ "body": "It is up.", "created_at": "2026-03-05T04:00:00Z" }] });
    check(&json!({ "incidents": [incident("a", json!({})), incident("b", updates)] }), &[], &["2 reviews"], &[]);
    let mixed = json!([
        { "number": 1, "title": "Outage", "body": BODY },
        { "iid": 2, "title": "Outage", "description": BODY },
        "no more",
    ]);
    check(
        &mixed,
        &[],
        &["(1 from GitHub issues, 1 from GitLab issues)", "1 value of a list that is no object: `no more`"],
        &[],
    );
    check(&json!([[{ "number": 1, "title": "Outage", "body": BODY }]]), &[], &["1 review"], &[]);
}

#[test]
fn no_file_stays_without_a_line() {
    let zip = zip_of(&[]);
    let mut folder = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    folder.add_directory("in/", zip::write::SimpleFileOptions::default()).unwrap();
    let folder = folder.finish().unwrap().into_inner();
    let review = b"# Outage\n\n## Summary\n\nIt was down.\n";
    let docx = sample("word/comments.docx");
    let nested = zip_of(&[("in/2.zip", &zip_of(&[("3.zip", &zip_of(&[("a.md", review)]))]))]);
    let cases: [(&str, &[u8], &[&str], &str); 19] = [
        ("a.md", review, &["--from", "github"], "a.md: nothing in it that is of GitHub issues"),
        ("a.zip", &zip, &[], "a.zip: an archive without a file"),
        ("a.zip", &folder, &[], "a.zip: an archive without a file"),
        ("n.zip", &nested, &[], "n.zip/in/2.zip/3.zip: archives lie in it more than 2 deep"),
        ("a.docx", b"", &[], "a.docx: it is empty"),
        ("a.zip", b"", &[], "a.zip: it is empty"),
        ("a.json", b" \n", &[], "a.json: it is empty"),
        ("a.json", b"", &["--from", "github"], "a.json: it is empty"),
        ("a.json", b"[]", &[], "a.json: JSON that holds no object"),
        ("a.json", b"\xff\xfe[\0]\0", &[], "a.json: a text in UTF-16; save it as UTF-8"),
        ("a.html", b"<p>Caf\xe9</p>", &[], "a.html: a text in another encoding than UTF-8, such as Latin-1"),
        ("a.json.gz", b"\x1f\x8b\x08\0", &[], "a.json.gz: packed by gzip; unpack it"),
        ("a.pdf", b"%PDF-1.7\xff\0", &[], "a.pdf: a PDF; save the document"),
        (
            "a.xlsx",
            &zip_of(&[("[Content_Types].xml", b"x"), ("xl/a.xml", b"x")]),
            &[],
            "a.xlsx: a document of another program",
        ),
        ("a.yaml", b"title: a\ndate: 2026-01-01\ntitle: b\n", &[], "a.yaml: broken YAML in line 3: "),
        ("a.yaml", b"title: a\nday: [1\n", &[], "a.yaml: broken YAML in line "),
        (
            "a.yaml",
            b"# all\n- title: a\n- title: b\n",
            &[],
            "a.yaml: YAML that is a list; each entry needs a file of its own",
        ),
        ("a.yaml", b"title: a\n---\ntitle: b\n", &[], "a.yaml: broken YAML in line 2: "),
        ("a.xml", b"<mediawiki>\n<page>\n</revision>", &[], "a.xml: broken XML in line 3: "),
    ];
    for (name, content, options, expected) in cases {
        let (run, _) = import(name, content, options);
        assert!(run.code == 1 && run.out.contains(&format!("skipped {expected}")), "{expected}: {run:?}");
    }
    let (run, _) = import("a.xml", "<mediawiki><page><title>Outage</title><revision>", &[]);
    run.expect(1, &["skipped a.xml: it ends within the page `Outage`"]);
    // A document of Word is one by what it holds.
    let (run, files) = import("a.zip", &docx, &["--all"]);
    run.expect(0, &["1 review (1 from Word documents), 0 skipped"]);
    assert!(!files.is_empty());
}

#[test]
fn what_an_issue_of_cstate_affected_is_a_service() {
    for affected in ["API", "\n  - API", "[API]"] {
        let issue = format!("---\nsection: issue\ntitle: Outage\naffected: {affected}\n---\nIt was down.\n");
        let (run, files) = import("2026-03-05-a.md", issue, &[]);
        assert!(run.out.contains("1 from cState") && files.contains("\nservices: [\"API\"]\n"), "{run:?}{files}");
    }
}

#[test]
fn a_comment_that_begins_with_code_stays_code() {
    let comment = |body: &str| json!({ "createdAt": "2026-03-05T03:00:00Z", "body": body });
    let bodies = ["```\ndrop table <users>;\n# rows_a _b_\n```\nafter", "    indented", "Words."];
    let issue = json!([{ "number": 1, "title": "Outage", "body": BODY, "comments": bodies.map(comment) }]);
    let code = "- 2026-03-05 03:00 UTC –\n\n  ```\n  drop table <users>;\n  # rows_a _b_\n  ```\n  after\n";
    let said = ["3 timeline entries"];
    check(&issue, &["--comments", "timeline"], &said, &[code, "UTC –\n\n      indented\n", "UTC – Words.\n"]);
}
