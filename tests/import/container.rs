//! Each container: the whole outcome, no word that is neither there nor named by the report, and a site that builds.

use std::collections::BTreeSet;

use serde_json::Value;

use super::word::{of_docx, of_html, of_json, of_wikitext, words};
use super::{imported, sample, site, zip_of};
use crate::support::{TODAY, TestSite};

/// What a report says is left out, or was skipped, and the words of the source that this means. Without a line: words that
/// come over in another form, such as a severity under the name that the site has for it.
type Lost<'a> = &'a [(&'a str, &'a str)];

/// The words of a source; the lines of the report say which fields and items these are without.
type Source<'a> = &'a dyn Fn(&BTreeSet<String>) -> String;

/// Imports from `in` and compares the outcome with the snapshot `name`. `source` are the words of the source; it is given
/// the lines of the report. Each word is in the review, or is meant by a line of the report, and each line is expected.
fn check(name: &str, space: &TestSite, source: impl Fn(&BTreeSet<String>) -> String, lost: Lost<'_>) {
    check_with(&[], name, space, (&source, lost));
}

fn check_with(options: &[&str], name: &str, space: &TestSite, (source, lost): (Source<'_>, Lost<'_>)) {
    let arguments = [&["import", "in", "--now", TODAY], options].concat();
    let run = space.run(&arguments);
    assert_eq!(run.code, 0, "{run:?}");
    let files = imported(space);
    insta::assert_snapshot!(name, format!("{}\n{files}", run.out));
    let lines = lines(&space.run(&[&arguments[..], &["--format", "json"]].concat()).out);
    let expected: BTreeSet<String> =
        lost.iter().map(|(line, _)| (*line).to_owned()).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, expected, "{name}");
    let written = words(&files.replace('\\', "").replace("&lt;", "<"));
    let meant = words(&lost.iter().map(|(_, words)| *words).collect::<Vec<_>>().join(" "));
    let source = source(&lines);
    assert!(source.len() > 10, "{name}: {source}");
    let mut neither = Vec::new();
    for (word, count) in words(&source) {
        let there = written.get(&word).copied().unwrap_or_default() + meant.get(&word).copied().unwrap_or_default();
        if there < count {
            neither.push(format!("{word} ({there} of {count})"));
        }
    }
    assert!(neither.is_empty(), "{name}: neither in the review nor in the report: {}\n{files}", neither.join(", "));
    let run = space.run(&arguments);
    assert!(run.code == 0 && !run.out.contains("  written"), "a second time: {run:?}");
    assert_eq!(imported(space), files);
    for command in ["check", "build"] {
        let run = space.run(&[command, "--now", TODAY]);
        assert_eq!(run.code, 0, "{run:?}");
    }
}

/// What a report as JSON says is left out, and was skipped.
fn lines(report: &str) -> BTreeSet<String> {
    let report: Value = serde_json::from_str(report).unwrap();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let sources = list(&report);
    let reviews = sources.iter().flat_map(|source| list(&source["reviews"]));
    let left_out = reviews.flat_map(|review| list(&review["left_out"])).map(|line| text(&line));
    let beside = sources.iter().flat_map(|source| list(&source["left_out"])).map(|line| text(&line));
    let left_out = left_out.chain(beside);
    let skipped = sources.iter().flat_map(|source| list(&source["skipped"]));
    left_out
        .chain(skipped.map(|skipped| format!("skipped {}: {}", text(&skipped["origin"]), text(&skipped["why"]))))
        .collect()
}

/// The strings of a sample that is JSON, but for fields that the report names.
fn json_of(name: &str) -> impl Fn(&BTreeSet<String>) -> String {
    let text = text(name);
    move |lines| of_json(&text, lines)
}

fn text(name: &str) -> String {
    String::from_utf8(sample(name)).unwrap()
}

