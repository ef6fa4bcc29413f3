//! Recognises file systems that do not report all changes.

use std::fs;
use std::path::Path;

/// Types of file systems whose files may change on another machine or outside the container.
const UNREPORTED: [&str; 14] = [
    "9p",
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "drvfs",
    "fuse.gvfsd-fuse",
    "fuse.osxfs",
    "fuse.sshfs",
    "nfs",
    "nfs4",
    "smb3",
    "vboxsf",
    "virtiofs",
];

/// The type of the file system of `folder`, if it does not report all changes. `None` on systems other than Linux.
pub(super) fn unreported(folder: &Path) -> Option<String> {
    kind_of(&fs::read_to_string("/proc/self/mountinfo").ok()?, folder)
}

/// Looks `folder` up in the text of `/proc/self/mountinfo`, where the fifth field is the mount point and the first field
/// after ` - ` the type.
fn kind_of(mounts: &str, folder: &Path) -> Option<String> {
    let mount = |line: &str| {
        let (before, after) = line.split_once(" - ")?;
        let place = before.split(' ').nth(4)?.replace("\\040", " ");
        Some((place, after.split(' ').next()?.to_owned()))
    };
    let around = mounts.lines().filter_map(mount).filter(|(place, _)| folder.starts_with(place));
    // Of two mounts at one place the later one is seen.
    let (_, kind) = around.max_by_key(|(place, _)| place.len())?;
    UNREPORTED.contains(&kind.as_str()).then_some(kind)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::kind_of;

    #[test]
    fn the_nearest_mount_counts() {
        let mounts = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n\
                      40 22 0:40 / /mnt/team\\040share rw - nfs4 server:/export rw,vers=4.2\n\
                      41 40 8:2 / /mnt/team\\040share/local rw - ext4 /dev/sdb1 rw\n";
        let check = |folder: &str, expected: Option<&str>| {
            assert_eq!(kind_of(mounts, Path::new(folder)).as_deref(), expected, "{folder}");
        };
        check("/home/site", None);
        check("/mnt/team share/site", Some("nfs4"));
        check("/mnt/team share/local/site", None);
        check("/mnt/team sharepoint", None);
    }
}
