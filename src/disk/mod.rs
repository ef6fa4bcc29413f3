//! Reading, writing and watching: the only access to the file system.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this module is where the outside comes in")]

mod cache;
mod change;
mod image;
mod list;
mod lock;
mod mount;
mod plain;
mod read;
mod watch;
mod write;

pub use cache::ReplyCache;
pub use change::{create_files, replace, rewrite};
pub use plain::{append, is_linked};
pub use read::{Reader, read, read_published};
pub use watch::{Next, Signal, Watcher, watch};
pub use write::{OutputFolder, Staged, Written};
