//! Parses queries: words, `"phrases"`, `-exclusions` and `field:value`, each of them whatever its case. `search-engine.js` parses them alike.

use super::article::without_article;
use super::filter::Field;
use super::value::value_key;
use super::word::{TokenKind, for_each_word};

/// How a word of a query is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermRole {
    /// In any of its forms.
    Wanted,
    /// A whole identifier, whose parts are wanted. It raises the score and is not required.
    Bonus,
    /// In exactly this form, as part of a phrase.
    Exact,
}

/// A word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryTerm {
    /// The word as [`super::fold`] normalises it.
    pub word: String,
    /// How it is matched.
    pub role: TermRole,
    /// Whether it is the last word, which the reader may still be typing, so that more letters may follow.
    pub is_open: bool,
    /// The words that a name in camel case consists of. A section that has all of them is found as well.
    pub pieces: Vec<String>,
}

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All words except excluded ones, including those of phrases.
    pub terms: Vec<QueryTerm>,
    /// Words that a review has to have one after the other.
    pub phrases: Vec<Vec<String>>,
    /// Words that a review must not have; of several, all have to be in one section.
    pub excluded: Vec<Vec<String>>,
    /// Values that a review has to have, or must not have.
    pub filters: Vec<Filter>,
    /// What stands before a colon and names no field, as it is written. These words are searched like others.
    pub unknown_fields: Vec<String>,
}

/// A value that a review has to have, or must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The column.
    pub field: Field,
    /// The value as it is written.
    pub value: String,
    /// Whether a review must not have it: `-service:checkout`.
    pub is_excluded: bool,
}

impl Query {
    /// Parses any text; there are no syntax errors.
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (item, after) = Item::take(rest);
            rest = after.trim_start();
            query.add(&item);
        }
        query
    }

    fn add(&mut self, item: &Item<'_>) {
        self.unknown_fields.extend(item.unknown_field.filter(|name| !self.has_unknown(name)).map(str::to_owned));
        if let Some(field) = item.field {
            if !value_key(item.value).is_empty() {
                self.filters.push(Filter { field, value: item.value.to_owned(), is_excluded: item.is_excluded });
            }
            return;
        }
        let (mut parts, mut wholes, mut pieces) = (Vec::new(), Vec::new(), Vec::new());
        for_each_word(item.value, |word, form, _| match form {
            TokenKind::Part => parts.push(word.to_owned()),
            TokenKind::Whole => wholes.push(word.to_owned()),
            TokenKind::Piece => pieces.push(word.to_owned()),
        });
        if item.is_excluded {
            if let [word] = parts.as_mut_slice()
                && let Some(bare) = without_article(word)
            {
                *word = bare.to_owned();
            }
            self.excluded.extend((!parts.is_empty()).then_some(parts));
        } else if item.is_quoted {
            parts.iter().for_each(|word| self.add_term(QueryTerm::new(word, TermRole::Exact)));
            self.phrases.extend((parts.len() > 1).then_some(parts));
        } else {
            wholes.iter().for_each(|word| self.add_term(QueryTerm::new(word, TermRole::Bonus)));
            let last = parts.len().saturating_sub(1);
            let mut pieces = pieces.as_slice();
            for (at, word) in parts.iter().enumerate() {
                let ends_in_word = item.value.ends_with(|c: char| c.is_alphanumeric());
                let is_open = item.is_last && at == last && ends_in_word;
                let bare = without_article(word);
                if bare.is_some() {
                    self.add_term(QueryTerm::new(word, TermRole::Bonus));
                }
                let own = take_pieces(word, &mut pieces);
                let term = QueryTerm::new(bare.unwrap_or(word), TermRole::Wanted);
                self.add_term(QueryTerm { is_open, pieces: own, ..term });
            }
        }
    }

    fn has_unknown(&self, name: &str) -> bool {
        self.unknown_fields.iter().any(|known| known == name)
    }

    fn add_term(&mut self, added: QueryTerm) {
        match self.terms.iter_mut().find(|term| term.word == added.word) {
            Some(term) => {
                term.is_open |= added.is_open;
                if term.pieces.is_empty() {
                    term.pieces = added.pieces;
                }
                if added.role == TermRole::Exact || term.role == TermRole::Bonus {
                    term.role = added.role;
                }
            }
            None => self.terms.push(added),
        }
    }
}

impl QueryTerm {
    pub(super) fn new(word: &str, role: TermRole) -> Self {
        Self { word: word.to_owned(), role, is_open: false, pieces: Vec::new() }
    }
}

/// Takes from `pieces` those that `word` consists of. One letter says too little: `i` of `iPhone`.
fn take_pieces(word: &str, pieces: &mut &[String]) -> Vec<String> {
    let mut rest = word;
    let mut end = 0;
    while let Some(after) = pieces.get(end).and_then(|piece| rest.strip_prefix(piece.as_str())) {
        (rest, end) = (after, end + 1);
    }
    if end == 0 && without_article(word).is_some_and(|bare| pieces.first().is_some_and(|piece| piece == bare)) {
        *pieces = &pieces[1..];
    }
    if end < 2 || !rest.is_empty() {
        return Vec::new();
    }
    let (own, others) = pieces.split_at(end);
    *pieces = others;
    if own.iter().all(|piece| piece.chars().nth(1).is_some()) { own.to_vec() } else { Vec::new() }
}

/// A piece of a query, up to a blank outside quotes.
struct Item<'a> {
    field: Option<Field>,
    unknown_field: Option<&'a str>,
    value: &'a str,
    is_excluded: bool,
    is_quoted: bool,
    is_last: bool,
}

impl<'a> Item<'a> {
    /// The item at the beginning of `text`, and the rest of the text.
    fn take(text: &'a str) -> (Self, &'a str) {
        let excluded = text.strip_prefix('-').filter(|rest| !rest.is_empty() && !rest.starts_with(char::is_whitespace));
        let text = excluded.unwrap_or(text);
        let named = text.split_once(':').filter(|(_, value)| value.starts_with(|c: char| !c.is_whitespace()));
        let field = Field::split(text).filter(|_| named.is_some());
        // Addresses, paths of code and times have colons, too.
        let may_be_field = |(name, value): &(&str, &str)| {
            !name.is_empty() && name.chars().all(char::is_alphabetic) && !value.starts_with(['/', ':'])
        };
        let unknown_field = named.filter(may_be_field).map(|(name, _)| name).filter(|_| field.is_none());
        let text = field.map_or(text, |(_, value)| value);
        let quoted = text.strip_prefix('"');
        let (value, after) = match quoted {
            // While it is typed, the closing quote is missing.
            Some(inside) => inside.split_once('"').unwrap_or((inside, "")),
            None => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
        };
        let field = field.map(|(field, _)| field);
        let (is_excluded, is_quoted) = (excluded.is_some(), quoted.is_some());
        (Self { field, unknown_field, value, is_excluded, is_quoted, is_last: after.is_empty() }, after)
    }
}
