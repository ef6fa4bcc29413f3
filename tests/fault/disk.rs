//! Disks that are full, that are others, and systems that hand out few files.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Output};

use super::version::{expect_complete, expect_no_half_file, files, prepare, write, writer};
use crate::support::requirement::missing;
use crate::support::{Run, TODAY, TestSite};

/// How many sizes a full disk is tried with.
const SIZES: usize = 20;

/// A shell with a disk of its own in a folder, which ends with it: `$1` is the folder, what follows a command.
fn with_disk(script: &str, folder: &Path, command: &Command) -> Command {
    let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    let mut shell = Command::new("unshare");
    // Whoever is not root becomes root of a space of its own, where the system allows it.
    shell.args(if is_root { ["--mount", "--"] } else { ["--mount", "--map-root-user"] });
    let script = format!("set -e; at=$1; shift; mount -t tmpfs -o size=32m none \"$at\"; {script}");
    shell.args(["sh", "-c", &script, "sh"]).arg(folder).arg(command.get_program()).args(command.get_args());
    shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell
}

/// Whether the system lets a test have a disk of its own.
fn has_disks() -> bool {
    let space = TestSite::empty();
    let nothing = with_disk("\"$@\"", &space.path(""), &Command::new("true")).output();
    let is_there = nothing.is_ok_and(|output| output.status.success());
    if !is_there {
        missing("a disk of its own for a test", "CASEBOOK_DISK_REQUIRED");
    }
    is_there
}

/// Fills a disk but for some kibibytes, builds on it, builds again with room, and keeps what it holds after each. A mount that
/// names its source forgets the options of before, among which whoever is not root has an account that is unknown there.
const FULL: &str = "cp -a \"$KEPT/before/.\" \"$at\"; used=$(df -Pk \"$at\" | tail -n 1 | awk '{print $3}'); \
                    mount -o remount,size=$((used + ROOM))k none \"$at\"; code=0; \"$@\" >\"$KEPT/said\" 2>&1 || code=$?; \
                    cp -a \"$at/.\" \"$KEPT/after\"; mount -o remount,size=32m none \"$at\"; \"$@\"; \
                    cp -a \"$at/.\" \"$KEPT/done\"; exit $code";

fn build_on_full_disk(space: &TestSite, room: usize, command: &Command) -> Output {
    for name in ["disk", "kept/after", "kept/done"] {
        let _ = fs::remove_dir_all(space.path(name));
        fs::create_dir_all(space.path(name)).unwrap();
    }
    let mut shell = with_disk(FULL, &space.path("disk"), command);
    shell.env("KEPT", space.path("kept")).env("ROOM", room.to_string()).output().unwrap()
}

#[test]
fn a_full_disk_stops_a_build_that_the_next_one_completes() {
    if !has_disks() {
        return;
    }
    let space = TestSite::empty();
    prepare(&space.path("kept/before"), 0);
    let command = writer(&space.path("disk"), 1);
    // What a new version needs beside the old one, in pages of four kibibytes.
    let needed: usize = files(1).values().map(|bytes| bytes.len().div_ceil(4096) * 4).sum();
    let mut refused = 0;
    for size in 0..SIZES {
        let room = needed * size / (SIZES - 1) + size % 3 * 4;
        let output = build_on_full_disk(&space, room, &command);
        let what = format!("{room} of {needed} KiB are free");
        let said = fs::read_to_string(space.path("kept/said")).unwrap();
        let is_full = said.contains("No space left on device");
        assert!(output.status.success() || is_full, "{what}: {output:?} {said}");
        refused += usize::from(is_full);
        expect_no_half_file(&space.path("kept/after"), 0..=1, &what);
        expect_complete(&space.path("kept/done"), 1, &what);
    }
    assert!((SIZES / 2..SIZES).contains(&refused), "{refused} of {SIZES} builds found the disk full");
}