#[test]
fn issues_of_github() {
    check(
        "github",
        &site(&["github.json"]),
        json_of("github.json"),
        &[
            // Beside the day; and what stands before the words of a label.
            ("", "13 02 07 00 severity service"),
            ("1 field: `state`", ""),
            ("6 fields: `author`, `closedAt`, `comments.author`, `labels.color`, `labels.id`, `state`", ""),
            (
                "2 comments; `--comments timeline` takes them over",
                "The alert is in review. It fires after five minutes. Migrations are frozen until the copy exists. 2026 03 18 15 40 \
             2026 03 19 08 12",
            ),
            ("fields without an answer: Who was paged?", "Who was paged No response"),
            ("no severity of casebook.toml is called `severity: banana`", ""),
            ("skipped github.json #43: it does not look like a review; `--all` takes it over", ""),
        ],
    );
    check(
        "github_api",
        &site(&["github_api.json"]),
        json_of("github_api.json"),
        &[
            ("", "severity 06 30"),
            ("2 fields: `state`, `url`", ""),
            ("3 comments, which the export does not hold", "3"),
            ("skipped github_api.json #8: a pull request", ""),
        ],
    );
}

/// The last one is of https://github.com/gitlabhq/gitlabhq, MIT, commit 55eb439f6bfb: a part of the export that GitLab tests
/// its import with, `spec/fixtures/lib/gitlab/import_export/complex/tree/project/issues.ndjson`.
#[test]
fn issues_of_gitlab() {
    check(
        "gitlab",
        &site(&["gitlab.json"]),
        json_of("gitlab.json"),
        &[
            // Beside the day; the severity and the service under the names that the site has for them.
            ("", "08 21 01 2 2 severity service high"),
            ("1 note of the system", "added ~incident label 2026-01-20 08:30"),
            ("no severity of casebook.toml is called `high`", ""),
            ("1 comment, which the export does not hold", ""),
            (
                "1 comment; `--comments timeline` takes them over",
                "2026-01-20 09:30 The provider answered within the hour",
            ),
            ("6 fields: `closed_at`, `id`, `issue_type`, `notes.id`, `project_id`, `state`", ""),
        ],
    );
    check(
        "gitlab_export",
        &site(&["gitlab.ndjson"]),
        json_of("gitlab.ndjson"),
        &[
            ("", "severity 10 00"),
            ("1 comment; `--comments timeline` takes them over", "2026-02-03 10:30 A disk was added"),
            ("1 field: `state`", ""),
            ("skipped gitlab.ndjson #4: it does not look like a review; `--all` takes it over", ""),
        ],
    );
    let name = "gitlab_export/issues.ndjson";
    let lost: Lost<'_> = &[
        ("", "15 02 0"),
        (
            "1 comment; `--comments timeline` takes them over",
            "Quo reprehenderit aliquam qui dicta impedit cupiditate eligendi. 2016-06-14 15:02",
        ),
        (
            "26 fields: `author_id`, `award_emoji`, `id`, `issue_assignees`, `label_links.id`, `label_links.label.color`, \
             `label_links.label.id`, `label_links.label.project_id`, `label_links.label.type`, `label_links.label_id`, \
             `label_links.target_id`, `label_links.target_type`, `milestone`, `notes.author`, `notes.author_id`, `notes.id`, \
             `notes.note_html`, `notes.noteable_id`, `notes.project_id`, `project_id`, `resource_label_events`, \
             `resource_milestone_events`, `state`, `updated_at`, `work_item_description`, `zoom_meetings`",
            "",
        ),
    ];
    check_with(&["--all"], "gitlab_real", &site(&[name]), (&json_of(name), lost));
}

#[test]
fn comments_as_a_timeline() {
    let space = site(&["gitlab.json", "github.json"]);
    let run = space.run(&["import", "in", "--comments", "timeline", "--now", TODAY]);
    assert_eq!(run.code, 0, "{run:?}");
    let files = imported(&space);
    for part in [
        "## Comments\n\n- 2026-03-18 15:40 UTC – The alert is in review.\n\n  It fires after five minutes.\n- 2026-03-19 08:12:30 UTC – Migrations are frozen",
        "## Comments\n\n- 2026-01-20 09:30 UTC – The provider answered within the hour.\n",
    ] {
        assert!(files.contains(part), "{files}");
    }
    assert!(!files.contains("added ~incident") && !files.contains("mira"), "{files}");
    let bare = site(&["gitlab.ndjson"]);
    bare.run(&["import", "in", "--comments", "timeline", "--now", TODAY]).expect(0, &["1 timeline entry"]);
}

