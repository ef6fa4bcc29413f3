//! Tables whose keys and values know their places, read from TOML or YAML and checked key by key.

mod limit;
mod reader;
mod schema;
mod toml;
mod value;
mod withheld;
mod yaml;

pub use limit::truncate_lists;
pub use reader::{FIRST_YEAR, TableReader};
pub use schema::{Key, KeyKind, Requirement, TableSchema, WordList};
pub use toml::read_toml;
pub use value::{Entry, Table, Value, ValueKind};
pub use yaml::{Yaml, read_yaml};
