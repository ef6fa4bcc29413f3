//! The registry of factors: conditions that incidents share.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::text::{Span, Spanned, kebab_case};

/// A condition that makes incidents possible, likelier, larger, longer or harder to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Its permanent name, part of its address.
    pub id: Spanned<String>,
    /// Its name as readers see it.
    pub name: String,
    /// The id of a category of the policy.
    pub category: String,
    /// What it means, so that another organisation could use it unchanged.
    pub definition: String,
    /// Merged or renamed ids, and other people's words for it.
    pub aliases: Vec<Spanned<String>>,
    /// Questions by which readers find out whether they have it too.
    pub ask: Vec<String>,
}

/// All factors of a site, found by id and by alias.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registry {
    factors: Vec<Factor>,
    /// The positions of the factors, by id.
    order: BTreeMap<String, usize>,
    /// The positions of the factors, by id and by alias. Every review asks for its factors many times.
    places: FxHashMap<String, usize>,
    /// The positions of the factors, by their ids, aliases and names as labels.
    labels: FxHashMap<String, usize>,
}

impl Registry {
    /// Adds a factor. An id or alias that is taken already is returned with its place, and the first one stays.
    pub fn add(&mut self, factor: Factor) -> Vec<(String, Span)> {
        let id = &factor.id;
        let known = self.position(&id.value);
        let place = known.unwrap_or(self.factors.len());
        let mut taken = Vec::new();
        let mut aliases = Vec::new();
        for alias in &factor.aliases {
            if self.position(&alias.value).is_some() || alias.value == id.value {
                taken.push((alias.value.clone(), alias.span));
            } else {
                aliases.push((alias.value.clone(), place));
            }
        }
        for (alias, place) in &aliases {
            self.labels.entry(kebab_case(alias)).or_insert(*place);
        }
        self.places.extend(aliases);
        if known.is_some() {
            taken.push((id.value.clone(), id.span));
        } else {
            for words in [&id.value, &factor.name] {
                self.labels.entry(kebab_case(words)).or_insert(place);
            }
            self.places.insert(id.value.clone(), place);
            self.order.insert(id.value.clone(), place);
            self.factors.push(factor);
        }
        taken
    }

    /// The factor of an id or an alias.
    pub fn get(&self, id: &str) -> Option<&Factor> {
        self.factors.get(self.position(id)?)
    }

    /// The factor that a text calls `words`: its id, its name or an alias, whatever the case and the signs between words.
    pub fn named(&self, words: &str) -> Option<&Factor> {
        self.labels.get(&kebab_case(words)).map(|place| &self.factors[*place])
    }

    /// The id of the factor that `name` is an alias of, else `name` itself.
    pub fn canonical<'a>(&'a self, name: &'a str) -> &'a str {
        self.get(name).map_or(name, |factor| &factor.id.value)
    }

    /// The number, from 0, of the factor of an id or an alias. Numbers follow the order of the registry's file.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The factor with a number.
    pub fn at(&self, position: usize) -> &Factor {
        &self.factors[position]
    }

    /// Every factor, in the order of the ids.
    pub fn iter(&self) -> impl Iterator<Item = &Factor> {
        self.order.values().map(|place| &self.factors[*place])
    }

    /// Every id and alias, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let ids = self.order.keys().map(String::as_str);
        let aliases = self.factors.iter().flat_map(|factor| &factor.aliases).map(|alias| alias.value.as_str());
        ids.chain(aliases)
    }

    /// How many factors there are, aliases not counted.
    pub fn len(&self) -> usize {
        self.factors.len()
    }

    /// Whether the site has no factor.
    pub fn is_empty(&self) -> bool {
        self.factors.is_empty()
    }
}
