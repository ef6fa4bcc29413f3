//! Recognises forms and misspellings of a word. `search-engine.js` does so alike.

/// The stem of an English word. It is always a prefix of the word, so that all forms are close together in the sorted
/// index. Words with characters other than a to z are returned unchanged.
pub fn stem(word: &str) -> &str {
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word;
    }
    let singular = without_plural(word);
    let (verb, is_cut) = without_ending(singular);
    let short = if is_cut { without_double(verb) } else { verb };
    // `migration`, `migrated` and `migrate` meet in `migr`, `expiration` and `expired` in `expir`.
    match short.strip_suffix("at") {
        Some(root) if root.len() >= 4 && short.len() == verb.len() && is_cut => root,
        _ => short,
    }
}

fn without_plural(word: &str) -> &str {
    if let Some(root) = word.strip_suffix("ies").filter(|root| root.len() >= 3) {
        return root;
    }
    if let Some(root) = word.strip_suffix("es") {
        let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| root.ends_with(end));
        if hisses && root.len() >= 3 {
            return root;
        }
    }
    match word.strip_suffix('s') {
        Some(root) if !["s", "u", "i"].iter().any(|end| root.ends_with(end)) => root,
        _ => word,
    }
}

/// The word without the ending of a verb or of its noun, and whether it had one.
fn without_ending(word: &str) -> (&str, bool) {
    for (ending, least) in [("ing", 3), ("ion", 4), ("ed", 3), ("e", 3), ("y", 3)] {
        if let Some(root) = word.strip_suffix(ending).filter(|root| root.len() >= least && has_vowel(root)) {
            return (root, true);
        }
    }
    (word, false)
}

fn has_vowel(root: &str) -> bool {
    root.bytes().any(|byte| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
}

/// `stopp` of `stopped` is `stop`, but `fail`, `roll` and `pass` keep their letters.
fn without_double(root: &str) -> &str {
    let bytes = root.as_bytes();
    match bytes {
        [.., before, last] if before == last && bytes.len() > 3 && !b"lsfzaeiou".contains(last) => {
            &root[..root.len() - 1]
        }
        _ => root,
    }
}

/// Whether `b` is `a` with one letter added, removed or replaced, or with two neighbours swapped.
pub fn is_one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = |letters: &[char], skipped: usize| letters.get(same + skipped..).map(<[char]>::to_vec);
    match a.len() as isize - b.len() as isize {
        0 => {
            let swapped = same + 1 < a.len() && a[same] == b[same + 1] && a[same + 1] == b[same];
            same < a.len() && (rest(&a, 1) == rest(&b, 1) || swapped && rest(&a, 2) == rest(&b, 2))
        }
        1 => rest(&a, 1) == rest(&b, 0),
        -1 => rest(&a, 0) == rest(&b, 1),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_one_edit, stem};

    #[test]
    fn forms_of_a_word_meet() {
        for forms in [
            &["expire", "expires", "expired", "expiring", "expiration", "expiry"][..],
            &["alert", "alerts", "alerted", "alerting"],
            &["stop", "stops", "stopped", "stopping"],
            &["roll", "rolled", "rolling", "rolls"],
            &["policy", "policies"],
            &["crash", "crashes", "crashed"],
            &["migrate", "migration", "migrations", "migrated"],
            &["process", "processes", "processed"],
            &["delete", "deletion", "deleted"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
                assert!(form.starts_with(stem(form)));
            }
        }
        for (a, b) in [("format", "form"), ("status", "statu"), ("thing", "th"), ("kubelet", "kube")] {
            assert_ne!(stem(a), stem(b), "{a} and {b}");
        }
    }

    #[test]
    fn one_slip_is_found() {
        for (a, b) in
            [("rollbck", "rollback"), ("rolllback", "rollback"), ("rolbcak", "rolback"), ("xollback", "rollback")]
        {
            assert!(is_one_edit(a, b) && is_one_edit(b, a), "{a} {b}");
        }
        for (a, b) in [("rollback", "rollback"), ("rlback", "rollback"), ("abcd", "badc")] {
            assert!(!is_one_edit(a, b), "{a} {b}");
        }
    }
}
