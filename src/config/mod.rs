//! casebook.toml and factors.toml, typed.

mod federation;
mod registry;
mod settings;
mod share;

pub use federation::{LOCK_PATH, Pin, SourceSetting, read_lock, write_lock};
pub use registry::read_registry;
pub use settings::{BaseUrl, Config, LevelSetting, read_config};
pub use share::{ExportChoices, FeedChoices};
