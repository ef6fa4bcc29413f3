//! What stands on a page, as a reader sees it.

use std::collections::BTreeMap;

/// The part of a page from one mark up to another; empty without the first.
pub fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    html.split_once(from).map_or("", |(_, rest)| rest.split(to).next().unwrap_or_default())
}

/// The words of a piece of HTML, without drawings and without what is said to screen readers only.
pub fn words(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        let hidden = [("svg", "</svg>"), ("span class=\"hidden\"", "</span>")];
        rest = match hidden.iter().find(|(name, _)| tag.starts_with(name)) {
            Some((_, end)) => tag.split_once(end).map_or("", |(_, rest)| rest),
            None => tag.split_once('>').map_or("", |(_, rest)| rest),
        };
    }
    words.push_str(rest);
    let signs = [("&amp;", "&"), ("&#39;", "'"), ("&#x27;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">")];
    let plain = signs.iter().fold(words, |words, (sign, plain)| words.replace(sign, plain));
    plain.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number with its digits alone: 1,234 and 1 234 are one number.
#[track_caller]
pub fn number(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("{text:?} is no number"))
}

/// The cells of each row of the first table after a mark, by the name in the first cell.
pub fn table(html: &str, from: &str) -> BTreeMap<String, Vec<String>> {
    let body = between(between(html, from, "</table>"), "<tbody>", "</tbody>");
    let row = |row: &str| {
        let cells = row.split("<t").skip(1).map(|cell| words(cell.split_once('>').unwrap().1));
        let cells: Vec<String> = cells.collect();
        (cells[0].clone(), cells[1..].to_vec())
    };
    let rows: Vec<(String, Vec<String>)> =
        body.split("<tr").skip(1).map(|html| row(html.split_once('>').unwrap().1)).collect();
    let named: BTreeMap<String, Vec<String>> = rows.iter().cloned().collect();
    assert_eq!(named.len(), rows.len(), "each row has a name of its own");
    named
}

/// The same for a table of numbers.
pub fn numbers(html: &str, from: &str) -> BTreeMap<String, Vec<usize>> {
    table(html, from).into_iter().map(|(name, cells)| (name, cells.iter().map(|cell| number(cell)).collect())).collect()
}

/// The figures at the head of a page, by name.
pub fn figures(html: &str) -> BTreeMap<String, String> {
    let list = between(between(html, "<dl class=\"figures", "</dl>"), ">", "</dl>");
    let figure = |figure: &str| {
        (words(between(figure, "<dt>", "</dt>")), words(between(figure, "<dd", "</dd>").split_once('>').unwrap().1))
    };
    list.split("<div").skip(1).map(figure).collect()
}

/// The seconds of a duration such as `1 h 59 min`, with the size of its smallest unit.
pub fn duration(text: &str) -> (i64, i64) {
    let units = [
        ("s", 1),
        ("second", 1),
        ("seconds", 1),
        ("min", 60),
        ("minute", 60),
        ("minutes", 60),
        ("h", 3_600),
        ("hour", 3_600),
        ("hours", 3_600),
        ("day", 86_400),
        ("days", 86_400),
        ("week", 604_800),
        ("weeks", 604_800),
    ];
    let parts: Vec<&str> = text.split_whitespace().collect();
    let part = |part: &[&str]| {
        let unit = units.iter().find(|(name, _)| *name == part[1]).unwrap_or_else(|| panic!("the unit of {text:?}"));
        (number(part[0]) as i64 * unit.1, unit.1)
    };
    let parts: Vec<(i64, i64)> = parts.chunks(2).map(part).collect();
    (parts.iter().map(|(seconds, _)| seconds).sum(), parts.last().unwrap().1)
}
