//! What a command takes from its environment: the site folder, the day, the summary of a GitHub step.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::disk;
use crate::pipeline::review_files;
use crate::table::FIRST_YEAR;
use crate::text::SourceSet;

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
    Ok(disk::site_around(&here).unwrap_or(&here).to_owned())
}

/// The path of a site folder below the root of its repository, with a closing slash; empty when it is the root, or when
/// there is no repository. Annotations are shown on files that are named from there.
pub(super) fn path_in_repository(site: &Path) -> String {
    let Ok(site) = site.canonicalize() else { return String::new() };
    let named = env::var_os("GITHUB_WORKSPACE").and_then(|folder| PathBuf::from(folder).canonicalize().ok());
    let around = || site.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
    let root = named.filter(|folder| site.starts_with(folder)).or_else(around);
    let below = root.and_then(|root| site.strip_prefix(root).ok().map(Path::to_owned)).unwrap_or_default();
    below.iter().map(|part| format!("{}/", part.to_string_lossy())).collect()
}

/// The files of the site at `root`, with the reviews that its casebook.toml names.
///
/// # Errors
///
/// As those of [`disk::read`].
pub(super) fn read(root: &Path) -> Result<SourceSet> {
    disk::read(root, &review_files(disk::read_settings(root).as_ref()))
}

/// The last year that is accepted as today. Later ones come from milliseconds in place of seconds.
const LAST_YEAR: i32 = 2199;

/// A day as it is typed, such as 2026-03-31.
///
/// # Errors
///
/// Why it is none. The standard way of reading takes `26-3-31`, too, for a day of the year 26.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let is_whole = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day = if is_whole { text.parse::<NaiveDate>().ok() } else { None };
    let day = day.ok_or("write the year with four digits, the month and the day with two, such as 2026-03-31")?;
    if is_plausible(day) { Ok(day) } else { Err(format!("the year is one from {FIRST_YEAR} to {LAST_YEAR}")) }
}

fn is_plausible(day: NaiveDate) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&day.year())
}

/// The day that actions and embargoes are judged by: `--now`, else SOURCE_DATE_EPOCH, else today in UTC.
///
/// # Errors
///
/// SOURCE_DATE_EPOCH is no number of seconds, or none that can be meant.
pub(super) fn today(now: Option<NaiveDate>) -> Result<NaiveDate> {
    if let Some(now) = now {
        return Ok(now);
    }
    let Some(epoch) = env::var_os("SOURCE_DATE_EPOCH").filter(|epoch| !epoch.is_empty()) else {
        return Ok(Utc::now().date_naive());
    };
    let digits = epoch.to_str().filter(|epoch| epoch.bytes().all(|byte| byte.is_ascii_digit()));
    let time = digits.and_then(|digits| DateTime::from_timestamp(digits.parse().ok()?, 0));
    time.map(|time| time.date_naive()).filter(|day| is_plausible(*day)).with_context(|| {
        format!(
            "SOURCE_DATE_EPOCH is {epoch:?}, and it takes a number of whole seconds since 1970, up to the year {LAST_YEAR}"
        )
    })
}

/// Tells the day to a command that runs for days; none when the day is fixed.
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
    disk::append(Path::new(&path), text).context("the summary of the step was not written")
}