#[test]
fn incidents_of_status_pages() {
    check(
        "statuspage",
        &site(&["statuspage.json"]),
        json_of("statuspage.json"),
        &[
            ("", "critical"),
            ("1 field beside the list: `page`", ""),
            (
                "1 update that says the postmortem again",
                "Root cause A deployment removed an index that a query needed. postmortem 2026-04-16 15:00",
            ),
            (
                "12 fields: `components.id`, `components.status`, `created_at`, `incident_updates.created_at`, `incident_updates.id`, `incident_updates.affected_components.code`, `incident_updates.affected_components.new_status`, `incident_updates.affected_components.old_status`, `monitoring_at`, `page_id`, `status`, `updated_at`",
                "",
            ),
            ("skipped statuspage.json 2ggpd60zvwj2: planned maintenance", ""),
        ],
    );
}

#[test]
fn incidents_of_incident_io() {
    check(
        "incident_io",
        &site(&["incident_io.json"]),
        json_of("incident_io.json"),
        &[
            // The site has the severity under another name; a time that was not given has a name all the same.
            ("", "Major at at at Closed 09 05"),
            ("1 role: who had which role", "Incident Lead Mira Example"),
            (
                "8 fields: `created_at`, `id`, `incident_status`, `incident_updates.id`, `mode`, `severity.id`, `severity.rank`, `updated_at`",
                "",
            ),
            ("skipped incident_io.json INC-124: a test", ""),
            ("skipped incident_io.json INC-125: an incident that is declined", ""),
        ],
    );
}

/// Two issues are those of cState's example site: https://github.com/cstate/cstate, MIT, commit 1316c50e547f.
#[test]
fn issues_of_cstate() {
    let names = [
        "cstate/2018-04-13-unavailable-guilds-connection-issues.md",
        "cstate/2024-02-24-maintenance-window.md",
        "cstate/2026-05-24-provider-outage.md",
    ];
    check(
        "cstate",
        &site(&names),
        |_| names.map(text).join("\n"),
        &[
            (
                "",
                "title date resolvedWhen severity affected track title date resolvedWhen severity affected track track track false informational",
            ),
            ("2 keys of the front matter: `resolved: true`, `section: issue`", "resolved true section issue"),
            (
                "3 keys of the front matter: `resolved: true`, `section: issue`, `pin: false`",
                "resolved true section issue pin false",
            ),
            (
                "1 comment in the YAML: `Possible severity levels: down, disrupted, notice`",
                "Possible severity levels down disrupted notice",
            ),
            ("no severity of casebook.toml is called `down`", "down down"),
            (
                "skipped cstate/2024-02-24-maintenance-window.md: an announcement",
                "title Maintenance Announcement date 2024-02-24 10:35:00 informational true pin true section issue We will shut \
                 down our network at midnight UTC on Feb 24. This does not affect the current status.",
            ),
        ],
    );
}

/// The YAML is one of https://github.com/swarmproof/agent-postmortems, Apache-2.0, commit 2d82e14fd370.
#[test]
fn entries_in_yaml() {
    let names = ["entry/0f48b787-38e9-457c-b324-2551f70c9da5.md", "entry/2024-dpd-chatbot-rogue.yaml"];
    check(
        "entry",
        &site(&names),
        |_| names.map(text).join("\n"),
        &[
            // Keys, which become labels or front matter.
            (
                "",
                "uuid url start_time end_time categories company product id incident_id title incident_date severity low models sources url url \
             title title publisher publisher date",
            ),
            (
                "4 fields of sources: `type: news`, `date_accessed: 2026-07-14`",
                "type news date_accessed 2026-07-14 type news date_accessed 2026-07-14",
            ),
            ("`schema_version: 1.0`, which only its own program needs", "schema_version 1 0"),
            ("`taxonomy_version: 1.0`, which only its own program needs", "taxonomy_version 1 0"),
        ],
    );
}

