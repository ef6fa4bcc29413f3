//! JSON of other programs: one document, several behind one another, or one on each line.

use serde_json::{Deserializer, Value};

use super::left_out::{Kind, LeftOut};

/// Keys of objects that hold nothing but the list of what was asked for.
const LISTS: [&str; 5] = ["incidents", "issues", "items", "incident", "data"];

/// Whether a text begins as JSON does. Markdown that begins with a link does so, too, but not with a link in a list.
pub(super) fn looks_like(text: &str) -> bool {
    let mut signs = text.trim_start().chars();
    match signs.next() {
        Some('{') => matches!(signs.find(|sign| !sign.is_whitespace()), Some('"' | '}')),
        Some('[') => matches!(signs.find(|sign| !sign.is_whitespace()), Some('{' | ']')),
        _ => false,
    }
}

/// What a text of JSON holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Objects {
    /// The objects, those of lists one by one.
    pub(super) all: Vec<Value>,
    /// What stands beside a list and is about all of it.
    pub(super) beside: LeftOut,
}

const BESIDE: Kind = ("field beside the list", "fields beside the list");

/// Reads a text. The parser refuses what is nested deeper than 128 levels.
///
/// # Errors
///
/// What is wrong with the text, and where.
pub(super) fn read(text: &str) -> Result<Objects, String> {
    let mut objects = Objects::default();
    for document in Deserializer::from_str(text).into_iter::<Value>() {
        let document = document.map_err(|error| format!("broken JSON: {error}"))?;
        add(document, &mut objects);
    }
    Ok(objects)
}

fn add(value: Value, objects: &mut Objects) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| add(value, objects)),
        Value::Object(mut fields) => {
            let list =
                LISTS.iter().find(|key| fields.get(**key).is_some_and(|list| list.is_array() || list.is_object()));
            match list {
                Some(list) if !fields.contains_key("title") && !fields.contains_key("name") => {
                    let values = fields.remove(*list);
                    let beside = fields.iter().filter(|(_, value)| !is_empty(value));
                    beside.for_each(|(key, _)| objects.beside.name_once(BESIDE, key));
                    values.into_iter().for_each(|value| add(value, objects));
                }
                _ => objects.all.push(Value::Object(fields)),
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The text of the first of `keys` that has one that says something.
pub(super) fn text<'a>(object: &'a Value, keys: &[&str]) -> Option<&'a str> {
    let texts = keys.iter().filter_map(|key| object.get(key)?.as_str());
    texts.map(str::trim).find(|text| !text.is_empty())
}

/// The list of the first of `keys` that has one; empty without one.
pub(super) fn list<'a>(object: &'a Value, keys: &[&str]) -> &'a [Value] {
    let lists = keys.iter().filter_map(|key| object.get(key)?.as_array());
    lists.map(Vec::as_slice).next().unwrap_or_default()
}

/// The first of `keys` that has a text, as [`text`] takes it.
pub(super) fn key_of<'a>(object: &Value, keys: &[&'a str]) -> Option<&'a str> {
    keys.iter().copied().find(|key| text(object, &[key]).is_some())
}

pub(super) const FIELD: Kind = ("field", "fields");

/// Names the fields of an object that say something and are not among `read`, such as `number` and `labels.name`.
pub(super) fn name_unread(object: &Value, read: &[&str], left_out: &mut LeftOut) {
    fn unread(value: &Value, (path, read): (&str, &[&str]), left_out: &mut LeftOut) {
        if is_empty(value) || read.contains(&path) {
            return;
        }
        let below = format!("{path}.");
        let is_read_below = path.is_empty() || read.iter().any(|read| read.starts_with(&below));
        match value {
            Value::Object(fields) if is_read_below => {
                for (key, value) in fields {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    unread(value, (&path, read), left_out);
                }
            }
            Value::Array(values) if is_read_below => {
                values.iter().for_each(|value| unread(value, (path, read), left_out));
            }
            _ => left_out.name_once(FIELD, path),
        }
    }
    unread(object, ("", read), left_out);
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(truth) => !truth,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.iter().all(is_empty),
        Value::Object(fields) => fields.values().all(is_empty),
    }
}

/// The names of a list whose items are texts, or objects with one of `keys`.
pub(super) fn names(values: &[Value], keys: &[&str]) -> Vec<String> {
    let name = |value: &Value| value.as_str().or_else(|| text(value, keys)).map(str::to_owned);
    values.iter().filter_map(name).collect()
}
