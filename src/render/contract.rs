//! The contract with themes as data: what each template sees, derived from the types that fill it.

use std::collections::BTreeMap;
use std::fmt;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use super::page::frame::FRAME_VARIABLES;
use super::page::{PAGE_DEFINITIONS, Variable};

/// What the templates of a theme may use.
pub struct Contract {
    /// The variables that every template sees.
    pub shared: Vec<Field>,
    /// The other variables of each template that pages are made with, in the order of the kinds of pages.
    pub templates: Vec<(&'static str, Vec<Field>)>,
    /// Every view that a variable leads to, by name.
    pub views: BTreeMap<String, View>,
}

/// A value with several fields.
pub struct View {
    /// What the view stands for, in a sentence for theme authors.
    pub meaning: String,
    /// The fields, in the order of their declaration.
    pub fields: Vec<Field>,
}

/// A variable, or a field of a view.
pub struct Field {
    /// The name by which templates use the value.
    pub name: String,
    /// The type of the value.
    pub value: ValueType,
    /// What that means; empty for variables.
    pub meaning: String,
}

/// The type of a value, as templates tell values apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// A string; where its meaning says so, HTML.
    Text,
    /// A whole number, never negative.
    Number,
    /// A value for `if`.
    Bool,
    /// A list of such values.
    List(Box<Self>),
    /// A map from names to such values.
    Map(Box<Self>),
    /// Such a value, or none.
    Optional(Box<Self>),
    /// A view, by its name.
    View(String),
}

impl Contract {
    /// The contract of this version of the program.
    pub fn new() -> Self {
        let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let shared = variables(FRAME_VARIABLES, &mut generator);
        let templates =
            PAGE_DEFINITIONS.iter().map(|page| (page.template, variables(page.variables, &mut generator))).collect();
        let views = generator.definitions().iter().map(|(name, schema)| (name.clone(), View::of(schema))).collect();
        Self { shared, templates, views }
    }

    /// The fields of a value; none when it has no fields.
    pub(super) fn fields(&self, value: &ValueType) -> Option<&[Field]> {
        match value {
            ValueType::View(name) => self.views.get(name).map(|view| view.fields.as_slice()),
            ValueType::Optional(value) => self.fields(value),
            ValueType::Text | ValueType::Number | ValueType::Bool | ValueType::List(_) | ValueType::Map(_) => None,
        }
    }
}

impl Default for Contract {
    fn default() -> Self {
        Self::new()
    }
}

impl View {
    fn of(schema: &Value) -> Self {
        let none = Map::new();
        let properties = schema["properties"].as_object().unwrap_or(&none);
        // Every field is written, and `required` keeps the order of the declaration.
        let names = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let field = |name: &str| Field {
            name: name.to_owned(),
            value: ValueType::of(&properties[name]),
            meaning: meaning(&properties[name]),
        };
        Self { meaning: meaning(schema), fields: names.map(field).collect() }
    }
}

impl ValueType {
    fn of(schema: &Value) -> Self {
        if let Some(name) = schema["$ref"].as_str() {
            return Self::View(name.rsplit('/').next().unwrap_or(name).to_owned());
        }
        let is_null = |one: &&Value| one["type"] == "null";
        if let Some(choices) = schema["anyOf"].as_array() {
            let value = choices.iter().find(|one| !is_null(one)).map_or(Self::Text, Self::of);
            return Self::Optional(Box::new(value));
        }
        // A number or a text that may be missing names both types.
        if let Some(types) = schema["type"].as_array() {
            let value = types.iter().find(|one| **one != "null").map_or(Self::Text, |one| Self::of(&json!({ "type": one })));
            return Self::Optional(Box::new(value));
        }
        match schema["type"].as_str() {
            Some("integer") => Self::Number,
            Some("boolean") => Self::Bool,
            Some("array") => Self::List(Box::new(Self::of(&schema["items"]))),
            Some("object") => Self::Map(Box::new(Self::of(&schema["additionalProperties"]))),
            Some("string") => Self::Text,
            other => unreachable!("views hold no value of the type {other:?}"),
        }
    }

    /// The type of an item of a list or of a map; of anything else, the type itself.
    pub(super) fn item(&self) -> &Self {
        match self {
            Self::List(item) | Self::Map(item) => item,
            Self::Optional(value) => value.item(),
            Self::Text | Self::Number | Self::Bool | Self::View(_) => self,
        }
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => out.write_str("text"),
            Self::Number => out.write_str("number"),
            Self::Bool => out.write_str("bool"),
            Self::List(item) => write!(out, "[{item}]"),
            Self::Map(item) => write!(out, "{{{item}}}"),
            Self::Optional(value) => write!(out, "{value}?"),
            Self::View(name) => out.write_str(name),
        }
    }
}

fn variables(variables: &[Variable], generator: &mut SchemaGenerator) -> Vec<Field> {
    let mut field = |variable: &Variable| Field {
        name: variable.name.to_owned(),
        value: ValueType::of((variable.schema)(generator).as_value()),
        meaning: String::new(),
    };
    variables.iter().map(&mut field).collect()
}

/// What a doc comment says, on one line.
fn meaning(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
