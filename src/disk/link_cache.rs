//! A cache of checked links in the folder `.casebook/` of the site.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};

use crate::text::{LinkStatus, SitePath};

/// The folder of what the program keeps of a site for itself.
pub(super) const FOLDER: &str = ".casebook";

const FILE: &str = "links.json";

/// The version of the file format; files of other versions are ignored.
const VERSION: u32 = 1;

const HOUR: u64 = 60 * 60;
const DAY: u64 = 24 * HOUR;

/// The outcomes of earlier runs, by address. Times are seconds since 1970.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct LinkCache {
    version: u32,
    replies: BTreeMap<String, Kept>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// When the server was asked.
    asked: u64,
    reply: Word,
    /// Where the page stands now, or the reason.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    more: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Found,
    Moved,
    Gone,
    Unclear,
}

impl Word {
    /// How many seconds an outcome is valid. Broken links expire sooner, so that a repaired page is noticed.
    fn lifetime(self) -> u64 {
        match self {
            Self::Found | Self::Moved => 7 * DAY,
            Self::Gone => DAY,
            Self::Unclear => HOUR,
        }
    }
}

impl LinkCache {
    /// Reads the cache of the site at `root`; empty when there is none or it cannot be parsed.
    ///
    /// # Errors
    ///
    /// The path is a symbolic link or no regular file.
    pub fn read(root: &Path) -> Result<Self> {
        let text = super::file::read(root, &path(FILE)?)?.unwrap_or_default();
        let cache: Option<Self> = serde_json::from_slice(&text).ok();
        Ok(cache.filter(|cache| cache.version == VERSION).unwrap_or_default())
    }

    /// The outcome for `address`, unless it has expired at the time `now`.
    pub fn get(&self, address: &str, now: u64) -> Option<LinkStatus> {
        let kept = self.replies.get(address)?;
        let age = now.checked_sub(kept.asked)?;
        let more = || kept.more.clone();
        (age < kept.reply.lifetime()).then(|| match kept.reply {
            Word::Found => LinkStatus::Found,
            Word::Moved => LinkStatus::Moved(more()),
            Word::Gone => LinkStatus::Gone(more()),
            Word::Unclear => LinkStatus::Unclear(more()),
        })
    }

    /// Adds outcomes of the time `now`, and removes expired ones.
    pub fn keep(&mut self, replies: &BTreeMap<String, LinkStatus>, now: u64) {
        self.version = VERSION;
        self.replies.retain(|_, kept| now.checked_sub(kept.asked).is_some_and(|age| age < kept.reply.lifetime()));
        for (address, reply) in replies {
            let (reply, more) = match reply {
                LinkStatus::Found => (Word::Found, String::new()),
                LinkStatus::Moved(target) => (Word::Moved, target.clone()),
                LinkStatus::Gone(reason) => (Word::Gone, reason.clone()),
                LinkStatus::Unclear(reason) => (Word::Unclear, reason.clone()),
            };
            self.replies.insert(address.clone(), Kept { asked: now, reply, more });
        }
    }

    /// Writes the cache, with a `.gitignore` beside it.
    ///
    /// # Errors
    ///
    /// The folder or the file cannot be written.
    pub fn write(&self, root: &Path) -> Result<()> {
        let text = serde_json::to_string(self).context("the replies of other servers cannot be kept")?;
        write_ignored(root, &path(FILE)?, &text)
    }
}

/// Writes a file of the folder, with a `.gitignore` beside it.
pub(super) fn write_ignored(root: &Path, file: &SitePath, text: &str) -> Result<()> {
    super::replace(root, &path(".gitignore")?, "*\n")?;
    super::replace(root, file, text)
}

fn path(name: &str) -> Result<SitePath> {
    SitePath::new(&format!("{FOLDER}/{name}")).map_err(|error| anyhow!("{name} {error}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{DAY, HOUR, LinkCache};
    use crate::text::LinkStatus;

    #[test]
    fn replies_are_believed_as_long_as_they_are_likely_to_hold() {
        let replies = [
            ("a", LinkStatus::Found, 7 * DAY),
            ("b", LinkStatus::Moved("c".to_owned()), 7 * DAY),
            ("c", LinkStatus::Gone("404".to_owned()), DAY),
            ("d", LinkStatus::Unclear("late".to_owned()), HOUR),
        ];
        let mut cache = LinkCache::default();
        let said: BTreeMap<String, LinkStatus> =
            replies.iter().map(|(address, reply, _)| ((*address).to_owned(), reply.clone())).collect();
        cache.keep(&said, 1_000_000);
        let folder = tempfile::tempdir().unwrap();
        cache.write(folder.path()).unwrap();
        let mut cache = LinkCache::read(folder.path()).unwrap();
        for (address, reply, lasts) in &replies {
            assert_eq!(cache.get(address, 1_000_000 + lasts - 1).as_ref(), Some(reply));
            assert_eq!(cache.get(address, 1_000_000 + lasts), None, "{address}");
            assert_eq!(cache.get(address, 0), None, "a clock that was put back");
        }
        cache.keep(&BTreeMap::new(), 1_000_000 + DAY);
        assert_eq!(cache.replies.len(), 2);
    }
}
