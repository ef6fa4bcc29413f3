//! Looks for inputs that a reader cannot stand, led by what each input reaches. `fuzz/run` builds and starts it.

#![no_main]

#[path = "../../tests/fuzz/conversation.rs"]
mod conversation;
#[path = "../../tests/fuzz/place.rs"]
mod place;
#[path = "../../tests/fuzz/seed.rs"]
mod seed;
#[path = "../../tests/fuzz/target.rs"]
mod target;

use std::sync::OnceLock;

use target::{TARGETS, Target};

static CHOSEN: OnceLock<&Target> = OnceLock::new();

libfuzzer_sys::fuzz_target!(
    init: choose(),
    |bytes: &[u8]| (CHOSEN.get().unwrap().read)(bytes)
);

/// Takes the reader that is named, and writes what to begin with into the folder that is named.
fn choose() {
    let name = std::env::var("CASEBOOK_FUZZ_TARGET").expect("CASEBOOK_FUZZ_TARGET names a reader");
    let target = TARGETS.iter().find(|target| target.name == name).expect("there is a reader of that name");
    let folder = std::env::var("CASEBOOK_FUZZ_SEEDS").expect("CASEBOOK_FUZZ_SEEDS names a folder");
    for (number, seed) in (target.seeds)().iter().enumerate() {
        std::fs::write(format!("{folder}/seed-{number}"), seed).unwrap();
    }
    CHOSEN.get_or_init(|| target);
}
