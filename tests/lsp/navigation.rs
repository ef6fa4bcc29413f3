//! What names mean, where they lead, and the outline of a review.

use serde_json::{Value, json};

use super::client::{Client, place_of};
use crate::support::TestSite;
use casebook::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};

const OTHER: &str = "content/reviews/2026-11-20-other.md";

/// A review with everything that has a name, in Windows line ends and behind an internal block.
const TEXT: &str = "+++\r\ntitle = \"日本 😀\"\r\nseverity = \"P9\"\r\nrelated = [\"2024-03-04-edge-cpu\"]\r\n+++\r\n\
    <!-- internal -->\r\nsecret\r\n<!-- /internal -->\r\n\r\n## Timeline (CET)\r\n- 2026-11-20 10:00 — **Impact started** — x\r\n\
    - 11:30 — **Detected** — y\r\n\r\n## Contributing factors\r\n- **Big-bang release** (primary): x\r\n\r\n\
    ## What went poorly\r\n- **Too late 😀.** x\r\n\r\n## Actions\r\n| Action | Owner | Due | Status | Answers |\r\n|---|---|---|---|---|\r\n\
    | Page 😀 when it is late | Edge team | 2026-11-01 | open | `too-late`, no-staged-rollout |\r\n";

fn open() -> (TestSite, Client) {
    let space = TestSite::site();
    let mut client = Client::open(&space);
    client.edit(OTHER, TEXT);
    (space, client)
}

