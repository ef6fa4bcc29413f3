//! What the configuration asks of reviews, in the words of the model.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::factor::Registry;
use super::review::Review;
use super::review_place::ReviewPlaces;
use crate::text::{SitePath, composed, nearest};

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

impl SeverityDefinition {
    /// Its id, its aliases and its name.
    fn names(&self) -> impl Iterator<Item = &str> {
        [&self.id].into_iter().chain(&self.aliases).chain([&self.name]).map(String::as_str)
    }
}

/// Words by which trackers and monitors rank incidents, each with the rank from 0 that it has there.
const HABITS: [(&str, usize); 14] = [
    ("blocker", 0),
    ("highest", 0),
    ("severe", 0),
    ("urgent", 0),
    ("emergency", 0),
    ("1", 0),
    ("high", 1),
    ("2", 1),
    ("medium", 2),
    ("normal", 2),
    ("3", 2),
    ("trivial", 4),
    ("lowest", 4),
    ("info", 4),
];

/// The letters and digits of a name in lower case, with the short forms of `severity` and `priority`.
fn letters_of(name: &str) -> String {
    let name = composed(name);
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let short = |long: &str, short: &str| letters.strip_prefix(long).map(|rest| format!("{short}{rest}"));
    short("severity", "sev").or_else(|| short("priority", "p")).unwrap_or(letters)
}

impl Policy {
    /// Whether a file is a review.
    pub fn is_review(&self, path: &SitePath) -> bool {
        self.reviews.of(path).is_some()
    }

    /// The severity of an id, alias or name, whatever its case, blanks and hyphens, and its rank from 0, the most severe.
    /// An id counts before an alias. `None` also for a word that several have.
    pub fn severity(&self, written: &str) -> Option<(usize, &SeverityDefinition)> {
        let ranked = || self.severities.iter().enumerate();
        let by_id = ranked().find(|(_, severity)| severity.id == written);
        let by_alias = || ranked().find(|(_, severity)| severity.aliases.iter().any(|alias| alias == written));
        if let Some(found) = by_id.or_else(by_alias) {
            return Some(found);
        }
        let letters = letters_of(written);
        let mut near = ranked().filter(|(_, severity)| severity.names().any(|name| letters_of(name) == letters));
        near.next().filter(|_| near.next().is_none())
    }

    /// The severity that a word that is none probably means: by a word in it, by a slip of letters, or by habit.
    pub fn likely_severity(&self, written: &str) -> Option<&SeverityDefinition> {
        let parts = written.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        if let Some((_, severity)) = parts.clone().find_map(|part| self.severity(part)) {
            return Some(severity);
        }
        let names = || self.severities.iter().flat_map(SeverityDefinition::names);
        if let Some(near) = nearest(written, names()) {
            return self.severities.iter().find(|severity| severity.names().any(|name| name == near));
        }
        let habit = |part: &str| HABITS.iter().find(|(word, _)| word.eq_ignore_ascii_case(part));
        let (_, rank) = parts.clone().find_map(habit)?;
        self.severities.get(*rank)
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
