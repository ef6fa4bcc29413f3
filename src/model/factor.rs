//! The registry of factors: conditions that incidents share.

use std::collections::BTreeMap;

use crate::text::{Span, Spanned};

/// A condition that makes incidents possible, likelier, larger, longer or harder to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Its permanent name, part of its address.
    pub id: Spanned<String>,
    /// What it is called.
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

/// All factors by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registry {
    factors: BTreeMap<String, Factor>,
    aliases: BTreeMap<String, String>,
}

impl Registry {
    /// Adds a factor. An id or alias that is taken already is returned with its place, and the first one stays.
    pub fn add(&mut self, factor: Factor) -> Vec<(String, Span)> {
        let mut taken = Vec::new();
        for alias in &factor.aliases {
            let known = self.get(&alias.value).is_some() || alias.value == factor.id.value;
            if known {
                taken.push((alias.value.clone(), alias.span));
            } else {
                self.aliases.insert(alias.value.clone(), factor.id.value.clone());
            }
        }
        if self.get(&factor.id.value).is_some() {
            taken.push((factor.id.value.clone(), factor.id.span));
        } else {
            self.factors.insert(factor.id.value.clone(), factor);
        }
        taken
    }

    /// The factor of an id or an alias.
    pub fn get(&self, id: &str) -> Option<&Factor> {
        let id = self.aliases.get(id).map_or(id, String::as_str);
        self.factors.get(id)
    }

    /// Every factor, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Factor> {
        self.factors.values()
    }

    /// Every id and alias.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.factors.keys().chain(self.aliases.keys()).map(String::as_str)
    }

    /// The number of factors.
    pub fn len(&self) -> usize {
        self.factors.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.factors.is_empty()
    }
}
