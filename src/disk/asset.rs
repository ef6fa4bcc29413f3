//! Files that are published as they are, or cleaned: their metadata, and their bytes.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};

use super::image::{self, Treatment};
use super::read::LONGEST_TEXT;
use crate::text::{Asset, AssetRisk, SitePath};

/// The bytes of a file of the site folder as published: pictures without metadata. A picture whose metadata cannot be
/// removed is empty; a rule reports it.
///
/// # Errors
///
/// The file cannot be read.
pub fn read_published(root: &Path, path: &SitePath) -> Result<Vec<u8>> {
    let read = || {
        let at = root.join(path.as_str());
        let (treatment, _) = image::treatment(&start_of(&at)?, fs::metadata(&at)?.len(), path);
        Ok::<_, std::io::Error>(match treatment {
            Treatment::AsItIs => fs::read(&at)?,
            Treatment::Cleaned => image::cleaned(read_picture(&at)?, path).unwrap_or_default(),
            Treatment::Refused => Vec::new(),
        })
    };
    read().with_context(|| format!("{path} cannot be read"))
}

/// Reads the metadata of a file, and its text when it is one.
pub(super) fn read_asset(at: &Path, path: &SitePath, length: u64) -> std::io::Result<Asset> {
    let start = start_of(at)?;
    let (treatment, risk) = image::treatment(&start, length, path);
    if treatment == Treatment::Refused {
        // Nothing of it is published, and it may be long.
        return Ok(Asset { length, hash: blake3::hash(&start).to_hex().to_string(), pixels: None, risk, text: None });
    }
    if treatment != Treatment::Cleaned {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(fs::File::open(at)?)?;
        let hash = hasher.finalize().to_hex().to_string();
        let pixels = imagesize::size(at).ok().map(|size| (size.width, size.height));
        let is_read = image::is_text(&start) && length <= LONGEST_TEXT;
        let text = if is_read { text_of(fs::read(at)?) } else { None };
        let risk = risk.or_else(|| (image::is_text(&start) && !is_read).then(|| too_long(length)));
        return Ok(Asset { length, hash, pixels, risk, text });
    }
    let bytes = read_picture(at)?;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let size = imagesize::blob_size(&bytes).ok();
    let pixels = size.map(|size| match image::is_turned(&bytes) {
        true => (size.height, size.width),
        false => (size.width, size.height),
    });
    // A drawing is a text: what stands in it stays when its metadata goes, the markers around it among that.
    let text = if image::is_text(&start) { text_of(bytes.clone()) } else { None };
    Ok(Asset { length, hash, pixels, risk: image::cleaned(bytes, path).err(), text })
}

/// Nobody looks for what must not be published in a text of this length.
fn too_long(length: u64) -> AssetRisk {
    const MB: u64 = 1024 * 1024;
    AssetRisk::Metadata(format!(
        "it has {} MB, and no text over {} MB is searched for what must not be published",
        length.div_ceil(MB),
        LONGEST_TEXT / MB
    ))
}

fn text_of(bytes: Vec<u8>) -> Option<Arc<str>> {
    String::from_utf8(bytes).ok().map(Into::into)
}

/// The first bytes of a file, which tell its type.
fn start_of(at: &Path) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    fs::File::open(at)?.take(image::START as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// All bytes of a picture, up to the limit.
fn read_picture(at: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(at)?.take(image::LONGEST_PICTURE).read_to_end(&mut bytes)?;
    Ok(bytes)
}
