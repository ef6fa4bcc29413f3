//! Moments, teams and who noticed first, as labels in the head of a text state them.

use serde_json::{Value, json};

use super::from_text::{published, site};

const TIMELINE: &str = "## Timeline (UTC)\n\n- 2024-03-04 10:05 — **Mitigated** — a restart.\n- 10:20 — all is well.\n";

fn text(head: &str) -> String {
    format!("# The queue stopped\n\n{head}\n\n## Impact\n\nMany waited.\n\n{TIMELINE}")
}

/// The phases that the dataset has from the head.
fn phases(review: &Value) -> Vec<String> {
    let phases = review["stated_phases"].as_array().cloned().unwrap_or_default();
    phases
        .iter()
        .map(|phase| format!("{} {}", phase["phase"].as_str().unwrap(), phase["began"]["at"].as_str().unwrap()))
        .collect()
}

#[test]
fn labels_with_a_time_are_marks_that_the_timeline_lacks() {
    let head = "**Severity:** P2\\\n**Status:** final\\\n**TLP:** clear\\\n**Started:** 2024-03-04 10:00 CET\\\n\
        **Time of detection:** ~10:10\\\n**Mitigated:** 11:05\\\n**Resolved:** 2024-03-04 09:50 UTC";
    let review = published(&site(&text(head)));
    let stated =
        ["Impact started 2024-03-04T09:00:00Z", "Detected 2024-03-04T09:10:00Z", "Resolved 2024-03-04T09:50:00Z"];
    assert_eq!(phases(&review), stated);
    assert_eq!(review["stated_phases"][1]["began"]["approximate"], json!(true));
    assert_eq!(review["stated_phases"][0]["written"], "2024-03-04 10:00 CET");
    assert_eq!(review["metrics"]["time_to_detect"]["seconds"], 600);
    assert_eq!(review["metrics"]["time_to_mitigate"]["seconds"], 65 * 60);
}

#[test]
fn a_section_of_facts_states_moments_in_tables_and_lists() {
    let table = "**Status:** final\\\n**TLP:** clear\\\n**Severity:** P2\n\n## Metadata\n\n| | |\n|--|--|\n\
        | Start time (UTC) | 2024-03-04 09:30 |\n| Detected at | 09:40 |\n| End | 10:30 |";
    let expected =
        ["Impact started 2024-03-04T09:30:00Z", "Detected 2024-03-04T09:40:00Z", "Resolved 2024-03-04T10:30:00Z"];
    assert_eq!(phases(&published(&site(&text(table)))), expected);
    let list = "**Status:** final\\\n**TLP:** clear\\\n**Severity:** P2\n\n## Details\n\n- Date: 4 March 2024\n\
        - Incident start: 09:30 UTC\n- **Detected**: 09:40\n- Outage ended: 10:30\n- Duration: 2h30\n- Recovery: by hand";
    assert_eq!(phases(&published(&site(&text(list)))), expected);
    // Such items elsewhere tell of something else.
    let prose = list.replace("## Details", "## The plan").replace("**Detected**", "Detected");
    assert_eq!(phases(&published(&site(&text(&prose)))), [""; 0]);
}

#[test]
fn what_is_not_understood_and_what_contradicts_the_timeline_is_reported() {
    let base = "**Status:** final\\\n**TLP:** clear\\\n**Severity:** P2\\\n";
    let check = |head: &str, expected: &[&str]| {
        site(&text(&format!("{base}{head}"))).check().expect(0, expected);
    };
    check("**Detected:** 25:61", &["T001", "`25:61` looks like a time and cannot be read", ":6:15"]);
    check("**Detected:** 2024-03-04 17:14pm", &["T001", ":6:26"]);
    check(
        "**Mitigated:** 2024-03-04 10:15 UTC",
        &["D017", "this says `2024-03-04 10:15 UTC`", "\"Mitigated\"", ":6:16"],
    );
    let silent = |head: &str| {
        let site = site(&text(&format!("{base}{head}")));
        let told = site.check().out;
        assert!(!told.contains("T001") && !told.contains("T003") && !told.contains("D017"), "{head}\n{told}");
    };
    silent("**Mitigated:** 2024-03-04 10:05 UTC");
    silent("**Mitigated:** 2024-03-04 11:05 +01:00");
    silent("**Mitigated:** ~10:20");
    silent("**Mitigated:** 2024-03-04 10:00–10:10 UTC");
    silent("**Mitigation:** the 2 nodes were drained");
    silent("**Resolution time:** 45 minutes");
    silent("**Resolution time:** 2h30");
    // Without any zone.
    let bare = text(&format!("{base}**Detected:** 2024-03-04 10:01")).replace("Timeline (UTC)", "Timeline");
    site(&bare.replace("10:05 —", "10:05 UTC —")).check().expect(0, &["Mark: Impact started"]);
    site(&bare).check().expect(0, &["T003"]);
}

#[test]
fn teams_are_participants_and_persons_are_none() {
    let head = "**Status:** final\\\n**TLP:** clear\\\n**Severity:** P2\\\n\
        **Authors:** Platform team, Jane Roe, Jane Roe (SRE) and Support\\\n**Detected by:** alerting";
    let site = site(&text(head));
    let review = published(&site);
    assert_eq!(review["participants"], json!(["Platform team", "Support"]));
    assert_eq!(review["response"]["detection"], "monitoring");
    site.check().expect(0, &["P008", "persons are listed"]);
}

#[test]
fn keys_without_a_value_hide_nothing() {
    let front = "---\ntitle: ''\nseverity:\nstatus: \"\"\ntlp: ~\nreviewed: ''\nservices:\npublish:\n---\n";
    let head = "**Status:** final\\\n**Severity:** P2\\\n**Services:** checkout\\\n**Reviewed:** 2024-03-08";
    let site = site(&format!("{front}{}", text(head)));
    site.write("casebook.toml", format!("{}tlp = \"CLEAR\"\nseverity = \"P4\"\n", site.read("casebook.toml")));
    let review = published(&site);
    assert_eq!(review["title"], "The queue stopped");
    assert_eq!((&review["severity"], &review["reviewed"]), (&json!("P2"), &json!("2024-03-08")));
    assert_eq!((&review["status"], &review["services"]), (&json!("final"), &json!(["checkout"])));
    let toml = "+++\nseverity = \"\"\ntlp = \" \"\nstatus = \"\"\n+++\n";
    site.write("docs/the-queue.md", format!("{toml}{}", text(head)));
    assert_eq!(published(&site)["severity"], "P2");
}
