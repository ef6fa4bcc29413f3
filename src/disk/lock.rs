//! A lock on an output folder, so that one build at a time writes it. A killed build leaves no lock behind.

use std::fs::File;
use std::path::Path;

use anyhow::{Result, bail};

/// Holds the lock of a folder until it is dropped, or the program ends in any way.
#[derive(Debug)]
pub(super) struct Lock {
    _held: Option<File>,
}

impl Lock {
    /// Locks `folder`. On file systems without locks it succeeds without one.
    ///
    /// # Errors
    ///
    /// Another build holds the lock.
    pub(super) fn take(folder: &Path) -> Result<Self> {
        match hold(folder) {
            Taken::Held(file) => Ok(Self { _held: Some(file) }),
            Taken::Impossible => Ok(Self { _held: None }),
            Taken::Busy => bail!(
                "another build is writing the folder {}; wait until it is done, or choose another folder with --output",
                folder.display()
            ),
        }
    }
}

enum Taken {
    Held(File),
    Busy,
    Impossible,
}

/// Locks the folder itself, so that no lock file is left behind.
#[cfg(not(windows))]
fn hold(folder: &Path) -> Taken {
    use std::fs::TryLockError;
    let Ok(file) = File::open(folder) else { return Taken::Impossible };
    match file.try_lock() {
        Ok(()) => Taken::Held(file),
        Err(TryLockError::WouldBlock) => Taken::Busy,
        Err(TryLockError::Error(_)) => Taken::Impossible,
    }
}

/// The name of the lock file on Windows, where folders cannot be locked.
#[cfg(windows)]
const FILE: &str = ".casebook-lock";

/// Opens a lock file that no other process can open, and that Windows deletes when it is closed.
#[cfg(windows)]
fn hold(folder: &Path) -> Taken {
    use std::os::windows::fs::OpenOptionsExt;
    const DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const SHARING_VIOLATION: i32 = 32;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).share_mode(0).custom_flags(DELETE_ON_CLOSE);
    match options.open(folder.join(FILE)) {
        Ok(file) => Taken::Held(file),
        Err(error) if error.raw_os_error() == Some(SHARING_VIOLATION) => Taken::Busy,
        Err(_) => Taken::Impossible,
    }
}
