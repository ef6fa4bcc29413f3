//! casebook.toml and factors.toml, typed.

mod base_url;
mod federation;
mod registry;
mod settings;
mod share;

pub use base_url::BaseUrl;
pub use federation::{FederatedSetting, LOCK_PATH, Pin, read_lock, write_lock};
pub use registry::read_registry;
pub use settings::{Config, LevelSetting, read_config};
pub use share::{ExportChoices, FeedChoices};
