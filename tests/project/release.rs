//! How the program is released and installed: workflows, the action, the hooks, the script of `init`, and the snippets
//! of the guide about them.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use super::guide::blocks;
use super::{read, root};
use crate::support::requirement::missing;
use crate::support::{TODAY, TestSite};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The workflows of the project, and the one that `init` writes.
fn workflows() -> Vec<String> {
    let folder = fs::read_dir(root().join(".github/workflows")).unwrap();
    let own = folder.map(|entry| format!(".github/workflows/{}", entry.unwrap().file_name().to_string_lossy()));
    own.chain(["src/scaffold/publish.yml".to_owned()]).collect()
}

#[test]
fn workflows_pin_what_they_use_and_ask_for_little() {
    let workflows = workflows();
    for file in workflows.iter().map(String::as_str).chain(["action.yml"]) {
        let text = read(file);
        let uses: Vec<&str> =
            text.lines().filter_map(|line| line.split_once("uses:")).map(|(_, used)| used.trim()).collect();
        assert!(uses.len() > 1, "{file} uses only {uses:?}");
        for used in uses {
            // A tag can be moved to other code by whoever takes over an action; a commit cannot.
            let (commit, version) =
                used.split_once('@').and_then(|(_, used)| used.split_once(" # v")).unwrap_or_default();
            let is_commit =
                commit.len() == 40 && commit.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c));
            assert!(
                is_commit && version.split('.').count() == 3,
                "{file} does not pin {used} to a commit and name its version"
            );
        }
    }
    for workflow in &workflows {
        let text = read(workflow);
        assert!(text.contains("permissions:\n  contents: read"), "{workflow} does not limit its permissions");
        assert!(!text.contains("-latest"), "{workflow} runs on whatever is newest");
        assert!(!text.contains("pull_request_target"), "{workflow} gives its secrets away");
    }
}

#[test]
fn workflows_have_no_mistake_that_actionlint_knows() {
    let Some(python) = std::env::var_os("CASEBOOK_PYTHON") else {
        return missing("actionlint", "CASEBOOK_BROWSER_REQUIRED");
    };
    let actionlint = std::path::Path::new(&python).with_file_name("actionlint");
    let output = Command::new(actionlint).args(workflows()).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn the_changelog_tells_of_this_version_and_its_day() {
    let changelog = read("CHANGELOG.md");
    let heading = changelog.lines().find_map(|line| line.strip_prefix(&format!("## [{VERSION}] - ")));
    let is_day = |text: &str| chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok();
    assert!(heading.is_some_and(is_day), "CHANGELOG.md has no dated part for {VERSION}");
}

#[test]
fn documents_name_this_version_as_the_release() {
    for document in ["README.md", "docs/install.md"] {
        let text = read(document);
        for form in ["casebook@", "ghcr.io/casebook-rs/casebook:", "/casebook-", " casebook-"] {
            for rest in text.split(form).skip(1).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
                assert!(rest.starts_with(VERSION), "{document}: {form}{}", rest.lines().next().unwrap());
            }
        }
        assert!(text.contains(&format!("casebook@{VERSION}")), "{document}");
    }
}

/// The names of the archives are said in three places: by what packs them, by what installs them, by what cargo binstall
/// reads.
#[test]
fn archives_have_one_name() {
    let workflow = read(".github/workflows/release.yml");
    let script = read("src/scaffold/install-casebook.sh");
    let targets: Vec<&str> = workflow.lines().filter_map(|line| line.trim().strip_prefix("target: ")).collect();
    assert_eq!(targets.len(), 5, "{targets:?}");
    for target in targets {
        assert!(script.contains(&format!(") echo {target} ;;")), "install-casebook.sh knows no {target}");
    }
    let lines = [
        (".github/archive.sh", "name=\"casebook-$(\"$binary\" --version | cut -d ' ' -f 2)-$2\""),
        ("src/scaffold/install-casebook.sh", "name=\"casebook-$version-$(target)\""),
        ("src/scaffold/install-casebook.sh", "\"$repository/releases/download/v$version/$name.tar.gz\""),
        ("Cargo.toml", "\"{ repo }/releases/download/v{ version }/casebook-{ version }-{ target }.tar.gz\""),
    ];
    for (file, line) in lines {
        assert!(read(file).contains(line), "{file} lacks {line}");
    }
}

/// What a release of an invented version would hold, and how the script is run on it.
struct Release {
    space: TestSite,
    sha256: String,
}

