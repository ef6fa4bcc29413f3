//! What a reader asks for: words, `"phrases"`, `-exclusions` and `field:value`. `search-engine.js` reads the same.

use super::catalogue::Field;
use super::token::{Form, fold, words};

/// How a word of a question counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is asked for, in any of its forms.
    Wanted,
    /// An identifier as a whole, whose parts are asked for: it makes a result better.
    Bonus,
    /// It is part of a phrase, and only this form will do.
    Exact,
}

/// A word of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The word, folded.
    pub word: String,
    /// How it counts.
    pub role: Role,
    /// Whether more letters may follow: the reader may still be typing it.
    pub is_open: bool,
}

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The words asked for, those of phrases among them.
    pub units: Vec<Unit>,
    /// The words that have to follow each other.
    pub phrases: Vec<Vec<String>>,
    /// The words that must not stand in the review; several have to stand in one section to matter.
    pub excluded: Vec<Vec<String>>,
    /// What the review has to be about.
    pub filters: Vec<(Field, String)>,
}

impl Query {
    /// Reads a question. Everything means something, so that there are no mistakes to report.
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (item, after) = Item::take(rest);
            let is_last = after.is_empty();
            rest = after.trim_start();
            query.add(&item, is_last);
        }
        query
    }

    fn add(&mut self, item: &Item<'_>, is_last: bool) {
        let mut parts = Vec::new();
        let mut wholes = Vec::new();
        words(item.value, |word, form, _| match form {
            Form::Part => parts.push(word.to_owned()),
            Form::Whole => wholes.push(word.to_owned()),
        });
        if let Some(field) = item.field {
            if !parts.is_empty() {
                self.filters.push((field, item.value.to_owned()));
            }
        } else if item.is_excluded {
            self.excluded.extend((!parts.is_empty()).then_some(parts));
        } else if item.is_quoted {
            parts.iter().for_each(|word| self.unit(word, Role::Exact, false));
            self.phrases.extend((parts.len() > 1).then_some(parts));
        } else {
            wholes.iter().for_each(|word| self.unit(word, Role::Bonus, false));
            let last = parts.len().saturating_sub(1);
            for (at, word) in parts.iter().enumerate() {
                let ends_in_word = item.value.ends_with(|c: char| c.is_alphanumeric());
                self.unit(word, Role::Wanted, is_last && at == last && ends_in_word);
            }
        }
    }

    fn unit(&mut self, word: &str, role: Role, is_open: bool) {
        match self.units.iter_mut().find(|unit| unit.word == word) {
            Some(unit) => {
                unit.is_open |= is_open;
                if role == Role::Exact || unit.role == Role::Bonus {
                    unit.role = role;
                }
            }
            None => self.units.push(Unit { word: word.to_owned(), role, is_open }),
        }
    }
}

/// A piece of a question, up to a space outside quotes.
struct Item<'a> {
    field: Option<Field>,
    value: &'a str,
    is_excluded: bool,
    is_quoted: bool,
}

impl<'a> Item<'a> {
    /// The item at the beginning of `text`, and what follows it.
    fn take(text: &'a str) -> (Self, &'a str) {
        let excluded = text.strip_prefix('-').filter(|rest| !rest.is_empty() && !rest.starts_with(char::is_whitespace));
        let text = excluded.unwrap_or(text);
        let field = Field::WORDS.into_iter().find_map(|(name, field)| {
            let (word, value) = text.split_once(':')?;
            (fold(word) == name && !value.is_empty() && !value.starts_with(char::is_whitespace))
                .then_some((field, value))
        });
        let text = field.map_or(text, |(_, value)| value);
        let quoted = text.strip_prefix('"');
        let (value, after) = match quoted {
            // While it is typed, the closing quote is missing.
            Some(inside) => inside.split_once('"').unwrap_or((inside, "")),
            None => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
        };
        let field = field.map(|(field, _)| field);
        (Self { field, value, is_excluded: excluded.is_some(), is_quoted: quoted.is_some() }, after)
    }
}
