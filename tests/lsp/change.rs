//! Changes that an editor makes for an author: fixes, allowances, sections, factors, times in UTC, other names.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::client::{Client, place_of};
use crate::support::TestSite;
use casebook::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};

const REGISTRY: &str = "content/factors.toml";

/// The texts after an edit of the protocol, by file.
fn after(client: &Client, edit: &Value) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for file in edit["documentChanges"].as_array().unwrap() {
        let path = file["textDocument"]["uri"].as_str().unwrap().strip_prefix(&client.uri("")).unwrap().to_owned();
        let text = client.text(&path);
        texts.insert(path, client.edited(&text, file["edits"].as_array().unwrap()));
    }
    texts
}

/// What can be done at some words of the sample review.
fn offered(client: &mut Client, text: &str, words: &str) -> Vec<Value> {
    client.edit(SAMPLE_PATH, text);
    let (line, character) = place_of(text, words);
    let place = json!({ "line": line, "character": character });
    let document = json!({ "uri": client.uri(SAMPLE_PATH) });
    let range = json!({ "start": place, "end": place });
    let params = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
    client.ask("textDocument/codeAction", params).as_array().unwrap().clone()
}

/// The texts after what has a title was done at some words of the sample review.
fn done(client: &mut Client, text: &str, words: &str, title: &str) -> BTreeMap<String, String> {
    let actions = offered(client, text, words);
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    let action = actions.iter().find(|action| action["title"] == title);
    after(client, &action.unwrap_or_else(|| panic!("{title}: {titles:?}"))["edit"])
}

/// The names of the rules that find something in the sample review.
fn rules(client: &Client) -> Vec<String> {
    client.findings().into_iter().filter(|finding| finding.0 == SAMPLE_PATH).map(|finding| finding.3).collect()
}

fn edited(from: &str, to: &str) -> String {
    assert!(SAMPLE_REVIEW.contains(from), "{from}");
    SAMPLE_REVIEW.replace(from, to).replace('\n', "\r\n")
}

#[test]
fn fixes_are_made_and_the_finding_is_gone() {
    let space = TestSite::site();
    let mut client = Client::open(&space);
    let text = edited("severity = ", "sevrity = ");
    let texts = done(&mut client, &text, "evrity", "Fix: `sevrity` → `severity`");
    assert_eq!(texts[SAMPLE_PATH], SAMPLE_REVIEW.replace('\n', "\r\n"));
    client.edit(SAMPLE_PATH, &texts[SAMPLE_PATH]);
    assert_eq!(rules(&client), Vec::<String>::new());
}

#[test]
fn a_finding_is_allowed_once_its_reason_is_written() {
    let space = TestSite::site();
    let mut client = Client::open(&space);
    let cases = [
        (
            "Abort the evaluation of a rule after 5 ms of CPU",
            "Be more careful with rules",
            "careful",
            "vague-action",
            "vague-action = \"",
        ),
        (
            "## Root cause",
            "## Root cause\n\n- 😀 Click [here](https://example.org/).\n",
            "here",
            "vague-link-text",
            "vague-link-text:",
        ),
    ];
    for (from, to, at, rule, key) in cases {
        let text = edited(from, to);
        let texts = done(&mut client, &text, at, &format!("Allow {rule} here, with a reason"));
        client.edit(SAMPLE_PATH, &texts[SAMPLE_PATH]);
        assert!(rules(&client).contains(&"allowance-without-reason".to_owned()), "{rule}: {:?}", rules(&client));
        let reasoned = texts[SAMPLE_PATH].replacen(key, &format!("{key} Our regulator says so."), 1);
        client.edit(SAMPLE_PATH, &reasoned);
        assert_eq!(rules(&client), Vec::<String>::new(), "{rule}: {reasoned}");
    }
}

