//! `casebook build`: check, then write the site.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use clap::Args;

use super::{FINE, findings, terminal, workspace};
use crate::config::BaseUrl;
use crate::diagnostic::Diagnostic;
use crate::disk::{LastBuild, OutputFolder, fingerprint};
use crate::pipeline::{Audience, Failure, LeakDetector, Options, Prepared, prepare, render_all};
use crate::report;
use crate::site::{LostAddresses, Successor};
use crate::text::{SitePath, SourceSet, escape_line};

/// The greatest number of addresses that are named when they are gone.
const MOST_LOST: usize = 20;

#[derive(Debug, Args)]
pub(super) struct Build {
    /// The folder to write the site to; by default `public` in the site folder
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address of the home page, in place of the one in casebook.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<BaseUrl>,
    /// Judge overdue actions and embargoes as of this day, such as 2026-03-31
    #[arg(long, value_name = "DATE", value_parser = workspace::day)]
    now: Option<NaiveDate>,
    /// Print how long each stage took
    #[arg(long)]
    timings: bool,
}

pub(super) fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::new(text).ok_or_else(|| "an address begins with https:// or http:// and has no query".to_owned())
}

impl Build {
    pub(super) fn run(&self, site: Option<&Path>) -> Result<ExitCode> {
        let root = workspace::find(site)?;
        let mut clock = Clock::start();
        let sources = workspace::read(&root)?;
        clock.lap("read");
        let today = workspace::today(self.now)?;
        let options = Options { today, base_url: self.base_url.clone(), audience: Audience::Public };
        let output = self.output.clone().unwrap_or_else(|| root.join("public"));
        let input = fingerprint(&sources, &[&format!("{options:?}")]);
        let last = LastBuild::read(&root).filter(|last| last.input == input && last.output == place(&output));
        if let Some(last) = last
            && repeat(&last, &output, &root)?
        {
            clock.lap("compare");
            self.tell_timings(&clock);
            return Ok(FINE);
        }
        let Prepared { findings: found, counts, renderer, fates, .. } = prepare(&sources, &options);
        clock.lap("check and plan");
        let findings_told = show(&found, &sources);
        let Some(renderer) = renderer else {
            terminal::tell(&report::summary(&counts));
            tell_refused(&found, |file| fates.keys().any(|path| path.as_str() == file));
            return Ok(findings());
        };
        drop(found);
        renderer.make_search_index();
        clock.lap("search index");
        let folder = OutputFolder::open(&output, &root)?;
        let detector = LeakDetector::new(&sources, &renderer.analysis().corpus);
        let stage = |path: &SitePath, output| {
            detector.inspect(path, &output);
            folder.stage(path, output)
        };
        let staged = match render_all(&renderer, stage) {
            Ok(staged) => staged,
            Err(failure) => return give_up(failure, folder, &sources),
        };
        clock.lap("render and stage");
        if let Some(leak) = detector.leaks(&sources, &options).first() {
            folder.abandon()?;
            let (output, source) = (&leak.output, &leak.source);
            bail!(
                "{output} would publish a word of {source}, which is withheld. Nothing was written, and what was there \
                 before stays. This is a mistake in Casebook: please report it, without the word"
            );
        }
        let written = folder
            .publish(staged)
            .with_context(|| format!("the site in {} may be incomplete; build it again", output.display()))?;
        clock.lap("put in place");
        self.tell_timings(&clock);
        let summary = report::summary(&counts);
        tell_written(&summary, &output, [written.written, written.unchanged, written.removed.len()]);
        // A folder that may not be written to, such as a mounted one, only makes the next build as long as this one.
        let _ = LastBuild { input, output: place(&output), findings: findings_told, summary }.write(&root);
        let (site, corpus) = (renderer.site(), &renderer.analysis().corpus);
        tell_lost(&LostAddresses::find(site, corpus, &written.removed, &written.added), &sources, &site.about.base_url);
        Ok(FINE)
    }

