//! One moment in every form, zone and place: it is read as the same instant wherever it stands.

use casebook::document::parse;
use casebook::lower::lower;
use casebook::model::Policy;
use casebook::text::{SitePath, Source};

/// The day and the time 14:05 on it.
const FORMS: [&str; 12] = [
    "2026-03-18 14:05",
    "2026-03-18T14:05",
    "2026/03/18 14:05",
    "18 March 2026 14:05",
    "18th of March 2026, 14:05",
    "Wednesday 18 March 2026 14:05",
    "Mar 18, 2026 14:05",
    "March 18th, 2026, 2:05 PM",
    "2026-03-18 at 14h05",
    "2026-03-18: 14:05",
    "2026-03-18 — 2:05 p.m.",
    "2026-03-18 around 14:05",
];

/// Zones behind a time, with the time of that moment in UTC.
const ZONES: [(&str, &str); 11] = [
    (" UTC", "14:05"),
    (" (UTC)", "14:05"),
    (" GMT", "14:05"),
    (" UTC+2", "12:05"),
    (" +02:00", "12:05"),
    (" -0330", "17:35"),
    (" CET", "13:05"),
    (" (EDT)", "18:05"),
    (" PT", "21:05"),
    (" JST", "05:05"),
    (" Europe/Berlin", "13:05"),
];

/// Where a time may stand, with `TIME` in its place.
const PLACES: [(&str, &str); 9] = [
    ("list", "- TIME — it stops\n- 2026-03-20 00:00 UTC — it runs\n"),
    ("bold", "- **TIME** — it stops\n"),
    ("bold with its colon", "- **TIME:** it stops\n"),
    ("brackets", "- [TIME] it stops\n"),
    ("nested list", "- Words:\n  - TIME — it stops\n"),
    ("table", "| Time | Event |\n|---|---|\n| TIME | it stops |\n"),
    ("heading", "### TIME\n\nIt stops.\n"),
    ("heading with words", "### TIME — it stops\n\nWords.\n"),
    ("paragraph", "TIME — it stops.\n\nWords.\n"),
];

fn first_entry(timeline: &str) -> Option<(String, String)> {
    let text = format!("+++\n+++\n\n## Timeline\n\n{timeline}");
    let path = SitePath::new("content/reviews/x.md").unwrap();
    let document = parse(&Source { path, text: text.as_str().into() });
    let (review, problems) = lower(&document, &Policy::default());
    let complaints: Vec<String> = problems
        .iter()
        .filter(|problem| problem.span.start > text.find("## Timeline").unwrap())
        .map(|problem| problem.message.clone())
        .collect();
    let entry = review.timeline.entries().first()?;
    Some((entry.at.at.format("%Y-%m-%dT%H:%M").to_string(), complaints.join("; ")))
}

#[test]
fn a_moment_is_the_same_in_every_form_zone_and_place() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (form, (zone, utc), (place, shape)) in FORMS
        .into_iter()
        .flat_map(|form| ZONES.into_iter().flat_map(move |zone| PLACES.map(|place| (form, zone, place))))
    {
        count += 1;
        let seen = first_entry(&shape.replace("TIME", &format!("{form}{zone}")));
        let expected = (format!("2026-03-18T{utc}"), String::new());
        if seen.as_ref() != Some(&expected) {
            wrong.push(format!("{place}: {form}{zone}: {seen:?}, not {expected:?}"));
        }
    }
    assert_eq!(count, FORMS.len() * ZONES.len() * PLACES.len());
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn bare_times_take_day_and_zone_from_above() {
    let cases = [
        ("All times in UTC+2.\n\n- 2026-03-18 14:05 — a\n", "2026-03-18T12:05"),
        ("### 2026-03-18 (UTC+2)\n\n- 14:05 — a\n", "2026-03-18T12:05"),
        ("| Time (CET) | Event |\n|---|---|\n| 2026-03-18 14:05 | a |\n", "2026-03-18T13:05"),
        ("| Local time | UTC | Event |\n|---|---|---|\n| 2026-03-18 14:05 | 12:05 | a |\n", "2026-03-18T12:05"),
        ("- **2026-03-18**\n  - 14:05 UTC — a\n", "2026-03-18T14:05"),
        ("2026-03-18\n\n- 14:05 UTC — a\n", "2026-03-18T14:05"),
    ];
    for (timeline, expected) in cases {
        assert_eq!(first_entry(timeline), Some((expected.to_owned(), String::new())), "{timeline}");
    }
}
