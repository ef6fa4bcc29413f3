//! Sections as people write them: which headings begin one, what each is, and that the page keeps the author's words.

use casebook::document::parse;
use casebook::lower::lower;
use casebook::model::{Policy, Review};
use casebook::text::{SitePath, Source};

use crate::support::TestSite;

fn read(body: &str) -> Review {
    let text = format!("+++\ntitle = \"The queue stopped\"\n+++\n\n{body}\n");
    let path = SitePath::new("content/reviews/2024-03-04-x.md").unwrap();
    lower(&parse(&Source { path, text: text.as_str().into() }), &Policy::default()).0
}

/// Each part as `level kind "heading": words`, with `-` for no kind.
fn parts(body: &str) -> Vec<String> {
    let review = read(body);
    let show = |part: &casebook::model::Part| {
        let kind = part.kind.map_or_else(|| "-".to_owned(), |kind| format!("{kind:?}"));
        let words = part.content.slice(&review.text).split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{} {kind} \"{}\": {words}", part.level, part.heading())
    };
    review.parts.iter().map(show).collect()
}

#[test]
fn bold_labels_are_headings_where_a_file_uses_them_so() {
    let cases: &[(&str, &[&str])] = &[
        (
            "**Summary**: Down.\n\n**Root Causes:** No limit.\n\n**Fallout of it**: none.\n\n**Owner**: ops",
            &[
                "2 Summary \"Summary\": Down.",
                "2 RootCause \"Root Causes\": No limit.",
                "2 - \"Fallout of it\": none.",
                "2 - \"Owner\": ops",
            ],
        ),
        (
            "- **Impact**:\n  - one\n\n- **Resolution**\n  - two\n- three",
            &["2 Impact \"Impact\": - one -", "2 Resolution \"Resolution\": - two - three"],
        ),
        // Below real headings that name sections, a label is a label.
        (
            "**Impact:** many.\n\n## Summary\n\nDown.\n\n**Timeline:** long.",
            &["2 - \"\": **Impact:** many.", "2 Summary \"Summary\": Down. **Timeline:** long."],
        ),
        // Three of them above the first heading are sections, too.
        (
            "**Date:** May\n\n**Summary:** Down.\n\n**Trigger:** A change.\n\n**Resolution:** Undone.\n\n## Timeline\n\nLong.",
            &[
                "2 - \"\": **Date:** May",
                "2 Summary \"Summary\": Down.",
                "2 Trigger \"Trigger\": A change.",
                "2 Resolution \"Resolution\": Undone.",
                "2 Timeline \"Timeline\": Long.",
            ],
        ),
        // One label alone says nothing about the file.
        ("**Impact:** many.\n\nMore.", &["2 - \"\": **Impact:** many. More."]),
        // A line in bold is a heading by itself, but not for what has one.
        (
            "## Summary\n\nDown.\n\n**Root cause**\n\nNo limit.\n\n**Summary**\n\nAgain.\n\n**Note**\n\nMore.",
            &[
                "2 Summary \"Summary\": Down.",
                "2 RootCause \"Root cause\": No limit. **Summary** Again. **Note** More.",
            ],
        ),
        // Quotations and code hold no headings.
        (
            "## Summary\n\n> **Timeline**\n\n> ## Timeline\n\n```\n## Timeline\n```\n\n    **Timeline**",
            &["2 Summary \"Summary\": > **Timeline** > ## Timeline ``` ## Timeline ``` **Timeline**"],
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(parts(body), *expected, "{body}");
    }
}

#[test]
fn kinds_are_known_by_the_headings_that_people_write() {
    let kind = |heading: &str| {
        let review = read(&format!("## {heading}\n\nWords."));
        review.parts[0].kind.map_or_else(|| "-".to_owned(), |kind| format!("{kind:?}"))
    };
    for (heading, expected) in [
        ("Action taken", "Resolution"),
        ("Actions", "Actions"),
        ("Action items", "Actions"),
        (":ballot_box_with_check: Follow-up tasks", "Actions"),
        (":mag_right: Five Why's", "FiveWhys"),
        ("5 whys", "FiveWhys"),
        ("Lessons learnt", "Lessons"),
        ("Resolution and recovery", "Resolution"),
        ("Leadup", "Background"),
        ("Impact", "Impact"),
        ("Trigger", "Trigger"),
        ("Identified", "Detection"),
        ("References", "References"),
        ("Root cause hypothesis, not confirmed", "RootCause"),
        ("Maßnahmen", "Actions"),
        ("Enseignements", "Lessons"),
        ("Impacto", "Impact"),
        ("再発防止策", "Actions"),
        ("الأثر", "Impact"),
        ("Attendees", "-"),
        ("Stats", "-"),
    ] {
        assert_eq!(kind(heading), expected, "{heading}");
    }
}

#[test]
fn what_went_wrong_is_a_list_or_tells_the_cause() {
    assert_eq!(parts("## What went wrong\n\nNo limit."), ["2 RootCause \"What went wrong\": No limit."]);
    assert_eq!(parts("## What went wrong\n\n- No limit."), ["2 WentPoorly \"What went wrong\": - No limit."]);
    assert_eq!(
        parts("## Root cause\n\nA.\n\n## What went wrong\n\nB."),
        ["2 RootCause \"Root cause\": A.", "2 WentPoorly \"What went wrong\": B."]
    );
}

#[test]
fn sections_inside_others_keep_their_place() {
    let cases: &[(&str, &[&str])] = &[
        (
            "## Lessons learned\n\n### What went well\n\nA.\n\n### Impact\n\nB.",
            &["2 Lessons \"Lessons learned\": ", "3 WentWell \"What went well\": A.", "3 Impact \"Impact\": B."],
        ),
        // The phases of a timeline and the trigger of a cause are parts of these.
        (
            "## Timeline\n\n### Detection\n\n- 10:00 UTC — a\n\n## Root cause\n\n### Trigger\n\nB.",
            &["2 Timeline \"Timeline\": ### Detection - 10:00 UTC — a", "2 RootCause \"Root cause\": ### Trigger B."],
        ),
        (
            "# Incident 1\n\n## Timeline\n\nA.\n\n# Incident 2: the queue\n\n## Timeline\n\nB.",
            &[
                "2 - \"Incident 1\": ",
                "3 Timeline \"Timeline\": A.",
                "2 - \"Incident 2: the queue\": ",
                "3 Timeline \"Timeline\": B.",
            ],
        ),
        // The title of the review is shown once, above all.
        ("# The queue stopped!\n\nBefore.\n\n## Summary\n\nA.", &["2 - \"\": Before.", "2 Summary \"Summary\": A."]),
    ];
    for (body, expected) in cases {
        assert_eq!(parts(body), *expected, "{body}");
    }
}

/// The page of a review with this body, on a site where a review may lack anything.
fn page(body: &str) -> String {
    let site = TestSite::site();
    let front = "+++\ntitle = \"The queue stopped\"\nseverity = \"P2\"\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\n\n[impact]\nusers = \"Many.\"\n+++\n";
    site.write("content/reviews/2024-05-06-queue.md", format!("{front}\n{body}\n"));
    let levels = "missing-section no-action no-primary-factor missing-phase-mark unanswered-weakness empty-section";
    let levels: String = levels.split(' ').map(|rule| format!("{rule} = \"off\"\n")).collect();
    site.write("casebook.toml", format!("{}\n[levels]\n{levels}", site.read("casebook.toml")));
    site.build().expect(0, &[]);
    site.read("public/reviews/2024-05-06-queue.html")
}

#[test]
fn a_page_keeps_the_authors_headings_and_their_order() {
    let html = page(
        "# The queue stopped\n\nBefore all.\n\n## What happened?\n\nDown.\n\n## Incident 1\n\n### Timeline\n\n\
         - 2024-05-06 10:00 UTC — a\n\n## Incident 2: the queue\n\n### Timeline\n\n- 2024-05-07 11:00 UTC — bbb\n\n\
         ## Lessons learnt\n\n### What went right\n\n- C.\n\n## Root cause hypothesis, not confirmed\n\nD.\n\n## Empty",
    );
    let headings: Vec<String> = html
        .split("<h")
        .skip(1)
        .filter(|part| part.starts_with(|c: char| ('1'..='6').contains(&c)))
        .map(|part| {
            let words = part.split_once('>').unwrap().1.split("</h").next().unwrap();
            let words: String = words.split('<').map(|piece| piece.rsplit('>').next().unwrap()).collect();
            format!("{} {words}", &part[..1])
        })
        .collect();
    let text: Vec<&str> = headings.iter().map(String::as_str).collect();
    let expected = [
        "1 The queue stopped",
        "2 What happened?",
        "2 Impact",
        "2 Incident 1",
        "3 Timeline",
        "4 6 May 2024",
        "2 Incident 2: the queue",
        "3 Timeline",
        "2 Lessons learnt",
        "3 What went right",
        "2 Root cause hypothesis, not confirmed",
        "2 Empty",
    ];
    assert_eq!(text[..expected.len()], expected, "{text:?}");
    assert!(html.contains("Before all.") && html.contains("bbb"), "{html}");
}

#[test]
fn words_behind_a_label_stand_in_paragraphs_and_lists() {
    let html = page("**Impact**: Many *waited*.\n\nMore.\n\n- **Root cause**:\n  - No limit.\n- Another.\n");
    let flat: String = html.split_whitespace().collect::<Vec<_>>().join(" ").replace("> <", "><");
    assert!(flat.contains("<p>Many <em>waited</em>.</p><p>More.</p>"), "{html}");
    assert!(flat.contains("<ul><li>No limit.</li></ul><ul><li>Another.</li></ul>"), "{html}");
}

#[test]
fn what_will_be_done_is_an_action_below_what_was_done() {
    let body = "## Remediation\n\n### Immediate actions\n\n- Rolled back\n\n### Short-term improvements\n\n- Limit it. Owner: \
                ops\n\n### Long-term fixes (2026)\n\n- Test it\n\n## Lessons learned\n\nMuch.";
    assert_eq!(
        parts(body),
        [
            "2 Resolution \"Remediation\": ### Immediate actions - Rolled back",
            "3 Actions \"Short-term improvements\": - Limit it. Owner: ops",
            "3 Actions \"Long-term fixes (2026)\": - Test it",
            "2 Lessons \"Lessons learned\": Much.",
        ]
    );
    let actions = read(body).actions;
    let group = |at: usize| actions[at].groups.first().map(|group| group.value.as_str());
    assert_eq!((group(0), group(1)), (Some("Short-term improvements"), Some("Long-term fixes (2026)")));
    assert_eq!(actions[0].owner.as_ref().map(|owner| owner.value.as_str()), Some("ops"));
    // Elsewhere such a heading is the author's own, and in bold it may tell what was done.
    for body in [
        "## Remediation\n\n**Short-term improvements**\n\n- Moved it",
        "## What we did\n\n### Short-term improvements\n\n- Moved it",
    ] {
        assert!(read(body).actions.is_empty(), "{body}");
    }
}
