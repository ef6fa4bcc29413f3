//! Federated sites: other sites whose reviews this one shows, taken over from their datasets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{Config, FederatedSetting, LOCK_PATH, Pin, read_lock};
use crate::dataset::{Dataset, ReviewData, fingerprint, read, review};
use crate::diagnostic::{ProblemKind, Problems};
use crate::model::{FederatedSite, Perspective, Policy, Registry, Review, Status};
use crate::rules::FederatedReviews;
use crate::text::{ReadProblem, ReadProblemKind, SourceSet, is_within, kebab_case, strip_hidden, truncate_line};

/// How many factors without a counterpart are named.
const NAMED: usize = 5;

/// The reviews of all federated sites that can be trusted. The others are reported, and the site is built without them.
pub(super) fn take_over(
    sources: &SourceSet,
    config: &Config,
    policy: &Policy,
    problems: &mut Problems,
) -> FederatedReviews {
    let pins = sources.text(LOCK_PATH).map(read_lock).unwrap_or_default();
    let mut federated = FederatedReviews::default();
    for setting in &config.federated {
        let dataset = read_dataset(setting, sources, &pins);
        let reviews = match dataset.and_then(|dataset| accept(setting, &dataset, config).map(|()| dataset)) {
            Ok(mut dataset) => {
                rename_factors(&mut dataset, &policy.registry);
                let site = AcceptedSite { setting, config, policy };
                let reviews = site.reviews(&dataset);
                site.report_unmapped(&dataset, &reviews, problems);
                Some(reviews)
            }
            Err(Rejection { why, help }) => {
                let message = format!("the reviews of `{}` are left out: {why}", setting.id.value);
                problems.add(ProblemKind::RejectedFederatedSite, setting.id.span, message).help(help);
                None
            }
        };
        federated.0.insert(setting.id.value.clone(), reviews);
    }
    federated
}

/// Whether the problem is about the dataset of a federated site. It is reported at the site's entry in casebook.toml.
pub(super) fn is_dataset_problem(problem: &ReadProblem) -> bool {
    problem.path.starts_with("content/sources/") && problem.path.ends_with(".json")
}

/// Why a federated site is left out, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rejection {
    pub why: String,
    /// What to do about it.
    pub help: &'static str,
}

const COLLECT: &str = "Run `casebook collect`.";
const ASK: &str = "Tell the organisation, and go on without its reviews until it is fixed.";
const EXPECTED: &str =
    "Check `organisation` and `url` in casebook.toml: this may be the dataset of another organisation.";

fn reject<T>(why: impl Into<String>, help: &'static str) -> Result<T, Rejection> {
    Err(Rejection { why: why.into(), help })
}

/// The dataset of a federated site. One with an address has to be, to the last byte, what was collected from there.
fn read_dataset(
    setting: &FederatedSetting,
    sources: &SourceSet,
    pins: &BTreeMap<String, Pin>,
) -> Result<Dataset, Rejection> {
    let path = setting.path();
    let Some(source) = sources.texts.get(&path) else {
        return match sources.problems.iter().find(|problem| problem.path == path.as_str()).map(|problem| &problem.kind)
        {
            Some(ReadProblemKind::TooLarge { length, limit }) => {
                reject(format!("{path} has {length} bytes, and no more than {limit} are read"), ASK)
            }
            Some(_) => reject(format!("{path} cannot be read as text"), ASK),
            None if setting.url.is_some() => reject(format!("there is no {path} yet"), COLLECT),
            None => {
                reject(format!("there is no {path}"), "Put their casebook.json there, or name its address as `url`.")
            }
        };
    };
    if let Some(url) = &setting.url {
        match pins.get(&setting.id.value) {
            None => return reject(format!("{LOCK_PATH} has no pin for it"), COLLECT),
            Some(pin) if pin.url != *url => return reject("it was collected from another address", COLLECT),
            Some(pin) if pin.hash != fingerprint(&source.text) => {
                let help = "Restore the file from version control, or run `casebook collect` to take it over anew.";
                return reject(format!("{path} is not what was collected: its fingerprint differs"), help);
            }
            Some(_) => {}
        }
    }
    read(&source.text).map_err(|refusal| Rejection { why: format!("{path} is no dataset: {refusal}"), help: ASK })
}

/// Accepts a dataset that is of the organisation that `setting` names and claims to speak for no other one.
///
/// # Errors
///
/// Why it is left out.
pub(crate) fn accept(setting: &FederatedSetting, dataset: &Dataset, config: &Config) -> Result<(), Rejection> {
    let named = dataset.organisation.as_deref().unwrap_or_default();
    if !is_same(named, &setting.organisation) {
        let shown = truncate_line(named, 80);
        return reject(format!("it is of `{shown}`, and casebook.toml expects `{}`", setting.organisation), EXPECTED);
    }
    if config.organisation.as_deref().is_some_and(|own| is_same(own, &setting.organisation)) {
        return reject("it is of this site's own organisation", "Delete it: your own reviews are here already.");
    }
    let earlier = config.federated.iter().take_while(|other| other.id.value != setting.id.value);
    if let Some(other) = earlier.into_iter().find(|other| is_same(&other.organisation, &setting.organisation)) {
        return reject(format!("`{}` speaks for the same organisation", other.id.value), "Keep one of the two.");
    }
    for review in &dataset.reviews {
        let organisation = review.organisation.as_deref().unwrap_or(named);
        if review.perspective.0 == Perspective::Own && !is_same(organisation, named) {
            let why = format!("its review `{}` claims to be of another organisation itself", review.id);
            return reject(why, EXPECTED);
        }
        if !is_within(&review.url.0, &dataset.url.0) {
            let why = format!("its review `{}` is said to stand outside of {}", review.id, dataset.url);
            return reject(why, EXPECTED);
        }
    }
    Ok(())
}

