//! What templates of the built-in theme hold: no words of their own, and only keys that there are words for.

use super::built_in::{self, BuiltIn};
use crate::language::Language;

/// Every template of the built-in themes.
fn templates() -> impl Iterator<Item = (String, String)> {
    BuiltIn::bases("plain").into_iter().flat_map(built_in::templates)
}

/// A template without what stands between `open` and `close`.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        left.push_str(before);
        rest = after.split_once(close).map_or("", |(_, after)| after);
    }
    left + rest
}

/// Words in a template that no translation reaches.
fn own_words(template: &str) -> Vec<String> {
    let code = without(template, "{#", "#}");
    let text = without(&without(&without(&code, "{%", "%}"), "{{", "}}"), "<", ">");
    let mut found: Vec<String> =
        text.lines().filter(|line| line.chars().any(char::is_alphabetic)).map(str::to_owned).collect();
    for attribute in ["label", "head", "alt", "title", "placeholder"] {
        let opening = format!("{attribute}=\"");
        let values = code.split(&opening).skip(1);
        let parts = values.filter_map(|value| value.split_once('"'));
        let words = parts.filter(|(words, after)| words.starts_with(char::is_alphabetic) && !after.starts_with(" | t"));
        found.extend(words.map(|(words, _)| format!("{attribute}=\"{words}")));
    }
    found
}

/// The keys that a template asks for by name, each with the names of what it fills in.
fn keys(template: &str) -> Vec<(String, String)> {
    let mut keys = Vec::new();
    for (at, _) in template.match_indices("\" | t") {
        let rest = &template[at + "\" | t".len()..];
        if rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let key = template[..at].rsplit('"').next().unwrap_or_default();
        let arguments = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or("", |(inside, _)| inside);
        keys.push((key.to_owned(), arguments.to_owned()));
    }
    keys
}

#[test]
fn templates_have_no_words_of_their_own() {
    let mut complaints = Vec::new();
    for (name, text) in templates() {
        complaints.extend(own_words(&text).into_iter().map(|words| format!("{name}: {words}")));
    }
    let help = "put the words into themes/default/i18n/*.toml and write {{ \"group.key\" | t }}";
    assert!(complaints.is_empty(), "{help}\n{}", complaints.join("\n"));
    for bad in ["<p>Hello</p>", "{{ <chart head=\"Owner\" /> }}", "<p aria-label=\"Pages\">{{ x }}</p>"] {
        assert_eq!(own_words(bad).len(), 1, "{bad}");
    }
    assert_eq!(
        own_words("{# Hello #}<p class=\"a\">{{ \"b.c\" | t }} · 404</p>{% if a == \"b\" %}{% endif %}").len(),
        0
    );
}

#[test]
fn templates_ask_for_words_that_are_there() {
    let english = Language::english();
    let mut asked = 0;
    for (name, text) in templates() {
        for (key, arguments) in keys(&text) {
            asked += 1;
            let phrase = english.get(&key).unwrap_or_else(|| panic!("{name}: there are no words for {key}"));
            for form in phrase.forms() {
                for part in form.split('{').skip(1) {
                    let wanted = part.split('}').next().unwrap_or_default();
                    assert!(arguments.contains(&format!("{wanted}=")), "{name}: {key} is not given {wanted}");
                }
                assert_eq!(
                    form.contains('['),
                    arguments.contains("href="),
                    "{name}: {key} has a link or an address only"
                );
            }
        }
    }
    assert!(asked > 200, "{asked}");
}