/// The whole program: it says what is full, and what was there before stays.
#[test]
fn a_program_on_a_full_disk_says_so_and_changes_nothing() {
    if !has_disks() {
        return;
    }
    let space = TestSite::site();
    space.run(&["build", "--output", "kept/before", "--now", TODAY]).expect(0, &[]);
    space.edit("A filter", "Another filter");
    space.run(&["build", "--output", "clean", "--now", TODAY]).expect(0, &[]);
    let mut command = space.command(&["build", "--now", TODAY, "--site"]);
    command.arg(space.path("")).arg("--output").arg(space.path("disk"));
    let output = build_on_full_disk(&space, 60, &command);
    let said = space.read("kept/said");
    assert_eq!(output.status.code(), Some(2), "{said} {output:?}");
    for words in ["cannot be written", "No space left on device", "what was there before stays"] {
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(space.files("kept/after"), space.files("kept/before"));
    assert_eq!(space.files("kept/done"), space.files("clean"));
}

/// Where a test has no disk of its own: no file may be longer than a number of blocks.
#[test]
fn a_limit_for_files_stops_a_build_that_the_next_one_completes() {
    let space = TestSite::empty();
    let folder = space.path("public");
    prepare(&folder, 0);
    let mut refused = 0;
    for (version, blocks) in (0..SIZES).map(|size| (size + 1, 1 + size * 10)) {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\" >/dev/null");
        let command = writer(&folder, version);
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, "sh"]).arg(command.get_program()).args(command.get_args());
        shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let output = shell.output().unwrap();
        let what = format!("{blocks} blocks");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() || said.contains("File too large"), "{what}: {said}");
        refused += usize::from(!output.status.success());
        expect_no_half_file(&folder, version - 1..=version, &what);
        write(&folder, version).unwrap();
        expect_complete(&folder, version, &what);
    }
    assert!((SIZES / 4..SIZES).contains(&refused), "{refused} of {SIZES} builds met the limit");
}

/// One folder of the output is a disk of its own, so that nothing can be moved into it.
#[test]
fn a_folder_of_the_output_may_be_another_disk() {
    if !has_disks() {
        return;
    }
    let space = TestSite::empty();
    let folder = space.path("public");
    prepare(&folder, 0);
    let command = writer(&folder, 1);
    let script = "cp -a \"$KEPT/.\" \"$at\"; \"$@\" >/dev/null; cp -a \"$at/.\" \"$LEFT\"";
    fs::rename(folder.join("b"), space.path("kept")).unwrap();
    fs::create_dir_all(folder.join("b")).unwrap();
    let mut shell = with_disk(script, &folder.join("b"), &command);
    let output = shell.env("KEPT", space.path("kept")).env("LEFT", space.path("left")).output();
    assert!(output.as_ref().is_ok_and(|output| output.status.success()), "{output:?}");
    // The disk is gone with the shell, and what it held was kept.
    fs::remove_dir_all(folder.join("b")).unwrap();
    fs::rename(space.path("left"), folder.join("b")).unwrap();
    expect_complete(&folder, 1, "a disk below the output");
}

#[test]
fn the_output_may_lie_on_another_disk_than_the_site() {
    let memory = Path::new("/dev/shm");
    let space = TestSite::site();
    let device = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
    let other = tempfile::tempdir_in(memory).ok().filter(|_| device(memory) != device(&space.path("")));
    let Some(other) = other else { return missing("a second disk", "CASEBOOK_DISK_REQUIRED") };
    space.build().expect(0, &[]);
    let output = other.path().join("public");
    for words in ["files written, 0 unchanged", ": 0 files written"] {
        space.run(&["build", "--now", TODAY, "--output", output.to_str().unwrap()]).expect(0, &[words]);
    }
    for (name, bytes) in space.files("public") {
        assert!(fs::read(output.join(&name)).unwrap() == bytes, "{name} differs");
    }
}

#[test]
fn few_open_files_are_enough_for_many_threads() {
    let space = TestSite::demo();
    (0..200).for_each(|number| space.write(&format!("static/{number}/a.txt"), format!("text {number}")));
    space.build().expect(0, &[]);
    for arguments in [["build", "--output", "few"], ["check", "--format", "json"]] {
        let program = space.command(&arguments);
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -n 64; exec \"$@\" --now \"$DAY\"", "sh"]).arg(program.get_program());
        shell.args(program.get_args()).current_dir(space.path(""));
        let output = shell.env("DAY", TODAY).env("RAYON_NUM_THREADS", "40").output().unwrap();
        Run::new(&output).expect(0, &[]);
    }
    assert_eq!(space.files("few"), space.files("public"));
}
