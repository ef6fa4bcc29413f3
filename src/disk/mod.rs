//! Reading, writing and watching: the only access to the file system.

mod read;
mod watch;
mod write;

pub use read::{read, read_bytes};
pub use watch::{Watcher, watch};
pub use write::{OutputFolder, Staged, Written, create_files};
