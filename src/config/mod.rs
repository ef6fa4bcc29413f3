//! casebook.toml and factors.toml, typed.

mod registry;
mod settings;
mod share;

pub use registry::read_registry;
pub use settings::{BaseUrl, Config, LevelSetting, read_config};
pub use share::{ExportChoices, FeedChoices};
