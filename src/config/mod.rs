//! casebook.toml and factors.toml, typed.

mod address;
mod base_url;
mod code_host;
mod federation;
mod level;
mod registry;
mod review_place;
mod settings;
mod share;

pub(crate) use base_url::BaseUrl;
pub(crate) use federation::{FederatedSetting, LOCK_PATH, Pin, read_lock, write_lock};
pub(crate) use level::{LevelSetting, LevelSettings};
pub(crate) use registry::read_registry;
pub(crate) use settings::{Config, read_config};
pub(crate) use share::{ExportChoices, FeedChoices};
