//! Each container: the whole outcome, no word lost, and a site that builds.

use serde_json::Value;

use super::{imported, sample, site, words, zip_of};
use crate::support::{TODAY, TestSite};

/// Imports from `in` and compares the outcome with the snapshot `name`. `source` is what the other program shows; its
/// words are there, but for those that only lay out, in `layout`.
fn check(name: &str, space: &TestSite, (source, layout): (&str, &str)) {
    let run = space.run(&["import", "in", "--now", TODAY]);
    assert_eq!(run.code, 0, "{run:?}");
    let files = imported(space);
    insta::assert_snapshot!(name, format!("{}\n{files}", run.out));
    let written = words(&files.replace('\\', "").replace("&lt;", "<"));
    let ignored = words(layout);
    for (word, count) in words(source) {
        let there = written.get(&word).copied().unwrap_or_default();
        assert!(
            there >= count || ignored.contains_key(&word),
            "{name}: {word:?} stands there {count} times, and {there} in\n{files}"
        );
    }
    let run = space.run(&["import", "in", "--now", TODAY]);
    assert!(run.code == 0 && !run.out.contains("  written"), "a second time: {run:?}");
    assert_eq!(imported(space), files);
    let run = space.run(&["check", "--now", TODAY]);
    assert_eq!(run.code, 0, "{run:?}");
    let run = space.run(&["build", "--now", TODAY]);
    assert_eq!(run.code, 0, "{run:?}");
}

/// The words of all strings below `keys`, but for objects that hold `but`.
fn strings(name: &str, keys: &[&str], but: &str) -> String {
    fn add(value: &Value, (key, keys, but): (&str, &[&str], &str), text: &mut String) {
        match value {
            Value::String(string) if keys.contains(&key) => text.push_str(&format!("{} \n", tagless(string))),
            Value::Array(values) => values.iter().for_each(|value| add(value, (key, keys, but), text)),
            Value::Object(fields)
                if but.is_empty() || !value.to_string().contains(but) || fields.contains_key("incidents") =>
            {
                fields.iter().for_each(|(key, value)| add(value, (key, keys, but), text));
            }
            _ => {}
        }
    }
    let (bytes, mut text) = (sample(name), String::new());
    for value in serde_json::Deserializer::from_slice(&bytes).into_iter::<Value>() {
        add(&value.unwrap(), ("", keys, but), &mut text);
    }
    assert!(text.len() > 100, "{name}: {text}");
    text
}

/// A text without tags, with the signs that their entities stand for.
fn tagless(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, after)| after));
    let text = parts.collect::<Vec<_>>().join(" ");
    text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn text(name: &str) -> String {
    String::from_utf8(sample(name)).unwrap()
}

#[test]
fn issues_of_github() {
    let source = strings("github.json", &["title", "body"], "colour of the button");
    // The question that nobody answered, and comments, which are left out.
    let layout = "No response Who was paged The alert is in review It fires after five minutes Migrations are frozen until the copy exists";
    check("github", &site(&["github.json"]), (&source, layout));
    let source = strings("github_api.json", &["title", "body"], "pull_request");
    check("github_api", &site(&["github_api.json"]), (&source, ""));
}

#[test]
fn issues_of_gitlab() {
    let source = strings("gitlab.json", &["title", "description"], "");
    check("gitlab", &site(&["gitlab.json"]), (&source, "incident"));
    let source = strings("gitlab.ndjson", &["title", "description"], "Rename");
    check("gitlab_export", &site(&["gitlab.ndjson"]), (&source, ""));
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
    let keys = ["name", "body", "postmortem_body"];
    let source = strings("statuspage.json", &keys, "maintenance");
    // The last update says the postmortem again. The name of the page is that of the site.
    let layout = "example root cause a deployment removed an index that query needed";
    check("statuspage", &site(&["statuspage.json"]), (&source, layout));
}

#[test]
fn incidents_of_incident_io() {
    let source = "Payments were declined. Payments with new cards were declined for half an hour. Major Affected services \
                  Payments Fraud check Reported Resolved The fraud check rejects every new card. INC-123";
    // A severity that the site has under an id of its own.
    check("incident_io", &site(&["incident_io.json"]), (source, "Major"));
}

