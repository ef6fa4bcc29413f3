//! What an editor offers at a place, and what stands there once it was chosen.

use serde_json::{Value, json};

use super::client::Client;
use crate::support::TestSite;
use casebook::rules::SAMPLE_REVIEW;

const PATH: &str = "content/reviews/2026-11-20-new.md";

/// Stands for the place in a text.
const PLACE: &str = "‸";

/// A site with a review that names services, teams and factors, in an editor that knows snippets.
fn client() -> (TestSite, Client) {
    let space = TestSite::site();
    let client = Client::open(&space);
    (space, client)
}

/// The proposals at the place of a text.
fn offered(client: &mut Client, text: &str) -> Vec<Value> {
    let offset = text.find(PLACE).unwrap();
    let before = &text[..offset];
    let line = before.matches('\n').count() as u64;
    let column = before[before.rfind('\n').map_or(0, |at| at + 1)..].encode_utf16().count() as u64;
    client.edit(PATH, &text.replace(PLACE, ""));
    let answer = client.ask_at("textDocument/completion", PATH, (line, column));
    let mut items = answer.as_array().cloned().unwrap_or_default();
    items.sort_by_key(|item| item["sortText"].as_str().unwrap().to_owned());
    items
}

/// The line of the place once the proposal with a label was chosen.
fn chosen(client: &mut Client, text: &str, label: &str) -> String {
    let items = offered(client, text);
    let labels: Vec<&str> = items.iter().map(|item| item["label"].as_str().unwrap()).collect();
    let item = items.iter().find(|item| item["label"] == label).unwrap_or_else(|| panic!("{label}: {labels:?}"));
    let before = text.split(PLACE).next().unwrap();
    let after = text.split(PLACE).nth(1).unwrap();
    let line = before.rsplit('\n').next().unwrap();
    let start = item["textEdit"]["range"]["start"]["character"].as_u64().unwrap();
    let units: Vec<u16> = line.encode_utf16().take(usize::try_from(start).unwrap()).collect();
    let kept = String::from_utf16(&units).unwrap();
    format!("{kept}{}{}", item["textEdit"]["newText"].as_str().unwrap(), after.split('\n').next().unwrap())
}

fn check(client: &mut Client, text: &str, label: &str, expected: &str) {
    assert_eq!(chosen(client, text, label), expected, "{text}");
}

fn front(rest: &str) -> String {
    format!("+++\n{rest}\n+++\n")
}

#[test]
fn keys_and_words_of_the_front_matter_are_offered() {
    let (_space, mut client) = client();
    let client = &mut client;
    check(client, &front("ti‸"), "title", "title = \"$1\"");
    check(client, &front("‸"), "severity", "severity = \"${1|P1,P2,P3,P4,P5,unknown|}\"");
    check(client, &front("tlp = \"‸\""), "TLP:CLEAR", "tlp = \"TLP:CLEAR\"");
    check(client, &front("tlp = ‸"), "TLP:CLEAR", "tlp = \"TLP:CLEAR\"");
    check(client, &front("status = \"fi‸"), "final", "status = \"final\"");
    check(client, &front("reviewed = ‸"), "2026-11-24", "reviewed = 2026-11-24");
    check(client, &front("services = ‸"), "edge proxy", "services = [\"edge proxy\"]");
    check(client, &front("services = [\"a\", \"‸\"]"), "edge proxy", "services = [\"a\", \"edge proxy\"]");
    check(client, &front("services = [\n  \"‸\",\n]"), "edge proxy", "  \"edge proxy\",");
    check(client, &front("related = [‸]"), "2024-03-04-edge-cpu", "related = [\"2024-03-04-edge-cpu\"]");
    check(client, &front("[[factors]]\nid = \"‸\""), "no-staged-rollout", "id = \"no-staged-rollout\"");
    check(client, &front("[[factors]]\nid = \"x\"\n‸"), "role", "role = \"${1|primary,contributing|}\"");
    check(client, &front("[[actions]]\nowner = \"‸\""), "Edge platform team", "owner = \"Edge platform team\"");
    check(client, &front("[response.runbook]\nanswer = \"‸\""), "partly", "answer = \"partly\"");
    check(client, &front("[response]\nrunbook = { answer = \"‸\" }"), "partly", "runbook = { answer = \"partly\" }");
    check(client, &front("[response]\nrunbook = { ‸ }"), "note", "runbook = { note = \"$1\" }");
    check(client, &front("[allow]\n‸"), "vague-action", "vague-action = \"$1\"");
    check(client, "+++\ntitle = \"x\"\n‸", "+++", "+++");
    check(client, "---\nst‸\n---\n", "status", "status: ${1|draft,interim,final,withdrawn|}");
    check(client, "---\nservices:\n  - ‸\n---\n", "edge proxy", "  - edge proxy");
    check(client, "---\nfactors:\n  - id: ‸\n---\n", "no-staged-rollout", "  - id: no-staged-rollout");
    check(client, "---\nfactors:\n  - id: x\n    ro‸\n---\n", "role", "    role: ${1|primary,contributing|}");
    // What stands there is not offered again.
    let labels: Vec<Value> =
        offered(client, &front("title = \"x\"\n‸")).into_iter().map(|item| item["label"].clone()).collect();
    assert!(!labels.contains(&json!("title")) && labels.contains(&json!("status")), "{labels:?}");
}

