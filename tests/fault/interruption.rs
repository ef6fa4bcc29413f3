//! Builds that are killed.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;
use std::time::{Duration, Instant};

use casebook::rules::SAMPLE_PATH;

use super::version::{
    BEGINS, expect_complete, expect_no_half_file, is_unfinished, prepare, write, write_almost, writer,
};
use crate::support::{TODAY, TestSite};

/// How often a writer is killed, every other time twice, and how often the whole program.
const KILLS: usize = 34;
const PROGRAM_KILLS: u32 = 6;

/// Seeded numbers from 0 to below 1.
pub fn chances(seed: u64) -> impl Iterator<Item = f64> {
    let next =
        |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    std::iter::successors(next(&seed), next).map(|state| (state >> 11) as f64 / (1u64 << 53) as f64)
}

/// Starts a writer, and kills it after a time from its beginning. Gives the time that it would have needed when it is not killed.
fn run(folder: &std::path::Path, version: usize, killed_after: Option<Duration>) -> Duration {
    let mut child = writer(folder, version).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains(BEGINS) {
        line.clear();
        assert!(out.read_line(&mut line).unwrap() > 0, "the writer does not begin");
    }
    let begun = Instant::now();
    match killed_after {
        Some(time) => {
            std::thread::sleep(time);
            child.kill().unwrap();
        }
        None => _ = out.read_to_end(&mut Vec::new()),
    }
    child.wait().unwrap();
    begun.elapsed()
}

#[test]
fn a_build_that_is_killed_at_any_moment_is_completed_by_the_next_one() {
    let space = TestSite::empty();
    let folder = space.path("public");
    prepare(&folder, 0);
    let whole = run(&folder, 1, None);
    expect_complete(&folder, 1, "without a fault");
    let mut unfinished = 0;
    let mut version = 1;
    let mut chances = chances(1);
    for kill in 0..KILLS {
        let before = version;
        let mut what = format!("kill {kill}:");
        // Every other time, the build that would complete the work is killed as well, and it was to write another version.
        for _ in 0..=kill % 2 {
            version += 1;
            let chance = chances.next().unwrap();
            what += &format!(" version {version} after {:.0} % of the time", chance * 100.0);
            run(&folder, version, Some(whole.mul_f64(chance)));
            unfinished += usize::from(is_unfinished(&folder));
            expect_no_half_file(&folder, before..=version, &what);
        }
        version += kill % 2;
        write(&folder, version).unwrap();
        expect_complete(&folder, version, &what);
    }
    assert!(unfinished >= 5, "only {unfinished} of {KILLS} were killed while they wrote");
}

/// What two builds in a row had put in place before they failed goes with the next one, whatever that one publishes.
#[test]
fn what_builds_that_failed_have_left_is_removed() {
    for order in [[1, 2, 0], [2, 1, 0], [1, 2, 1], [2, 2, 0]] {
        let space = TestSite::empty();
        let folder = space.path("public");
        prepare(&folder, 0);
        write_almost(&folder, order[0]);
        write_almost(&folder, order[1]);
        write(&folder, order[2]).unwrap();
        expect_complete(&folder, order[2], &format!("{order:?}"));
    }
}

/// A build was killed after it had removed the last file of a folder, and one of the two folders around it.
#[test]
fn folders_that_a_killed_build_has_emptied_are_removed() {
    let space = TestSite::empty();
    let folder = space.path("public");
    prepare(&folder, 2);
    std::fs::remove_dir_all(folder.join("swap/deep/er")).unwrap();
    write(&folder, 1).unwrap();
    expect_complete(&folder, 1, "an emptied folder");
}

#[test]
fn a_program_that_is_killed_leaves_a_site_that_it_completes() {
    let space = TestSite::site();
    space.build().expect(0, &[]);
    let begun = Instant::now();
    space.run(&["build", "--output", "clean", "--now", TODAY]).expect(0, &[]);
    let whole = begun.elapsed();
    let first = space.files("public");
    space.edit("A filter", "Another filter");
    space.run(&["build", "--output", "clean", "--now", TODAY]).expect(0, &[]);
    let second = space.files("clean");
    for kill in 0..PROGRAM_KILLS {
        let mut child = space.command(&["build", "--now", TODAY]).stderr(Stdio::null()).spawn().unwrap();
        // Most of the time passes before anything is written.
        std::thread::sleep(whole.mul_f64(0.4 + 0.1 * f64::from(kill)));
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, bytes) in space.files("public").into_iter().filter(|(name, _)| !name.starts_with("casebook-")) {
            let is_whole = first.get(&name) == Some(&bytes) || second.get(&name) == Some(&bytes);
            assert!(is_whole || name.starts_with(".casebook-"), "{name} is half a file");
        }
        space.build().expect(0, &[]);
        assert_eq!(space.files("public"), second);
        let text = space.read(SAMPLE_PATH);
        space.write(SAMPLE_PATH, text.replace("Another filter", "A filter"));
        space.build().expect(0, &[]);
        assert_eq!(space.files("public"), first);
        space.write(SAMPLE_PATH, text);
    }
}
