//! The preview hears of a change however an editor, or Git, writes it.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::support::preview::Preview;
use crate::support::requirement::missing;
use crate::support::{TODAY, TestSite};
use casebook::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

const PAGE: &str = "/repo/reviews/2024-03-04-edge-cpu.html";

/// A way of saving: the file, its folder, and the new text.
type Save = fn(&Path, &Path, &str);

/// Saves twice in that way: what an editor leaves behind must not keep the second change from being heard of.
fn check(editor: &str, save: Save) {
    let space = TestSite::site();
    let preview = Preview::start(&space, &[]);
    let path = space.path(SAMPLE_PATH);
    for round in ["first", "second"] {
        let text = SAMPLE_REVIEW.replace("A filter rule took", &format!("After the {round} save a rule took"));
        save(&path, path.parent().unwrap(), &text);
        let wanted = format!("After the {round} save");
        preview.until(&format!("{editor}, {round} save"), |it| it.get(PAGE).body().contains(&wanted));
        let status = preview.status("/repo/", PAGE);
        assert_eq!(status["counts"]["errors"], 0, "{editor}: {status}");
    }
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}

#[test]
fn vim() {
    check("vim", |path, folder, text| {
        // With 'backupcopy' as it is: a swap file, a test whether files can be made, then a new file in place of the old.
        write(&folder.join(".2024-03-04-edge-cpu.md.swp"), "b0VIM");
        write(&folder.join("4913"), "");
        fs::remove_file(folder.join("4913")).unwrap();
        let backup = folder.join("2024-03-04-edge-cpu.md~");
        fs::rename(path, &backup).unwrap();
        write(path, text);
        fs::remove_file(backup).unwrap();
    });
}

#[test]
fn jetbrains() {
    check("JetBrains", |path, folder, text| {
        let (new, old) =
            (folder.join("2024-03-04-edge-cpu.md___jb_tmp___"), folder.join("2024-03-04-edge-cpu.md___jb_old___"));
        write(&new, text);
        fs::rename(path, &old).unwrap();
        fs::rename(&new, path).unwrap();
        fs::remove_file(old).unwrap();
    });
}

#[test]
fn vs_code() {
    check("VS Code", |path, _, text| {
        let mut file = OpenOptions::new().write(true).truncate(true).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.sync_all().unwrap();
    });
}

#[test]
fn emacs() {
    check("Emacs", |path, folder, text| {
        #[cfg(unix)]
        let _ = std::os::unix::fs::symlink("somebody@machine.1", folder.join(".#2024-03-04-edge-cpu.md"));
        let autosave = folder.join("#2024-03-04-edge-cpu.md#");
        write(&autosave, text);
        fs::rename(path, folder.join("2024-03-04-edge-cpu.md~")).unwrap();
        write(path, text);
        fs::remove_file(autosave).unwrap();
        let _ = fs::remove_file(folder.join(".#2024-03-04-edge-cpu.md"));
    });
}

#[test]
fn sed() {
    check("sed -i", |path, folder, text| {
        let title = text.lines().find(|line| line.starts_with("title")).unwrap();
        let edited = Command::new("sed").arg("-i").arg(format!("s/^title.*/{title}/")).arg(path).status();
        if !edited.is_ok_and(|status| status.success()) {
            // Where sed is another one, what GNU sed does.
            write(&folder.join("sedX1y2Z3"), text);
            fs::rename(folder.join("sedX1y2Z3"), path).unwrap();
        }
    });
}

#[test]
fn gnome() {
    check("GNOME", |path, folder, text| {
        let new = folder.join(".goutputstream-K2T9S3");
        write(&new, text);
        fs::rename(new, path).unwrap();
    });
}

#[test]
fn a_slow_writer() {
    check("a slow writer", |path, _, text| {
        let mut file = File::create(path).unwrap();
        for part in text.as_bytes().chunks(text.len() / 5) {
            file.write_all(part).unwrap();
            file.flush().unwrap();
            thread::sleep(Duration::from_millis(25));
        }
    });
}

#[test]
fn a_file_with_the_times_of_the_old_one() {
    check("a copy that keeps times and length", |path, _, text| {
        let modified = fs::metadata(path).unwrap().modified().unwrap();
        let file = OpenOptions::new().write(true).truncate(true).open(path).unwrap();
        (&file).write_all(text.as_bytes()).unwrap();
        file.set_modified(modified).unwrap();
    });
}

fn git(space: &TestSite, arguments: &[&str]) -> bool {
    let settings = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"];
    let run = Command::new("git").args(settings).args(arguments).current_dir(space.path("")).output();
    run.is_ok_and(|output| output.status.success())
}

#[test]
fn a_branch_with_thousands_of_other_files() {
    const FILES: usize = 2000;
    let space = TestSite::site();
    let write_all = |word: &str| {
        (0..FILES).for_each(|at| space.write(&format!("static/{}/{at}.txt", at % 50), format!("{word} {at}")));
        (0..20).for_each(|at| {
            let day = format!("2023-{:02}-01", 1 + at % 12);
            let text = SAMPLE_REVIEW.replace("2024-03-04", &day).replace("A filter rule", &format!("{word} rule {at}"));
            space.write(
                &format!("content/reviews/{word}-{at}.md"),
                text.replace("13:40", &format!("13:{:02}", 40 - at / 12)),
            );
        });
    };
    if !git(&space, &["init", "--quiet", "--initial-branch", "one"]) {
        return missing("git", "CASEBOOK_GIT_REQUIRED");
    }
    write_all("one");
    assert!(git(&space, &["add", "."]) && git(&space, &["commit", "--quiet", "--message", "one"]));
    assert!(git(&space, &["checkout", "--quiet", "-b", "two"]));
    fs::remove_dir_all(space.path("static")).unwrap();
    fs::remove_dir_all(space.path("content/reviews")).unwrap();
    write_all("two");
    assert!(git(&space, &["add", "--all"]) && git(&space, &["commit", "--quiet", "--message", "two"]));
    let preview = Preview::start(&space, &[]);
    for (branch, other) in [("one", "two"), ("two", "one")] {
        assert!(git(&space, &["checkout", "--quiet", branch]));
        preview.until(&format!("the branch {branch}"), |it| {
            it.get(&format!("/repo/reviews/{branch}-19.html")).status == 200
                && it.get("/repo/0/0.txt").body() == format!("{branch} 0")
                && it.get(&format!("/repo/49/{}.txt", FILES - 1)).body() == format!("{branch} {}", FILES - 1)
        });
        assert_eq!(preview.get(&format!("/repo/reviews/{other}-3.html")).status, 404);
    }
}

#[test]
fn check_watches_in_the_same_way() {
    use std::io::{BufRead, BufReader};
    for more in [&[][..], &["--poll"][..]] {
        let space = TestSite::site();
        let mut arguments = vec!["check", "--watch", "--format", "concise", "--now", TODAY];
        arguments.extend(more);
        let mut child = space.command(&arguments).stderr(std::process::Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut next = || lines.find(|line| line.contains(" withheld")).unwrap();
        assert!(next().starts_with("no findings"));
        space.edit("severity = \"P1\"", "severity = \"P9\"");
        assert!(next().starts_with("1 error"));
        space.edit("severity = \"P9\"", "severity = \"P2\"");
        assert!(next().starts_with("no findings"));
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