#[test]
fn a_related_review_is_found_by_its_title_and_a_factor_shows_what_it_means() {
    let (_space, mut client) = client();
    let items = offered(&mut client, &front("related = [\"‸\"]"));
    let title = SAMPLE_REVIEW.lines().find_map(|line| line.strip_prefix("title = \"")).unwrap().trim_end_matches('"');
    assert_eq!(items[0]["detail"], title);
    assert!(items[0]["filterText"].as_str().unwrap().contains(title));
    let items = offered(&mut client, &front("[[factors]]\nid = \"‸\""));
    assert!(
        items.iter().all(|item| item["documentation"]["value"].as_str().is_some_and(|about| about.len() > 20)),
        "{items:#?}"
    );
}

#[test]
fn headings_entries_factors_and_actions_are_offered_in_the_text() {
    let (_space, mut client) = client();
    let client = &mut client;
    let front = front("title = \"x\"");
    let timeline = format!("{front}\n## Timeline (UTC)\n");
    check(client, &format!("{front}\n‸"), "## Summary", "## Summary");
    check(client, &format!("{front}\n## Wh‸"), "## What went well", "## What went well");
    check(client, &format!("{timeline}\n‸"), "entry now", "- ${1:2026-11-24 00:00} — $0");
    check(
        client,
        &format!("{timeline}- 2026-11-23 10:00 — **Detected** — x\n- ‸\n"),
        "entry now with a phase",
        "- ${1:2026-11-24 00:00} — **${2|Introduced,Impact started,Responded,Cause identified,Mitigated,Resolved|}** — $0",
    );
    check(client, &format!("{timeline}- 10:00 — ‸"), "Detected", "- 10:00 — **Detected** — ");
    check(client, &format!("{timeline}- 10:00 — **De‸"), "Detected", "- 10:00 — **Detected** — ");
    let factors = format!("{front}\n## Contributing factors\n");
    check(client, &format!("{factors}- ‸"), "No staged rollout", "- **No staged rollout** (primary): $0");
    check(client, &format!("{factors}- **No‸"), "No staged rollout", "- **No staged rollout** (primary): $0");
    let weak = format!("{front}\n## What went poorly\n- **日本 Too late.** x\n\n## Actions\n");
    let table = format!("{weak}| Action | Owner | Due | Status | Answers |\n|---|---|---|---|---|\n");
    check(
        client,
        &format!("{table}‸"),
        "action",
        "| ${1:What exactly changes} | ${2:Team} | ${3:2026-12-24} | ${4|open,in-progress,done,cancelled|} | \
         ${5|日本-too-late,no-staged-rollout,unbounded-computation|} |",
    );
    check(client, &format!("{table}| 😀 x | ‸"), "Edge platform team", "| 😀 x | Edge platform team");
    check(client, &format!("{table}| x | y | z | ‸ |"), "done", "| x | y | z | done |");
    check(
        client,
        &format!("{table}| x | y | z | open | no-staged-rollout, ‸ |"),
        "日本-too-late",
        "| x | y | z | open | no-staged-rollout, 日本-too-late |",
    );
    // Prose is left alone.
    assert_eq!(offered(client, &format!("{front}\n## Summary\nSomething ‸")), Vec::<Value>::new());
}

#[test]
fn an_editor_without_snippets_gets_lines_without_places() {
    let space = TestSite::site();
    let mut client = Client::with(&space, &json!({}));
    let client = &mut client;
    check(client, "‸", "+++", "+++");
    check(client, &front("‸"), "severity", "severity = \"");
    check(client, &front("severity = \"‸"), "P2", "severity = \"P2\"");
    check(client, &front("reviewed‸"), "reviewed", "reviewed = 2026-11-24");
    check(client, &format!("{}\n## Timeline\n‸", front("")), "entry now", "- 2026-11-24 00:00 — ");
    let labels: Vec<Value> = offered(client, "‸").into_iter().map(|item| item["label"].clone()).collect();
    assert_eq!(labels, [json!("+++"), json!("---")]);
}

#[test]
fn settings_and_the_registry_are_completed_too() {
    let space = TestSite::site();
    let mut client = Client::open(&space);
    client.edit("content/factors.toml", "[[factor]]\nid = \"x\"\ncategory = \"\"\n");
    let items = client.ask_at("textDocument/completion", "content/factors.toml", (2, 12));
    assert!(items.as_array().unwrap().iter().any(|item| item["label"] == "process"), "{items:#}");
    client
        .edit("casebook.toml", "title = \"x\"\nbase_url = \"https://example.org/\"\n[levels]\nvague-action = \"\"\n\n");
    let items = client.ask_at("textDocument/completion", "casebook.toml", (3, 16));
    assert_eq!(items[0]["textEdit"]["newText"], "error", "{items:#}");
    let items = client.ask_at("textDocument/completion", "casebook.toml", (0, 2));
    assert!(items.as_array().unwrap().iter().any(|item| item["label"] == "organisation"), "{items:#}");
}
