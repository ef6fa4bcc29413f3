//! JSON of other programs: one document, several behind one another, or one on each line.

use serde_json::{Deserializer, Map, Value};

use super::left_out::{Kind, LeftOut};

/// Keys of objects that hold nothing but the list of what was asked for.
const LISTS: [&str; 9] =
    ["incidents", "issues", "items", "incident", "data", "repository", "project", "search", "nodes"];

/// Whether a text begins as JSON does: with an object, or a list of objects or of lists of them. Markdown that begins with
/// a link does not.
pub(super) fn looks_like(text: &str) -> bool {
    let text = text.trim_start();
    let mut signs = text.trim_start_matches(|sign: char| sign == '[' || sign.is_whitespace()).chars();
    let is_list = text.starts_with('[');
    match signs.next() {
        Some('{') if is_list => true,
        Some(']') if is_list => matches!(signs.find(|sign| !sign.is_whitespace()), None | Some(',' | ']')),
        Some('{') => matches!(signs.find(|sign| !sign.is_whitespace()), Some('"' | '}')),
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
const NO_OBJECT: Kind = ("value of a list that is no object", "values of lists that are no objects");

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
    let value = without_connections(value);
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
        Value::Null => {}
        Value::String(text) => objects.beside.name(NO_OBJECT, &text),
        Value::Bool(_) | Value::Number(_) => objects.beside.name(NO_OBJECT, &value.to_string()),
    }
}

/// GraphQL keeps a list as `{"nodes": […], "totalCount": 2}`, or below `edges`. It becomes the list, and what stands beside
/// it a field of its own, such as `comments.totalCount`.
fn without_connections(value: Value) -> Value {
    let Value::Object(fields) = value else { return value };
    let mut plain = Map::new();
    for (key, value) in fields {
        let Value::Object(mut connection) = value else {
            plain.insert(key, value);
            continue;
        };
        let Some(nodes) = nodes_of(&mut connection) else {
            plain.insert(key, Value::Object(connection));
            continue;
        };
        plain.extend(connection.into_iter().map(|(beside, value)| (format!("{key}.{beside}"), value)));
        plain.insert(key, Value::Array(nodes.into_iter().map(without_connections).collect()));
    }
    Value::Object(plain)
}

/// Takes the list out of what may be a connection of GraphQL.
fn nodes_of(connection: &mut Map<String, Value>) -> Option<Vec<Value>> {
    let is_edge = |edge: &Value| edge.get("node").is_some();
    if connection.get("nodes").is_some_and(Value::is_array) {
        let nodes = connection.remove("nodes")?;
        return nodes.as_array().cloned();
    }
    let edges = connection.get("edges")?.as_array().filter(|edges| edges.iter().all(is_edge))?;
    let nodes = edges.iter().filter_map(|edge| edge.get("node").cloned()).collect();
    connection.remove("edges");
    Some(nodes)
}

/// The text of the first of `keys` that has one that says something.
pub(super) fn text<'a>(object: &'a Value, keys: &[&str]) -> Option<&'a str> {
    let texts = keys.iter().filter_map(|key| object.get(key)?.as_str());
    texts.map(str::trim).find(|text| !text.is_empty())
}

/// The same with the blanks before its first word, which make code of it.
pub(super) fn passage<'a>(object: &'a Value, keys: &[&str]) -> Option<&'a str> {
    let mut texts = keys.iter().filter_map(|key| object.get(key)?.as_str());
    texts.find(|text| !text.trim().is_empty())
}

/// A text, or a number as one: the first of `keys` that has any.
pub(super) fn word(object: &Value, keys: &[&str]) -> Option<String> {
    let words = keys.iter().filter_map(|key| match object.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    });
    words.into_iter().find(|word| !word.is_empty())
}

/// The list of the first of `keys` that holds something; a text counts as a list of one. Empty without one.
pub(super) fn list<'a>(object: &'a Value, keys: &[&str]) -> &'a [Value] {
    let lists = keys.iter().filter_map(|key| match object.get(key)? {
        value if is_empty(value) => None,
        Value::Array(values) => Some(values.as_slice()),
        text @ Value::String(_) => Some(std::slice::from_ref(text)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    });
    lists.into_iter().next().unwrap_or_default()
}

pub(super) const FIELD: Kind = ("field", "fields");

