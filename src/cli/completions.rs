//! `casebook completions`: what a shell needs to complete the commands.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Arguments, FINE, terminal};

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "casebook", &mut script);
        terminal::print_data(&String::from_utf8_lossy(&script))?;
        Ok(FINE)
    }
}