/// The two issues are those of cState's example site: https://github.com/cstate/cstate, MIT, commit 1316c50e547f.
#[test]
fn issues_of_cstate() {
    let name = "cstate/2018-04-13-unavailable-guilds-connection-issues.md";
    let layout =
        "track true resolvedwhen affected section possible severity levels disrupted notice down issue resolved date";
    check("cstate", &site(&[name, "cstate/2024-02-24-maintenance-window.md"]), (&text(name), layout));
}

/// The YAML is one of https://github.com/swarmproof/agent-postmortems, Apache-2.0, commit 2d82e14fd370.
#[test]
fn entries_in_yaml() {
    let (front, whole) = ("entry/0f48b787-38e9-457c-b324-2551f70c9da5.md", "entry/2024-dpd-chatbot-rogue.yaml");
    let source = format!("{}\n{}", text(front), text(whole));
    let layout = "schema_version taxonomy_version 0 1 incident_id id start_time end_time uuid company sources publisher type news \
                  date_accessed 2026 07 14 categories product severity low title url models";
    check("entry", &site(&[front, whole]), (&source, layout));
}

#[test]
fn pages_of_mediawiki() {
    // Templates and attributes are no words of the page, nor is its comment and its category.
    let layout = "incident scorecard ref class wikitable style width 50 color red irc nowrap code syntaxhighlight lang bash \
                  nobody reads this category incidents wikimedia foundation https phab t101 jo deleting";
    let source = text("page.wiki").replace("</", "<");
    check("mediawiki", &site(&["page.wiki"]), (&source, layout));
    let source = "Incidents/2026-03-18 search Summary Search was down & slow for 3 < 4 hours. Timeline 2026-03-18 10:05 UTC The disk is full. \
                  10:20 UTC Resolved Root cause Logs were \"never\" rotated.";
    check("mediawiki_export", &site(&["export.xml"]), (source, "incidents"));
}

#[test]
fn pages_of_confluence() {
    let html = text("confluence.html");
    let main = html.split("id=\"main-content\"").nth(1).unwrap();
    let source = format!("2026-02-11 Postmortem: uploads failed {}", tagless(main));
    check("confluence", &site(&["confluence.html"]), (&source, "class wiki content group"));
    let source = "Summary The queue was stuck on 2026-02-12. Root cause select * from jobs where age > 10 && state = '<stuck>'; \
                  Action items Drain the queue by age";
    check("confluence_storage", &site(&["storage.xml"]), (source, ""));
}

#[test]
fn documents_of_google_docs() {
    let space = site(&[]);
    let page = sample("google_docs.html");
    let picture = sample("hugo/images/hits.png");
    space.write("in/Postmortem.zip", zip_of(&[("Postmortemmailwaslate.html", &page), ("images/image1.png", &picture)]));
    let body = text("google_docs.html");
    let source = tagless(body.split("<body").nth(1).unwrap());
    check("google_docs", &space, (&source, "class c9 doc content"));
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
    let source = String::from_utf8(text_of_page).unwrap() + "Detected by A customer Status Done";
    let layout = "aside 20the 20api 20of 200123456789abcdef0123456789abcdef";
    check("notion", &space, (&source, layout));
}

/// The document was written by python-docx 1.2.
#[test]
fn documents_of_word() {
    let source = "Postmortem: the import job stopped Summary The import job stopped for six hours & nobody noticed: 5 < 6. See the \
                  graph Timeline (UTC) 2026-04-05 02:00 Impact started: as the log says 2026-04-05 08:00 Resolved: as the log \
                  says which nobody reads Root cause A lock was never released. Action items Action Owner Due Release the lock on \
                  exit Data team 2026-05-01 Alert when no job ran | failed Data team 2026-05-08 Five whys Why did it stop? Why \
                  did nobody notice?";
    check("docx", &site(&["postmortem.docx"]), (source, ""));
}

#[test]
fn markdown_of_other_generators() {
    let name = "hugo/2026-03-01-cache-outage.md";
    let space = site(&[name, "hugo/about.md", "hugo/images/hits.png"]);
    check("markdown", &space, (&text(name), "images"));
}

#[test]
fn any_page() {
    let space = site(&[]);
    space.write(
        "in/page.html",
        "<!doctype html><html><head><title>Outage</title></head><body><h1>Outage of the proxy</h1><h2>Summary</h2><p>It was \
         down.</p><h2>Root cause</h2><dl><dt>Proxy</dt><dd>It had no copy.</dd></dl></body></html>",
    );
    check("html", &space, ("Outage of the proxy Summary It was down. Root cause Proxy It had no copy.", ""));
}