/// Where an allowance would break the front matter, or would not cover the finding, none is offered.
#[test]
fn an_allowance_is_offered_only_where_it_works() {
    let space = TestSite::site();
    let mut client = Client::open(&space);
    let title = "Allow unknown-key here, with a reason";
    let inline =
        |table: &str| SAMPLE_REVIEW.replacen("severity = ", &format!("allow = {table}\nsevrity = 1\nseverity = "), 1);
    let texts = done(&mut client, &inline("{ single-factor = \"x\" }"), "sevrity", title);
    assert!(
        texts[SAMPLE_PATH].contains("allow = { unknown-key = \"\", single-factor = \"x\" }"),
        "{}",
        texts[SAMPLE_PATH]
    );
    let texts = done(&mut client, &inline("{}"), "sevrity", title);
    assert!(texts[SAMPLE_PATH].contains("allow = { unknown-key = \"\" }"), "{}", texts[SAMPLE_PATH]);
    // A second `allow` would break what stands there.
    let yaml = "---\ntitle: x\nallow: {single-factor: y}\nsevrity: 1\n---\n";
    let titles = offered(&mut client, yaml, "sevrity");
    let titles: Vec<&str> = titles.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert!(!titles.contains(&title), "{titles:?}");
}

#[test]
fn a_missing_section_is_written_where_it_usually_stands() {
    let space = TestSite::site();
    let mut client = Client::open(&space);
    let start = SAMPLE_REVIEW.find("## What went well").unwrap();
    let end = SAMPLE_REVIEW.find("## What went poorly").unwrap();
    let text = format!("{}{}", &SAMPLE_REVIEW[..start], &SAMPLE_REVIEW[end..]);
    let texts = done(&mut client, &text, "+++", "Write the section \"What went well\"");
    let expected = format!("{}## What went well\n\n{}", &SAMPLE_REVIEW[..start], &SAMPLE_REVIEW[end..]);
    assert_eq!(texts[SAMPLE_PATH], expected);
}

#[test]
fn a_factor_that_nobody_defined_is_added_to_the_registry() {
    let space = TestSite::site();
    let mut client = Client::open(&space);
    let text = edited("id = \"no-staged-rollout\"", "id = \"silent-pager\"");
    let texts = done(&mut client, &text, "ilent-pager", "Add the factor \"Silent pager\" to the registry");
    let added =
        "\n\n[[factor]]\nid = \"silent-pager\"\nname = \"Silent pager\"\ncategory = \"process\"\ndefinition = \"\"\n";
    assert_eq!(texts[REGISTRY], format!("{}{added}", SAMPLE_FACTORS.trim_end()));
    client.edit(REGISTRY, &texts[REGISTRY]);
    assert!(!rules(&client).contains(&"unknown-factor".to_owned()), "{:?}", rules(&client));
    let text = edited("## What went well", "## Contributing factors\n\n- **日本 pager.** Quiet.\n\n## What went well");
    let texts = done(&mut client, &text, "pager.", "Add the factor \"日本 pager\" to the registry");
    assert!(texts[REGISTRY].contains("name = \"日本 pager\""), "{}", texts[REGISTRY]);
}

#[test]
fn times_are_converted_to_utc_and_every_moment_stays() {
    let space = TestSite::site();
    let mut client = Client::open(&space);
    let timeline = |zone: &str, lines: &str| {
        format!("+++\ntitle = \"x\"\n+++\n\n## Timeline ({zone})\n\n{lines}\n## Root cause\n\nx\n")
    };
    let check = |client: &mut Client, before: &str, expected: &str| {
        let texts = done(client, before, "Timeline", "Convert the times to UTC");
        assert_eq!(texts[SAMPLE_PATH], expected);
    };
    let lines = "- 2024-03-05 00:10 — **Impact started** — x\n- ~00:50–01:20 — y\n- 01:40:07 — **Resolved** — 😀\n";
    let utc =
        "- 2024-03-04 23:10 — **Impact started** — x\n- ~23:50–00:20 — y\n- 2024-03-05 00:40:07 — **Resolved** — 😀\n";
    check(&mut client, &timeline("CET", lines), &timeline("UTC", utc));
    let lines = "- 2024-03-05 10:10 PST — x\n- 20:00 UTC — y\n";
    let utc = "- 2024-03-05 18:10 — x\n- 20:00 — y\n";
    check(&mut client, &timeline("PST", lines), &timeline("UTC", utc));
    // The heading cannot say it where a sentence names another zone.
    let stated = "All times are in CET.\n\n- 2024-03-05 10:10 — x\n- 11:00 — y\n";
    let utc = "All times are in CET.\n\n- 2024-03-05 09:10 UTC — x\n- 10:00 UTC — y\n";
    let stated = timeline("CET", stated).replace(" (CET)", "");
    check(&mut client, &stated, &timeline("CET", utc).replace(" (CET)", ""));
}

