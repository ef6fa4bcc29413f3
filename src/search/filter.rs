//! Columns of facets such as service and factor, by which results are filtered and counted.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::index::review_of;
use super::value::{Column, Value, value_key};
use super::varint;
use super::word::fold;
use crate::model::{Corpus, Kind, Review};

/// A column, as a query names it: `service:checkout`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// A contributing factor, by id or name.
    Factor,
    /// A service affected.
    Service,
    /// A severity of the site, by id or name.
    Severity,
    /// The organisation that had the incident.
    Organisation,
    /// The year of the incident.
    Year,
    /// Incident or near miss.
    Kind,
    /// The owner of an action.
    Owner,
}

impl Field {
    /// The names of each field in queries, the preferred one first.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("factor", Self::Factor),
        ("service", Self::Service),
        ("severity", Self::Severity),
        ("org", Self::Organisation),
        ("organisation", Self::Organisation),
        ("organization", Self::Organisation),
        ("year", Self::Year),
        ("kind", Self::Kind),
        ("owner", Self::Owner),
    ];

    /// The field that `text` begins with, and what stands behind the colon.
    pub fn split(text: &str) -> Option<(Self, &str)> {
        let (name, value) = text.split_once(':')?;
        let name = fold(name);
        Self::WORDS.into_iter().find(|(word, _)| *word == name).map(|(_, field)| (field, value))
    }

    /// Its preferred name in queries.
    pub fn name(self) -> &'static str {
        match self {
            Self::Factor => "factor",
            Self::Service => "service",
            Self::Severity => "severity",
            Self::Organisation => "org",
            Self::Year => "year",
            Self::Kind => "kind",
            Self::Owner => "owner",
        }
    }
}

/// The values of one review. Numbers are positions in the lists of [`FilterColumns`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The day of the incident; `None` when unknown.
    pub date: Option<NaiveDate>,
    /// Whether it had no impact.
    pub is_near_miss: bool,
    /// Whether its authors withdrew it after publication.
    pub is_withdrawn: bool,
    /// A position in `severities`.
    pub severity: Option<usize>,
    /// A position in `organisations`.
    pub organisation: Option<usize>,
    /// Positions in `services`.
    pub services: Vec<usize>,
    /// Positions in `factors`.
    pub factors: Vec<usize>,
    /// Positions in `owners`.
    pub owners: Vec<usize>,
}

/// The columns of all reviews, each with its list of values.
#[derive(Clone, Debug, Default)]
pub struct FilterColumns {
    /// The severities, the most severe first.
    pub severities: Vec<Value>,
    /// The organisations, the most frequent first.
    pub organisations: Vec<Value>,
    /// The services, the most frequent first.
    pub services: Vec<Value>,
    /// The factors, the most frequent first.
    pub factors: Vec<Value>,
    /// The owners of actions, the most frequent first.
    pub owners: Vec<Value>,
    /// One row for each review, in the order of their numbers.
    pub rows: Vec<Row>,
}

impl FilterColumns {
    /// Collects the values of all reviews.
    pub fn new(corpus: &Corpus) -> Self {
        let reviews: Vec<_> = (0..corpus.reviews.len()).map(|number| review_of(corpus, number)).collect();
        let severity = |defined: &crate::model::SeverityDefinition| {
            let others = defined.aliases.iter().chain([&defined.name]).cloned().collect();
            Value { name: defined.id.clone(), others }
        };
        let organisations = Dictionary::new(reviews.iter().map(|review| corpus.policy.organisation_of(review)));
        let services = Dictionary::new(reviews.iter().flat_map(|review| &review.services).map(|name| &*name.value));
        let owners = Dictionary::new(reviews.iter().flat_map(|review| owners_of(review)));
        let known = reviews.iter().flat_map(|review| &review.factors).filter_map(|used| corpus.factor(used));
        let factors = Dictionary::new(known.map(|factor| factor.id.value.as_str()));
        let rows = reviews.iter().map(|review| Row {
            date: review.date(),
            is_near_miss: review.kind == Kind::NearMiss,
            is_withdrawn: review.is_withdrawn(),
            severity: review.severity.as_ref().and_then(|id| Some(corpus.policy.severity(&id.value)?.0)),
            organisation: organisations.position(corpus.policy.organisation_of(review)),
            services: services.positions_of(review.services.iter().map(|name| &*name.value)),
            factors: {
                let known = review.factors.iter().filter_map(|used| corpus.factor(used));
                known.filter_map(|factor| factors.position(&factor.id.value)).collect()
            },
            owners: owners.positions_of(owners_of(review)),
        });
        let factor = |id: String| {
            let known = corpus.policy.registry.get(&id);
            Value { name: known.map(|factor| factor.name.clone()).unwrap_or_default(), others: vec![id] }
        };
        Self {
            rows: rows.collect(),
            severities: corpus.policy.severities.iter().map(severity).collect(),
            organisations: organisations.names.into_iter().map(Value::plain).collect(),
            services: services.names.into_iter().map(Value::plain).collect(),
            owners: owners.names.into_iter().map(Value::plain).collect(),
            factors: factors.names.into_iter().map(factor).collect(),
        }
    }

