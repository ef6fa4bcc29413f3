//! `casebook collect`: takes over the datasets of federated sites.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use super::{FINE, findings, terminal, workspace};
use crate::check::accept;
use crate::config::{Config, FederatedSetting, LOCK_PATH, Pin, read_config, read_lock, write_lock};
use crate::dataset::{Dataset, ReviewData, fingerprint, read};
use crate::disk;
use crate::network::{AllowedHosts, Client, Settings};
use crate::text::{MAX_DATASET_LENGTH, SitePath, SourceSet, truncate_line};

/// The greatest number of characters of a licence that are shown: another site wrote it.
const LONGEST_NAME: usize = 100;

#[derive(Debug, Args)]
pub(super) struct Collect {
    /// The ids of the sources to collect; by default all that have a `url`
    sources: Vec<String>,
    /// Change nothing: fail if a download differs from what is pinned
    #[arg(long)]
    locked: bool,
    /// Also ask servers at private addresses, such as those of your own network
    #[arg(long)]
    private: bool,
}

/// A federated site, and where its dataset is downloaded.
struct Chosen<'a> {
    setting: &'a FederatedSetting,
    url: &'a str,
    /// What was taken over before.
    pin: Option<Pin>,
}

impl Collect {
    pub(super) fn run(&self, site: Option<&Path>) -> Result<ExitCode> {
        let root = workspace::find(site)?;
        let sources = workspace::read(&root)?;
        let source =
            sources.text("casebook.toml").context("there is no casebook.toml here, so this is not a site folder")?;
        let (config, _) = read_config(source);
        let mut pins = sources.text(LOCK_PATH).map(read_lock).unwrap_or_default();
        let chosen = self.chosen(&config, &pins)?;
        let reach = if self.private { AllowedHosts::All } else { AllowedHosts::Public };
        let client = Client::new(Settings::patient(reach));
        let mut failed = 0;
        let count = chosen.len();
        for (at, site) in chosen.into_iter().enumerate() {
            let Chosen { setting, url, .. } = site;
            let what = format!("downloading {} ({} of {count})", setting.id.value, at + 1);
            let result = terminal::waiting(&what, || self.take(&site, &client, &config));
            let taken = result.and_then(|(text, dataset)| {
                disk::replace(&root, &setting.path(), &text)?;
                let pin = Pin { url: url.to_owned(), hash: fingerprint(&text) };
                pins.insert(setting.id.value.clone(), pin);
                disk::replace(&root, &lock_path(), write_lock(&pins))?;
                Ok(dataset)
            });
            match taken {
                Ok(dataset) => terminal::tell(&told(setting, &dataset, &sources)),
                Err(error) => {
                    terminal::complain(&error.context(format!("{}: nothing was changed", setting.id.value)));
                    failed += 1;
                }
            }
        }
        // The pin of a site that is no longer in casebook.toml has no other moment to go.
        let known: BTreeSet<&str> = config.federated.iter().map(|setting| setting.id.value.as_str()).collect();
        if pins.keys().any(|id| !known.contains(id.as_str())) {
            pins.retain(|id, _| known.contains(id.as_str()));
            disk::replace(&root, &lock_path(), write_lock(&pins))?;
        }
        Ok(if failed > 0 { findings() } else { FINE })
    }

    /// The federated sites to collect: those that were named, or all with an address.
    fn chosen<'a>(&self, config: &'a Config, pins: &BTreeMap<String, Pin>) -> Result<Vec<Chosen<'a>>> {
        for id in &self.sources {
            let known = config.federated.iter().find(|setting| setting.id.value == *id);
            let setting = known.with_context(|| format!("casebook.toml has no source `{id}`"))?;
            ensure!(setting.url.is_some(), "the source `{id}` has no `url`: its file is put there by hand");
        }
        let is_chosen =
            |setting: &&FederatedSetting| self.sources.is_empty() || self.sources.contains(&setting.id.value);
        let pin = |setting: &FederatedSetting| pins.get(&setting.id.value).cloned();
        let with_url =
            |setting: &'a FederatedSetting| Some(Chosen { setting, url: setting.url.as_deref()?, pin: pin(setting) });
        let chosen: Vec<_> = config.federated.iter().filter(is_chosen).filter_map(with_url).collect();
        ensure!(
            !chosen.is_empty(),
            "casebook.toml names no source with an `id` and a `url`; add one under [[sources]], and see what `casebook check` says of those that are there"
        );
        Ok(chosen)
    }

    /// Downloads a dataset and verifies whose it is.
    fn take(&self, site: &Chosen<'_>, client: &Client, config: &Config) -> Result<(String, Dataset)> {
        let Chosen { setting, url, pin } = site;
        let text = client.download(url, MAX_DATASET_LENGTH)?;
        if self.locked {
            let pin = pin.as_ref().context("it is not pinned yet; run without --locked once")?;
            if pin.hash != fingerprint(&text) {
                bail!("{url} gives something else than what is pinned");
            }
        }
        let dataset = read(&text).map_err(|refusal| anyhow::anyhow!("{url} gives no dataset: {refusal}"))?;
        accept(setting, &dataset, config)
            .map_err(|rejection| anyhow::anyhow!("{}. {}", rejection.why, rejection.help))?;
        Ok((text, dataset))
    }
}

fn lock_path() -> SitePath {
    SitePath::new(LOCK_PATH).expect("the name is a path")
}

/// A line that says what was collected, and what changed since the last time.
fn told(setting: &FederatedSetting, dataset: &Dataset, sources: &SourceSet) -> String {
    let before = sources.texts.get(&setting.path()).and_then(|source| read(&source.text).ok());
    let old: BTreeMap<&str, &ReviewData> =
        before.iter().flat_map(|data| &data.reviews).map(|review| (review.id.0.as_str(), review)).collect();
    let new = dataset.reviews.iter().filter(|review| !old.contains_key(review.id.0.as_str())).count();
    let is_changed = |review: &&ReviewData| old.get(review.id.0.as_str()).is_some_and(|old| *old != *review);
    let changed = dataset.reviews.iter().filter(is_changed).count();
    let gone = (old.len() + new).saturating_sub(dataset.reviews.len());
    let count = dataset.reviews.len();
    let named = dataset.licence.as_deref().map(|licence| truncate_line(licence, LONGEST_NAME));
    let licence = match (setting.licence.as_str(), named) {
        ("", None) => "no licence is named: ask before you publish more than facts".to_owned(),
        ("", Some(licence)) => format!("licence {licence}"),
        (licence, _) => format!("licence {licence}"),
    };
    format!("{}: {count} reviews, {new} new, {changed} changed, {gone} gone; {licence}", setting.id.value)
}
