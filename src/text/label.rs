//! The label that a passage goes by: its words, written as one.

/// The label by which an action addresses an item: lower case, each run of other characters than
/// letters and digits one hyphen.
pub fn label_of(lead: &str) -> String {
    let mut label = String::with_capacity(lead.len());
    let mut is_between = false;
    for c in lead.chars().flat_map(char::to_lowercase) {
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