/// The second one is the beginning of a page of https://wikitech.wikimedia.org, CC BY-SA 4.0, by its contributors:
/// `Incident documentation/20180312-Cache-text`, as https://github.com/zeljkofilipin/incident-documentation keeps it.
#[test]
fn pages_of_mediawiki() {
    check(
        "mediawiki",
        &site(&["page.wiki"]),
        |_| of_wikitext(&text("page.wiki")),
        &[
            ("1 category: `Incidents`", "Category Incidents"),
            ("1 footnote that stands there again", ""),
            ("1 hidden comment", "nobody reads this"),
            ("1 magic word: `NOTOC`", "NOTOC"),
            ("1 parameter without a value: `task`", "task"),
            ("1 template or variable of the wiki: `PAGENAME`", "PAGENAME"),
            ("2 functions of the wiki: `#if`, `formatnum`", "if formatnum"),
            (
                "2 links to pages of the wiki, whose words stayed: `Wikimedia Foundation`, `phab:T101`",
                "Wikimedia Foundation phab T101",
            ),
            (
                "3 names of templates, whose values stayed: `Incident scorecard`, `irc`, `nowrap`",
                "Incident scorecard irc nowrap",
            ),
            ("3 pictures, whose names and captions stayed", "thumb 300px alt"),
        ],
    );
    let name = "wikitech/20180312-Cache-text.wiki";
    check(
        "mediawiki_real",
        &site(&[name]),
        |_| of_wikitext(&text(name)),
        &[(
            "3 links to pages of the wiki, whose words stayed: `Esams cluster`, `toolforge:sal/log/AWIZPsfZkkJ8OkTwiOnZ`, \
         `toolforge:sal/log/AWIZV1n3kkJ8OkTwiOn9`",
            "Esams cluster toolforge:sal/log/AWIZPsfZkkJ8OkTwiOnZ toolforge:sal/log/AWIZV1n3kkJ8OkTwiOn9",
        )],
    );
    check(
        "mediawiki_export",
        &site(&["export.xml"]),
        |_| of_html(&of_html(&text("export.xml"))),
        &[
            // The number of the space of names, and the wiki.
            ("", "Wikitech labswiki 0"),
            ("1 page above it in the wiki: `Incidents`", "Incidents"),
            (
                "5 fields: `id`, `timestamp`, `username`, `model`, `format`",
                "12 34 2026-03-20T09:00:00Z Jo 5 wikitext text x wiki",
            ),
            (
                "skipped export.xml Incident status: a page that leads to another one",
                "Incident status 0 14 36 REDIRECT Incidents",
            ),
            (
                "skipped export.xml Talk:Incidents/2026-03-18 search: no page of content",
                "Talk Incidents 2026 03 18 search 1 13 35 Thanks",
            ),
        ],
    );
}

/// The last one is a page that markdown-to-confluence 0.6.5 publishes, MIT, from its tests.
#[test]
fn pages_of_confluence() {
    let source = |html: &str| of_html(html.split_once("<body").unwrap().1.split_once('>').unwrap().1);
    let space = site(&["confluence.html"]);
    let index = "<html><body><div id=\"main-content\"><h2>Available Pages:</h2><a href=\"confluence.html\">Uploads</a></div></body></html>";
    space.write("in/index.html", index);
    check(
        "confluence",
        &space,
        |_| source(&text("confluence.html")),
        &[
            ("skipped index.html: the list of the pages of a space", ""),
            ("", "tick"),
            ("1 attachment: `Quota of the bucket.png`", ""),
            ("1 mention of a person", "Storage team"),
            ("1 name of the space: `Operations`", ""),
            ("1 picture that is not in the source", ""),
            ("1 table of contents: `Summary Root cause`", "Summary Root cause"),
            (
                "19 words around the text, such as navigation",
                "Operations Operations 2026-02-11 Postmortem uploads failed Created by Mira Attachments Quota of the bucket png image png",
            ),
        ],
    );
    let source = |xml: &str| of_html(&xml.replace("<![CDATA[", "").replace("]]>", "").replace("/>", ">"));
    check(
        "confluence_storage",
        &site(&["storage.xml"]),
        |_| source(&text("storage.xml")),
        &[
            // The state and the number of each task.
            ("", "7 incomplete 8 complete"),
            (
                "4 parameters of macros: `toc maxLevel: 3`, `status colour: Green`, `jira server: Jira of Example`, `view-file height: \
             250`",
                "3 Green Jira of Example 250 sql",
            ),
            ("1 macro without words of its own: `toc`", ""),
            ("1 mention of a person", ""),
            ("1 link to a page of the wiki, whose words stayed: `Runbook of the queue`", ""),
            ("1 placeholder for authors: `Type here`", "Type here"),
            ("2 pictures that are not in the source", ""),
        ],
    );
    let name = "confluence_storage/tasklist.xml";
    let lost: Lost<'_> = &[("", "1 UUID complete 2 UUID incomplete")];
    check_with(&["--all"], "confluence_real", &site(&[name]), (&|_: &BTreeSet<String>| source(&text(name)), lost));
}

