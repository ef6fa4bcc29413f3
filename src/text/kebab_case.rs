//! Labels of list items and anchors of headings, made from their words.

use super::composed::composed;

/// `text` in lower case, each run of characters other than letters and digits one hyphen; empty when it has neither.
/// How accents are encoded makes no difference, nor does what is invisible.
/// Actions name list items by this label.
pub fn kebab_case(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    let mut is_between = false;
    // Almost all texts are ASCII, which is composed already.
    if text.is_ascii() {
        for byte in text.bytes() {
            if !byte.is_ascii_alphanumeric() {
                is_between = !label.is_empty();
                continue;
            }
            if std::mem::take(&mut is_between) {
                label.push('-');
            }
            label.push(char::from(byte.to_ascii_lowercase()));
        }
        return label;
    }
    for c in composed(text).chars().flat_map(char::to_lowercase) {
        if !c.is_alphanumeric() {
            is_between = !label.is_empty();
            continue;
        }
        if std::mem::take(&mut is_between) {
            label.push('-');
        }
        label.push(c);
    }
    label
}

#[cfg(test)]
mod tests {
    use super::kebab_case;

    #[test]
    fn names_that_look_alike_have_one_label() {
        assert_eq!(kebab_case("Cafe\u{301} No\u{308}rd"), "café-nörd");
        assert_eq!(kebab_case("Café Nörd"), "café-nörd");
        assert_eq!(kebab_case("Ge\u{ad}samt\u{200b}plan\u{feff}"), "gesamtplan");
    }
}
