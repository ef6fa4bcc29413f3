//! `casebook init`: a complete site that passes `check`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::{FINE, terminal};
use crate::disk;
use crate::scaffold::{Kind, site};
use crate::text::escape_line;

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder to write to; it is made if it is not there
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Write the demo: an invented organisation whose reviews use every feature
    #[arg(long)]
    demo: bool,
}

impl Init {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let files = site(if self.demo { Kind::Demo } else { Kind::Plain });
        disk::create_files(&self.dir, &files)?;
        let folder = self.dir.display().to_string();
        let folder = escape_line(&folder);
        let mut text = format!("Wrote a site to {folder}:\n");
        for (path, _) in &files {
            text.push_str(&format!("  {path}\n"));
        }
        let enter = match self.dir.as_os_str() == "." {
            true => String::new(),
            false => format!("  cd {folder}\n"),
        };
        text.push_str(&format!(
            "\nNext:\n{enter}  casebook serve --open\n  casebook new \"What happened, in one line\"\n"
        ));
        terminal::print(&text)?;
        Ok(FINE)
    }
}