    /// All rows as variable-length integers: days since the row before, plus one, or 0 without a day; the severity plus one,
    /// times four, plus a bit for near misses and one for withdrawn reviews; the organisation plus one; the number of
    /// services and the services; the number of factors and the factors; the number of owners and the owners.
    pub fn encode(&self) -> String {
        let mut text = String::new();
        let mut before = 0;
        for row in &self.rows {
            let day = row.date.map(|date| date.num_days_from_ce());
            // Undated reviews come first, and the others in order.
            varint::push(&mut text, day.map_or(0, |day| (day - before).max(0) as u32 + 1));
            before = day.unwrap_or(before);
            let marks = u32::from(row.is_near_miss) + 2 * u32::from(row.is_withdrawn);
            let place = |at: Option<usize>| at.map_or(0, |at| at as u32 + 1);
            varint::push(&mut text, place(row.severity) * 4 + marks);
            varint::push(&mut text, place(row.organisation));
            for list in [&row.services, &row.factors, &row.owners] {
                varint::push(&mut text, list.len() as u32);
                list.iter().for_each(|at| varint::push(&mut text, *at as u32));
            }
        }
        text
    }

    /// Whether a review or the configuration has a value that `written` names.
    pub fn has(&self, field: Field, written: &str) -> bool {
        self.column(field).has(written)
    }

    /// A column with the positions of its values by review.
    pub(super) fn column(&self, field: Field) -> Column<'_> {
        let by_row = |of: fn(&Row) -> Vec<usize>| self.rows.iter().map(of).collect();
        match field {
            Field::Factor => Column::new(&self.factors, by_row(|row| row.factors.clone())),
            Field::Service => Column::new(&self.services, by_row(|row| row.services.clone())),
            Field::Owner => Column::new(&self.owners, by_row(|row| row.owners.clone())),
            Field::Severity => Column::new(&self.severities, by_row(|row| row.severity.into_iter().collect())),
            Field::Organisation => {
                Column::new(&self.organisations, by_row(|row| row.organisation.into_iter().collect()))
            }
            Field::Kind => {
                let kinds: Vec<Value> = ["incident", "near-miss"].map(|name| Value::plain(name.to_owned())).into();
                Column::new(kinds, by_row(|row| vec![usize::from(row.is_near_miss)]))
            }
            Field::Year => {
                let mut years: Vec<Value> = Vec::new();
                let mut position = |row: &Row| {
                    let year = Value::plain(row.date.map(|date| date.year().to_string()).unwrap_or_default());
                    let known = years.iter().position(|known| *known == year);
                    vec![known.unwrap_or_else(|| {
                        years.push(year);
                        years.len() - 1
                    })]
                };
                let places = self.rows.iter().map(&mut position).collect();
                Column::new(years, places)
            }
        }
    }
}

fn owners_of(review: &Review) -> impl Iterator<Item = &str> {
    review.actions.iter().filter_map(|action| Some(action.owner.as_ref()?.value.as_str()))
}

/// Names by descending frequency, equal ones in the order of their bytes. Spellings of one name are one, called by the
/// most frequent of them.
struct Dictionary {
    names: Vec<String>,
    positions: BTreeMap<String, usize>,
}

impl Dictionary {
    fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut spellings: BTreeMap<&str, usize> = BTreeMap::new();
        for name in names.filter(|name| !name.is_empty()) {
            *spellings.entry(name).or_default() += 1;
        }
        let mut groups: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
        for (name, count) in spellings {
            groups.entry(value_key(name)).or_default().push((name, count));
        }
        let mut sorted: Vec<(usize, &str, String)> = Vec::new();
        for (key, mut group) in groups {
            // Of two that look alike, the composed one has fewer characters.
            group.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), name.chars().count(), *name));
            sorted.push((group.iter().map(|(_, count)| count).sum(), group[0].0, key));
        }
        sorted.sort_by_key(|(count, name, _)| (std::cmp::Reverse(*count), *name));
        let names = sorted.iter().map(|(_, name, _)| (*name).to_owned()).collect();
        let positions = sorted.into_iter().enumerate().map(|(at, (_, _, key))| (key, at)).collect();
        Self { names, positions }
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(&value_key(name)).copied()
    }

    /// The positions of some names, each once.
    fn positions_of<'a>(&self, names: impl Iterator<Item = &'a str>) -> Vec<usize> {
        let mut places = Vec::new();
        for place in names.filter_map(|name| self.position(name)) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}
