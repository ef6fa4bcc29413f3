//! Reads, writes and watches files: the only access to the file system.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this module is where the outside comes in")]

mod change;
mod file;
mod image;
mod link_cache;
mod list;
mod lock;
mod mount;
mod read;
mod watch;
mod write;

pub use change::{create_files, replace, rewrite};
pub use file::{append, is_linked};
pub use link_cache::LinkCache;
pub use read::{Reader, read, read_published, read_reviews, read_settings};
pub use watch::{WatchControl, WatchEvent, WatchedFolders, Watcher, watch};
pub use write::{OutputFolder, Staged, Written};
