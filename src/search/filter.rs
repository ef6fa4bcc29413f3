//! Columns of facets such as service and factor, by which results are filtered and counted.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::index::review_of;
use super::varint;
use super::word::{TokenKind, for_each_word};
use crate::model::{Corpus, Kind};

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
}

impl Field {
    /// The names of each field in queries, the preferred one first.
    pub const WORDS: [(&'static str, Self); 8] = [
        ("factor", Self::Factor),
        ("service", Self::Service),
        ("severity", Self::Severity),
        ("org", Self::Organisation),
        ("organisation", Self::Organisation),
        ("organization", Self::Organisation),
        ("year", Self::Year),
        ("kind", Self::Kind),
    ];
}

/// A value of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// The name that pages show; empty for a factor that is not defined.
    pub name: String,
    /// Ids and aliases that queries may use instead.
    pub others: Vec<String>,
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
        let known = reviews.iter().flat_map(|review| &review.factors).filter_map(|used| corpus.factor(used));
        let factors = Dictionary::new(known.map(|factor| factor.id.value.as_str()));
        let rows = reviews.iter().map(|review| Row {
            date: review.date(),
            is_near_miss: review.kind == Kind::NearMiss,
            is_withdrawn: review.is_withdrawn(),
            severity: review.severity.as_ref().and_then(|id| Some(corpus.policy.severity(&id.value)?.0)),
            organisation: organisations.position(corpus.policy.organisation_of(review)),
            services: review.services.iter().filter_map(|name| services.position(&name.value)).collect(),
            factors: {
                let known = review.factors.iter().filter_map(|used| corpus.factor(used));
                known.filter_map(|factor| factors.position(&factor.id.value)).collect()
            },
        });
        let factor = |id: String| {
            let known = corpus.policy.registry.get(&id);
            Value { name: known.map(|factor| factor.name.clone()).unwrap_or_default(), others: vec![id] }
        };
        Self {
            rows: rows.collect(),
            severities: corpus.policy.severities.iter().map(severity).collect(),
            organisations: organisations.names.into_iter().map(plain).collect(),
            services: services.names.into_iter().map(plain).collect(),
            factors: factors.names.into_iter().map(factor).collect(),
        }
    }

    /// All rows as variable-length integers: days since the row before, plus one, or 0 without a day; the severity plus one,
    /// times four, plus a bit for near misses and one for withdrawn reviews; the organisation plus one; the number of
    /// services and the services; the number of factors and the factors.
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
            for list in [&row.services, &row.factors] {
                varint::push(&mut text, list.len() as u32);
                list.iter().for_each(|at| varint::push(&mut text, *at as u32));
            }
        }
        text
    }

    /// For each review, whether it has a value named `wanted`, or, if there is none, one whose name contains it.
    pub fn filter(&self, field: Field, wanted: &str) -> Vec<bool> {
        let wanted = normalised(wanted);
        let years: Vec<Value> = self.rows.iter().map(|row| plain(year(row))).collect();
        let kinds = ["incident", "near-miss"].map(|name| plain(name.to_owned()));
        let values: &[Value] = match field {
            Field::Factor => &self.factors,
            Field::Service => &self.services,
            Field::Severity => &self.severities,
            Field::Organisation => &self.organisations,
            Field::Year => &years,
            Field::Kind => &kinds,
        };
        let places = |at: usize| {
            let row = &self.rows[at];
            match field {
                Field::Factor => row.factors.clone(),
                Field::Service => row.services.clone(),
                Field::Severity => row.severity.into_iter().collect(),
                Field::Organisation => row.organisation.into_iter().collect(),
                Field::Year => vec![at],
                Field::Kind => vec![usize::from(row.is_near_miss)],
            }
        };
        let keys =
            |value: &Value| value.others.iter().chain([&value.name]).map(|name| normalised(name)).collect::<Vec<_>>();
        let mut chosen: Vec<bool> = values.iter().map(|value| keys(value).contains(&wanted)).collect();
        if !chosen.contains(&true) {
            let contains = |value: &Value| keys(value).iter().any(|key| key.contains(&wanted));
            chosen = values.iter().map(contains).collect();
        }
        (0..self.rows.len()).map(|at| places(at).iter().any(|place| chosen[*place])).collect()
    }
}

/// Names by descending frequency, equal ones in the order of their bytes.
struct Dictionary {
    names: Vec<String>,
    positions: BTreeMap<String, usize>,
}

impl Dictionary {
    fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in names.filter(|name| !name.is_empty()) {
            *counts.entry(name).or_default() += 1;
        }
        let mut sorted: Vec<(&str, usize)> = counts.into_iter().collect();
        sorted.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        let names: Vec<String> = sorted.into_iter().map(|(name, _)| name.to_owned()).collect();
        let positions = names.iter().enumerate().map(|(at, name)| (name.clone(), at)).collect();
        Self { names, positions }
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }
}

fn plain(name: String) -> Value {
    Value { name, others: Vec::new() }
}

fn year(row: &Row) -> String {
    row.date.map(|date| date.year().to_string()).unwrap_or_default()
}

/// `name` without capitals, accents and punctuation, so that spellings compare equal.
fn normalised(name: &str) -> String {
    let mut key = String::new();
    for_each_word(name, |word, form, _| {
        if form == TokenKind::Part {
            key.push_str(if key.is_empty() { "" } else { "-" });
            key.push_str(word);
        }
    });
    key
}
