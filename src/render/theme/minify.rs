//! Scripts and style sheets of the built-in themes as they are published: without comments and indentation.

use super::built_in::built_in_texts;

/// What is published of the text of an asset. An author's own file stays as it is; a copy of a built-in one is published
/// like the built-in one. Only whole lines are left out, so that a mistake in a browser shows code that can be read.
pub(super) fn published(name: &str, text: &str) -> String {
    let is_code = name.ends_with(".js") || name.ends_with(".css");
    if is_code && built_in_texts().any(|own| own == text) { minified(text) } else { text.to_owned() }
}

/// `text` without indentation, blank lines, and the lines that are comments. No string of it may go over a line's end.
fn minified(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut is_inside = false;
    for line in text.lines().map(str::trim) {
        let opens = line.starts_with("/*");
        if !is_inside && !opens && !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
        is_inside = (is_inside || opens) && !line.ends_with("*/");
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::built_in::{BuiltIn, files_below};
    use super::{minified, published};

    #[test]
    fn lines_of_comments_go() {
        let text = "/* One\n   two */\na {\n  /** x */\n  b: c; /* d */\n}\n\n// e\nf(`//`);\n";
        assert_eq!(minified(text), "a {\nb: c; /* d */\n}\nf(`//`);\n");
        assert_eq!(published("a.js", text), text, "an author's own");
    }

    /// What is left out by lines must not stand in a string, and a comment must not end before its line does.
    #[test]
    fn the_built_in_files_can_be_read_by_lines() {
        let files = BuiltIn::bases("plain").into_iter().flat_map(|theme| files_below(theme, "assets"));
        let code: Vec<_> = files.filter(|(name, _)| name.ends_with(".js") || name.ends_with(".css")).collect();
        assert!(code.len() > 6);
        for (name, bytes) in code {
            let text = std::str::from_utf8(bytes).unwrap();
            assert!(published(&name, text).len() < text.len(), "{name}");
            for line in text.lines().map(str::trim) {
                let goes_on = line.matches('`').count() % 2 == 1 || line.ends_with('\\');
                let ends_early =
                    line.starts_with("/*") && line.split_once("*/").is_some_and(|(_, rest)| !rest.is_empty());
                let begins_late = line.rfind("/*").is_some_and(|at| at > 0 && !line[at..].contains("*/"));
                assert!(!goes_on && !ends_early && !begins_late, "{name}: {line}");
            }
        }
    }
}
