//! The replies of other servers about the links of a site, from a cache or by asking them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;

use super::{terminal, workspace};
use crate::disk::LinkCache;
use crate::network::{AllowedHosts, Client, Settings, check_links};
use crate::pipeline::{Options, outside_addresses};
use crate::text::{LinkStatus, SourceSet};

/// The replies about every link in `sources` that leads to another site.
///
/// # Errors
///
/// The cache cannot be read or written.
pub(super) fn ask(
    root: &Path,
    sources: &SourceSet,
    options: &Options,
    reach: AllowedHosts,
) -> Result<BTreeMap<String, LinkStatus>> {
    let now = workspace::seconds();
    let mut cache = LinkCache::read(root)?;
    let mut replies = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for address in outside_addresses(sources, options) {
        match cache.get(&address, now) {
            Some(reply) => _ = replies.insert(address, reply),
            None => _ = unknown.insert(address),
        }
    }
    if unknown.is_empty() {
        return Ok(replies);
    }
    let progress = terminal::Progress::new(unknown.len(), "links");
    let heard = check_links(&Client::new(Settings::polite(reach)), &unknown, || progress.step());
    cache.keep(&heard, now);
    cache.write(root)?;
    replies.extend(heard);
    Ok(replies)
}
