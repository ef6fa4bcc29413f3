//! The text of an imported review: front matter in YAML above the body.

use chrono::NaiveDate;

use super::item::{Item, Opening};

/// A value of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FrontValue {
    /// A string.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// A list of strings.
    Texts(Vec<String>),
    /// A list of tables of strings.
    Tables(Vec<Vec<(String, String)>>),
}

/// The order in which keys are written; others follow.
const ORDER: [&str; 6] = ["title", "date", "severity", "status", "tlp", "services"];

/// The front matter of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Front(Vec<(&'static str, FrontValue)>);

impl Front {
    /// Adds a key, unless it is there or its value says nothing.
    pub(super) fn add(&mut self, key: &'static str, value: FrontValue) {
        let is_empty = match &value {
            FrontValue::Text(text) => text.trim().is_empty(),
            FrontValue::Day(_) => false,
            FrontValue::Texts(texts) => texts.is_empty(),
            FrontValue::Tables(tables) => tables.is_empty(),
        };
        if !is_empty && !self.has(key) {
            self.0.push((key, value));
        }
    }

    /// Adds a key with a text, where there is one.
    pub(super) fn add_text(&mut self, key: &'static str, text: Option<&str>) {
        self.add(key, FrontValue::Text(text.unwrap_or_default().to_owned()));
    }

    /// Adds a source; where the first one has the same address, it says more about that.
    pub(super) fn add_reference(&mut self, source: Vec<(String, String)>) {
        let there = self.0.iter_mut().find_map(|(key, value)| match value {
            FrontValue::Tables(tables) if *key == "references" => Some(tables),
            _ => None,
        });
        let Some(tables) = there else { return self.add("references", FrontValue::Tables(vec![source])) };
        let url = source.iter().find(|(key, _)| key == "url");
        match tables.iter_mut().find(|table| url.is_some_and(|url| table.contains(url))) {
            Some(table) => table.extend(source.into_iter().filter(|(key, _)| key != "url")),
            None => tables.push(source),
        }
    }

    /// Whether it has a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(there, _)| *there == key)
    }

    /// The text of a key, where its value is one.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(there, _)| *there == key).and_then(|(_, value)| match value {
            FrontValue::Text(text) => Some(text.as_str()),
            FrontValue::Day(_) | FrontValue::Texts(_) | FrontValue::Tables(_) => None,
        })
    }

    /// Takes an alias out that is the id of the review itself.
    pub(super) fn remove_alias(&mut self, id: &str) {
        for (_, value) in self.0.iter_mut().filter(|(key, _)| *key == "aliases") {
            if let FrontValue::Texts(texts) = value {
                texts.retain(|text| text != id);
            }
        }
        self.0.retain(|(_, value)| *value != FrontValue::Texts(Vec::new()));
    }

    fn lines(&self) -> String {
        self.ordered().iter().map(|(key, value)| line(key, value)).collect()
    }

    fn ordered(&self) -> Vec<&(&'static str, FrontValue)> {
        let mut entries: Vec<_> = self.0.iter().collect();
        entries.sort_by_key(|(key, _)| ORDER.iter().position(|first| first == key).unwrap_or(ORDER.len()));
        entries
    }
}

fn line(key: &str, value: &FrontValue) -> String {
    match value {
        FrontValue::Text(text) => format!("{key}: {}\n", quoted(text)),
        FrontValue::Day(day) => format!("{key}: {day}\n"),
        FrontValue::Texts(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
            format!("{key}: [{}]\n", texts.join(", "))
        }
        FrontValue::Tables(tables) => {
            let mut text = format!("{key}:\n");
            for table in tables {
                for (at, (key, value)) in table.iter().enumerate() {
                    text.push_str(&format!("{}{key}: {}\n", if at == 0 { "  - " } else { "    " }, quoted(value)));
                }
            }
            text
        }
    }
}

/// A string of YAML in double quotes, which is one of JSON.
fn quoted(text: &str) -> String {
    let line: String = printable(text).split_whitespace().collect::<Vec<_>>().join(" ");
    serde_json::to_string(&line).unwrap_or_default()
}

/// The whole file of a review. Where the text has front matter of its own, that stays, and keys that it lacks are added.
pub(super) fn review(item: &Item) -> String {
    let body = printable(item.body.trim_start_matches('\u{feff}'));
    match (item.opening, first_line(&body)) {
        (Opening::Front, "---") if has_end(&body, "---") => with_yaml(&item.front, &body),
        (Opening::Front, "+++") if has_end(&body, "+++") => with_toml(&item.front, &body),
        (Opening::Text, "---" | "+++") if item.front.0.is_empty() => format!("\\{}\n", body.trim()),
        (Opening::Text | Opening::Front, _) if item.front.0.is_empty() => body,
        (Opening::Text | Opening::Front, _) => format!("---\n{}---\n\n{}\n", item.front.lines(), body.trim()),
    }
}

