//! Whatever a reader is given, it ends, and what it says holds. CONTRIBUTING.md tells how to look for more.

pub mod conversation;
pub mod place;
pub mod seed;
pub mod target;

use std::path::Path;

use self::target::{TARGETS, Target};

/// What changes bring in.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\0",
    "\t",
    "é",
    "\u{301}",
    "\u{feff}",
    "🍀",
    "\u{202e}",
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    "|",
    "**",
    "~~",
    "`",
    "```\n",
    "---\n",
    "+++\n",
    "- ",
    "> ",
    "    ",
    ": ",
    "&amp;",
    "&a",
    "*a",
    "#",
    "\\",
    "/",
    "-->",
    "<!-- internal -->",
    "<!-- /internal -->",
    "<!-- casebook: allow B001: x -->",
    "<script>",
    "<b>",
    "10:05",
    "24:00 UTC",
    "2024-02-30",
    "9999-12-31",
    "-1",
    "99999999999999999999",
    "1e400",
    "null",
    "true",
];

/// Seeded numbers.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    /// A range of at most 40 bytes, or of any length.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let (start, longest) = (self.below(length + 1), if self.below(4) == 0 { length } else { 40 });
        start..(start + self.below(longest)).min(length)
    }
}

/// A seed with a few changes: parts cut, repeated, moved, taken from another seed, or replaced by something odd.
fn changed(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(4) {
        let other = &seeds[chance.below(seeds.len())];
        let part = chance.range(bytes.len());
        let new = match chance.below(6) {
            0 => Vec::new(),
            1 => bytes[part.clone()].repeat(2 + chance.below(3)),
            2 => other[chance.range(other.len())].to_vec(),
            3 => vec![chance.below(256) as u8],
            _ => PIECES[chance.below(PIECES.len())].as_bytes().to_vec(),
        };
        let replaced = if chance.below(2) == 0 { part.start..part.start } else { part };
        bytes.splice(replaced, new);
    }
    bytes
}

/// What a reader could not stand once, and what led a search for such inputs on.
fn kept(target: &Target) -> Vec<Vec<u8>> {
    seed::below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/kept").join(target.name), "")
}

#[test]
fn every_reader_stands_what_was_found_before() {
    for target in TARGETS {
        let (seeds, kept) = ((target.seeds)(), kept(target));
        assert!(!seeds.is_empty() && !kept.is_empty(), "{} has nothing to begin with", target.name);
        kept.iter().for_each(|bytes| (target.read)(bytes));
    }
}

#[test]
fn every_reader_stands_seeds_that_were_changed() {
    for target in TARGETS {
        let seeds = (target.seeds)();
        let mut chance = Chance(1);
        (0..target.changes).for_each(|_| (target.read)(&changed(&seeds, &mut chance)));
    }
}
