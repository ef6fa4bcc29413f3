//! `casebook init`: a complete site that passes `check`, around the reviews that are there already.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, ensure};
use chrono::NaiveDate;
use clap::Args;

use super::{FINE, terminal, workspace};
use crate::disk;
use crate::scaffold::{Kind, Proposal, find, site, with_entry};
use crate::text::{SitePath, escape_line};

const SETTINGS: &str = "casebook.toml";

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder to write to; created if it is missing. Existing files are kept
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Write the demo: an invented organisation whose reviews use every feature
    #[arg(long)]
    demo: bool,
    /// Adopt the reviews found in the folder without asking
    #[arg(long, conflicts_with = "demo")]
    yes: bool,
    /// Adopt incidents before this day, such as 2026-03-31; by default today
    #[arg(long, value_name = "DATE", value_parser = workspace::day)]
    now: Option<NaiveDate>,
}

/// What becomes of the reviews that were found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Taken,
    /// Nobody was there to decide, so that the lines for them are comments.
    Open,
    Refused,
}

impl Init {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let folder = self.dir.display().to_string();
        let folder = escape_line(&folder).into_owned();
        ensure!(
            !self.dir.join(SETTINGS).exists(),
            "nothing was written, because {folder} is a site already: it has a casebook.toml"
        );
        let found = if self.demo { None } else { find(&disk::texts_below(&self.dir), &name_of(&self.dir)) };
        let found = found.map(|found| Ok::<_, anyhow::Error>((self.choose(&found)?, found))).transpose()?;
        let mut files = site(if self.demo { Kind::Demo } else { Kind::Plain });
        if let Some((choice, found)) = &found {
            take_over(&mut files, *choice, &found.entry(workspace::today(self.now)?));
        }
        let all: Vec<SitePath> = files.iter().map(|(path, _)| path.clone()).collect();
        let kept = disk::create_missing(&self.dir, files)?;
        let mut text = format!("Wrote a site to {folder}:\n");
        for path in all.iter().filter(|path| !kept.contains(path)) {
            text.push_str(&format!("  {path}\n"));
        }
        if !kept.is_empty() {
            let names: Vec<&str> = kept.iter().map(SitePath::as_str).collect();
            text.push_str(&format!("\nThese were there already and stay as they are: {}\n", names.join(", ")));
        }
        if kept.iter().any(|path| path.as_str() == ".gitignore") {
            text.push_str("If `public/` is not in your .gitignore, add it: the site is built there.\n");
        }
        text.push_str(&next_steps(&folder, found.as_ref().map(|(choice, _)| *choice)));
        terminal::print(&text)?;
        Ok(FINE)
    }

    /// Shows the reviews that were found, and asks whether they are the site's.
    fn choose(&self, found: &Proposal) -> Result<Choice> {
        let reviews =
            if found.count == 1 { "1 file that looks".to_owned() } else { format!("{} files that look", found.count) };
        let entry = found.entry(workspace::today(self.now)?);
        let entry: String = entry.lines().map(|line| format!("  {line}\n")).collect();
        terminal::print(&format!(
            "Found {reviews} like a review. These lines in casebook.toml take them over:\n\n{entry}\n"
        ))?;
        if self.yes {
            return Ok(Choice::Taken);
        }
        Ok(match terminal::ask("Are these the reviews of the site?") {
            Some(true) => Choice::Taken,
            Some(false) => Choice::Refused,
            None => Choice::Open,
        })
    }
}

/// What a folder is called, also when it is given as `.`.
fn name_of(folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Writes the lines for the reviews that were found into the settings. Beside them nobody needs an example.
fn take_over(files: &mut Vec<(SitePath, Vec<u8>)>, choice: Choice, entry: &str) {
    let entry = match choice {
        Choice::Taken => entry.to_owned(),
        Choice::Open => entry.lines().map(|line| format!("# {line}\n")).collect(),
        Choice::Refused => return,
    };
    for (_, bytes) in files.iter_mut().filter(|(path, _)| path.as_str() == SETTINGS) {
        *bytes = with_entry(&String::from_utf8_lossy(bytes), &entry).into_bytes();
    }
    if choice == Choice::Taken {
        files.retain(|(path, _)| path.below("content/reviews").is_none());
    }
}

fn next_steps(folder: &str, choice: Option<Choice>) -> String {
    let enter = if folder == "." { String::new() } else { format!("  cd {folder}\n") };
    let steps = match choice {
        Some(Choice::Taken) => {
            "  casebook serve --open      # the site, with the reviews where they lie\n  casebook check             # what they say, and what they lack\n"
        }
        Some(Choice::Open) => {
            "  remove the `# ` before [[reviews]] and the lines below it in casebook.toml\n  casebook serve --open\n"
        }
        Some(Choice::Refused) | None => "  casebook serve --open\n  casebook new \"What happened, in one line\"\n",
    };
    let set = match choice {
        Some(_) => "  set title, base_url and organisation in casebook.toml\n",
        None => "",
    };
    format!("\nNext:\n{enter}{steps}{set}")
}
