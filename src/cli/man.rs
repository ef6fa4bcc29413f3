//! `casebook man`: the manual pages, for packages and archives.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;

use super::{Arguments, FINE, terminal};

#[derive(Debug, Args)]
pub(super) struct Man {
    /// A command, such as `check` or `theme new`; without one, the page of the program
    command: Vec<String>,
}

impl Man {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let mut program = Arguments::command();
        // Only then does each command know its full name and the options that all share.
        program.build();
        let mut command = &program;
        for name in &self.command {
            let found = command.find_subcommand(name);
            command = found.with_context(|| format!("{} has no command `{name}`", command.get_name()))?;
        }
        let mut page = Vec::new();
        let version = format!("casebook {}", env!("CARGO_PKG_VERSION"));
        Page::new(command.clone()).source(version).render(&mut page)?;
        terminal::print_data(&String::from_utf8_lossy(&page))?;
        Ok(FINE)
    }
}
