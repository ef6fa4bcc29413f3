//! One spelling for what readers cannot tell apart: composed letters, and nothing that is invisible.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Whether a character only says how its neighbours are drawn or where a line may break: soft hyphens, joiners, marks of
/// direction, selectors of a variant. These are the code points with the property `Default_Ignorable_Code_Point`.
pub fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// A name in Unicode form NFC without ignorable characters, so that names that look alike are equal: `é` is one letter,
/// or `e` with an accent behind it, depending on the keyboard and the file system.
pub fn composed(name: &str) -> Cow<'_, str> {
    let is_composed = |name: &str| is_nfc_quick(name.chars()) == IsNormalized::Yes && !name.contains(is_ignorable);
    if name.is_ascii() || is_composed(name) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.chars().filter(|c| !is_ignorable(*c)).nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::composed;

    #[test]
    fn names_that_look_alike_are_equal() {
        for (name, expected) in [
            ("Cafe\u{301}", "Café"),
            ("Café", "Café"),
            ("Ge\u{ad}samt\u{ad}plan", "Gesamtplan"),
            ("\u{feff}a\u{200b}b\u{2060}", "ab"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
        ] {
            assert_eq!(composed(name), expected);
        }
    }
}
