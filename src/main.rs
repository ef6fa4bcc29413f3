//! The `casebook` program.

use std::process::ExitCode;

/// Rendering makes many small strings on all threads; the system's allocator takes a fifth of the time of a build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    casebook::cli::run()
}
