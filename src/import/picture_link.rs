//! The addresses of pictures in a text, changed where they are addresses.

use std::collections::BTreeMap;
use std::ops::Range;

use super::markdown::document;
use crate::text::{SitePath, Source};

/// The text with the pictures that have a new path under that, wherever they are shown: in brackets, by a definition
/// elsewhere, or as HTML. Code and other links stay as they are.
pub(super) fn with_pictures(text: &str, paths: &BTreeMap<String, String>) -> String {
    let at = SitePath::new("text.md").expect("the name is a path");
    let source = Source::new(at, text);
    let document = document(&source.path, &source.text);
    let mut text = source.text.to_string();
    let mut edits: BTreeMap<usize, (Range<usize>, &str)> = BTreeMap::new();
    let mut defined = BTreeMap::new();
    for link in document.outline.links.iter().filter(|link| link.image) {
        let Some((destination, path)) = paths.get_key_value(&link.destination) else { continue };
        let span = document.map.to_source(link.span);
        let address = address(span.slice(&text), destination);
        match address {
            Some(at) => _ = edits.insert(span.start + at.start, (span.start + at.start..span.start + at.end, path)),
            None => _ = defined.insert(destination.as_str(), path.as_str()),
        }
    }
    for (range, path) in edits.into_values().rev() {
        text.replace_range(range, path);
    }
    if defined.is_empty() { text } else { text.split_inclusive('\n').map(|line| definition(line, &defined)).collect() }
}

/// Where an address stands in a picture as it is written; none when it is defined elsewhere.
fn address(shown: &str, destination: &str) -> Option<Range<usize>> {
    let from = if shown.starts_with('<') { shown.find("src")? } else { shown.rfind("](")? };
    let start = from + shown[from..].find(destination)?;
    Some(start..start + destination.len())
}

/// A line, with the new path where it defines the address of a picture.
fn definition(line: &str, paths: &BTreeMap<&str, &str>) -> String {
    let start = line.find("]:").filter(|_| line.trim_start().starts_with('[')).map(|at| at + 2);
    let Some(start) = start else { return line.to_owned() };
    let start = line.len() - line[start..].trim_start().trim_start_matches('<').len();
    let words = line[start..].trim_end();
    let closing: &[char] = if line[..start].ends_with('<') { &['>'] } else { &[' ', '\t'] };
    let end = words.find(closing).unwrap_or(words.len());
    match paths.get(&words[..end]) {
        Some(path) => format!("{}{path}{}", &line[..start], &line[start + end..]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::with_pictures;

    #[test]
    fn an_address_is_changed_where_it_is_one() {
        let paths =
            [("i/a.png", "r/1-a.png"), ("i/a", "r/2-a.png"), ("r/1-a.png", "r/3-a.png"), ("my b.png", "r/4-b.png")];
        let paths: BTreeMap<String, String> = paths.map(|(from, to)| (from.to_owned(), to.to_owned())).into();
        for (text, expected) in [
            ("![a](i/a.png)", "![a](r/1-a.png)"),
            ("![i/a.png](i/a.png \"i/a.png\")", "![i/a.png](r/1-a.png \"i/a.png\")"),
            ("![a](i/a) ![b](i/a.png) ![c](r/1-a.png)", "![a](r/2-a.png) ![b](r/1-a.png) ![c](r/3-a.png)"),
            ("![a](i/a) ![b](i/ab.png)", "![a](r/2-a.png) ![b](i/ab.png)"),
            ("![b](<my b.png>)", "![b](<r/4-b.png>)"),
            ("![a][x]\n\n[x]: i/a.png 'Title'\n", "![a][x]\n\n[x]: r/1-a.png 'Title'\n"),
            ("![b][x]\n\n [x]: <my b.png>", "![b][x]\n\n [x]: <r/4-b.png>"),
            ("<img alt=\"i/a.png\" src=\"i/a.png\">", "<img alt=\"i/a.png\" src=\"r/1-a.png\">"),
            ("`![a](i/a.png)` [a](i/a.png)", "`![a](i/a.png)` [a](i/a.png)"),
            ("<!-- ![a](i/a.png) --> é ![a](i/a.png)", "<!-- ![a](i/a.png) --> é ![a](r/1-a.png)"),
            ("[![a](i/a.png)](i/a.png)", "[![a](r/1-a.png)](i/a.png)"),
        ] {
            assert_eq!(with_pictures(text, &paths), expected);
        }
    }
}
