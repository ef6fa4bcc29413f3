//! Which folder is meant, and which day it is.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};

/// The site folder: the one that was named, or the nearest one above that has a casebook.toml, or this one.
///
/// # Errors
///
/// There is no current folder.
pub(super) fn find(named: Option<&Path>) -> Result<PathBuf> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let here = env::current_dir().context("the current folder cannot be opened")?;
    let site = here.ancestors().find(|folder| folder.join("casebook.toml").exists());
    Ok(site.unwrap_or(&here).to_owned())
}

/// The day that actions and embargoes are judged by: `--now`, else SOURCE_DATE_EPOCH, else today in UTC.
///
/// # Errors
///
/// SOURCE_DATE_EPOCH is no number of seconds.
pub(super) fn today(now: Option<NaiveDate>) -> Result<NaiveDate> {
    if let Some(now) = now {
        return Ok(now);
    }
    let Some(epoch) = env::var_os("SOURCE_DATE_EPOCH").filter(|epoch| !epoch.is_empty()) else {
        return Ok(Utc::now().date_naive());
    };
    let seconds: Option<i64> = epoch.to_str().and_then(|epoch| epoch.parse().ok());
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map(|time| time.date_naive())
        .with_context(|| format!("SOURCE_DATE_EPOCH is {epoch:?}, and it takes a number of seconds"))
}

/// What tells the day to a command that goes on; none when the day was given.
pub(super) fn clock(now: Option<NaiveDate>) -> Option<fn() -> NaiveDate> {
    let is_given = now.is_some() || env::var_os("SOURCE_DATE_EPOCH").is_some_and(|epoch| !epoch.is_empty());
    (!is_given).then_some(|| Utc::now().date_naive())
}

/// The seconds since 1970, by which replies of other servers grow old.
pub(super) fn seconds() -> u64 {
    u64::try_from(Utc::now().timestamp()).unwrap_or_default()
}

/// Adds to the summary of the step of a GitHub workflow, if this is one.
///
/// # Errors
///
/// The file that GitHub named cannot be written.
pub(super) fn add_to_step_summary(text: &str) -> Result<()> {
    let Some(path) = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    crate::disk::append(Path::new(&path), text).context("the summary of the step was not written")
}
