//! Short codes such as `:rocket:`, and the characters that code hosts show for them.

use std::ops::Range;

/// The longest short code that there is has fewer bytes.
const LONGEST: usize = 60;

/// Where known short codes stand in `text`, each with its character.
pub(super) fn short_codes(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(':').map(|offset| at + offset) {
        at = start + 1;
        let after_code = found.last().is_some_and(|(last, _)| last.end == start);
        let is_in_word = text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '/'));
        if is_in_word && !after_code {
            continue;
        }
        let is_name =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-');
        let length = text.bytes().skip(at).take(LONGEST).take_while(|byte| is_name(*byte)).count();
        let Some(rest) = text[at + length..].strip_prefix(':') else { continue };
        if rest.starts_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        if let Some(emoji) = emojis::get_by_shortcode(&text[at..at + length]) {
            at += length + 1;
            found.push((start..at, emoji.as_str()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::short_codes;

    #[test]
    fn known_codes_become_characters_and_nothing_else_does() {
        let cases = [
            (":rocket: up", "🚀 up"),
            ("up :rocket:, (:white_check_mark:) :+1::-1:", "up 🚀, (✅) 👍👎"),
            (":no_such_code: :Rocket: : rocket : :rocket", ":no_such_code: :Rocket: : rocket : :rocket"),
            ("10:05:07 a:x:c a:rocket:b ::x: x::rocket: :x:1", "10:05:07 a:x:c a:rocket:b ::x: x::rocket: :x:1"),
            (
                "urn:x:rocket https://a.example/:rocket: fe80:::100:",
                "urn:x:rocket https://a.example/:rocket: fe80:::100:",
            ),
        ];
        for (text, expected) in cases {
            let mut shown = text.to_owned();
            for (range, character) in short_codes(text).into_iter().rev() {
                shown.replace_range(range, character);
            }
            assert_eq!(shown, expected, "{text}");
        }
    }
}