/// Names the fields of an object that say something and are not among `read`.
///
/// Those are paths such as `title` and `labels.name`. Of `createdAt|created_at` the first one that says something is read.
/// A path means one text; `labels[]` means a list of texts, `number#` numbers and truths, and `roles.*` all that stands below.
pub(super) fn name_unread(object: &Value, read: &[&str], left_out: &mut LeftOut) {
    fn unread(value: &Value, (path, read): (&str, &[&str]), left_out: &mut LeftOut) {
        let is_read = match value {
            value if is_empty(value) => true,
            Value::Null => true,
            Value::Array(values) => {
                let read: Vec<&str> = read.iter().filter_map(|read| in_list(read)).collect();
                return values.iter().for_each(|value| unread(value, (path, &read), left_out));
            }
            Value::Object(fields) => {
                let has_parts = read.iter().any(|read| !matches!(*read, "" | "[]" | "#" | "*"));
                if has_parts && !read.contains(&"*") {
                    for (key, value) in fields {
                        let below: Vec<&str> = read.iter().filter_map(|read| below(read, key, fields)).collect();
                        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                        unread(value, (&path, &below), left_out);
                    }
                    return;
                }
                read.contains(&"*")
            }
            Value::String(_) => read.iter().any(|read| matches!(*read, "" | "[]" | "*")),
            Value::Bool(_) | Value::Number(_) => read.iter().any(|read| matches!(*read, "#" | "*")),
        };
        if !is_read {
            left_out.name_once(FIELD, path);
        }
    }
    unread(object, ("", read), left_out);
}

/// What is read of each value of a list.
fn in_list(path: &str) -> Option<&str> {
    match path {
        "" | "#" => None,
        "[]" => Some(""),
        path => Some(path),
    }
}

/// What is read below a field, where `path` leads into it: of several keys, into the first that says something.
fn below<'a>(path: &'a str, key: &str, fields: &Map<String, Value>) -> Option<&'a str> {
    // A field that stood beside a list of GraphQL has a dot in its name.
    let (first, rest) = path.split_once('.').filter(|_| path.trim_end_matches('#') != key).unwrap_or((path, ""));
    let sign = ["#", "[]"].into_iter().find(|sign| first.ends_with(sign));
    let (keys, rest) = sign.map_or((first, rest), |sign| (&first[..first.len() - sign.len()], sign));
    let says_something = |key: &&str| fields.get(*key).is_some_and(|value| !is_empty(value));
    (keys.split('|').find(says_something) == Some(key)).then_some(rest)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_known_by_its_beginning() {
        for text in ["{\"a\": 1}", "{}", " [\n{\"a\": 1}]", "[[{\"a\": 1}]]", "[ [ {", "[]", "[[]]"] {
            assert!(looks_like(text), "{text}");
        }
        for text in ["", "[a](b)", "[[a]]", "[x] done", "{{a}}", "{a}", "# x", "]", "][", "[1, 2]", "[ ] do it"] {
            assert!(!looks_like(text), "{text}");
        }
    }

    /// The objects of a text, and what stands beside them.
    fn objects(text: &str) -> (Vec<Value>, Vec<String>) {
        let Objects { all, beside } = read(text).unwrap();
        (all, beside.lines())
    }

    #[test]
    fn lists_of_lists_are_one() {
        let (all, beside) = objects("[[{\"a\": 1}], [{\"a\": 2}], \"done\", 7]");
        assert_eq!(all, [serde_json::json!({"a": 1}), serde_json::json!({"a": 2})]);
        assert_eq!(beside, ["2 values of lists that are no objects: `done`, `7`"]);
    }

    #[test]
    fn what_graphql_answers_is_a_list() {
        let nodes = r#"{"number": 1, "labels": {"nodes": [{"name": "x"}], "totalCount": 1},
            "comments": {"edges": [{"node": {"body": "y", "reactions": {"nodes": []}}}]}}"#;
        let (all, beside) = objects(&format!(
            "{{\"data\": {{\"repository\": {{\"issues\": {{\"nodes\": [{nodes}], \"pageInfo\": {{\"hasNextPage\": true}}}}}}}}}}"
        ));
        let expected = serde_json::json!({"number": 1, "labels": [{"name": "x"}], "labels.totalCount": 1,
            "comments": [{"body": "y", "reactions": []}]});
        assert_eq!((all, beside), (vec![expected], vec!["1 field beside the list: `issues.pageInfo`".to_owned()]));
    }

    #[test]
    fn each_field_that_is_not_read_is_named() {
        let object = serde_json::json!({
            "title": "x", "name": "y", "number": 3, "body": 7, "id": "z", "state": "open", "none": [],
            "labels": ["a", {"name": "b", "color": "c"}], "roles": [{"a": {"b": 1}}], "owner": {"login": "d"},
            "url": {"a": "e"}, "address": ["j"], "tags": "k",
            "notes": [{"at": "f"}, {"created": "g"}, {"at": "h", "created": "i"}],
        });
        let read = [
            "title|name",
            "number#",
            "body",
            "id#",
            "labels[]",
            "labels.name",
            "roles.*",
            "url",
            "notes.at|created",
            "address",
            "tags[]",
        ];
        let mut left_out = LeftOut::default();
        name_unread(&object, &read, &mut left_out);
        let line =
            "9 fields: `address`, `body`, `id`, `labels.color`, `name`, `notes.created`, `owner`, `state`, `url`";
        assert_eq!(left_out.lines(), [line]);
    }
}
