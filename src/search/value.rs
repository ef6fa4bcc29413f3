//! The values of a column: which of them a query names, and which it may have meant.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::word::fold;

/// How many values that may be meant are named.
const OFFERS: usize = 3;

/// How many values are named when none is near.
const EXAMPLES: usize = 5;

/// The least share of pairs of letters, in thousandths, that two names of one value have in common.
const NEAR: usize = 500;

/// A value of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// The name that pages show; empty for a factor that is not defined.
    pub name: String,
    /// Ids and aliases that queries may use instead.
    pub others: Vec<String>,
}

impl Value {
    pub(super) fn plain(name: String) -> Self {
        Self { name, others: Vec::new() }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.others).map(String::as_str)
    }
}

/// What two spellings of one value have in common: all of a name but its case, its accents, and whether a blank, a hyphen
/// or an underscore parts its words. Signs count: `C`, `C++` and `C#` are three values, `.NET` and `NET` two.
pub(super) fn value_key(name: &str) -> String {
    let folded = fold(name).replace('\u{2019}', "'").replace(|c| matches!(c, '\u{2010}'..='\u{2013}'), "-");
    let words = folded.split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// The values of a column, and for each review the positions of those that it has.
pub(super) struct Column<'a> {
    values: Cow<'a, [Value]>,
    places: Vec<Vec<usize>>,
}

impl<'a> Column<'a> {
    pub(super) fn new(values: impl Into<Cow<'a, [Value]>>, places: Vec<Vec<usize>>) -> Self {
        Self { values: values.into(), places }
    }

    /// For each review, whether it has the value that `written` names.
    pub(super) fn reviews_with(&self, written: &str) -> Vec<bool> {
        let wanted = value_key(written);
        let is_named = |value: &Value| value.names().any(|name| value_key(name) == wanted);
        let chosen: Vec<bool> = self.values.iter().map(is_named).collect();
        self.places.iter().map(|places| places.iter().any(|place| chosen[*place])).collect()
    }

    /// Whether `written` names one of the values.
    pub(super) fn has(&self, written: &str) -> bool {
        let wanted = value_key(written);
        self.values.iter().any(|value| value.names().any(|name| value_key(name) == wanted))
    }

    /// The names of the values that `written` may mean, the nearest first; without any, those of the first values.
    pub(super) fn near(&self, written: &str) -> Vec<String> {
        let wanted = value_key(written);
        let shown = |value: &Value| value.names().find(|name| !name.is_empty()).map(str::to_owned);
        let likeness = |value: &Value| value.names().map(|name| likeness(&wanted, &value_key(name))).max().unwrap_or(0);
        let known = self.values.iter().filter_map(|value| Some((likeness(value), shown(value)?)));
        let mut near: Vec<(usize, String)> = known.clone().filter(|(likeness, _)| *likeness >= NEAR).collect();
        near.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
        near.truncate(OFFERS);
        if near.is_empty() {
            near = known.take(EXAMPLES).collect();
        }
        near.into_iter().map(|(_, name)| name).collect()
    }
}

/// How much two keys have in common, from 0 to 2000: the same letters with other signs, a part of the other, or else the
/// pairs of letters that both have.
fn likeness(wanted: &str, key: &str) -> usize {
    let (own, other) = (letters(wanted), letters(key));
    if own == other {
        return 2000;
    }
    if own.len() > 1 && other.windows(own.len()).any(|part| part == own) {
        return 1500;
    }
    let (own, other) = (pairs(&own), pairs(&other));
    2000 * own.intersection(&other).count() / (own.len() + other.len())
}

fn letters(key: &str) -> Vec<char> {
    key.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The pairs of neighbours, with a blank at each end.
fn pairs(letters: &[char]) -> BTreeSet<(char, char)> {
    let before = std::iter::once(' ').chain(letters.iter().copied());
    before.zip(letters.iter().copied().chain([' '])).collect()
}

#[cfg(test)]
mod tests {
    use super::{Column, Value, value_key};

    #[test]
    fn a_value_is_named_in_full() {
        for (one, other) in [
            ("C++", "c++"),
            ("Edge Proxy", "edge-proxy"),
            ("edge_proxy", "Edge  proxy"),
            ("Cafe\u{301}", "Café"),
            ("Ge\u{ad}samt", "gesamt"),
            ("Node.js", "NODE.JS"),
            ("Rule\u{2019}s", "rule's"),
        ] {
            assert_eq!(value_key(one), value_key(other));
        }
        let names = ["C", "C++", "C#", "C--", ".NET", "NET", "node.js", "node js", "nodejs", "R&D", "RD"];
        let keys: std::collections::BTreeSet<String> = names.map(value_key).into();
        assert_eq!(keys.len(), names.len());
    }

    #[test]
    fn what_may_be_meant_is_named() {
        let values = ["Checkout", "Payments ledger", "C", "C#", "Search", "Edge proxy", "Mail"];
        let values: Vec<Value> = values.map(|name| Value::plain(name.to_owned())).into();
        let column = Column::new(&values, Vec::new());
        let check = |written: &str, expected: &[&str]| assert_eq!(column.near(written), expected, "{written}");
        check("chekout", &["Checkout"]);
        check("ledger", &["Payments ledger"]);
        check("paymnts legder", &["Payments ledger"]);
        check("C++", &["C", "C#"]);
        check("proxy", &["Edge proxy"]);
        check("zzz", &["Checkout", "Payments ledger", "C", "C#", "Search"]);
    }
}
