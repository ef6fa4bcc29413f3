//! What the configuration asks of reviews, in the words of the model.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::factor::Registry;
use super::review::Review;
use super::review_place::ReviewPlaces;
use crate::text::SitePath;

/// The choices of a site that rules and pages depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The day by which overdue actions and embargoes are judged.
    pub today: NaiveDate,
    /// The organisation whose reviews these are, when it is named.
    pub organisation: Option<String>,
    /// The e-mail addresses that belong to a role, in lower case, although their names do not show it.
    pub mailboxes: Vec<String>,
    /// The endings of files, in lower case and without a dot, that are published as they are.
    pub allowed_files: Vec<String>,
    /// The severities, most severe first.
    pub severities: Vec<SeverityDefinition>,
    /// The categories of factors, in the order in which they are shown.
    pub categories: Vec<Category>,
    /// The marks that the site adds to the phases.
    pub marks: Vec<MarkDefinition>,
    /// What abbreviations of zones mean here, as regions such as `Asia/Kolkata`.
    pub zones: BTreeMap<String, String>,
    /// Which files are reviews, and what holds for them.
    pub reviews: ReviewPlaces,
    /// The factors that reviews can name.
    pub registry: Registry,
}

/// How bad an incident can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeverityDefinition {
    /// The id that reviews name.
    pub id: String,
    /// Its name as readers see it.
    pub name: String,
    /// Other ids by which reviews may name it.
    pub aliases: Vec<String>,
    /// Days after resolution by which the review should be held.
    pub review_within: Option<u64>,
    /// Days after the review by which its actions should be done.
    pub act_within: Option<u64>,
}

/// A kind of factor, such as staffing or design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The id that the registry names.
    pub id: String,
    /// Its name as readers see it.
    pub name: String,
    /// Which factors belong there; may be empty.
    pub description: String,
}

/// A mark of the site's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkDefinition {
    /// The words that stand for it in a timeline.
    pub name: String,
}

impl Policy {
    /// Whether a file is a review.
    pub fn is_review(&self, path: &SitePath) -> bool {
        self.reviews.of(path).is_some()
    }

    /// The severity of an id or alias, and its rank from 0, the most severe.
    pub fn severity(&self, id: &str) -> Option<(usize, &SeverityDefinition)> {
        let named =
            |severity: &SeverityDefinition| severity.id == id || severity.aliases.iter().any(|alias| alias == id);
        self.severities.iter().enumerate().find(|(_, severity)| named(severity))
    }

    /// Whose incident a review is about: the name it gives, else that of the site's own organisation; may be empty.
    pub fn organisation_of<'a>(&'a self, review: &'a Review) -> &'a str {
        let own = || self.organisation.as_deref().unwrap_or_default();
        review.organisation.as_ref().map_or_else(own, |name| name.value.as_str())
    }

    /// The category of an id.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }
}