    fn tell_timings(&self, clock: &Clock) {
        if self.timings {
            clock.tell();
        }
    }
}

/// Says again what the last build said, when its output is still in place. Nothing has to be made then.
fn repeat(last: &LastBuild, output: &Path, root: &Path) -> Result<bool> {
    let folder = OutputFolder::open(output, root)?;
    let count = folder.count_if_whole();
    folder.abandon()?;
    let Some(count) = count else { return Ok(false) };
    if !last.findings.is_empty() {
        terminal::tell(&last.findings);
    }
    tell_written(&last.summary, output, [0, count, 0]);
    Ok(true)
}

/// The output folder as the last build is compared by.
fn place(output: &Path) -> String {
    std::path::absolute(output).unwrap_or_else(|_| output.to_owned()).display().to_string()
}

fn tell_written(summary: &str, output: &Path, [new, same, gone]: [usize; 3]) {
    terminal::tell(summary);
    let output = output.display().to_string();
    let output = escape_line(&output);
    terminal::tell(&format!("{output}: {new} files written, {same} unchanged, {gone} removed"));
}

fn tell_refused(found: &[Diagnostic], is_review: impl Fn(&str) -> bool) {
    terminal::tell("nothing was written: fix the errors first");
    if let Some(help) = report::how_to_withhold(found, is_review) {
        terminal::tell(&help);
    }
}

/// Names the addresses that lead nowhere from now on, and the aliases that would keep them.
fn tell_lost(lost: &LostAddresses, sources: &SourceSet, base_url: &BaseUrl) {
    if lost.paths.is_empty() {
        return;
    }
    terminal::tell("these addresses lead nowhere now:");
    for path in lost.paths.iter().take(MOST_LOST) {
        terminal::tell(&format!("  {}{path}", base_url.as_str()));
    }
    if let Some(more) = lost.paths.len().checked_sub(MOST_LOST).filter(|more| *more > 0) {
        terminal::tell(&format!("  and {more} more"));
    }
    for Successor { source, factor, aliases } in &lost.successors {
        let is_yaml = sources.text(source.as_str()).is_some_and(|source| source.text.starts_with("---"));
        let sign = if is_yaml { ":" } else { " =" };
        let place = if factor.is_empty() { String::new() } else { format!(", in the factor `{factor}`") };
        terminal::tell(&format!(
            "if that was a new name, keep the old addresses in {source}{place}:\n  aliases{sign} {aliases:?}"
        ));
    }
    if lost.successors.is_empty() {
        terminal::tell("to lead readers on, name the old ids in the `aliases` of what takes their place");
    }
}

/// Tells the findings, and returns what it told.
fn show(found: &[Diagnostic], sources: &SourceSet) -> String {
    if found.is_empty() {
        return String::new();
    }
    let told = report::overview(found, sources, report::Colour::None).trim_end().to_owned();
    terminal::tell(&told);
    told
}

fn give_up(failure: Failure<anyhow::Error>, folder: OutputFolder, sources: &SourceSet) -> Result<ExitCode> {
    // Whatever keeps the staged files from being removed, such as a lost permission, is no reason to hide what failed before.
    if let Err(error) = folder.abandon() {
        terminal::tell(&format!("{error:#}"));
    }
    match failure {
        Failure::Stage(error) => Err(error.context("the site was not written, and what was there before stays")),
        Failure::Template(found) => {
            show(&found, sources);
            terminal::tell("nothing was written: fix the templates first");
            Ok(findings())
        }
    }
}

/// How long each stage took.
struct Clock {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, stage: &'static str) {
        self.laps.push((stage, self.last.elapsed()));
        self.last = Instant::now();
    }

    fn tell(&self) {
        for (stage, time) in &self.laps {
            terminal::tell(&format!("{:>8.1} ms  {stage}", time.as_secs_f64() * 1000.0));
        }
    }
}
