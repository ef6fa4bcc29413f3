//! Whatever is written, reading it ends, loses nothing, and points at places that exist.

use casebook::rules::SAMPLE_REVIEW;
use proptest::prelude::*;

use crate::fuzz::target::check_document;

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
        check_document(&text);
    }

    #[test]
    fn any_mixture_of_pieces_is_read(pieces in prop::collection::vec(piece(), 0..60)) {
        check_document(&pieces.concat());
    }

    #[test]
    fn any_cut_and_change_of_a_review_is_read(at in 0..SAMPLE_REVIEW.len(), length in 0..400usize, with in ".{0,6}") {
        let mut text = SAMPLE_REVIEW.to_owned();
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let end = (at..=(at + length).min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap();
        text.replace_range(at..end, &with);
        check_document(&text);
    }
}
