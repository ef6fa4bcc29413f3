//! The shape of casebook.json: one set of types that is written, read, and described by the JSON Schema.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};

use super::part::{
    AcceptedData, ActionData, EntryData, FactorUseData, ImpactData, ItemData, MetricsData, ReferenceData, ResponseData,
    RevisionData, is_default,
};
use super::word::{Address, Day, Name, Word};
use crate::model::{Kind, Perspective, Status};

/// The version of the shape. The first number changes when what was there is gone or means something else, the second
/// when something is added.
pub const SCHEMA_VERSION: &str = "1.1.0";

/// The JSON Schema 2020-12 of casebook.json.
pub fn schema() -> String {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<Dataset>();
    schema.insert("title".to_owned(), "casebook.json".into());
    let schema = serde_json::to_string_pretty(&schema).unwrap_or_default();
    format!("{schema}\n")
}

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

/// A condition that makes incidents possible, likelier, larger, longer or harder to see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FactorData {
    /// Its permanent name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The id of its category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// Former ids, and other people's words for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Questions by which readers find out whether they have it, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ask: Vec<String>,
    /// Its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Address>,
}

/// A review of an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewData {
    /// The version of this shape, where the review has a file of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema_version: Option<String>,
    /// Its permanent name.
    pub id: Name,
    /// Its page.
    pub url: Address,
    /// Former ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Name>,
    /// What it is called.
    pub title: String,
    /// What happened, and how it was resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Why it happened, in the words of its section, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root_cause: Option<String>,
    /// The whole text as its authors wrote it, in Markdown, where the review has a file of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// The day it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Day>,
    /// The day it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Day>,
    /// The day it was found to be wrong. A review that has this should not be relied on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Day>,
    /// How far the text is.
    pub status: Word<Status>,
    /// Whether it had an impact, or was caught in time.
    pub kind: Word<Kind>,
    /// The id of a severity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// Whether the organisation wrote it, or it is a summary of a public review.
    pub perspective: Word<Perspective>,
    /// The organisation that had the incident.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The day of the incident.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    /// The day on which the review was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Day>,
    /// The teams or roles that reviewed it together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<String>,
    /// The services affected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// The ids of related reviews.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Whom or what it affected.
    #[serde(default, skip_serializing_if = "is_default")]
    pub impact: ImpactData,
    /// How the response went.
    #[serde(default, skip_serializing_if = "is_default")]
    pub response: ResponseData,
    /// What happened when, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timeline: Vec<EntryData>,
    /// The durations that follow from the timeline.
    #[serde(default, skip_serializing_if = "is_default")]
    pub metrics: MetricsData,
    /// The factors seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub factors: Vec<FactorUseData>,
    /// What went well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub went_well: Vec<ItemData>,
    /// What went poorly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub went_poorly: Vec<ItemData>,
    /// What could easily have been worse.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub got_lucky: Vec<ItemData>,
    /// What will be, or was, changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionData>,
    /// Known weaknesses, left as they are on purpose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<AcceptedData>,
    /// The sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<ReferenceData>,
    /// The corrections after publication, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<RevisionData>,
}
