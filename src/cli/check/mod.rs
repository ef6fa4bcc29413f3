//! `casebook check`: every finding in one run.

mod fix;
mod scope;
mod watch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{FINE, findings, link, terminal, workspace};
use crate::check::{Counts, Fate};
use crate::diagnostic::Diagnostic;
use crate::network::AllowedHosts;
use crate::pipeline::{Audience, Options, prepare, with_templates};
use crate::report;
use crate::text::{SitePath, SourceSet};
use fix::apply_fixes;
use scope::Scope;
use watch::until_interrupted;

/// With more findings than this, a summary by rule follows.
const ONE_SCREEN: usize = 10;

/// How often `--fix` checks again after it changed something.
const ROUNDS: usize = 5;

#[derive(Clone, Debug, Args)]
pub(super) struct Check {
    /// Report only on these files and folders; the rest of the site is still read. `-` is standard input. A file outside a
    /// site is read as a draft
    paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fix what can be fixed without changing what a review says
    #[arg(long, conflicts_with = "stdin_path")]
    fix: bool,
    /// Check again whenever a file changes
    #[arg(long, conflicts_with = "stdin_path")]
    watch: bool,
    /// With --watch: read the folder twice a second instead of waiting for the system to report changes
    #[arg(long, requires = "watch")]
    poll: bool,
    /// With `-`: the file in the site folder that standard input stands for
    #[arg(long, value_name = "FILE")]
    stdin_path: Option<String>,
    /// Ask other servers whether links to them still work. Answers are kept in `.casebook/` for a while
    #[arg(long)]
    links: bool,
    /// With --links: also ask servers at private addresses, such as those of your own network
    #[arg(long, requires = "links")]
    private: bool,
    /// Judge overdue actions and embargoes as of this day, such as 2026-03-31
    #[arg(long, value_name = "DATE", value_parser = workspace::day)]
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
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl Check {
    pub(super) fn run(&self, site: Option<&Path>) -> Result<ExitCode> {
        let files: Vec<PathBuf> = self.paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect();
        let mut scope = Scope::find(site, &files)?;
        if self.reads_standard_input() {
            scope.add(&self.path_of_standard_input()?);
        }
        if !self.watch {
            return self.once(&scope);
        }
        ensure!(scope.is_site(), "--watch needs a site; `casebook init` makes one");
        until_interrupted(self, scope)?;
        Ok(FINE)
    }

    fn reach(&self) -> AllowedHosts {
        if self.private { AllowedHosts::All } else { AllowedHosts::Public }
    }

    fn options(&self) -> Result<Options> {
        Ok(Options { today: workspace::today(self.now)?, base_url: None, audience: Audience::Public })
    }

    fn once(&self, scope: &Scope) -> Result<ExitCode> {
        let (options, root) = (self.options()?, &scope.root);
        let mut sources = self.read(scope)?;
        let replies = if self.links { link::ask(root, &sources, &options, self.reach())? } else { BTreeMap::new() };
        sources.link_statuses = replies.clone();
        let mut prepared = with_templates(prepare(&sources, &options), &sources);
        let mut chosen = scope.choose(&prepared.findings, &sources)?;
        if self.fix {
            // A fix may reveal another: behind `tilte` stands an empty title.
            for _ in 0..ROUNDS {
                if apply_fixes(&chosen, &sources, root)? == 0 {
                    break;
                }
                sources = self.read(scope)?;
                sources.link_statuses = replies.clone();
                prepared = with_templates(prepare(&sources, &options), &sources);
                chosen = scope.choose(&prepared.findings, &sources)?;
            }
        }
        self.show(&Checked { found: &chosen, sources: &sources, scope }, &prepared.fates)
    }

    /// Reports what was found about the paths that were named. `fates` are those of all reviews of the site.
    fn show(&self, checked: &Checked<'_>, fates: &BTreeMap<SitePath, Fate>) -> Result<ExitCode> {
        let chosen = fates.iter().filter(|(path, _)| checked.scope.names(path.as_str()));
        let counts = Counts::of(checked.found, chosen.map(|(_, fate)| fate));
        self.write(checked, &counts)?;
        Ok(if counts.errors > 0 { findings() } else { FINE })
    }

    /// Reads the site, with the text on standard input in place of the file at `--stdin-path`.
    fn read(&self, scope: &Scope) -> Result<SourceSet> {
        let mut sources = scope.read()?;
        if self.reads_standard_input() {
            let path = self.path_of_standard_input()?;
            let text = terminal::read_all()?;
            sources.problems.retain(|problem| problem.path != path.as_str());
            sources.add_text(path, &text);
        }
        Ok(sources)
    }

    fn path_of_standard_input(&self) -> Result<SitePath> {
        let path = self.stdin_path.as_deref().context("`-` needs --stdin-path, the file that the text belongs to")?;
        SitePath::new(path).map_err(|error| anyhow::anyhow!("--stdin-path {path} {error}"))
    }

    fn reads_standard_input(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }

    fn write(&self, checked: &Checked<'_>, counts: &Counts) -> Result<()> {
        let Checked { found, sources, scope } = *checked;
        match self.format {
            Format::Human if scope.names_files() => {
                self.write_human(found, &report::human(found, sources, terminal::colour()))?
            }
            Format::Human => {
                let own: Vec<Diagnostic> = found.iter().filter(|finding| !finding.adopted).cloned().collect();
                self.write_human(&own, &report::overview(found, sources, terminal::colour()))?;
            }
            Format::Concise => terminal::print(&report::concise(found, sources))?,
            Format::Json => return terminal::print_data(&report::json(found, counts, sources)),
            Format::Github => {
                let folder = workspace::path_in_repository(&scope.root);
                terminal::print_data(&report::github(found, sources, &folder))?;
                workspace::add_to_step_summary(&report::step_summary(found, counts, sources))?;
            }
            Format::Sarif => {
                let folder = workspace::path_in_repository(&scope.root);
                return terminal::print_data(&report::sarif(found, sources, &folder));
            }
        }
        terminal::tell(&report::summary(counts));
        Ok(())
    }

    fn write_human(&self, found: &[Diagnostic], text: &str) -> Result<()> {
        terminal::print(text)?;
        if found.len() > ONE_SCREEN {
            terminal::print(&report::by_rule(found))?;
        }
        Ok(())
    }
}

/// What a check found, and about what.
#[derive(Clone, Copy)]
struct Checked<'a> {
    found: &'a [Diagnostic],
    sources: &'a SourceSet,
    scope: &'a Scope,
}
