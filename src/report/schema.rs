//! JSON Schemas of what authors write, made from the same tables that the readers go by.

use serde_json::{Map, Value, json};

use crate::diagnostic::{Level, Metadata};
use crate::model::format::{OTHER_PROGRAMS, PAGE, REGISTRY, REVIEW, SITE};
use crate::rules::CATALOGUE;
use crate::table::{Key, KeyKind, Requirement, TableSchema};

/// Text that is more than blanks.
const VISIBLE: &str = r"\S";
/// A date as JSON writes it. TOML has dates of its own, and tools hand them on in this form.
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// A file, or part of one, that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaOf {
    /// The front matter of a review.
    FrontMatter,
    /// The front matter of a page below content/pages.
    Page,
    /// casebook.toml.
    Config,
    /// content/factors.toml.
    Factors,
}

/// The JSON Schema 2020-12 of `subject`.
pub fn schema(subject: SchemaOf) -> String {
    let (title, shape) = match subject {
        SchemaOf::FrontMatter => ("Front matter of a review", &REVIEW),
        SchemaOf::Page => ("Front matter of a page", &PAGE),
        SchemaOf::Config => ("casebook.toml", &SITE),
        SchemaOf::Factors => ("content/factors.toml", &REGISTRY),
    };
    let mut schema = object(shape);
    if let (SchemaOf::FrontMatter | SchemaOf::Page, Some(Value::Object(properties))) =
        (subject, schema.get_mut("properties"))
    {
        let unread = |key: &&str| ((*key).to_owned(), json!({ "description": "For other programs." }));
        properties.extend(OTHER_PROGRAMS.iter().filter(|key| shape.key(key).is_none()).map(unread));
    }
    if let SchemaOf::FrontMatter = subject {
        take_what_other_programs_mean(&mut schema);
    }
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!(title));
    schema.insert("description".to_owned(), json!(shape.about));
    format!("{:#}\n", Value::Object(schema))
}

/// The title may be a heading of the text. A draft by a key of other programs needs no `status`, and their `aliases` may be
/// paths and addresses.
fn take_what_other_programs_mean(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|key| key != "status" && key != "title");
    }
    let says = |key: &str, value: bool| json!({ "properties": { key: { "const": value } }, "required": [key] });
    let is_draft = json!({ "anyOf": [says("draft", true), says("published", false)] });
    let needs_status = json!({ "if": { "not": is_draft }, "then": { "required": ["status"] } });
    if let Some(Value::Array(conditions)) = schema.get_mut("allOf") {
        conditions.push(needs_status);
    }
    if let Some(items) = schema.get_mut("properties").and_then(|keys| keys.get_mut("aliases")?.get_mut("items")) {
        *items = json!({ "anyOf": [items.take(), { "type": "string", "pattern": "^/|://" }] });
    }
}

fn object(shape: &TableSchema) -> Map<String, Value> {
    let properties: Map<String, Value> = shape.keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let mut schema = Map::from_iter([
        ("type".to_owned(), json!("object")),
        ("properties".to_owned(), Value::Object(properties)),
        ("additionalProperties".to_owned(), json!(false)),
    ]);
    let required: Vec<&str> =
        shape.keys.iter().filter(|key| key.need == Requirement::Always).map(|key| key.name).collect();
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    let conditions: Vec<Value> = shape.keys.iter().filter_map(condition).collect();
    if !conditions.is_empty() {
        schema.insert("allOf".to_owned(), json!(conditions));
    }
    if !shape.one_of.is_empty() {
        // A text that is only blanks says nothing.
        let says = |name: &&str| json!({ "properties": { *name: { "pattern": VISIBLE } }, "required": [name] });
        schema.insert("anyOf".to_owned(), shape.one_of.iter().map(says).collect());
    }
    schema
}

fn condition(key: &Key) -> Option<Value> {
    let Requirement::When(other, word) = key.need else { return None };
    Some(json!({
        "if": { "properties": { other: { "const": word } }, "required": [other] },
        "then": { "properties": { key.name: { "pattern": VISIBLE } }, "required": [key.name] },
    }))
}

