//! The lock on an output folder: one build at a time, and none that was killed keeps others out.

use std::fs::File;
use std::path::Path;

use anyhow::{Result, bail};

/// A folder that nobody else writes as long as this is kept. The system takes the lock back when the program ends,
/// however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _held: Option<File>,
}

impl Lock {
    /// Takes the lock of a folder. Where the file system has no locks, the folder is written without one.
    ///
    /// # Errors
    ///
    /// Another build has it.
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

/// The folder itself is locked, so that no file of ours is left in it.
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

/// The name of the file that stands for the lock where folders have none.
#[cfg(windows)]
const FILE: &str = ".casebook-lock";

/// A file that nobody else may open meanwhile, and that goes with its last handle.
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
