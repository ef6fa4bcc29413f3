//! casebook.toml and factors.toml, typed.

mod registry;
mod settings;

pub use registry::read_registry;
pub use settings::{BaseUrl, Config, LevelSetting, read_config};
