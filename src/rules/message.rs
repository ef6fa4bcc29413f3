//! How the messages of findings name an action, and how they join words.

use crate::model::Action;

/// An action by its id, else by the beginning of its change.
pub(super) fn action(action: &Action) -> String {
    match (&action.id, &action.change) {
        (Some(id), _) => format!("action `{}`", id.value),
        (None, Some(change)) => format!("the action \"{}\"", beginning(&change.value)),
        (None, None) => "an action".to_owned(),
    }
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    const WORDS: usize = 6;
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.get(..WORDS) {
        Some(first) if words.len() > WORDS => format!("{} …", first.join(" ")),
        _ => words.join(" "),
    }
}

/// Words in a row: "a", "a and b", "a, b and c".
pub(super) fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{beginning, list};

    #[test]
    fn long_texts_are_cut_at_a_word() {
        assert_eq!(beginning("Abort the evaluation of a rule"), "Abort the evaluation of a rule");
        assert_eq!(beginning("Abort the evaluation of a rule after 5 ms"), "Abort the evaluation of a rule …");
    }

    #[test]
    fn lists_end_in_and() {
        let words = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(list(&words), "a, b and c");
        assert_eq!(list(&words[..2]), "a and b");
    }
}
