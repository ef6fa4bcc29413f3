//! The smallest pieces of the dataset: words of a vocabulary, days, points in time, addresses.

use std::borrow::Cow;
use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::Words;
use crate::text::is_web_address;

/// A word of a closed vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<T>(pub T);

impl<T: Words> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word())
    }
}

impl<'de, T: Words> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = T::WORDS.iter().find(|(word, _)| *word == text);
        let words = || T::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        known.map(|(_, value)| Self(*value)).ok_or_else(|| D::Error::custom(format!("`{text}` is none of {}", words())))
    }
}

impl<T: Words> JsonSchema for Word<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        json_schema!({ "enum": words })
    }
}

/// A text of a fixed form, such as a day.
macro_rules! form {
    ($(#[$about:meta])* $name:ident($inner:ty), $schema:tt, $expected:literal, $parse:expr) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub $inner);

        impl $name {
            /// Takes a text of this form.
            pub fn parse(text: &str) -> Option<Self> {
                let parse: fn(&str) -> Option<$inner> = $parse;
                parse(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                let shown = || text.chars().take(80).collect::<String>();
                Self::parse(&text).ok_or_else(|| D::Error::custom(format!(concat!("`{}` is no ", $expected), shown())))
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

form!(
    /// A day, such as 2024-03-04.
    Day(NaiveDate),
    { "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
    "day such as 2024-03-04",
    |text| (text.len() == 10 && text.is_ascii()).then(|| text.parse().ok()).flatten()
);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

form!(
    /// A point in time in UTC, such as 2024-03-04T13:31:00Z.
    Instant(NaiveDateTime),
    {
        "type": "string",
        "format": "date-time",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
    },
    "time in UTC such as 2024-03-04T13:31:00Z",
    |text| {
        let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ").ok();
        time.filter(|_| text.len() == 20 && !text.ends_with("60Z"))
    }
);

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

form!(
    /// An address on the web.
    Address(String),
    { "type": "string", "pattern": ADDRESS },
    "address that begins with https:// or http://",
    |text| {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let is_safe = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>' | '\\' | '`');
        let has_host = rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[');
        (has_host && rest.chars().all(is_safe) && is_web_address(text)).then(|| text.to_owned())
    }
);

/// What an address may hold: signs that mean nothing in HTML, and no blanks.
const ADDRESS: &str = r"^https?://[A-Za-z0-9\[][!#-&(-;=?-\[\]-_a-~]*$";

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

form!(
    /// The permanent name of a review, part of its address.
    Name(String),
    { "type": "string", "pattern": "^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}$" },
    "id of a review: letters, digits, `-`, `_` and `.`, and at most 200 of them",
    |text| {
        let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let fits = (1..=200).contains(&text.len()) && text.chars().all(is_safe) && !text.starts_with('.');
        fits.then(|| text.to_owned())
    }
);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
