//! The factors of an incident and the registry they come from, in a dataset and back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::issuer::Issuer;
use super::untrusted::{at_top, line, said};
use super::word::{Address, Word};
use super::written::{non_empty, said_plainly, values};
use crate::markdown::{PlainText, single_spaced};
use crate::model::{Corpus, Factor, FactorRole, FactorUse, LocalFactor, PartItem, Policy};
use crate::text::{Span, Spanned, kebab_case};

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

/// A factor as it was seen in one incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FactorUseData {
    /// The id of a factor.
    pub id: String,
    /// The part it played.
    pub role: Word<FactorRole>,
    /// How it showed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A contributing factor that only one review names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LocalFactorData {
    /// The name by which actions address it, made from its first words.
    pub label: String,
    /// The part it played.
    pub role: Word<FactorRole>,
    /// The id of the category that the review puts it into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// What the review says of it.
    pub text: String,
}

impl FactorData {
    pub(super) fn from_model(factor: &Factor, issuer: &Issuer<'_>) -> Self {
        Self {
            id: factor.id.value.clone(),
            name: factor.name.clone(),
            category: non_empty(&factor.category),
            definition: non_empty(&factor.definition),
            aliases: values(&factor.aliases),
            ask: factor.ask.clone(),
            url: Some(issuer.url(&format!("factors/{}.html", factor.id.value))),
        }
    }
}

impl LocalFactorData {
    pub(super) fn from_model(local: &LocalFactor, text: &PlainText<'_>) -> Self {
        Self {
            label: local.label.value.clone(),
            role: Word(local.role),
            category: local.category.clone(),
            text: single_spaced(&text.words(local.text)),
        }
    }

    /// The factor as `item` of the text that was made from all of them.
    pub(super) fn to_model(&self, item: &PartItem, policy: &Policy) -> LocalFactor {
        let label =
            item.label.clone().unwrap_or_else(|| Spanned::new(kebab_case(&self.label), Span::at(item.text.start)));
        let category = self.category.clone().filter(|id| policy.category(id).is_some());
        let marker = "- ".len();
        let whole = Span::new(item.text.start.saturating_sub(marker), item.text.end);
        LocalFactor { label, role: self.role.0, category, item: whole, text: item.text }
    }
}

impl FactorUseData {
    pub(super) fn from_model(used: &FactorUse, corpus: &Corpus) -> Self {
        Self {
            id: corpus.factor(used).map_or(&used.id.value, |factor| &factor.id.value).clone(),
            role: Word(used.role),
            note: said_plainly(used.note.as_ref()),
        }
    }

    /// The factor as `policy` calls it, where it knows the id as an id or an alias.
    pub(super) fn to_model(&self, policy: &Policy) -> FactorUse {
        let known = policy.registry.get(&self.id).map(|factor| factor.id.value.clone());
        let id = known.unwrap_or_else(|| line(&self.id));
        FactorUse { id: at_top(id), role: self.role.0, note: said(self.note.as_ref()).map(at_top), written: None }
    }
}
