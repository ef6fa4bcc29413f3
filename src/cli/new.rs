//! `casebook new`: a review from the template.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;

use super::{FINE, terminal, workspace};
use crate::config::read_config;
use crate::disk;
use crate::scaffold::{NewReview, Template, review, review_name};
use crate::text::{SitePath, escape_line};

#[derive(Debug, Args)]
pub(super) struct New {
    /// What happened, in one line that a customer would understand
    title: String,
    /// The day of the incident, such as 2026-03-31; by default today. The file name begins with it
    #[arg(long, value_name = "DATE", value_parser = workspace::day)]
    date: Option<NaiveDate>,
    /// Include every key, each with its question
    #[arg(long)]
    full: bool,
    /// Use this day as today
    #[arg(long, value_name = "DATE", value_parser = workspace::day)]
    now: Option<NaiveDate>,
}

impl New {
    pub(super) fn run(&self, site: Option<&Path>) -> Result<ExitCode> {
        let root = workspace::find(site)?;
        let sources = workspace::read(&root)?;
        let source = sources.text("casebook.toml").with_context(|| {
            format!("{} has no casebook.toml, so it is not a site folder; `casebook init` makes one", root.display())
        })?;
        let (config, _) = read_config(source);
        // The author decides; of all guesses the middle one is the least wrong.
        let severity = config.severities.get(config.severities.len() / 2).map_or("", |severity| severity.id.as_str());
        let organisation = config.organisation.as_deref().unwrap_or("your organisation");
        let date = self.date.map_or_else(|| workspace::today(self.now), Ok)?;
        let new = NewReview { title: &self.title, date, severity, organisation };
        let template = if self.full { Template::Full } else { Template::Short };
        let name =
            review_name(new.title, new.date).context("the title has no letter or digit to make a file name of")?;
        let folder = config.reviews.folder_for(&name).with_context(|| {
            format!(
                "no pattern of [[reviews]] in casebook.toml takes {name}; add one such as \"docs/postmortems/*.md\""
            )
        })?;
        let path = SitePath::new(format!("{folder}/{name}").trim_start_matches('/'));
        let path = path.map_err(|error| anyhow::anyhow!("{folder}/{name} {error}"))?;
        disk::create_files(&root, &[(path.clone(), review(template, &new).into_bytes())])?;
        let path = root.join(path.as_str()).display().to_string();
        terminal::print(&format!("{}\n", escape_line(&path)))?;
        terminal::tell("It is a draft and not published. Answer its questions, then run `casebook check`.");
        Ok(FINE)
    }
}
