//! Labels of list items and anchors of headings, made from their words.

/// `text` in lower case, each run of characters other than letters and digits one hyphen; empty when it has neither.
/// Actions name list items by this label.
pub fn kebab_case(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    let mut is_between = false;
    for c in text.chars().flat_map(char::to_lowercase) {
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
