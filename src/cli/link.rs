//! What other servers say about the links of a site: from the cache, else by asking.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;

use super::{terminal, workspace};
use crate::disk::ReplyCache;
use crate::network::{Client, Reach, Settings, ask_all};
use crate::pipeline::{Options, addresses};
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
    reach: Reach,
) -> Result<BTreeMap<String, LinkStatus>> {
    let now = workspace::seconds();
    let mut cache = ReplyCache::read(root)?;
    let mut replies = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for address in addresses(sources, options) {
        match cache.get(&address, now) {
            Some(reply) => _ = replies.insert(address, reply),
            None => _ = unknown.insert(address),
        }
    }
    if unknown.is_empty() {
        return Ok(replies);
    }
    let progress = terminal::Progress::new(unknown.len(), "links");
    let heard = ask_all(&Client::new(Settings::polite(reach)), &unknown, || progress.step());
    cache.keep(&heard, now);
    cache.write(root)?;
    replies.extend(heard);
    Ok(replies)
}
