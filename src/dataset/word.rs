//! The smallest pieces of the dataset: words of a vocabulary and maps by them, days, points in time, addresses.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use chrono::{NaiveDate, NaiveDateTime};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Map;

use crate::model::{Words, words};
use crate::text::{IdKind, is_web_address};

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
        let unknown = || D::Error::custom(format!("`{text}` is none of {}", words::<T>().join(", ")));
        T::of_word(&text).map(Self).ok_or_else(unknown)
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
        json_schema!({ "enum": words::<T>() })
    }
}

/// A word of a closed vocabulary, each of whose words the JSON Schema explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explained<T>(pub T);

impl<T: Words> Serialize for Explained<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Word(self.0).serialize(serializer)
    }
}

impl<'de, T: Words> Deserialize<'de> for Explained<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Word::deserialize(deserializer).map(|word| Self(word.0))
    }
}

impl<T: Words> JsonSchema for Explained<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Explained".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words = T::WORDS.iter().zip(T::MEANINGS);
        let word = |((word, _), meaning): (&(&str, T), &&str)| json_schema!({ "type": "string", "const": word, "description": meaning });
        json_schema!({ "oneOf": words.map(word).collect::<Vec<Schema>>() })
    }
}

/// A map whose keys are the words of a vocabulary, in its order. A word that has no value is left out, and so is a key
/// that a later version added.
#[derive(Clone, Debug, PartialEq)]
pub struct ByWord<K, V>(BTreeMap<K, V>);

impl<K, V> Default for ByWord<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Copy, V> ByWord<K, V> {
    /// The values in the order of the vocabulary.
    pub fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for ByWord<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<K: Words, V: Serialize> Serialize for ByWord<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key.word(), value)))
    }
}

impl<'de, K: Words + Ord, V: Deserialize<'de>> Deserialize<'de> for ByWord<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ByWordVisitor(PhantomData))
    }
}

struct ByWordVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K: Words + Ord, V: Deserialize<'de>> Visitor<'de> for ByWordVisitor<K, V> {
    type Value = ByWord<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a map with keys of {}", words::<K>().join(", "))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = BTreeMap::new();
        while let Some(word) = map.next_key::<String>()? {
            let Some(key) = K::of_word(&word) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if let Some(value) = map.next_value::<Option<V>>()?
                && values.insert(key, value).is_some()
            {
                return Err(A::Error::custom(format!("duplicate field `{word}`")));
            }
        }
        Ok(ByWord(values))
    }
}

impl<K: Words, V: JsonSchema> JsonSchema for ByWord<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ByWord".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut properties = Map::new();
        for ((word, _), meaning) in K::WORDS.iter().zip(K::MEANINGS) {
            let mut property = generator.subschema_for::<Option<V>>();
            property.insert("description".to_owned(), (*meaning).into());
            properties.insert((*word).to_owned(), property.into());
        }
        json_schema!({ "type": "object", "properties": properties })
    }
}

/// Whether a value says nothing, so that it need not be written.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
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
    { "type": "string", "pattern": IdKind::DatasetReview.pattern() },
    "id of a review: letters, digits, `-`, `_` and `.`, and at most 200 of them",
    |text| IdKind::DatasetReview.fault(text).is_none().then(|| text.to_owned())
);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
