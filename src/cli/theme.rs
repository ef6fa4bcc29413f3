//! `casebook theme`: start a theme of one's own, and check it.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};

use super::{FINE, findings, terminal, workspace};
use crate::check::Options;
use crate::config::read_config;
use crate::diagnostic::{Diagnostic, Level};
use crate::disk;
use crate::pipeline::{Audience, count, prepare, with_templates};
use crate::render::{audit, built_in_files};
use crate::report;
use crate::text::{MAX_ID_LENGTH, SitePath, SourceSet, is_windows_device};

#[derive(Debug, Args)]
pub(super) struct Theme {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Copy files of a built-in theme to themes/NAME, to be changed there
    New(New),
    /// Report templates that do not work, variables that no page has, and files that nothing uses
    Check,
}

#[derive(Debug, Args)]
struct New {
    /// What the theme is called
    name: String,
    /// Only these files, such as templates/components/card.html; without any, all are copied
    files: Vec<String>,
    /// The built-in theme to copy
    #[arg(long, value_name = "THEME", default_value = "default")]
    from: String,
}

impl Theme {
    pub(super) fn run(&self, site: Option<&Path>) -> Result<ExitCode> {
        let root = workspace::find(site)?;
        match &self.command {
            Command::New(new) => new.run(&root),
            Command::Check => check(&root),
        }
    }
}

impl New {
    fn run(&self, root: &Path) -> Result<ExitCode> {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        ensure!(
            (1..=MAX_ID_LENGTH).contains(&self.name.len())
                && self.name.chars().all(is_name)
                && !is_windows_device(&self.name),
            "`{}` cannot be the name of a theme: write lower-case letters, digits and hyphens",
            self.name
        );
        let all = built_in_files(&self.from)
            .with_context(|| format!("there is no built-in theme `{}`; there are `default` and `plain`", self.from))?;
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        for file in &self.files {
            ensure!(
                names.contains(&file.as_str()),
                "`{}` has no file `{file}`. It has: {}",
                self.from,
                names.join(", ")
            );
        }
        let chosen = all.iter().filter(|(name, _)| self.files.is_empty() || self.files.contains(name));
        let copies = chosen.map(|(name, bytes)| {
            let path =
                SitePath::new(&format!("themes/{}/{name}", self.name)).map_err(|error| anyhow::anyhow!("{error}"));
            Ok((path?, bytes.to_vec()))
        });
        let copies = copies.collect::<Result<Vec<_>>>()?;
        disk::create_files(root, &copies)?;
        for (path, _) in &copies {
            terminal::print(&format!("{path}\n"))?;
        }
        terminal::tell(&format!(
            "Write `theme = \"{}\"` into casebook.toml. Delete every file that you do not change: the built-in one takes its place.",
            self.name
        ));
        Ok(FINE)
    }
}

/// Audits the theme of the site, and renders every page with it.
fn check(root: &Path) -> Result<ExitCode> {
    let sources = workspace::read(root)?;
    let source = sources.text("casebook.toml").with_context(|| {
        format!("{} has no casebook.toml, so it is not a site folder; `casebook init` makes one", root.display())
    })?;
    let (config, _) = read_config(source);
    let name = &config.theme.value;
    let audited = audit(name, &config.language, &sources);
    // Rendering finds some mistakes of the audit again.
    let is_new = |mistake: &Diagnostic| {
        !audited.iter().any(|known| known.path == mistake.path && known.span.start == mistake.span.start)
    };
    let mut found: Vec<Diagnostic> = mistakes(&sources)?.into_iter().filter(is_new).collect();
    found.splice(0..0, audited);
    terminal::print(&report::human(&found, &sources, terminal::colour()))?;
    let (errors, warnings) = (count(&found, Level::Error), count(&found, Level::Warning));
    terminal::tell(&format!("theme `{name}`: {}", report::tally(errors, warnings, 0)));
    Ok(if errors > 0 { findings() } else { FINE })
}

/// The mistakes of templates that show when all pages are rendered.
fn mistakes(sources: &SourceSet) -> Result<Vec<Diagnostic>> {
    let options = Options { today: workspace::today(None)?, base_url: None, audience: Audience::Public };
    let prepared = with_templates(prepare(sources, &options), sources);
    let of_theme = |path: &str| path.starts_with("themes/") || path == "casebook.toml";
    Ok(prepared.findings.into_iter().filter(|finding| of_theme(&finding.path)).collect())
}