#[test]
fn documents_of_google_docs() {
    let space = site(&[]);
    let page = sample("google_docs.html");
    let picture = sample("hugo/images/hits.png");
    space.write("in/Postmortem.zip", zip_of(&[("Postmortemmailwaslate.html", &page), ("images/image1.png", &picture)]));
    let body = text("google_docs.html");
    let body = body.split_once("<body").unwrap().1.split_once('>').unwrap().1;
    check(
        "google_docs",
        &space,
        |_| of_html(body),
        &[("2 comments", "[a] [b] [a] Says who? [b] The graph does. See above.")],
    );
}

#[test]
fn pages_of_notion() {
    let (page, table) =
        ("Outage of the API 0123456789abcdef0123456789abcdef", "Incidents 89abcdef0123456789abcdef01234567.csv");
    let text_of_page = sample(&format!("notion/{page}.md"));
    let inner = zip_of(&[
        (&format!("Incidents/{page}.md"), &text_of_page),
        (&format!("Incidents/{page}/graph.png"), &sample("hugo/images/hits.png")),
        (&format!("Incidents/{table}"), &sample(&format!("notion/{table}"))),
        (
            "Incidents/Roadmap 11112222333344445555666677778888.md",
            &sample("notion/Roadmap 11112222333344445555666677778888.md"),
        ),
    ]);
    let space = site(&[]);
    // Larger exports are archives in an archive.
    space.write("in/export.zip", zip_of(&[("ExportBlock-1.zip", &inner)]));
    let names = [format!("{page}.md"), "Roadmap 11112222333344445555666677778888.md".to_owned(), table.to_owned()];
    let source = names.map(|name| text(&format!("notion/{name}"))).join("\n");
    check(
        "notion",
        &space,
        |_| source.clone(),
        &[
            // The date of the page stands in its text as well.
            ("", "Name aside aside March 18 2026 Outage 20of 20the 20API 200123456789abcdef0123456789abcdef"),
            (
                "skipped export.zip/ExportBlock-1.zip/Incidents/Incidents 89abcdef0123456789abcdef01234567.csv: 1 row of a database without a page of its own: \
             `Search was slow, April 2, 2026, P3, An alert, Open`",
                "Search was slow April 2 2026 P3 An alert Open",
            ),
            (
                "skipped export.zip/ExportBlock-1.zip/Incidents/Roadmap 11112222333344445555666677778888.md: it does not look like a review; `--all` takes it over",
                "Roadmap Everything that we want Roadmap March 1 2026 Open",
            ),
        ],
    );
}

/// The document was written by python-docx 1.2.
#[test]
fn documents_of_word() {
    let name = "postmortem.docx";
    check("docx", &site(&[name]), |_| of_docx(&sample(name), &["document"]), &[]);
}

/// Documents that Word wrote, from the tests of https://github.com/mwilliamson/mammoth.js, BSD-2-Clause, version 1.13.0.
#[test]
fn documents_that_word_wrote() {
    for (name, parts, lost) in [
        ("comments", &["document", "comments"][..], &[("2 comments", "A tachyon walks into a bar Fin")][..]),
        ("footnotes", &["document", "footnotes"][..], &[][..]),
        ("text-box", &["document"][..], &[][..]),
    ] {
        let file = format!("word/{name}.docx");
        let source = |_: &BTreeSet<String>| of_docx(&sample(&file), parts);
        check_with(&["--all"], &format!("docx_{name}"), &site(&[&file]), (&source, lost));
    }
}

