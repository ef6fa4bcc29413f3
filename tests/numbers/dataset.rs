//! The published dataset, counted by plain loops over its JSON: another way than that of the program, which counts what
//! it read from Markdown.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;

use crate::support::{TODAY, TestSite};

/// A dataset.
pub struct Dataset {
    pub data: Value,
    /// The id of each factor by its id and by each alias.
    names: BTreeMap<String, String>,
}

/// How far an action is on the day of the tests, in the order in which pages show it.
pub const STATES: [&str; 5] = ["overdue", "in-progress", "open", "done", "cancelled"];

pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

pub fn texts<'a>(value: &'a Value, key: &str) -> BTreeSet<&'a str> {
    list(value, key).iter().filter_map(Value::as_str).collect()
}

pub fn day(value: &Value, key: &str) -> Option<NaiveDate> {
    value[key].as_str().map(|day| day.parse().unwrap())
}

pub fn is_withdrawn(review: &Value) -> bool {
    !review["withdrawn"].is_null()
}

/// The place of an action's state in [`STATES`].
pub fn state(action: &Value) -> usize {
    let is_late = action["due"].as_str().is_some_and(|due| due < TODAY);
    match text(action, "status") {
        "done" => 3,
        "cancelled" => 4,
        _ if is_late => 0,
        "in-progress" => 1,
        _ => 2,
    }
}

impl Dataset {
    /// The dataset of a built site.
    pub fn of(space: &TestSite) -> Self {
        let data: Value = serde_json::from_str(&space.read("public/data/casebook.json")).unwrap();
        let mut names = BTreeMap::new();
        for factor in list(&data, "factors") {
            let id = text(factor, "id").to_owned();
            names.extend(texts(factor, "aliases").into_iter().map(|alias| (alias.to_owned(), id.clone())));
        }
        names.extend(
            list(&data, "factors").iter().map(|factor| (text(factor, "id").to_owned(), text(factor, "id").to_owned())),
        );
        Self { data, names }
    }

    pub fn reviews(&self) -> &[Value] {
        list(&self.data, "reviews")
    }

    /// Those that were not withdrawn.
    pub fn counted(&self) -> impl Iterator<Item = &Value> {
        self.reviews().iter().filter(|review| !is_withdrawn(review))
    }

    /// The id of the factor that a name stands for.
    pub fn factor<'a>(&'a self, name: &str) -> Option<&'a str> {
        self.names.get(name).map(String::as_str)
    }

    /// The registered factors of a review.
    pub fn factors_of<'a>(&'a self, review: &'a Value) -> BTreeSet<&'a str> {
        list(review, "factors").iter().filter_map(|used| self.factor(text(used, "id"))).collect()
    }

    /// The factors and labels that an action addresses.
    pub fn addressed<'a>(&'a self, action: &'a Value) -> BTreeSet<&'a str> {
        texts(action, "addresses").into_iter().map(|name| self.factor(name).unwrap_or(name)).collect()
    }

    /// How many of some reviews have each factor, by its name.
    pub fn seen<'a>(&'a self, reviews: impl Iterator<Item = &'a Value>) -> BTreeMap<&'a str, usize> {
        let mut seen = BTreeMap::new();
        for id in reviews.flat_map(|review| self.factors_of(review)) {
            *seen.entry(id).or_default() += 1;
        }
        seen
    }

    /// Every action that counts, each with its review.
    pub fn actions(&self) -> impl Iterator<Item = (&Value, &Value)> {
        self.counted().flat_map(|review| list(review, "actions").iter().map(move |action| (review, action)))
    }

    /// How far the actions are that have each of some names.
    pub fn tallies<'a>(&'a self, names: impl Fn(&'a Value, &'a Value) -> Vec<String>) -> BTreeMap<String, Vec<usize>> {
        let mut tallies: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (review, action) in self.actions() {
            for name in names(review, action) {
                tallies.entry(name).or_insert_with(|| vec![0; 5])[state(action)] += 1;
            }
        }
        tallies
    }

    /// What a severity is called on pages, and its rank.
    pub fn severity(&self, review: &Value) -> Option<(usize, String)> {
        let all = list(&self.data, "severities");
        let rank = all.iter().position(|severity| severity["id"] == review["severity"])?;
        Some((rank, format!("{} {}", text(&all[rank], "id"), text(&all[rank], "name"))))
    }

    /// What answers a weakness of a review.
    pub fn standing(&self, review: &Value, name: &str) -> &'static str {
        let name = self.factor(name).unwrap_or(name);
        let answers = list(review, "actions").iter().filter(|action| self.addressed(action).contains(name));
        let states: BTreeSet<&str> = answers.map(|action| text(action, "status")).collect();
        let mut accepted = list(review, "accepted").iter().map(|accepted| text(accepted, "weakness"));
        match () {
            () if states.contains("open") || states.contains("in-progress") => "underway",
            () if states.contains("done") => "controlled",
            () if accepted.any(|weakness| self.factor(weakness).unwrap_or(weakness) == name) => "accepted",
            () => "unanswered",
        }
    }

    /// The seconds of a metric, the shortest first; then how many reviews know it to the day only, and how many not.
    pub fn sample<'a>(reviews: impl Iterator<Item = &'a Value>, metric: &str) -> (Vec<i64>, usize, usize) {
        let (mut exact, mut coarse, mut missing) = (Vec::new(), 0, 0);
        for review in reviews {
            let given = &review["metrics"][metric];
            match text(given, "precision") {
                "" => missing += 1,
                "minute" | "second" => exact.push(given["seconds"].as_i64().unwrap()),
                _ => coarse += 1,
            }
        }
        exact.sort_unstable();
        (exact, coarse, missing)
    }
}