fn hover(client: &mut Client, words: &str) -> String {
    let answer = client.ask_at("textDocument/hover", OTHER, place_of(TEXT, words));
    answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn what_stands_under_the_pointer_is_explained() {
    let (_space, mut client) = open();
    let check = |client: &mut Client, at: &str, expected: &[&str]| {
        let shown = hover(client, at);
        assert!(expected.iter().all(|words| shown.contains(words)), "{at}: {expected:?} in {shown}");
    };
    let definition = SAMPLE_FACTORS.split("definition = \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(!definition.is_empty());
    check(&mut client, "P9", &["unknown-value", "**What to do:**", "/docs/rules/unknown-value.md"]);
    check(&mut client, "everity", &["`severity`: How bad it was"]);
    check(&mut client, "ig-bang", &["**No staged rollout**", "Seen in 2 reviews:", "2024-03-04: A filter rule"]);
    check(&mut client, "o-staged", &["**No staged rollout**", "one step"]);
    check(&mut client, "2024-03-04-edge", &["A filter rule took all CPU on the edge", SAMPLE_PATH]);
    check(&mut client, "1:30", &["2026-11-20 10:30 UTC", "1 h 30 min after the start of impact"]);
    check(
        &mut client,
        "Page 😀",
        &["open, overdue", "owner: Edge team", "due: 2026-11-01", "answers: too-late, no-staged-rollout"],
    );
    check(&mut client, "oo late", &["Weakness `too-late`", "- Page 😀 when it is late (open)"]);
    assert_eq!(hover(&mut client, "secret"), "");
}

/// Each place of an answer: its file and the words there.
fn places(client: &Client, answer: &Value) -> Vec<(String, String)> {
    let place = |location: &Value| {
        let path = location["uri"].as_str().unwrap().strip_prefix(&client.uri("")).unwrap().to_owned();
        let text = client.text(&path);
        (path, client.words(&text, &location["range"]))
    };
    answer.as_array().into_iter().flatten().map(place).collect()
}

#[test]
fn names_lead_to_where_they_are_given_and_to_all_their_places() {
    let (_space, mut client) = open();
    let check = |client: &mut Client, method: &str, at: &str, expected: &[(&str, &str)]| {
        let (line, character) = place_of(TEXT, at);
        let document = json!({ "uri": client.uri(OTHER) });
        let context = json!({ "includeDeclaration": true });
        let params = json!({ "textDocument": document, "position": { "line": line, "character": character }, "context": context });
        let answer = client.ask(&format!("textDocument/{method}"), params);
        let found = places(client, &answer);
        let expected: Vec<(String, String)> =
            expected.iter().map(|(path, words)| ((*path).to_owned(), (*words).to_owned())).collect();
        assert_eq!(found, expected, "{method} {at}");
    };
    let registry = "content/factors.toml";
    check(&mut client, "definition", "ig-bang", &[(registry, "\"no-staged-rollout\"")]);
    check(&mut client, "definition", "o-staged", &[(registry, "\"no-staged-rollout\"")]);
    check(&mut client, "definition", "2024-03-04-edge", &[(SAMPLE_PATH, "")]);
    check(&mut client, "definition", "oo-late", &[(OTHER, "Too late 😀.")]);
    let row = "| Page 😀 when it is late | Edge team | 2026-11-01 | open | `too-late`, no-staged-rollout |";
    check(&mut client, "definition", "oo late", &[(OTHER, row)]);
    check(&mut client, "references", "oo-late", &[(OTHER, "Too late 😀."), (OTHER, "too-late")]);
    let all = [
        (registry, "no-staged-rollout"),
        (registry, "big-bang-release"),
        (SAMPLE_PATH, "no-staged-rollout"),
        (SAMPLE_PATH, "no-staged-rollout"),
        (OTHER, "Big-bang release"),
        (OTHER, "no-staged-rollout"),
    ];
    check(&mut client, "references", "ig-bang", &all);
    check(&mut client, "references", "2024-03-04-edge", &[(OTHER, "2024-03-04-edge-cpu")]);
}

#[test]
fn the_outline_has_headings_entries_and_actions() {
    let (_space, mut client) = open();
    let document = json!({ "textDocument": { "uri": client.uri(OTHER) } });
    let symbols = client.ask("textDocument/documentSymbol", document.clone());
    let line = |symbol: &Value| {
        (symbol["name"].clone(), symbol["detail"].clone(), symbol["selectionRange"]["start"]["line"].clone())
    };
    let mut found = Vec::new();
    for symbol in symbols.as_array().unwrap() {
        found.push(line(symbol));
        found.extend(symbol["children"].as_array().into_iter().flatten().map(line));
    }
    let expected = json!([
        ["Timeline (CET)", null, 9],
        ["2026-11-20 10:00", "Impact started", 10],
        ["11:30", "Detected", 11],
        ["Contributing factors", null, 13],
        ["What went poorly", null, 16],
        ["Actions", null, 19],
        ["Page 😀 when it is late", "open", 22],
    ]);
    assert_eq!(json!(found), expected);
    let folds = client.ask("textDocument/foldingRange", document);
    let found: Vec<[u64; 2]> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| [fold["startLine"].as_u64().unwrap(), fold["endLine"].as_u64().unwrap()])
        .collect();
    assert_eq!(found, [[0, 4], [5, 7], [9, 11], [13, 14], [16, 17], [19, 22]]);
}

#[test]
fn the_registry_leads_to_the_reviews() {
    let (_space, mut client) = open();
    let registry = "content/factors.toml";
    client.edit(registry, SAMPLE_FACTORS);
    let (line, character) = place_of(SAMPLE_FACTORS, "o-staged-rollout");
    let document = json!({ "uri": client.uri(registry) });
    let params = json!({ "textDocument": document, "position": { "line": line, "character": character }, "context": { "includeDeclaration": true } });
    let answer = client.ask("textDocument/references", params);
    let files: Vec<String> = places(&client, &answer).into_iter().map(|(path, _)| path).collect();
    assert!(files.contains(&SAMPLE_PATH.to_owned()) && files.contains(&OTHER.to_owned()), "{files:?}");
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": document }));
    assert_eq!(symbols.as_array().unwrap().len(), SAMPLE_FACTORS.matches("[[factor]]").count());
}

#[test]
fn the_title_of_a_review_leads_to_those_that_name_it() {
    let (_space, mut client) = open();
    client.edit(SAMPLE_PATH, &SAMPLE_REVIEW.replacen("severity", "aliases = [\"INC-1\"]\nseverity", 1));
    client.edit(OTHER, &TEXT.replace("2024-03-04-edge-cpu", "inc-1"));
    let (line, character) = place_of(SAMPLE_REVIEW, "filter rule");
    let document = json!({ "uri": client.uri(SAMPLE_PATH) });
    let position = json!({ "line": line, "character": character });
    let context = json!({ "includeDeclaration": true });
    let answer = client
        .ask("textDocument/references", json!({ "textDocument": document, "position": position, "context": context }));
    assert_eq!(places(&client, &answer), [(OTHER.to_owned(), "inc-1".to_owned())]);
}

#[test]
fn a_question_that_cannot_be_answered_ends_nothing() {
    let (_space, mut client) = open();
    let answer = client.ask_any("textDocument/hover", json!({ "position": "nowhere" }));
    assert_eq!(answer["error"]["code"], -32602);
    let answer = client.ask_any("textDocument/nothing", json!({}));
    assert_eq!(answer["error"]["code"], -32601);
    client.tell("textDocument/didChange", json!({ "contentChanges": 7 }));
    client.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": "untitled:1", "languageId": "x", "version": 1, "text": "x" } }),
    );
    let document = json!({ "uri": client.uri("content/reviews/none.md") });
    let nothing = client.ask(
        "textDocument/hover",
        json!({ "textDocument": document, "position": { "line": 9999, "character": 9999 } }),
    );
    assert_eq!(nothing, Value::Null);
    assert!(hover(&mut client, "P9").contains("unknown-value"));
    client.edit(OTHER, SAMPLE_REVIEW);
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
}
