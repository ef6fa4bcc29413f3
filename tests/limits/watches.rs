//! Where the system watches no more folders, the preview says so and looks itself. A test program of its own: previews of
//! other tests would meet the same limit.
#![cfg(target_os = "linux")]

use crate::support::Space;
use crate::support::preview::Preview;
use casebook::rules::SAMPLE_PATH;
use notify::{Config, RecommendedWatcher, Watcher};

/// As many watchers as one program can hold open; most systems allow a user 128.
const MOST: usize = 300;

#[test]
fn a_preview_beyond_the_limit_of_the_system_looks_for_changes_itself() {
    let space = Space::site();
    let limit = std::fs::read_to_string("/proc/sys/fs/inotify/max_user_instances").unwrap();
    // Elsewhere the limit is out of reach.
    if limit.trim().parse::<usize>().is_ok_and(|limit| limit > MOST) {
        return;
    }
    let watcher = |_| RecommendedWatcher::new(|_| (), Config::default()).ok();
    let all: Vec<RecommendedWatcher> = (0..MOST).map_while(watcher).collect();
    let preview = Preview::start(&space, &[]);
    drop(all);
    assert!(preview.started.contains("max_user_instances"), "{}", preview.started);
    let path = "/repo/reviews/2024-03-04-edge-cpu.html";
    assert!(!preview.get(path).body().contains("somebody removed"));
    space.edit("until the rule was removed.", "until somebody removed the rule.");
    preview.until("the change", |it| it.get(path).body().contains("somebody removed"));
    assert!(space.read(SAMPLE_PATH).contains("somebody removed"));
}
