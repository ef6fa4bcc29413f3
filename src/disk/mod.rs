//! Reads, writes and watches files: the only access to the file system.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this module is where the outside comes in")]

mod asset;
mod change;
mod file;
mod image;
mod last_build;
mod link_cache;
mod list;
mod lock;
mod manifest;
mod mount;
mod output_place;
mod overlay;
mod picture;
mod read;
mod root_link;
mod site;
mod source;
mod watch;
mod watched;
mod write;

pub use asset::read_published;
pub use change::{create_files, create_missing, replace, rewrite};
pub use file::{append, is_linked};
pub use last_build::{LastBuild, fingerprint};
pub use link_cache::LinkCache;
pub use list::texts_below;
pub use read::{Reader, read, read_reviews, read_settings};
pub use site::{site_around, sites_below};
pub use source::{SourceFiles, read_present, read_source};
pub use watch::{WatchControl, WatchEvent, Watcher, watch};
pub use watched::WatchedFolders;
pub use write::{OutputFolder, Staged, Written};
