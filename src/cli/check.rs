//! `casebook check`: every finding in one run.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{FINE, findings, terminal, workspace};
use crate::check::Counts;
use crate::diagnostic::{Diagnostic, Level};
use crate::pipeline::{Audience, Options, count, prepare};
use crate::text::SourceSet;
use crate::{disk, report};

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Report on these files and folders only; all others are read all the same
    paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The day by which overdue actions and embargoes are judged, such as 2026-03-31
    #[arg(long, value_name = "DATE")]
    now: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the line, the reason and what to do
    Human,
    /// One finding a line
    Concise,
    /// One JSON object
    Json,
    /// Annotations of a GitHub workflow
    Github,
}

impl Check {
    pub(super) fn run(&self, site: Option<&Path>) -> Result<ExitCode> {
        let root = workspace::find(site)?;
        let sources = disk::read(&root)?;
        let today = workspace::today(self.now)?;
        let options = Options { today, base_url: None, audience: Audience::Public };
        let prepared = prepare(&sources, &options);
        let found = self.chosen(prepared.findings, &root)?;
        let counts = Counts {
            errors: count(&found, Level::Error),
            warnings: count(&found, Level::Warning),
            advice: count(&found, Level::Advice),
            ..prepared.counts
        };
        self.write(&found, &counts, &sources)?;
        Ok(if counts.errors > 0 { findings() } else { FINE })
    }

    fn write(&self, found: &[Diagnostic], counts: &Counts, sources: &SourceSet) -> Result<()> {
        match self.format {
            Format::Human => terminal::print(&report::human(found, sources, terminal::colour()))?,
            Format::Concise => terminal::print(&report::concise(found, sources))?,
            Format::Json => return terminal::print(&report::json(found, counts, sources)),
            Format::Github => terminal::print(&report::github(found, sources))?,
        }
        terminal::tell(&report::summary(counts));
        Ok(())
    }

    /// The findings about the paths that were named; all when none was.
    fn chosen(&self, found: Vec<Diagnostic>, root: &Path) -> Result<Vec<Diagnostic>> {
        if self.paths.is_empty() {
            return Ok(found);
        }
        let root = root.canonicalize()?;
        let mut chosen = Vec::new();
        for path in &self.paths {
            let real = path.canonicalize().with_context(|| format!("{} cannot be opened", path.display()))?;
            let inside = real.strip_prefix(&root);
            let inside =
                inside.with_context(|| format!("{} is not in the site folder {}", path.display(), root.display()))?;
            chosen.push(inside.to_owned());
        }
        let is_chosen = |finding: &Diagnostic| chosen.iter().any(|path| Path::new(&finding.path).starts_with(path));
        Ok(found.into_iter().filter(is_chosen).collect())
    }
}