impl Release {
    /// `None` where the machine lacks bash or curl.
    fn new() -> Option<Self> {
        let has = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|run| run.status.success());
        if cfg!(windows) || !["bash", "curl", "tar"].into_iter().all(has) {
            missing("bash, curl and tar", "CASEBOOK_GIT_REQUIRED");
            return None;
        }
        let space = TestSite::empty();
        let target = match (std::env::consts::OS, std::env::consts::ARCH) {
            ("macos", arch) => format!("{arch}-apple-darwin"),
            (_, arch) => format!("{arch}-unknown-linux-musl"),
        };
        let name = format!("casebook-9.8.7-{target}");
        space.write(&format!("{name}/casebook"), "#!/bin/sh\necho casebook 9.8.7\n");
        let pack = format!(
            "chmod +x {name}/casebook && mkdir -p releases/download/v9.8.7 bin && tar -czf archive.tar.gz {name} && \
             (sha256sum archive.tar.gz || shasum -a 256 archive.tar.gz) && mv archive.tar.gz releases/download/v9.8.7/{name}.tar.gz"
        );
        let output = Command::new("bash").args(["-c", &pack]).current_dir(space.path("")).output().unwrap();
        let sha256 = String::from_utf8_lossy(&output.stdout).split(' ').next().unwrap().to_owned();
        assert_eq!(sha256.len(), 64, "{output:?}");
        // A cargo that installs a program which says how it was asked for.
        space.write(
            "bin/cargo",
            "#!/bin/sh\nwhile [ \"$1\" != --root ]; do asked=\"$asked $1\"; shift; done\nmkdir -p \"$2/bin\"\n\
             printf '#!/bin/sh\\necho built%s\\n' \"$asked\" >\"$2/bin/casebook\"\nchmod +x \"$2/bin/casebook\"\n",
        );
        let status = Command::new("chmod").arg("+x").arg(space.path("bin/cargo")).status().unwrap();
        assert!(status.success());
        Some(Self { space, sha256 })
    }

    /// Runs the script, and gives its exit code and all that it says.
    fn install(&self, version: &str, sha256: &str, commit: &str) -> (i32, String) {
        let path = format!("{}:{}", self.space.path("bin").display(), std::env::var("PATH").unwrap());
        let settings = BTreeMap::from([
            ("CASEBOOK_REPOSITORY", format!("file://{}", self.space.path("").display())),
            ("CASEBOOK_VERSION", version.to_owned()),
            ("CASEBOOK_SHA256", sha256.to_owned()),
            ("CASEBOOK_COMMIT", commit.to_owned()),
            ("PATH", path),
        ]);
        let output = Command::new("bash")
            .arg(root().join("src/scaffold/install-casebook.sh"))
            .arg(self.space.path("program"))
            .env_remove("GITHUB_PATH")
            .envs(settings)
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        (output.status.code().unwrap(), said)
    }
}

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

#[test]
fn a_release_is_installed_when_its_checksum_is_right() {
    let Some(release) = Release::new() else { return };
    let (code, said) = release.install("9.8.7", "", COMMIT);
    assert!(code == 1 && said.contains("set `sha256` to the line of casebook-9.8.7-"), "{said}");
    let (code, said) = release.install("9.8.7", &"0".repeat(64), COMMIT);
    assert!(code == 1 && said.contains("nothing was installed"), "{said}");
    assert!(!release.space.path("program").exists());
    assert_eq!(release.install("9.8.7", &release.sha256, COMMIT), (0, "casebook 9.8.7\n".to_owned()));
    // A second run asks nobody, and other settings are another program.
    fs::remove_dir_all(release.space.path("releases")).unwrap();
    assert_eq!(release.install("9.8.7", &release.sha256, COMMIT), (0, "casebook 9.8.7\n".to_owned()));
    let (code, said) = release.install("9.8.6", &release.sha256, COMMIT);
    assert!(code != 0, "{said}");
}

#[test]
fn without_a_release_a_commit_is_built_and_nothing_that_can_move() {
    let Some(release) = Release::new() else { return };
    for nothing in ["", "main", "v9.8.7", &COMMIT[..12]] {
        let (code, said) = release.install("", "", nothing);
        assert!(code == 1 && said.contains("`commit` to the 40 digits of a commit"), "{nothing}: {said}");
    }
    let (code, said) = release.install("", "", COMMIT);
    let asked = format!("--rev {COMMIT}\n");
    assert!(code == 0 && said.starts_with("built install --locked --git file://") && said.ends_with(&asked), "{said}");
}

#[test]
fn the_snippets_of_the_guide_name_what_there_is() {
    let install = read("docs/install.md");
    let yaml = blocks(&install, "yaml").concat();
    let action = read("action.yml");
    let inputs = action.split("\noutputs:").next().unwrap();
    let mut given = 0;
    for part in yaml.split("        with:\n").skip(1) {
        let lines = part.lines().take_while(|line| line.starts_with("          "));
        for key in lines.filter_map(|line| line.trim().split_once(':')).map(|(key, _)| key) {
            let is_of_checkout = key == "persist-credentials";
            assert!(is_of_checkout || inputs.contains(&format!("\n  {key}:\n")), "action.yml has no input {key}");
            given += 1;
        }
    }
    assert!(given >= 5, "{yaml}");
    let hooks = read(".pre-commit-hooks.yaml");
    for hook in ["casebook", "casebook-installed"] {
        assert!(hooks.contains(&format!("- id: {hook}\n")) && install.contains(&format!("`{hook}`")), "{hook}");
    }
    assert!(yaml.contains("      - id: casebook\n"));
    let settings = blocks(&install, "bash").into_iter().find(|block| block.starts_with("version=")).unwrap();
    let script = read("src/scaffold/install-casebook.sh");
    assert!(settings.lines().all(|line| script.lines().any(|other| other == line)), "{settings}");
    let own = read("README.md");
    let rows =
        own.lines().filter(|line| line.starts_with("| in ") || line.starts_with("| on ") || line.starts_with("| as "));
    let rows: Vec<&str> = rows.collect();
    assert!(rows.len() >= 5 && rows.iter().all(|row| install.lines().any(|line| line == *row)), "{rows:?}");
}

