//! A site in three versions, a process that writes one of them, and what may stand in the folder after any fault.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::Command;

use casebook::disk::{OutputFolder, Staged};
use casebook::text::{MANIFEST, Output, SitePath};
use walkdir::WalkDir;

/// How many versions there are.
pub const VERSIONS: usize = 3;

/// The file that is put in place last.
const LAST: &str = "z.html";

/// The files of somebody else, in folders that the versions fill and empty.
const FOREIGN: [(&str, &str); 3] = [("mine.txt", "mine"), ("b/mine.html", "mine, too"), ("only/mine/x", "and this")];

/// Which folder a process of its own writes, and which version.
const TASK: [&str; 2] = ["CASEBOOK_FAULT_FOLDER", "CASEBOOK_FAULT_VERSION"];

/// What such a process says before it begins.
pub const BEGINS: &str = "begins to write";

/// The files of a version. Each version changes some files of the one before, adds some and lacks some, and what is a file
/// in one is a folder in the next.
pub fn files(version: usize) -> BTreeMap<String, Vec<u8>> {
    let version = version % VERSIONS;
    let mut files = BTreeMap::new();
    for number in (0..120).filter(|number| number % 7 != version) {
        let text = if number % 3 == 0 { "the same".to_owned() } else { format!("version {version} of {number} ") };
        let folder = ["", "a/", "b/", "b/c/d/", "e/"][number % 5];
        files.insert(format!("{folder}{number}.html"), text.repeat(1 + number % 11 * 300).into_bytes());
    }
    let swapped = ["swap", "swap/index.html", "swap/deep/er/index.html"][version];
    files.insert(swapped.to_owned(), swapped.repeat(500).into_bytes());
    files.insert(LAST.to_owned(), vec![version as u8]);
    // Of no other version, and among the first to be put in place.
    files.extend((0..20).map(|number| (format!("a/only-{version}/{number}.html"), b"x".to_vec())));
    files
}

/// Writes a version into a folder.
pub fn write(folder: &Path, version: usize) -> anyhow::Result<()> {
    let (output, staged) = stage(folder, version)?;
    output.publish(staged).map(drop)
}

/// Writes a version into a folder but for the last file, and expects that this fails.
pub fn write_almost(folder: &Path, version: usize) {
    let (output, staged) = stage(folder, version).unwrap();
    let (last, aside) = (folder.join(LAST), folder.join(".aside"));
    fs::rename(&last, &aside).unwrap();
    fs::create_dir_all(last.join("in the way")).unwrap();
    fs::write(last.join("in the way/x"), "").unwrap();
    output.publish(staged).unwrap_err();
    fs::remove_dir_all(&last).unwrap();
    fs::rename(aside, last).unwrap();
}

fn stage(folder: &Path, version: usize) -> anyhow::Result<(OutputFolder, Vec<Staged>)> {
    let site = tempfile::tempdir()?;
    let output = open(folder, site.path())?;
    let stage = |(path, bytes): (String, Vec<u8>)| output.stage(&SitePath::new(&path).unwrap(), Output::Bytes(bytes));
    let staged = files(version).into_iter().map(stage).collect::<anyhow::Result<Vec<_>>>()?;
    Ok((output, staged))
}

/// A process that another test starts right now holds the lock of this one until it runs its own program.
fn open(folder: &Path, site: &Path) -> anyhow::Result<OutputFolder> {
    for _ in 0..500 {
        match OutputFolder::open(folder, site) {
            Err(error) if error.to_string().starts_with("another build") => {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            opened => return opened,
        }
    }
    OutputFolder::open(folder, site)
}

/// A process that writes a version into a folder.
pub fn writer(folder: &Path, version: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "fault::version::write_one", "--ignored", "--nocapture"]);
    command.env(TASK[0], folder).env(TASK[1], version.to_string());
    command
}

/// What such a process does.
#[test]
#[ignore = "the tests of faults run it"]
fn write_one() {
    let [folder, version] = TASK.map(|name| std::env::var(name).unwrap());
    println!("{BEGINS}");
    write(Path::new(&folder), version.parse().unwrap()).unwrap();
}

/// A folder that holds a version, and files of somebody else.
pub fn prepare(folder: &Path, version: usize) {
    write(folder, version).unwrap();
    for (name, text) in FOREIGN {
        fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        fs::write(folder.join(name), text).unwrap();
    }
}

/// Asserts that each file in the folder is somebody else's and as it was, or all of a file of one of the versions.
pub fn expect_no_half_file(folder: &Path, versions: RangeInclusive<usize>, what: &str) {
    let versions: Vec<_> = versions.map(files).collect();
    for (name, bytes) in content(folder) {
        let is_own = name == MANIFEST || name.split('/').any(|part| part.starts_with(".casebook-"));
        let foreign = FOREIGN.iter().find(|(foreign, _)| *foreign == name);
        let is_foreign = foreign.is_some_and(|(_, text)| text.as_bytes() == bytes);
        let is_whole = versions.iter().any(|files| files.get(&name) == Some(&bytes));
        assert!(is_own || is_foreign || is_whole, "{what}: {name} is half a file, or changed");
    }
    let lost = FOREIGN.iter().find(|(name, _)| !folder.join(name).exists());
    assert_eq!(lost, None, "{what}: a file of somebody else is gone");
}

/// Asserts that the folder holds a version, what was somebody else's, and no folder without a file.
pub fn expect_complete(folder: &Path, version: usize, what: &str) {
    let mut expected = files(version);
    expected.extend(FOREIGN.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    let mut found = content(folder);
    let manifest = found.remove(MANIFEST).unwrap_or_default();
    assert!(!String::from_utf8_lossy(&manifest).contains("pending"), "{what}: not done");
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&found), names(&expected), "{what}");
    assert!(found == expected, "{what}: other content");
    for entry in WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_dir()) {
        let is_empty = fs::read_dir(entry.path()).unwrap().next().is_none();
        assert!(!is_empty, "{what}: {} is left without a file", entry.path().display());
    }
}

/// Whether a build in the folder did not come to its end.
pub fn is_unfinished(folder: &Path) -> bool {
    let is_own = |name: &String| name.starts_with(".casebook-");
    let content = content(folder);
    let manifest = content.get(MANIFEST).map(|json| String::from_utf8_lossy(json)).unwrap_or_default();
    manifest.contains("pending") || content.keys().any(is_own)
}

fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| !entry.file_type().is_dir());
    let read = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (name, fs::read(entry.path()).unwrap())
    };
    files.map(read).collect()
}
