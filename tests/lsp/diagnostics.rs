//! Findings in the editor are those of `check`, to the character, whatever is typed.

use super::client::{Client, checked};
use crate::support::TestSite;
use casebook::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

/// Numbers that look random and are the same each time: a linear congruence.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

fn compare(client: &Client, space: &TestSite, when: &str) {
    let (shown, checked) = (client.findings(), checked(space));
    let only = |these: &[super::client::Finding], those: &[super::client::Finding]| {
        these.iter().filter(|finding| !those.contains(finding)).cloned().collect::<Vec<_>>()
    };
    assert!(
        shown == checked,
        "{when}: only in the editor {:#?}, only in `check` {:#?}",
        only(&shown, &checked),
        only(&checked, &shown)
    );
}

#[test]
fn a_folder_that_is_opened_shows_what_check_finds() {
    let space = TestSite::demo();
    space
        .write("content/reviews/2026-01-01-broken.md", "+++\nsevrity = \"P9\"\n+++\n## Timeline\n- 😀\n- 日本 25:99\n");
    let mut client = Client::open(&space);
    client.until(|client| client.published.len() > 1);
    client.edit("casebook.toml", &space.read("casebook.toml"));
    compare(&client, &space, "after opening");
    assert!(client.findings().len() > 5);
}

/// What may be typed: words that begin, end or break something, and signs of one to four bytes.
const TYPED: [&str; 24] = [
    "+++\n",
    "\n\n## Timeline (UTC)\n",
    "- 10:05 — **Detected** — 😀 x\n",
    "日本語",
    "\r\n",
    "<!-- internal -->",
    "<!--",
    "-->",
    "|",
    "[[factors]]\nid = \"x\"\n",
    "severity = ",
    "\"",
    "tlp = \"CLEAR\"\n",
    "é",
    "\t",
    "[^1]",
    "](",
    "AKIAIOSFODNN7EXAMPLE",
    "25:99",
    "`",
    "**",
    "@alice",
    "<script>",
    "\r",
];

#[test]
fn random_edits_are_judged_as_check_judges_the_saved_file() {
    let space = TestSite::site();
    space.write("content/reviews/2024-02-03-other.md", SAMPLE_REVIEW.replace('\n', "\r\n"));
    let mut client = Client::open(&space);
    let mut chance = Chance(24);
    for path in [SAMPLE_PATH, "content/reviews/2024-02-03-other.md", "content/factors.toml"] {
        let saved = space.read(path);
        let mut text = saved.clone();
        client.edit(path, &text);
        for round in 0..25 {
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            // The protocol ends a line at a lone `\r` and has no place between `\r` and `\n`.
            let is_place = |at: usize| !(text[..at].ends_with('\r') && text[at..].starts_with('\n'));
            let (from, to) = (ends[chance.below(ends.len())], ends[chance.below(ends.len())]);
            let (from, to) = (from.min(to), to.max(from).min(from.min(to) + 40));
            let to = ends[ends.partition_point(|end| *end < to).min(ends.len() - 1)];
            if !is_place(from) || !is_place(to) {
                continue;
            }
            let new = TYPED[chance.below(TYPED.len())];
            let (start, end) = (place(&text, from), place(&text, to));
            text = format!("{}{new}{}", &text[..from], &text[to..]);
            client.replace(path, [start.0, start.1, end.0, end.1], new);
            client.wait_for(path);
            space.write(path, &text);
            compare_lines(&client, &space, &format!("{path}, round {round}"));
            if round % 8 == 7 {
                text.clone_from(&saved);
                client.edit(path, &text);
            }
        }
        space.write(path, &saved);
        client.edit(path, &saved);
        compare(&client, &space, "after all");
    }
}

/// Like [`compare`], for texts in which a lone `\r` ends a line for editors alone: then the places are left out.
fn compare_lines(client: &Client, space: &TestSite, when: &str) {
    let has_lone =
        space.files("content").values().any(|bytes| String::from_utf8_lossy(bytes).replace("\r\n", "").contains('\r'));
    if !has_lone {
        return compare(client, space, when);
    }
    let words = |found: Vec<super::client::Finding>| {
        let mut words: Vec<_> =
            found.into_iter().map(|(file, _, level, rule, text)| (file, level, rule, text)).collect();
        words.sort();
        words
    };
    assert_eq!(words(client.findings()), words(checked(space)), "{when}");
}

