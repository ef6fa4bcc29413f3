//! Folders that lose their permissions while a build writes.

use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use walkdir::WalkDir;

use super::version::{expect_complete, expect_no_half_file, prepare, write, writer};
use crate::support::TestSite;
use crate::support::requirement::missing;

/// The account without rights.
const NOBODY: u32 = 65534;

/// The command as an account that permissions hold for, and all below the folder given to that account.
fn without_rights(mut command: Command, folder: &Path) -> Command {
    for entry in WalkDir::new(folder).into_iter().flatten() {
        // Only root may give anything away, and nobody else has to.
        let _ = chown(entry.path(), Some(NOBODY), Some(NOBODY));
    }
    if std::fs::metadata(folder).is_ok_and(|metadata| std::os::unix::fs::MetadataExt::uid(&metadata) == NOBODY) {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

#[test]
fn a_folder_that_loses_its_permissions_stops_a_build_that_the_next_one_completes() {
    let space = TestSite::empty();
    let folder = space.path("public");
    set_permissions(space.path(""), Permissions::from_mode(0o755)).unwrap();
    prepare(&folder, 0);
    if without_rights(Command::new(std::env::current_exe().unwrap()), &folder).arg("--list").output().is_err() {
        return missing("an account without rights that may run tests", "CASEBOOK_ACCOUNT_REQUIRED");
    }
    for (number, name) in ["", "a", "b", "b/c", "b/c/d", "e", "swap"].into_iter().cycle().take(21).enumerate() {
        let (before, version) = (number, number + 1);
        write(&folder, before).unwrap();
        let at = folder.join(name);
        if !at.is_dir() {
            continue;
        }
        for mode in [0o555, 0o000] {
            set_permissions(&at, Permissions::from_mode(mode)).unwrap();
            let output = without_rights(writer(&folder, version), &folder).output().unwrap();
            set_permissions(&at, Permissions::from_mode(0o755)).unwrap();
            let what = format!("`{name}` with {mode:o}, from {before} to {version}");
            let said = String::from_utf8_lossy(&output.stderr);
            let is_refused = said.contains("Permission denied") && said.contains(at.to_str().unwrap());
            // A folder in which nothing changes is not even looked into.
            assert!(output.status.success() || is_refused, "{what}: {said}");
            assert!(!output.status.success() || name == "b/c", "{what} was written");
            expect_no_half_file(&folder, before..=version, &what);
        }
        write(&folder, version).unwrap();
        expect_complete(&folder, version, name);
    }
}
