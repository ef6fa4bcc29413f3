//! What is said once about each kind of page, and what fills one page of it.

use crate::analysis::Topic;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

/// What all pages of a kind have in common.
pub struct PageDefinition {
    /// The template that its pages are made with.
    pub template: &'static str,
    /// What templates call the kind: `page.kind`.
    pub kind: &'static str,
    /// What its template sees beside `site` and `page`.
    pub variables: &'static [Variable],
    /// Whether search engines are told of its pages.
    pub sitemap: Sitemap,
}

/// Whether search engines are told of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sitemap {
    /// Its address stands in sitemap.xml.
    Listed,
    /// It has no text of its own, or leads elsewhere.
    LeftOut,
}

/// A variable of a template, with the type of its value.
pub struct Variable {
    /// The name by which templates use the value.
    pub name: &'static str,
    /// The schema of its type.
    pub(in crate::render) schema: fn(&mut SchemaGenerator) -> Schema,
}

impl Variable {
    /// A variable that holds a `T`.
    pub(in crate::render) const fn of<T: JsonSchema>(name: &'static str) -> Self {
        Self { name, schema: SchemaGenerator::subschema_for::<T> }
    }
}

/// What one page says, whatever its kind.
pub(super) struct PageContent {
    /// The title of the page, without the site's.
    pub(super) title: String,
    /// A sentence for search engines; may be empty.
    pub(super) description: String,
    /// The values of the variables, in the order of the definition.
    pub(super) values: Vec<(&'static str, tera::Value)>,
    /// What a feed about the same reviews is about.
    pub(super) topic: Option<Topic>,
    /// What the page says to programs, as JSON-LD.
    pub(super) structured: Option<serde_json::Value>,
    /// The address that counts in place of the page's own.
    pub(super) canonical: Option<String>,
    /// The address of the same text as Markdown; may be empty.
    pub(super) markdown: String,
}

impl PageContent {
    /// A page without variables.
    pub(super) fn new(title: impl Into<String>, description: impl Into<String>) -> Self {
        let (title, description) = (title.into(), description.into());
        let (topic, structured, canonical) = (None, None, None);
        Self { title, description, values: Vec::new(), topic, structured, canonical, markdown: String::new() }
    }

    /// Adds the value of a variable.
    pub(super) fn with(mut self, name: &'static str, view: &impl Serialize) -> Self {
        self.values.push((name, tera::Value::from_serializable(view)));
        self
    }
}