/// Everything that a text of Word can hold besides, after the standard, ECMA-376.
#[test]
fn what_word_hides() {
    let parts: [(&str, String); 8] = [
        ("document", text("word/everything.xml")),
        ("footnotes", part("footnotes", "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p/></w:footnote><w:footnote w:id=\"1\"><w:p><w:r><w:t>In the logs of </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>April</w:t></w:r></w:p><w:p><w:r><w:t>Kept for a year.</w:t></w:r></w:p></w:footnote>")),
        ("endnotes", part("endnotes", "<w:endnote w:id=\"1\"><w:p><w:r><w:t>By the vendor.</w:t></w:r></w:p></w:endnote>")),
        ("comments", part("comments", "<w:comment w:id=\"0\" w:author=\"Mira\"><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment>")),
        ("header1", part("hdr", "<w:p><w:r><w:t>Example, confidential</w:t></w:r></w:p>")),
        ("styles", part("styles", "<w:style w:styleId=\"a1\"><w:name w:val=\"heading 2\"/></w:style><w:style w:styleId=\"T1\"><w:name w:val=\"toc 1\"/></w:style><w:style w:styleId=\"C\"><w:name w:val=\"HTML Preformatted\"/></w:style>")),
        ("numbering", part("numbering", "<w:abstractNum w:abstractNumId=\"0\"><w:lvl><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/></w:num>")),
        ("_rels/document.xml.rels", "<Relationships><Relationship Id=\"r1\" Target=\"media/image1.png\"/><Relationship Id=\"r2\" Target=\"https://example.org/r2\"/><Relationship Id=\"r3\" Target=\"media/gone.png\"/></Relationships>".to_owned()),
    ];
    let mut files: Vec<(String, Vec<u8>)> = parts
        .iter()
        .map(|(name, xml)| {
            let name = if name.ends_with(".rels") { format!("word/{name}") } else { format!("word/{name}.xml") };
            (name, xml.clone().into_bytes())
        })
        .collect();
    files.push(("word/media/image1.png".to_owned(), sample("hugo/images/hits.png")));
    let docx = zip_of(&files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>());
    let space = site(&[]);
    space.write("in/everything.docx", &docx);
    let names = ["document", "footnotes", "endnotes", "comments", "header1"];
    let lost: Lost<'_> = &[
        ("1 comment", "Really"),
        ("1 embedded chart, diagram or document", ""),
        ("1 header or footer of the pages: `Example, confidential`", "Example confidential"),
        ("1 hidden passage: `Ask Jo first.`", "Ask Jo first"),
        ("1 line of the table of contents: `Summary 1`", "Summary 1"),
        ("1 picture that is not in the document: `media/gone.png`", ""),
        ("1 sign of a special font: `Wingdings`", ""),
        ("2 passages deleted while changes were tracked: `burned`, `twice`", "burned twice"),
    ];
    check("docx_everything", &space, |_| of_docx(&docx, &names), lost);
}

/// A part of a document in XML.
fn part(name: &str, inner: &str) -> String {
    format!("<w:{name} xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{inner}</w:{name}>")
}

#[test]
fn markdown_of_other_generators() {
    let name = "hugo/2026-03-01-cache-outage.md";
    let space = site(&[name, "hugo/about.md", "hugo/images/hits.png"]);
    check(
        "markdown",
        &space,
        |_| text(name),
        &[
            // The folder of a picture.
            ("", "images"),
            ("skipped hugo/about.md: it does not look like a review; `--all` takes it over", ""),
        ],
    );
    // https://github.com/usegalaxy-eu/website, MIT, commit e1830784113c.
    let name = "jekyll/2018-04-24-fileserver-outage.md";
    check("markdown_real", &site(&[name]), |_| text(name), &[]);
}

#[test]
fn any_page() {
    let name = "page.html";
    let body = |html: &str| of_html(html.split_once("<body").unwrap().1.split_once('>').unwrap().1);
    check(
        "html",
        &site(&[name]),
        |_| body(&text(name)),
        &[
            ("1 address that runs or holds something", ""),
            ("1 drawing (SVG): `Graph 40 %`", "Graph 40"),
            ("1 embedded page, film or sound: `https://video.example.org/1`", ""),
            ("1 field of a form: `Your mail`", ""),
            ("1 hidden comment", ""),
            ("1 picture that is not in the source", ""),
            ("1 tooltip: `2 February`", ""),
            ("4 words around the text, such as navigation", "Home Blog Example 2026"),
        ],
    );
}
