//! The `casebook` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    casebook::cli::run()
}
