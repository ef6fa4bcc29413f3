//! `casebook explain`: a rule, with a wrong and a right example.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;

use super::{FINE, terminal};
use crate::report::{list_rules, show_rule};
use crate::rules::{CATALOGUE, find};
use crate::text::nearest;

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code or the name of a rule, such as T002 or timeline-out-of-order
    rule: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let Some(name) = &self.rule else {
            terminal::print(&list_rules())?;
            return Ok(FINE);
        };
        let Some(rule) = find(name) else {
            let near = nearest(name, CATALOGUE.iter().map(|rule| rule.metadata.name));
            let hint = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            bail!("there is no rule `{name}`.{hint} `casebook explain` lists all rules.");
        };
        terminal::print(&show_rule(rule))?;
        Ok(FINE)
    }
}
