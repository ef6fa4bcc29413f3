//! Templates that others publish, filled in with one incident: what of each is understood without any key of ours.

use std::path::Path;

use casebook::document::parse;
use casebook::lower::lower;
use casebook::model::Policy;
use casebook::text::{SitePath, Source};
use serde_json::Value;

use crate::support::TestSite;

/// What is understood of a file.
#[derive(Debug, PartialEq, Eq)]
struct Understood {
    title: String,
    date: String,
    severity: String,
    /// The kinds of its sections, in order.
    sections: String,
    /// The time of each entry, with its mark.
    timeline: Vec<String>,
    /// What is changed, who does it, until when, and how far it is.
    actions: Vec<String>,
}

fn text(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/content/templates");
    std::fs::read_to_string(folder.join(format!("{name}.md"))).unwrap()
}

fn kinds(text: &str) -> String {
    let path = SitePath::new("content/reviews/a.md").unwrap();
    let review = lower(&parse(&Source { path, text: text.into() }), &Policy::default()).0;
    let kinds = review.parts.iter().filter_map(|part| part.kind.map(|kind| format!("{kind:?}")));
    kinds.collect::<Vec<_>>().join(" ")
}

fn understood(name: &str) -> Understood {
    let site = TestSite::empty();
    let place = "[[reviews]]\nfiles = [\"docs/*.md\"]\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\nseverity = \"P4\"\n\
        adopted_before = 2100-01-01\n";
    site.write("casebook.toml", format!("title = \"T\"\nbase_url = \"https://example.org/\"\n\n{place}"));
    let text = text(name);
    site.write("docs/the-labels.md", &text);
    site.build().expect(0, &[]);
    let data: Value = serde_json::from_str(&site.read("public/data/casebook.json")).unwrap();
    let review = &data["reviews"][0];
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let entry = |entry: &Value| {
        let marks = entry["marks"].as_array().map(|marks| format!(" {}", word(&marks[0])));
        format!("{}{}", &word(&entry["at"])[..16], marks.unwrap_or_default())
    };
    let action = |action: &Value| ["change", "owner", "due", "status"].map(|key| word(&action[key])).join(" | ");
    Understood {
        title: word(&review["title"]),
        date: word(&review["date"]),
        severity: word(&review["severity"]),
        sections: kinds(&text),
        timeline: review["timeline"].as_array().unwrap().iter().map(entry).collect(),
        actions: review["actions"].as_array().unwrap().iter().map(action).collect(),
    }
}

const ENTRIES: [&str; 4] = ["08:10", "08:31", "09:20", "09:45"];

/// The days and times of entries, each with its mark.
fn entries<'a>(times: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    times.into_iter().map(|time| format!("2026-02-17T{time}")).collect()
}

/// The two actions, with what stands behind each.
fn actions(alert: &str, limit: &str) -> Vec<String> {
    vec![format!("Page when 500 labels wait{alert}"), format!("Limit pictures in templates to 1 MB{limit}")]
}

#[test]
fn the_template_of_the_security_alliance() {
    let expected = Understood {
        title: "Post-Mortem: Parcel labels were not printed".to_owned(),
        date: "2026-02-17".to_owned(),
        severity: "P2".to_owned(),
        sections:
            "Summary Impact Timeline RootCause ContributingFactors FiveWhys WentWell WentPoorly GotLucky Actions \
                   Detection References"
                .to_owned(),
        timeline: entries([
            "08:10 Impact started",
            "08:31 Detected",
            "08:36 Responded",
            "09:02 Cause identified",
            "09:20 Mitigated",
            "09:45 Resolved",
        ]),
        actions: actions(" | Shipping team | 2026-03-06 | done", " | Platform team | 2026-03-20 | open"),
    };
    assert_eq!(understood("seal"), expected);
}

/// Its first sections are words in bold before a paragraph.
#[test]
fn the_example_of_the_site_reliability_book() {
    let expected = Understood {
        title: "Parcel labels were not printed (incident #17)".to_owned(),
        date: "2026-02-17".to_owned(),
        severity: "P4".to_owned(),
        sections: "Summary Impact RootCause Trigger Resolution Detection Actions Lessons WentWell WentPoorly GotLucky \
                   Timeline"
            .to_owned(),
        timeline: entries([
            "08:10 Impact started",
            "08:31",
            "08:36 Impact started",
            "09:20 Mitigated",
            "09:45 Resolved",
        ]),
        actions: actions(" | Shipping team | - | done", " | Platform team | - | open"),
    };
    assert_eq!(understood("google_sre"), expected);
}

#[test]
fn the_template_of_pagerduty() {
    let mut actions = actions(". | Shipping team | 2026-03-06 | open", ". | Platform team | 2026-03-20 | open");
    actions[0].insert_str(0, "LAB-501 ");
    actions[1].insert_str(0, "LAB-502 ");
    let expected = Understood {
        title: "2026-02-17: Parcel labels were not printed".to_owned(),
        date: "2026-02-17".to_owned(),
        severity: "P4".to_owned(),
        sections: "Summary Summary ContributingFactors Resolution Impact Timeline WentWell WentPoorly Actions"
            .to_owned(),
        timeline: entries(ENTRIES),
        actions,
    };
    assert_eq!(understood("pagerduty"), expected);
}

/// Its times are in a zone that a sentence states together with the day.
#[test]
fn the_form_of_kubernetes() {
    let expected = Understood {
        title: "February 17th, 2026 Parcel Label Outage".to_owned(),
        date: "2026-02-17".to_owned(),
        severity: "P4".to_owned(),
        sections:
            "Summary Impact RootCause Detection Resolution Lessons WentWell WentPoorly GotLucky Actions Timeline \
                   References"
                .to_owned(),
        timeline: entries(ENTRIES),
        actions: actions(": #501 | - | - | open", ": #502 | - | - | open"),
    };
    assert_eq!(understood("kubernetes"), expected);
}

#[test]
fn the_export_of_incident_io() {
    let expected = Understood {
        title: "INC-17: Parcel labels were not printed".to_owned(),
        date: "2026-02-17".to_owned(),
        severity: "P2".to_owned(),
        sections: "Summary Timeline WentWell Lessons Actions".to_owned(),
        timeline: entries(["08:10 Impact started", "08:31 Detected", "08:36", "09:20", "09:45 Resolved"]),
        actions: actions(
            " (Priority: High) | Shipping team | - | done",
            " (Priority: Medium) | Platform team | - | open",
        ),
    };
    assert_eq!(understood("incident_io"), expected);
}