fn property(key: &Key) -> Value {
    let mut schema = match key.kind {
        KeyKind::Text if key.pattern.is_some() => json!({ "type": "string", "pattern": key.pattern }),
        KeyKind::Text => json!({ "type": "string", "pattern": VISIBLE }),
        KeyKind::Date if key.takes_unknown => {
            let date = json!({ "type": "string", "format": "date", "pattern": DATE });
            json!({ "anyOf": [date, { "pattern": in_any_case(&["unknown"], "") }] })
        }
        KeyKind::Date => json!({ "type": "string", "format": "date", "pattern": DATE }),
        KeyKind::Flag => json!({ "type": "boolean" }),
        KeyKind::Count => json!({ "type": "integer", "minimum": 0 }),
        KeyKind::Texts => list(json!({ "type": "string", "pattern": key.pattern.unwrap_or(VISIBLE) })),
        KeyKind::Word(words) if key.optional_prefix.is_empty() => json!({ "enum": names(words()) }),
        KeyKind::Word(words) => {
            let words = names(words());
            json!({ "anyOf": [{ "enum": words }, { "pattern": in_any_case(&words, key.optional_prefix) }] })
        }
        KeyKind::Words(words) => list(json!({ "enum": names(words()) })),
        KeyKind::Table(shape) => Value::Object(object(shape)),
        KeyKind::TextOrTable(shape) => {
            json!({ "anyOf": [{ "type": "string", "pattern": VISIBLE }, object(shape)] })
        }
        KeyKind::Tables(shape) => list(Value::Object(object(shape))),
        KeyKind::Named(shape) => json!({ "type": "object", "additionalProperties": object(shape) }),
        KeyKind::NamedTexts => {
            json!({ "type": "object", "additionalProperties": { "type": "string", "pattern": VISIBLE } })
        }
        KeyKind::Reasons => reasons(),
        KeyKind::Levels => levels(),
        KeyKind::Any => json!({}),
    };
    let default = if key.default.is_empty() { String::new() } else { format!(" Without it: {}.", key.default) };
    schema["description"] = json!(format!("{}{default}", key.about));
    schema
}

fn names(words: Vec<(&'static str, &'static str)>) -> Vec<&'static str> {
    words.into_iter().map(|(word, _)| word).collect()
}

/// A regular expression for words in any case, with or without `prefix`: JSON Schema has no sign that ignores case.
fn in_any_case(words: &[&str], prefix: &str) -> String {
    let letter = |c: char| match c {
        _ if c.is_ascii_alphabetic() => format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase()),
        _ if c.is_ascii_alphanumeric() || c == ':' => c.to_string(),
        _ => format!("\\{c}"),
    };
    let any_case = |word: &str| word.chars().map(letter).collect::<String>();
    let short: Vec<String> = words.iter().map(|word| any_case(word.strip_prefix(prefix).unwrap_or(word))).collect();
    format!("^({})?({})$", any_case(prefix), short.join("|"))
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// Every name and code of a rule, each with what `of` says about it.
fn by_rule(of: impl Fn(&Metadata) -> Value) -> Map<String, Value> {
    let both = |rule: &'static Metadata| [rule.name, rule.code].map(|name| (name.to_owned(), of(rule)));
    CATALOGUE.iter().flat_map(|rule| both(rule.metadata)).collect()
}

fn reasons() -> Value {
    let reason = |rule: &Metadata| json!({ "type": "string", "pattern": VISIBLE, "description": rule.summary });
    json!({ "type": "object", "properties": by_rule(reason), "additionalProperties": false })
}

fn levels() -> Value {
    let setting = |rule: &Metadata, usual: Level| {
        let possible = Level::ALL.into_iter().filter(|level| !rule.is_fixed(usual) || *level >= usual);
        let words: Vec<&str> = possible.map(Level::word).collect();
        json!({ "enum": words, "description": rule.summary })
    };
    let mut own = by_rule(|rule| setting(rule, rule.level));
    let profile = |usual: fn(&Metadata) -> Level, about: &str| {
        let properties = by_rule(|rule| setting(rule, usual(rule)));
        json!({ "type": "object", "properties": properties, "additionalProperties": false, "description": about })
    };
    let collected = profile(|rule| rule.collected, "The levels for reviews with perspective = \"collected\".");
    own.insert("collected".to_owned(), collected);
    let adopted =
        profile(Metadata::adopted, "The levels for adopted reviews: those of incidents before `adopted_before`.");
    own.insert("adopted".to_owned(), adopted);
    json!({ "type": "object", "properties": own, "additionalProperties": false })
}