fn first_line(body: &str) -> &str {
    body.trim_start().lines().next().map(str::trim_end).unwrap_or_default()
}

/// A text without signs that no text has.
fn printable(text: &str) -> String {
    let is_sign = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\t');
    text.replace("\r\n", "\n").replace('\r', "\n").replace(is_sign, " ")
}

fn has_end(body: &str, fence: &str) -> bool {
    body.lines().skip(1).any(|line| line.trim_end() == fence)
}

/// Splits behind the opening line and before the closing one.
fn parts<'a>(body: &'a str, fence: &str) -> (&'a str, &'a str, &'a str) {
    let start = body.find('\n').map_or(body.len(), |at| at + 1);
    let mut end = start;
    for line in body[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            break;
        }
        end += line.len();
    }
    (&body[..start], &body[start..end], &body[end..])
}

/// The keys of front matter with their values as written, without those in tables and lists.
fn keys(front: &str, sign: char) -> impl Iterator<Item = (&str, &str)> {
    let is_key = |line: &&str| !line.starts_with([' ', '\t', '#', '-', '[']);
    front
        .lines()
        .filter(is_key)
        .filter_map(move |line| line.split_once(sign))
        .map(|(key, value)| (key.trim().trim_matches('"'), value.split(" #").next().unwrap_or_default().trim()))
}

/// Our keys, and those by which other programs say the same, some with one value only. Nothing is added beside them.
const SAME: [(&str, &str, Option<&str>); 3] =
    [("status", "draft", Some("true")), ("status", "published", Some("false")), ("date", "day", None)];

/// The key, with its value, by which a text says itself what `key` says.
fn own<'a>(own: &[(&'a str, &'a str)], key: &str) -> Option<(&'a str, &'a str)> {
    let says_it = |there: &str, value: &str| {
        let is_same = |(ours, other, said): &(&str, &str, Option<&str>)| {
            *ours == key && *other == there && said.is_none_or(|said| said == value)
        };
        there == key || SAME.iter().any(is_same)
    };
    own.iter().copied().find(|(there, value)| says_it(there, value))
}

/// What the container or the front matter of its text says about `key`, as written, unless that is `value`.
pub(super) fn contradiction(item: &Item, key: &str, value: &str) -> Option<String> {
    if let Some(said) = item.front.text(key) {
        return (said != value).then(|| format!("{key}: {said}"));
    }
    let body = printable(item.body.trim_start_matches('\u{feff}'));
    let (fence, sign) = match (item.opening, first_line(&body)) {
        (Opening::Front, "---") => ("---", ':'),
        (Opening::Front, "+++") => ("+++", '='),
        (Opening::Front | Opening::Text, _) => return None,
    };
    let (_, front, _) = parts(&body, fence);
    let (key, said) = own(&keys(front, sign).collect::<Vec<_>>(), key)?;
    (said.trim_matches(['"', '\'']) != value).then(|| format!("{key}{}{said}", if sign == ':' { ": " } else { " = " }))
}

fn missing(front: &Front, there: &[(&str, &str)]) -> Front {
    Front(front.0.iter().filter(|(key, _)| own(there, key).is_none()).cloned().collect())
}

fn with_yaml(front: &Front, body: &str) -> String {
    let (opening, own, rest) = parts(body, "---");
    let added = missing(front, &keys(own, ':').collect::<Vec<_>>()).lines();
    format!("{opening}{own}{added}{rest}")
}

/// Keys of TOML have to stand before its tables, so they come first.
fn with_toml(front: &Front, body: &str) -> String {
    let (opening, own, rest) = parts(body, "+++");
    let missing = missing(front, &keys(own, '=').collect::<Vec<_>>());
    let mut added = String::new();
    let mut tables = String::new();
    for (key, value) in missing.ordered() {
        match value {
            FrontValue::Text(text) => added.push_str(&format!("{key} = {}\n", quoted(text))),
            FrontValue::Day(day) => added.push_str(&format!("{key} = {day}\n")),
            FrontValue::Texts(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
                added.push_str(&format!("{key} = [{}]\n", texts.join(", ")));
            }
            FrontValue::Tables(all) => {
                for table in all {
                    tables.push_str(&format!("\n[[{key}]]\n"));
                    tables.extend(table.iter().map(|(key, value)| format!("{key} = {}\n", quoted(value))));
                }
            }
        }
    }
    format!("{opening}{added}{own}{tables}{rest}")
}
