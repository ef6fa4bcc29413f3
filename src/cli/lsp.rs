//! `casebook lsp`: findings and help in editors, by the Language Server Protocol.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Utc};
use clap::Args;

use super::{FINE, workspace};
use crate::lsp::{Clock, Settings, serve};

#[derive(Debug, Args)]
pub(super) struct Lsp {
    /// Talk over standard input and output, as it always does: some editors add this
    #[arg(long)]
    stdio: bool,
    /// Judge overdue actions and embargoes as of this day, such as 2026-03-31
    #[arg(long, value_name = "DATE", value_parser = workspace::day)]
    now: Option<NaiveDate>,
}

impl Lsp {
    pub(super) fn run(&self, site: Option<&Path>) -> Result<ExitCode> {
        let site = site.map(std::path::absolute).transpose()?;
        let clock = match workspace::clock(self.now) {
            Some(_) => Clock::Running(now),
            None => Clock::Stopped(workspace::today(self.now)?.and_time(NaiveTime::MIN)),
        };
        serve(Settings { site, clock })?;
        Ok(FINE)
    }
}

fn now() -> NaiveDateTime {
    Utc::now().naive_utc()
}
