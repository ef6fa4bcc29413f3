//! Divides the words of the index into files that browsers load on demand.

use std::ops::Range;

use super::index::{Index, Term};

/// The size in bytes from which a shard ends at the next word that may begin one, on small sites and on large ones. At
/// twice the size it ends at any word.
const TARGET_SIZE: Range<usize> = 8 * 1024..32 * 1024;

/// About how many shards there are before they grow: the list of files names each.
const SHARDS: usize = 128;

/// The size in bytes from which the postings of a word have a shard of their own.
const OWN_SHARD_SIZE: usize = 12 * 1024;

/// The size in bytes from which the postings of a word that most reviews have are long.
const FREQUENT_SIZE: usize = 6 * 1024;

/// The greatest number of words that corrections are chosen from.
const CORRECTION_TERMS: usize = 12_000;

/// The positions of the words of each shard. Where a shard ends depends on the words there, not on those before, so that a
/// change moves few borders.
pub fn shards(index: &Index) -> Vec<Range<usize>> {
    let mut shards = Vec::new();
    let all: usize = index.terms.iter().map(weight).sum();
    // Powers of two, so that a new review seldom moves all borders.
    let target = (all / SHARDS).next_power_of_two().clamp(TARGET_SIZE.start, TARGET_SIZE.end);
    let (mut start, mut size) = (0, 0);
    for (at, term) in index.terms.iter().enumerate() {
        let own = weight(term);
        let is_border = size >= 2 * target || size >= target && fingerprint(&term.text).is_multiple_of(64);
        if at > start && (is_border || own >= OWN_SHARD_SIZE || weight(&index.terms[at - 1]) >= OWN_SHARD_SIZE) {
            shards.push(start..at);
            (start, size) = (at, 0);
        }
        size += own;
    }
    if start < index.terms.len() {
        shards.push(start..index.terms.len());
    }
    shards
}

fn weight(term: &Term) -> usize {
    term.text.len() + term.postings.len() + 3
}

/// The FNV-1a hash of a word.
fn fingerprint(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Words that most reviews have and whose postings are long. Queries skip them unless they have no other words.
pub fn frequent_terms(index: &Index) -> Vec<&str> {
    let reviews = index.places.len();
    let is_heavy = |term: &&Term| term.reviews as usize * 2 > reviews && term.postings.len() >= FREQUENT_SIZE;
    index.terms.iter().filter(is_heavy).map(|term| term.text.as_ref()).collect()
}

/// The positions of the words that misspelt words are corrected to, in ascending order: the most frequent ones.
pub fn correction_terms(index: &Index) -> Vec<usize> {
    let is_word = |term: &Term| term.text.chars().count() >= 4 && !term.text.bytes().any(|byte| byte.is_ascii_digit());
    let mut offered: Vec<usize> = (0..index.terms.len()).filter(|at| is_word(&index.terms[*at])).collect();
    if offered.len() > CORRECTION_TERMS {
        offered.sort_by_key(|at| (std::cmp::Reverse(index.terms[*at].reviews), *at));
        offered.truncate(CORRECTION_TERMS);
        offered.sort_unstable();
    }
    offered
}
