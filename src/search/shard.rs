//! How the vocabulary is cut into files.

use std::ops::Range;

use super::index::{Index, Term};

/// From this size on, in bytes, a shard ends at the next word that may begin one.
const ENOUGH: usize = 32 * 1024;

/// A shard of this size ends at once.
const TOO_MUCH: usize = 64 * 1024;

/// The postings of a word of this size stand alone, so that nobody else has to load them.
const ALONE: usize = 24 * 1024;

/// The words that are offered in place of a slip are at most so many, the most frequent ones.
const SUGGESTED: usize = 12_000;

/// The positions of the words of each shard. Where one may end depends on the words there and not on what stands before,
/// so that a change moves few borders.
pub fn shards(index: &Index) -> Vec<Range<usize>> {
    let mut shards = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, term) in index.terms.iter().enumerate() {
        let own = weight(term);
        let is_border = size >= TOO_MUCH || size >= ENOUGH && fingerprint(&term.text).is_multiple_of(128);
        if at > start && (is_border || own >= ALONE || weight(&index.terms[at - 1]) >= ALONE) {
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

/// FNV-1a.
fn fingerprint(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The words that most reviews have and that take long to load: a question with other words leaves them out.
pub fn heavy(index: &Index) -> Vec<&str> {
    let reviews = index.places.len();
    let is_heavy = |term: &&Term| term.reviews as usize * 2 > reviews && term.postings.len() >= ALONE / 4;
    index.terms.iter().filter(is_heavy).map(|term| term.text.as_ref()).collect()
}

/// The words that are offered in place of a slip, in the order of the vocabulary.
pub fn suggestions(index: &Index) -> Vec<usize> {
    let is_word = |term: &Term| term.text.chars().count() >= 4 && !term.text.bytes().any(|byte| byte.is_ascii_digit());
    let mut offered: Vec<usize> = (0..index.terms.len()).filter(|at| is_word(&index.terms[*at])).collect();
    if offered.len() > SUGGESTED {
        offered.sort_by_key(|at| (std::cmp::Reverse(index.terms[*at].reviews), *at));
        offered.truncate(SUGGESTED);
        offered.sort_unstable();
    }
    offered
}
