//! Tables with places, and how they are read: the keys of front matter, of casebook.toml and of every other TOML file.

mod limit;
mod reader;
mod shape;
mod toml;
mod value;

pub use limit::limit_lists;
pub use reader::{FIRST_YEAR, TableReader};
pub use shape::{Key, KeyKind, Need, Shape};
pub use toml::read_toml;
pub use value::{Entry, Table, Value, ValueKind};