fn renamed(client: &mut Client, path: &str, words: &str, new: &str) -> Value {
    let (line, character) = place_of(&client.text(path), words);
    let document = json!({ "uri": client.uri(path) });
    let place = json!({ "line": line, "character": character });
    client.ask_any("textDocument/rename", json!({ "textDocument": document, "position": place, "newName": new }))
}

#[test]
fn a_factor_is_renamed_in_all_files_and_keeps_its_old_name_as_an_alias() {
    let space = TestSite::site();
    let other = "content/reviews/2024-02-03-other.md";
    space.write(other, SAMPLE_REVIEW.replace('\n', "\r\n"));
    let mut client = Client::open(&space);
    client.edit(SAMPLE_PATH, SAMPLE_REVIEW);
    let before = client.findings();
    let answer = renamed(&mut client, SAMPLE_PATH, "o-staged-rollout", "all-at-once");
    let texts = after(&client, &answer["result"]);
    assert_eq!(texts.keys().collect::<Vec<_>>(), [REGISTRY, other, SAMPLE_PATH]);
    let review = SAMPLE_REVIEW.replace("no-staged-rollout", "all-at-once");
    assert_eq!(texts[SAMPLE_PATH], review);
    let registry = SAMPLE_FACTORS.replace("id = \"no-staged-rollout\"", "id = \"all-at-once\"");
    assert_eq!(
        texts[REGISTRY],
        registry.replace("aliases = [\"big-bang-release\"", "aliases = [\"no-staged-rollout\", \"big-bang-release\"")
    );
    for (path, text) in &texts {
        space.write(path, text);
        client.edit(path, text);
    }
    let rules = |findings: Vec<super::client::Finding>| {
        findings.into_iter().map(|finding| (finding.0, finding.3)).collect::<Vec<_>>()
    };
    assert_eq!(rules(client.findings()), rules(before), "nothing else is found after it");
    for (new, why) in [("No", "small letters"), ("unbounded-computation", "already")] {
        let answer = renamed(&mut client, SAMPLE_PATH, "ll-at-once", new);
        assert!(answer["error"]["message"].as_str().unwrap().contains(why), "{answer}");
    }
}

#[test]
fn a_label_is_renamed_at_its_item_and_where_it_is_answered() {
    let space = TestSite::site();
    let mut client = Client::open(&space);
    client.edit(SAMPLE_PATH, SAMPLE_REVIEW);
    let lead = SAMPLE_REVIEW.lines().find(|line| line.to_lowercase().contains("**pager on silent")).unwrap();
    let check = |client: &mut Client, words: &str, new: &str, item: &str| {
        let answer = renamed(client, SAMPLE_PATH, words, new);
        let texts = after(client, &answer["result"]);
        let written = lead.split("**").nth(1).unwrap();
        let expected = SAMPLE_REVIEW
            .replace("pager-on-silent", "pager-was-off-日本")
            .replace(&format!("**{written}**"), &format!("**{item}**"));
        assert_eq!(texts[SAMPLE_PATH], expected, "{new}");
    };
    check(&mut client, "ager-on-silent", "pager-was-off-日本", "Pager was off 日本.");
    check(&mut client, &lead[4..12], "Pager was off: 日本.", "Pager was off: 日本.");
    let prepared = client.ask_at("textDocument/prepareRename", SAMPLE_PATH, place_of(SAMPLE_REVIEW, "ager-on-silent"));
    assert_eq!(prepared["placeholder"], "pager-on-silent");
    let nothing = client.ask_at("textDocument/prepareRename", SAMPLE_PATH, place_of(SAMPLE_REVIEW, "itle"));
    assert_eq!(nothing, Value::Null);
}