/// The line and the column of an offset, as the protocol counts.
fn place(text: &str, offset: usize) -> (u64, u64) {
    let before = &text[..offset];
    let line = before.matches("\r\n").count() + before.replace("\r\n", "").matches(['\n', '\r']).count();
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    (line as u64, before[start..].encode_utf16().count() as u64)
}

#[test]
fn what_goes_across_reviews_follows_and_goes_when_it_is_mended() {
    let space = TestSite::site();
    let mut client = Client::open(&space);
    let other = "content/reviews/2024-02-03-other.md";
    let text = SAMPLE_REVIEW.replacen("severity", "id = \"2024-03-04-edge-cpu\"\nseverity", 1);
    client.edit(other, &text);
    let taken = |client: &Client| {
        client.findings().iter().any(|finding| finding.3 == "duplicate-id" && finding.0 == SAMPLE_PATH)
    };
    assert!(taken(&client), "{:#?}", client.findings());
    let related =
        client.published[SAMPLE_PATH].as_array().unwrap().iter().find(|found| found["code"] == "duplicate-id").unwrap();
    assert_eq!(related["relatedInformation"][0]["location"]["uri"], client.uri(other));
    let href = related["codeDescription"]["href"].as_str().unwrap();
    assert!(href.ends_with("/docs/rules/duplicate-id.md"), "{href}");
    client.edit(other, &text.replace("id = \"2024-03-04-edge-cpu\"\n", ""));
    assert!(!taken(&client), "{:#?}", client.findings());
    client.close(other);
    client.until(|client| client.published[other].as_array().unwrap().is_empty());
}

#[test]
fn a_file_that_changes_on_disk_is_judged_again() {
    let space = TestSite::site();
    let mut client = Client::open(&space);
    client.edit("casebook.toml", &space.read("casebook.toml"));
    space.edit("severity = ", "sevrity = ");
    client.until(|client| client.findings().iter().any(|finding| finding.3 == "unknown-key"));
    compare(&client, &space, "after a change on disk");
}

/// What only the plan and the templates of a site show comes when nobody types, and goes when it is mended.
#[test]
fn templates_and_outputs_with_one_address_are_judged_too() {
    let space = TestSite::site();
    let template = "themes/default/templates/review.html";
    space.write(template, "<p>\n{{ review.tytle }}</p>\n");
    let mut client = Client::open(&space);
    let shows = |client: &Client, rule: &str| client.findings().iter().any(|finding| finding.3 == rule);
    client.edit(SAMPLE_PATH, SAMPLE_REVIEW);
    client.until(|client| shows(client, "broken-template"));
    compare(&client, &space, "with a broken template");
    client.edit(SAMPLE_PATH, &SAMPLE_REVIEW.replace("82 %", "83 %"));
    assert!(shows(&client, "broken-template"), "it stays while other texts change");
    let mended = "{% extends \"default/review.html\" %}\n";
    space.write(template, mended);
    client.edit(template, mended);
    client.until(|client| !shows(client, "broken-template"));
    space.write("static/reviews/2024-03-04-edge-cpu.html", "x");
    client.until(|client| shows(client, "duplicate-id"));
    space.write(SAMPLE_PATH, SAMPLE_REVIEW.replace("82 %", "83 %"));
    compare(&client, &space, "with two outputs of one address");
}

#[test]
fn an_outdated_state_is_never_published() {
    let space = TestSite::demo();
    let mut client = Client::open(&space);
    let path = "content/reviews/new.md";
    client.edit(path, "");
    for count in 0..60 {
        client.replace(path, [0, count, 0, count], "x");
    }
    // What is answered after this question was sent after all edits were heard.
    client.ask_any("casebook/nothing", serde_json::json!(null));
    let heard = client.versions.len();
    client.wait_for(path);
    let late: Vec<i64> =
        client.versions[heard..].iter().filter(|(known, _)| known == path).map(|(_, version)| *version).collect();
    assert!(late.iter().all(|version| *version == 61), "{late:?}");
    let all: Vec<i64> =
        client.versions.iter().filter(|(known, _)| known == path).map(|(_, version)| *version).collect();
    assert!(all.is_sorted() && all.last() == Some(&61), "{all:?}");
    space.write(path, "x".repeat(60));
    compare(&client, &space, "after fast edits");
}
