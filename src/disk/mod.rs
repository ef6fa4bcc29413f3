//! Reading, writing and watching: the only access to the file system.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this module is where the outside comes in")]

mod cache;
mod image;
mod list;
mod mount;
mod read;
mod replace;
mod watch;
mod write;

pub use cache::ReplyCache;
pub use read::{Reader, read, read_published};
pub use replace::replace;
pub use watch::{Next, Signal, Watcher, watch};
pub use write::{OutputFolder, Staged, Written, create_files, rewrite};
