//! casebook.json as a whole: its shape, the JSON Schema that is made from it, and its writing.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};

use super::factor::FactorData;
use super::issuer::Issuer;
use super::review::{ReviewData, SCHEMA_VERSION};
use super::word::{Address, Day};
use super::written::non_empty;
use crate::model::{Category, Corpus, Review, SeverityDefinition};

/// The published reviews of one site. All texts are plain text: what looks like markup in them is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dataset {
    /// The version of this shape. Readers of version 1 can read all that begin with `1.`.
    #[schemars(regex(pattern = r"^1\.[0-9]+\.[0-9]+$"))]
    pub schema_version: String,
    /// The program that wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generator: Option<String>,
    /// What the site is called.
    pub title: String,
    /// What the site is, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whose site it is. Its own reviews are about this organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The home page of the site.
    pub url: Address,
    /// The language of the texts, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The licence of the texts, as an SPDX expression where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// The day on which a review was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Day>,
    /// The severities, the most severe first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub severities: Vec<SeverityData>,
    /// The categories of factors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<CategoryData>,
    /// The registry of factors, by id.
    #[serde(default)]
    pub factors: Vec<FactorData>,
    /// The reviews, the newest incident first.
    #[serde(default)]
    pub reviews: Vec<ReviewData>,
}

/// How bad an incident can be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeverityData {
    /// The id that reviews name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Other ids for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Days after resolution by which the review should be held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_within: Option<u64>,
}

/// A category of factors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CategoryData {
    /// The id that factors name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What belongs there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The JSON Schema 2020-12 of casebook.json.
pub fn schema() -> String {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<Dataset>();
    schema.insert("title".to_owned(), "casebook.json".into());
    let schema = serde_json::to_string_pretty(&schema).unwrap_or_default();
    format!("{schema}\n")
}

/// casebook.json: a review a line, so that it can be compared and searched by lines.
pub fn dataset(corpus: &Corpus, issuer: &Issuer<'_>) -> String {
    let mut json = serde_json::to_string(&head(corpus, issuer)).unwrap_or_default();
    // It is about as long as the reviews are. To make room again and again would take twice the memory.
    let length: usize = corpus.local().map(|(_, review)| review.text.len()).sum();
    json.reserve(length + length / 4);
    // The list of reviews stands last, and is filled review by review: all of them at once would take much memory.
    json.truncate(json.trim_end_matches("]}").len());
    for (at, (_, review)) in corpus.local().enumerate() {
        json.push_str(if at == 0 { "\n" } else { ",\n" });
        json.push_str(&serde_json::to_string(&ReviewData::from_model(review, corpus, issuer)).unwrap_or_default());
    }
    json.push_str("\n]}\n");
    json
}

/// The file of one review, with its whole text.
pub fn one_review(review: &Review, corpus: &Corpus, issuer: &Issuer<'_>) -> String {
    let data = ReviewData {
        schema_version: Some(SCHEMA_VERSION.to_owned()),
        details: non_empty(review.body.slice(&review.text)),
        ..ReviewData::from_model(review, corpus, issuer)
    };
    format!("{}\n", serde_json::to_string_pretty(&data).unwrap_or_default())
}

fn head(corpus: &Corpus, issuer: &Issuer<'_>) -> Dataset {
    let policy = &corpus.policy;
    Dataset {
        schema_version: SCHEMA_VERSION.to_owned(),
        generator: Some(concat!("Casebook ", env!("CARGO_PKG_VERSION")).to_owned()),
        title: issuer.title.to_owned(),
        description: non_empty(issuer.description),
        organisation: non_empty(issuer.organisation),
        url: issuer.url(""),
        language: non_empty(issuer.language),
        licence: non_empty(issuer.licence),
        modified: corpus.local().filter_map(|(_, review)| review.modified()).max().map(Day),
        severities: policy.severities.iter().map(SeverityData::from_model).collect(),
        categories: policy.categories.iter().map(CategoryData::from_model).collect(),
        factors: policy.registry.iter().map(|factor| FactorData::from_model(factor, issuer)).collect(),
        reviews: Vec::new(),
    }
}

impl SeverityData {
    fn from_model(severity: &SeverityDefinition) -> Self {
        Self {
            id: severity.id.clone(),
            name: severity.name.clone(),
            aliases: severity.aliases.clone(),
            review_within: severity.review_within,
        }
    }
}

impl CategoryData {
    fn from_model(category: &Category) -> Self {
        Self { id: category.id.clone(), name: category.name.clone(), description: non_empty(&category.description) }
    }
}