/// Each command of the program in a snippet for another host is one that it takes.
#[test]
fn the_commands_in_the_snippets_for_hosts_are_taken() {
    let space = TestSite::empty();
    space.run(&["init"]).expect(0, &[]);
    let hosting = read("docs/hosting.md");
    let code: String = hosting.split("```").skip(1).step_by(2).collect();
    let inline: Vec<&str> = hosting.split('`').filter(|text| text.contains("casebook build")).collect();
    let mut ran = 0;
    for line in code.lines().chain(inline) {
        let Some((_, rest)) = line.split_once("casebook build").or_else(|| line.split_once("casebook check")) else {
            continue;
        };
        let rest = rest.split(['&', '"', '`', '\n']).next().unwrap();
        let command = if line.contains("casebook build") { "build" } else { "check" };
        let mut arguments = vec![command, "--now", TODAY];
        // An address in quotes is one of the host's variables.
        let given: Vec<&str> = rest.split_whitespace().collect();
        arguments.extend(&given);
        if given.last() == Some(&"--base-url") {
            arguments.push("https://lessons.example.org/");
        }
        space.run(&arguments).expect(0, &[]);
        ran += 1;
    }
    assert!(ran >= 7, "only {ran} commands were found");
}

#[test]
fn the_headers_of_the_guide_hold_the_policy_of_the_pages() {
    let base = read("themes/default/templates/base.html");
    let policy = base.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    let hosting = read("docs/hosting.md");
    let both = [
        format!("  Content-Security-Policy: {policy}; frame-ancestors 'none'\n"),
        format!("add_header Content-Security-Policy \"{policy}; frame-ancestors 'none'\" always;\n"),
    ];
    assert!(both.iter().all(|line| hosting.contains(line)), "{both:?}");
    let headers = blocks(&hosting, "text").into_iter().find(|block| block.starts_with("/*\n")).unwrap();
    let nginx = blocks(&hosting, "nginx").into_iter().find(|block| block.contains("add_header")).unwrap();
    let names: Vec<&str> =
        headers.lines().filter_map(|line| line.trim().split_once(": ")).map(|(name, _)| name).collect();
    assert!(names.len() == 6 && names.iter().all(|name| nginx.contains(&format!("add_header {name} \""))), "{names:?}");
    // The file is published as it is, with no finding.
    let space = TestSite::empty();
    space.run(&["init"]).expect(0, &[]);
    space.write("static/_headers", &headers);
    space.build().expect(0, &["no findings"]);
    assert_eq!(space.read("public/_headers"), headers);
}

#[test]
fn each_command_has_a_manual_page() {
    let space = TestSite::empty();
    let page = space.run(&["man"]);
    page.expect(0, &[".TH casebook 1", "casebook\\-check(1)"]);
    space.run(&["man", "check"]).expect(0, &[".TH casebook-check 1", "\\fB\\-\\-links\\fR"]);
    space.run(&["man", "theme", "new"]).expect(0, &[".TH casebook-theme-new 1"]);
    space.run(&["man", "chekc"]).expect(2, &["casebook has no command `chekc`"]);
}

#[test]
fn an_archive_holds_the_program_completions_and_manual_pages() {
    if Release::new().is_none() {
        return;
    }
    let space = TestSite::empty();
    let program = env!("CARGO_BIN_EXE_casebook");
    let folder = space.path("dist");
    let output = Command::new("bash")
        .args([".github/archive.sh", program, "some-target"])
        .arg(&folder)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let archive = folder.join(format!("casebook-{VERSION}-some-target.tar.gz"));
    let output = Command::new("tar").arg("-tzf").arg(archive).output().unwrap();
    let names = String::from_utf8(output.stdout).unwrap();
    let inside = ["casebook", "LICENSE-MIT", "completions/casebook.zsh", "man/casebook.1", "man/casebook-import.1"];
    for name in inside {
        let path = format!("casebook-{VERSION}-some-target/{name}");
        assert!(names.lines().any(|line| line == path), "{path} is missing: {names}");
    }
    assert!(names.lines().filter(|name| name.contains("/man/")).count() > 12, "{names}");
}
