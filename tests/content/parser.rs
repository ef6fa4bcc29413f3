//! Whatever is written, reading it ends, loses nothing, and points at places that exist.

use casebook::document::parse;
use casebook::lower::lower;
use casebook::model::{Metrics, Policy};
use casebook::rules::SAMPLE_REVIEW;
use casebook::text::{SitePath, Source, Span};
use proptest::prelude::*;

fn check(text: &str) {
    let path = SitePath::new("content/reviews/2024-01-01-x.md").unwrap();
    let source = Source { path, text: text.into() };
    let document = parse(&source);
    let published = &*document.published;
    assert_eq!(published.len(), document.source.text.len());
    for (at, c) in published.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let place = document.map.to_source(Span::new(at, at + c.len_utf8()));
        assert_eq!(place.slice(text), c.to_string(), "the place of a character is where it stands in the file");
    }
    let (review, problems) = lower(&document, &Policy::default());
    for problem in &document.redaction_problems.0 {
        assert!(text.get(problem.span.range()).is_some(), "{problem:?} points outside the file, or into a character");
    }
    for problem in &problems {
        let span = document.map.to_source(problem.span);
        assert!(text.get(span.range()).is_some(), "{problem:?} points outside the file, or into a character");
    }
    for entry in review.timeline.entries() {
        assert!(published.get(entry.span.range()).is_some());
        assert!(published.is_char_boundary(entry.text_start));
    }
    for part in &review.parts {
        assert!(published.get(part.content.range()).is_some());
    }
    let _ = Metrics::derive(&review.timeline);
}

/// Pieces that reviews are made of, so that chance builds something like one.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "+++\n",
        "```toml\n",
        "---\n",
        "title = \"x\"\n",
        "[[actions]]\n",
        "[impact]\n",
        "\"\"\"",
        "= ",
        "## Timeline\n",
        "## Summary\n\n",
        "- ",
        "| ",
        "|-|-|\n",
        "2024-03-04",
        " 13:40",
        " UTC",
        "+02:00",
        "–",
        "~",
        " — ",
        "**",
        "Impact started",
        "Resolved",
        "<!-- internal -->",
        "<!-- /internal -->",
        "<!--",
        "-->",
        "\n\n",
        "\n",
        "[^1]",
        "[^1]: ",
        "[a](b)",
        "![",
        "](",
        ")",
        "ü",
        "🍀",
        "\u{0}",
        "\t",
        "&amp;",
        "<b>",
        "\\",
    ];
    prop_oneof![proptest::sample::select(PIECES).prop_map(str::to_owned), ".{0,8}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "(?s).{0,400}") {
        check(&text);
    }

    #[test]
    fn any_mixture_of_pieces_is_read(pieces in prop::collection::vec(piece(), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn any_cut_and_change_of_a_review_is_read(at in 0..SAMPLE_REVIEW.len(), length in 0..400usize, with in ".{0,6}") {
        let mut text = SAMPLE_REVIEW.to_owned();
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let end = (at..=(at + length).min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap();
        text.replace_range(at..end, &with);
        check(&text);
    }
}
