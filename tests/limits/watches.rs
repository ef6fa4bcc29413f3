//! Where the system watches no more folders, the preview says so and looks itself.
#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use casebook::rules::SAMPLE_PATH;
use notify::{Config, RecommendedWatcher, Watcher};

use crate::support::TestSite;
use crate::support::preview::Preview;
use crate::support::requirement::missing;

/// As many watchers as one process can hold open.
const MOST: usize = 300;

/// As many processes as hold watchers. Systems allow a user from 128 to 8192.
const HOLDERS: usize = 40;

/// A process that holds watchers until it is dropped.
struct Holder(Child);

impl Drop for Holder {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Holder {
    /// Starts one, and gives the number of its watchers.
    fn start() -> (Self, usize) {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "watches::hold_watchers", "--ignored", "--nocapture"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let held = lines.find_map(|line| line.split_once("holds ").map(|(_, count)| count.parse().unwrap()));
        (Self(child), held.unwrap())
    }
}

/// What such a process does.
#[test]
#[ignore = "the test of the limit runs it"]
fn hold_watchers() {
    let watcher = |_| RecommendedWatcher::new(|_| (), Config::default()).ok();
    let held: Vec<RecommendedWatcher> = (0..MOST).map_while(watcher).collect();
    println!("holds {}", held.len());
    let _ = std::io::stdin().read(&mut [0]);
}

#[test]
fn a_preview_beyond_the_limit_of_the_system_looks_for_changes_itself() {
    let space = TestSite::site();
    let (mut holders, mut is_reached) = (Vec::new(), false);
    while !is_reached && holders.len() < HOLDERS {
        let (holder, held) = Holder::start();
        holders.push(holder);
        is_reached = held < MOST;
    }
    if !is_reached {
        return missing("a limit of watchers that can be reached", "CASEBOOK_WATCH_LIMIT_REQUIRED");
    }
    let preview = Preview::start(&space, &[]);
    drop(holders);
    assert!(preview.started.contains("max_user_instances"), "{}", preview.started);
    let path = "/repo/reviews/2024-03-04-edge-cpu.html";
    assert!(!preview.get(path).body().contains("somebody removed"));
    space.edit("until the rule was removed.", "until somebody removed the rule.");
    preview.until("the change", |it| it.get(path).body().contains("somebody removed"));
    assert!(space.read(SAMPLE_PATH).contains("somebody removed"));
}
