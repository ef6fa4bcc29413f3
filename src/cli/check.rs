//! `casebook check`: every finding in one run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{FINE, findings, link, terminal, workspace};
use crate::check::Counts;
use crate::diagnostic::{Diagnostic, Level, Quote};
use crate::network::AllowedHosts;
use crate::pipeline::{Audience, Options, Prepared, Rebuilder, ReviewRules, count, prepare, review_files};
use crate::text::{Edit, SitePath, SourceSet, apply_edits, escape_line, truncate_line};
use crate::{disk, report};

/// With more findings than this, a summary by rule follows.
const ONE_SCREEN: usize = 10;

/// The greatest number of characters that are shown of the words that `--fix` changed.
const LONGEST_CHANGE: usize = 60;

/// How often `--fix` checks again after it changed something.
const ROUNDS: usize = 5;

#[derive(Clone, Debug, Args)]
pub(super) struct Check {
    /// Report on these files and folders only; all others are read all the same. `-` is standard input
    paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fix what can be fixed without changing the meaning
    #[arg(long, conflicts_with = "stdin_path")]
    fix: bool,
    /// Check again whenever a file changes
    #[arg(long, conflicts_with = "stdin_path")]
    watch: bool,
    /// With --watch: read the folder twice a second instead of waiting for the system to report changes
    #[arg(long, requires = "watch")]
    poll: bool,
    /// With `-` as the path: the file in the site folder that the text on standard input belongs to
    #[arg(long, value_name = "FILE")]
    stdin_path: Option<String>,
    /// Ask other servers whether links to them still lead to a page. What they said is kept in `.casebook/` for a while
    #[arg(long)]
    links: bool,
    /// With --links: ask servers at private addresses, too, such as those of your own network
    #[arg(long, requires = "links")]
    private: bool,
    /// The day by which overdue actions and embargoes are judged, such as 2026-03-31
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
        let root = workspace::find(site)?;
        if !self.watch {
            return self.once(&root);
        }
        self.until_interrupted(&root)?;
        Ok(FINE)
    }

    /// Checks now and after each change, until the process is interrupted.
    fn until_interrupted(&self, root: &Path) -> Result<()> {
        let how = if self.poll { disk::Watcher::Poll } else { disk::Watcher::Native };
        let reader = disk::Reader::new(root);
        let reviews = reader.watched();
        let site = Mutex::new(WatchedSite {
            check: self.clone(),
            root: root.to_owned(),
            reader,
            rebuilder: Rebuilder::default(),
        });
        disk::watch(root, reviews, how, move |signal| match signal {
            disk::WatchEvent::Changing => disk::WatchControl::Continue,
            disk::WatchEvent::Polling(reason) => {
                terminal::tell(&super::serve::polling(&reason));
                disk::WatchControl::Continue
            }
            disk::WatchEvent::Ready => site.lock().unwrap_or_else(PoisonError::into_inner).look(),
        })
    }

    fn reach(&self) -> AllowedHosts {
        if self.private { AllowedHosts::All } else { AllowedHosts::Public }
    }

    fn options(&self) -> Result<Options> {
        Ok(Options { today: workspace::today(self.now)?, base_url: None, audience: Audience::Public })
    }

    fn once(&self, root: &Path) -> Result<ExitCode> {
        let options = self.options()?;
        let mut sources = self.read(root)?;
        let replies = if self.links { link::ask(root, &sources, &options, self.reach())? } else { BTreeMap::new() };
        sources.link_statuses = replies.clone();
        let mut prepared = prepare(&sources, &options);
        if self.fix {
            // A fix may reveal another: behind `tilte` stands an empty title.
            for _ in 0..ROUNDS {
                if self.apply_fixes(&prepared.findings, &sources, root)? == 0 {
                    break;
                }
                sources = self.read(root)?;
                sources.link_statuses = replies.clone();
                prepared = prepare(&sources, &options);
            }
        }
        self.show(prepared, &sources, root)
    }

    /// Reports what was found about the paths that were named.
    fn show(&self, prepared: Prepared, sources: &SourceSet, root: &Path) -> Result<ExitCode> {
        let found = self.chosen(prepared.findings, root)?;
        let counts = Counts {
            errors: count(&found, Level::Error),
            warnings: count(&found, Level::Warning),
            advice: count(&found, Level::Advice),
            ..prepared.counts
        };
        self.write(&found, &counts, sources)?;
        Ok(if counts.errors > 0 { findings() } else { FINE })
    }

    /// Reads the site, with the text on standard input in place of the file at `--stdin-path`.
    fn read(&self, root: &Path) -> Result<SourceSet> {
        let mut sources = workspace::read(root)?;
        if self.reads_standard_input() {
            let path =
                self.stdin_path.as_deref().context("`-` needs --stdin-path, the file that the text belongs to")?;
            let path = SitePath::new(path).map_err(|error| anyhow::anyhow!("--stdin-path {path} {error}"))?;
            let text = terminal::read_all()?;
            sources.problems.retain(|problem| problem.path != path.as_str());
            sources.add_text(path, &text);
        }
        Ok(sources)
    }

    fn reads_standard_input(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }

    fn write(&self, found: &[Diagnostic], counts: &Counts, sources: &SourceSet) -> Result<()> {
        match self.format {
            Format::Human => {
                terminal::print(&report::human(found, sources, terminal::colour()))?;
                if found.len() > ONE_SCREEN {
                    terminal::print(&report::by_rule(found))?;
                }
            }
            Format::Concise => terminal::print(&report::concise(found, sources))?,
            Format::Json => return terminal::print_data(&report::json(found, counts, sources)),
            Format::Github => {
                terminal::print_data(&report::github(found, sources))?;
                workspace::add_to_step_summary(&report::step_summary(found, counts, sources))?;
            }
            Format::Sarif => return terminal::print_data(&report::sarif(found, sources)),
        }
        terminal::tell(&report::summary(counts));
        Ok(())
    }

    /// Applies the fixes that findings offer, tells of each, and returns their number.
    fn apply_fixes(&self, found: &[Diagnostic], sources: &SourceSet, root: &Path) -> Result<usize> {
        let chosen = self.chosen(found.to_vec(), root)?;
        let mut by_path: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in chosen.iter().filter(|finding| !finding.fix.is_empty()) {
            by_path.entry(&finding.path).or_default().push(finding);
        }
        let mut all = 0;
        for (path, findings) in by_path {
            let Some(source) = sources.text(path) else { continue };
            let edits: Vec<Edit> = findings.iter().flat_map(|finding| finding.fix.clone()).collect();
            let (text, made) = apply_edits(&source.text, &edits);
            if text == *source.text {
                continue;
            }
            if disk::is_linked(root, &source.path) {
                terminal::tell(&format!(
                    "not fixed: {path} is a symbolic link, or below one; fix the file that it leads to"
                ));
                continue;
            }
            disk::rewrite(root, &source.path, &source.text, &text)?;
            for finding in findings {
                let path = escape_line(path);
                let change = change(finding, &source.text);
                terminal::tell(&format!("fixed {path}: {change} ({})", finding.rule.name));
            }
            all += made;
        }
        Ok(all)
    }

    /// The findings about the paths that were named; all when none was.
    fn chosen(&self, found: Vec<Diagnostic>, root: &Path) -> Result<Vec<Diagnostic>> {
        if self.paths.is_empty() {
            return Ok(found);
        }
        let root = root.canonicalize()?;
        let mut chosen = Vec::new();
        if let (true, Some(path)) = (self.reads_standard_input(), &self.stdin_path) {
            chosen.push(PathBuf::from(path));
        }
        for path in self.paths.iter().filter(|path| path.as_os_str() != "-") {
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

/// What the fix of a finding changes in a text: the old and the new words. The message of the finding stands in for
/// them where they are secret, several, or nothing that can be seen.
fn change(finding: &Diagnostic, text: &str) -> String {
    let quoted = |words: &str| format!("`{}`", truncate_line(words, LONGEST_CHANGE));
    match finding.fix.as_slice() {
        [edit] if finding.quote == Quote::Verbatim && !edit.span.is_empty() && !edit.text.is_empty() => {
            format!("{} → {}", quoted(edit.span.slice(text)), quoted(&edit.text))
        }
        _ => finding.message.clone(),
    }
}

/// A site folder that is checked again after each change.
struct WatchedSite {
    check: Check,
    root: PathBuf,
    reader: disk::Reader,
    rebuilder: Rebuilder,
}

impl WatchedSite {
    /// Checks the site if something changed. What could not be read is tried again without waiting for a change.
    fn look(&mut self) -> disk::WatchControl {
        let reviews = review_files(self.reader.settings().as_ref());
        let sources = match self.reader.read(&reviews) {
            Ok(sources) => Arc::new(sources),
            Err(error) => {
                self.rebuilder.forget();
                terminal::complain(&error);
                return disk::WatchControl::Retry;
            }
        };
        let next = if sources.is_incomplete() { disk::WatchControl::Retry } else { disk::WatchControl::Continue };
        if let Err(error) = self.check_again(sources) {
            terminal::complain(&error);
        }
        next
    }

    fn check_again(&mut self, mut sources: Arc<SourceSet>) -> Result<()> {
        let Self { check, root, rebuilder, .. } = self;
        let options = check.options()?;
        let Some(rebuild) = rebuilder.start(&sources, &options, ReviewRules::AtOnce) else { return Ok(()) };
        let mut prepared = rebuild.stages.finish();
        if check.links {
            let replies = link::ask(root, &sources, &options, check.reach())?;
            Arc::make_mut(&mut sources).link_statuses = replies;
            prepared = prepare(&sources, &options);
        }
        if check.fix && check.apply_fixes(&prepared.findings, &sources, root)? > 0 {
            // The fix is a change, which is checked next.
            return Ok(());
        }
        check.show(prepared, &sources, root).map(|_| ())
    }
}