/// Whether two names mean one organisation, whatever their case, blanks and punctuation.
fn is_same(one: &str, other: &str) -> bool {
    kebab_case(one) == kebab_case(other)
}

/// Renames the factors of a dataset to those of the registry here. Two factors are the same when they share a name, which
/// may be the id on one side and an alias on the other. One that could be several of ours keeps its name.
fn rename_factors(dataset: &mut Dataset, registry: &Registry) {
    let mut ours: BTreeMap<&str, &str> = BTreeMap::new();
    for factor in dataset.factors.iter().filter(|factor| registry.get(&factor.id).is_none()) {
        let known: BTreeSet<&str> =
            factor.aliases.iter().filter_map(|alias| Some(registry.get(alias)?.id.value.as_str())).collect();
        if let (Some(id), 1) = (known.first(), known.len()) {
            ours.insert(&factor.id, id);
            // Weaknesses may be named by an alias; one that we know, too, is known already.
            factor.aliases.iter().for_each(|alias| _ = ours.entry(alias).or_insert(id));
        }
    }
    if ours.is_empty() {
        return;
    }
    let rename = |name: &mut String| {
        if let Some(id) = ours.get(name.as_str()) {
            *name = (*id).to_owned();
        }
    };
    for review in &mut dataset.reviews {
        review.factors.iter_mut().for_each(|used| rename(&mut used.id));
        review.actions.iter_mut().flat_map(|action| &mut action.addresses).for_each(rename);
        review.accepted.iter_mut().for_each(|accepted| rename(&mut accepted.weakness));
    }
}

/// A site whose dataset was accepted.
struct AcceptedSite<'a> {
    setting: &'a FederatedSetting,
    config: &'a Config,
    policy: &'a Policy,
}

impl AcceptedSite<'_> {
    fn reviews(&self, dataset: &Dataset) -> Vec<Arc<Review>> {
        let Self { setting, config, policy } = self;
        let licence = Some(setting.licence.clone()).filter(|licence| !licence.is_empty());
        let site = Arc::new(FederatedSite {
            id: setting.id.value.clone(),
            title: strip_hidden(&dataset.title, 200),
            organisation: setting.organisation.clone(),
            address: dataset.url.0.clone(),
            licence: strip_hidden(&licence.or_else(|| dataset.licence.clone()).unwrap_or_default(), 200),
        });
        // A summary of another organisation's review is left out when that organisation's own reviews are here.
        let own = config.organisation.iter().map(String::as_str);
        let speaking = config.federated.iter().filter(|other| other.id.value != setting.id.value);
        let speaking: BTreeSet<String> =
            own.chain(speaking.map(|other| other.organisation.as_str())).map(kebab_case).collect();
        let is_wanted = |data: &&ReviewData| {
            let organisation = data.organisation.as_deref().unwrap_or(&setting.organisation);
            data.status.0 != Status::Draft && !speaking.contains(&kebab_case(organisation))
        };
        let wanted: Vec<&ReviewData> = dataset.reviews.iter().filter(is_wanted).collect();
        let loaded = wanted.into_par_iter().map(|data| Arc::new(review(data, Some(&site), policy)));
        loaded.filter(|review| review.is_public(policy.today)).collect()
    }

    /// Adds a problem that names the factors of `reviews` without a counterpart in the registry here.
    fn report_unmapped(&self, dataset: &Dataset, reviews: &[Arc<Review>], problems: &mut Problems) {
        let Self { setting, policy, .. } = self;
        let mut unmapped: BTreeMap<&str, usize> = BTreeMap::new();
        for used in reviews.iter().flat_map(|review| &review.factors) {
            if policy.registry.get(&used.id.value).is_none() {
                *unmapped.entry(&used.id.value).or_default() += 1;
            }
        }
        if unmapped.is_empty() {
            return;
        }
        let mut most: Vec<(&str, usize)> = unmapped.into_iter().collect();
        most.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        let known: BTreeSet<&str> = dataset.factors.iter().map(|factor| factor.id.as_str()).collect();
        let shown = |(id, count): &(&str, usize)| {
            let registered = if known.contains(id) { "" } else { ", not in their registry either" };
            format!("`{}` ({count}{registered})", truncate_line(id, 60))
        };
        let mut names: Vec<String> = most.iter().take(NAMED).map(shown).collect();
        if most.len() > NAMED {
            names.push(format!("{} more", most.len() - NAMED));
        }
        let message = format!("factors of `{}` have no counterpart here: {}", setting.id.value, names.join(", "));
        problems.add(ProblemKind::UnmappedFactor, setting.id.span, message);
    }
}
