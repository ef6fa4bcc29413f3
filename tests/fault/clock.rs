//! Clocks that go back, and files from the future.

use std::fs::{File, FileTimes};
use std::time::{Duration, SystemTime};

use casebook::disk::Reader;
use casebook::rules::SAMPLE_PATH;
use walkdir::WalkDir;

use crate::support::{TODAY, TestSite};

/// Gives every file below a folder the same time.
fn set_times(space: &TestSite, folder: &str, time: SystemTime) {
    for entry in WalkDir::new(space.path(folder)).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let file = File::options().append(true).open(entry.path()).unwrap();
        file.set_times(FileTimes::new().set_modified(time).set_accessed(time)).unwrap();
    }
}

/// In a century, and at the beginning of the count of seconds.
fn odd_times() -> [SystemTime; 2] {
    [SystemTime::now() + Duration::from_secs(100 * 365 * 86_400), SystemTime::UNIX_EPOCH]
}

#[test]
fn the_times_of_files_change_nothing() {
    let space = TestSite::site();
    space.write("static/a.txt", "text");
    space.build().expect(0, &[]);
    let before = space.files("public");
    for time in odd_times() {
        for folder in ["content", "static", "public"] {
            set_times(&space, folder, time);
            space.build().expect(0, &[": 0 files written", "0 removed"]);
        }
        space.edit("A filter", "Another filter");
        set_times(&space, "content", time);
        space.build().expect(0, &[]);
        assert_ne!(space.files("public"), before, "the change is not seen");
        space.edit("Another filter", "A filter");
        set_times(&space, "content", time);
        space.build().expect(0, &[]);
        assert_eq!(space.files("public"), before);
    }
}

/// A program that puts the old time back, as copying from an archive does, hides no change from the preview.
#[test]
fn a_change_is_read_whatever_its_time_says() {
    let space = TestSite::site();
    for time in odd_times() {
        let mut reader = Reader::new(&space.path(""));
        let mut title = |title: &str| {
            let old = space.read(SAMPLE_PATH);
            let (from, to) = if title == "A filter" { ("B filter", title) } else { ("A filter", title) };
            space.write(SAMPLE_PATH, old.replace(from, to));
            set_times(&space, "content", time);
            let sources = reader.read(&[]).unwrap();
            assert!(sources.text(SAMPLE_PATH).unwrap().text.contains(title), "{title} is not seen");
        };
        // Of the same length each time.
        for _ in 0..3 {
            title("B filter");
            title("A filter");
        }
    }
}

/// A day before the one of the last build: what was published since is withdrawn, and comes again.
#[test]
fn a_day_that_goes_back_is_built_like_any_other() {
    let space = TestSite::site();
    space.build().expect(0, &[]);
    let whole = space.files("public");
    space.run(&["build", "--now", "2024-03-14"]).expect(0, &["0 to publish, 1 withheld"]);
    space.run(&["build", "--now", "2024-03-14", "--output", "clean"]).expect(0, &[]);
    assert_eq!(space.files("public"), space.files("clean"));
    space.run(&["build", "--now", TODAY]).expect(0, &[]);
    assert_eq!(space.files("public"), whole);
}
