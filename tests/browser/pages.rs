//! Pages as readers meet them: in a real browser, by keyboard, without scripts, on paper; and as a validator reads them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::requirement::missing;
use crate::support::{TODAY, TestSite};
use serde_json::json;

/// Where the tools are that `tests/run` installs.
const TOOLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");

/// The browser: the one named by CASEBOOK_BROWSER, else the first that is installed.
fn browser() -> Option<String> {
    let named = std::env::var("CASEBOOK_BROWSER").ok();
    let known = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map(str::to_owned);
    named.into_iter().chain(known).find_map(|name| {
        let output = Command::new("sh").args(["-c", &format!("command -v '{name}'")]).output().ok()?;
        let path = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        (output.status.success() && !path.is_empty()).then_some(path)
    })
}

/// What decides whether a tool may be missing.
const REQUIRED: &str = "CASEBOOK_BROWSER_REQUIRED";

/// What a script of `tests/browser` says about what it is given: complaints, and how much it looked at.
fn ask(script: &str, what: &str) -> Option<serde_json::Value> {
    let Some(browser) = browser() else {
        missing("a browser", REQUIRED);
        return None;
    };
    if !Path::new(TOOLS).join("node_modules/axe-core").exists() {
        missing("axe-core", REQUIRED);
        return None;
    }
    let mut command = Command::new("node");
    command.arg(format!("{TOOLS}/{script}")).arg(what).arg("/lessons/").env("CASEBOOK_BROWSER", browser);
    let run = command.output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    let report: serde_json::Value = serde_json::from_str(&said)
        .unwrap_or_else(|error| panic!("{error}: {said} {}", String::from_utf8_lossy(&run.stderr)));
    let complaints: Vec<&str> =
        report["complaints"].as_array().unwrap().iter().map(|what| what.as_str().unwrap()).collect();
    assert!(complaints.is_empty(), "{} complaints\n{}", complaints.len(), complaints.join("\n"));
    Some(report)
}

/// Kinds of pages that every site here has.
const KINDS: [&str; 14] = [
    "home",
    "reviews",
    "review",
    "factors",
    "factor",
    "terms",
    "term",
    "actions",
    "ledger",
    "luck",
    "metrics",
    "search",
    "self-check",
    "controls",
];

/// A built site, and how closely it is looked at: how many pages of each kind are opened at each width, how many are
/// looked at by every tool, and how many are gone through by keyboard.
struct Shown {
    name: &'static str,
    space: TestSite,
    widths: &'static [u32],
    opened: usize,
    closer: usize,
    keyed: usize,
}

impl Shown {
    fn folder(&self) -> PathBuf {
        self.space.path("shown")
    }
}

const WIDTHS: &[u32] = &[320, 768, 1440];

/// The number of pages of each kind in a built site, without former addresses, which lead away at once.
fn kinds(output: &Path) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    let files = walkdir::WalkDir::new(output).into_iter().map(Result::unwrap);
    for file in files.filter(|file| file.path().extension().is_some_and(|end| end == "html")) {
        let html = std::fs::read_to_string(file.path()).unwrap();
        if !html.contains("http-equiv=\"refresh\"") {
            let kind = html.split_once("<body class=\"page-").unwrap().1.split(['"', ' ']).next().unwrap();
            *kinds.entry(kind.to_owned()).or_default() += 1;
        }
    }
    kinds
}

/// Looks at pages of every kind of built sites, all in one browser.
fn look(sites: &[Shown]) {
    let plan = |site: &Shown| {
        let Shown { name, widths, opened, closer, keyed, .. } = site;
        json!({ "name": name, "folder": site.folder(), "widths": widths, "opened": opened, "closer": closer, "keyed": keyed })
    };
    let plans: Vec<serde_json::Value> = sites.iter().map(plan).collect();
    let Some(report) = ask("look.mjs", &json!(plans).to_string()) else { return };
    let (mut looked, mut closer) = (0, 0);
    for site in sites {
        let kinds = kinds(&site.folder());
        let lacking: Vec<_> = KINDS.iter().filter(|kind| !kinds.contains_key(**kind)).collect();
        assert!(lacking.is_empty(), "{} has no page of the kinds {lacking:?}: {kinds:?}", site.name);
        let sum = |most: usize| kinds.values().map(|count| most.min(*count)).sum::<usize>();
        looked += sum(site.opened) * site.widths.len();
        closer += sum(site.closer);
    }
    assert_eq!((report["looked"].as_u64(), report["closer"].as_u64()), (Some(looked as u64), Some(closer as u64)));
}

/// Has the Nu validator read every page of built sites.
fn validate(sites: &[Shown]) {
    let validator = PathBuf::from(TOOLS).join("node_modules/vnu-jar/build/dist/vnu.jar");
    if !validator.exists() || !Command::new("java").arg("-version").output().is_ok_and(|output| output.status.success())
    {
        return missing("the Nu validator", REQUIRED);
    }
    let run = Command::new("java")
        .arg("-jar")
        .arg(validator)
        .args(["--errors-only", "--skip-non-html", "--format", "gnu"])
        .args(sites.iter().map(Shown::folder))
        .output()
        .unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// Builds a site with another line in its settings.
fn built(space: TestSite, setting: &str, arguments: &[&str]) -> TestSite {
    if let Some((key, _)) = setting.split_once(' ') {
        let settings = space.read("casebook.toml");
        let others = settings.lines().filter(|line| !line.starts_with(key));
        let lines: Vec<&str> = [setting].into_iter().chain(others).collect();
        space.write("casebook.toml", lines.join("\n"));
    }
    let output = space.path("shown");
    let mut all = vec!["build", "--now", TODAY, "--base-url", "https://example.org/lessons/", "--output"];
    all.push(output.to_str().unwrap());
    space.run(&[arguments, &all].concat()).expect(0, &[]);
    space
}

/// What authors write that themes forget is in the hostile site: endless words, long code, wide tables, markup, right to
/// left, many of each. The last two show the demo in a language from right to left, and in the theme without scripts.
#[test]
fn pages_read_well() {
    let shown = |name, space, setting: &str, arguments: &[&str]| {
        let space = built(space, setting, arguments);
        Shown { name, space, widths: WIDTHS, opened: 6, closer: 1, keyed: 0 }
    };
    let at_the_ends = |site: Shown| Shown { widths: &[320, 1440], opened: 1, ..site };
    let bundled = ["--site", env!("CARGO_MANIFEST_DIR")];
    let sites = [
        Shown { keyed: 1, ..shown("demo", TestSite::demo(), "", &[]) },
        Shown { keyed: 1, ..shown("hostile", TestSite::hostile(), "", &[]) },
        shown("bundled", TestSite::empty(), "", &bundled),
        at_the_ends(shown("arabic", TestSite::demo(), "language = \"ar\"", &[])),
        at_the_ends(shown("plain", TestSite::demo(), "theme = \"plain\"", &[])),
    ];
    std::thread::scope(|scope| {
        scope.spawn(|| validate(&sites));
        look(&sites);
    });
    lighthouse(&sites[2].folder());
}

/// Lighthouse finds nothing to mend. How fast a page is depends on the machine, so that is told and not judged.
fn lighthouse(folder: &Path) {
    if let Some(report) = ask("lighthouse.mjs", folder.to_str().unwrap()) {
        assert_eq!(report["looked"], 4, "{report}");
        println!("{}", report["performance"]);
    }
}

/// Everything that readers do with the search.
#[test]
fn the_search_answers_in_a_browser() {
    let space = TestSite::demo();
    let review = "content/reviews/2026-04-20-name-service.md";
    let text = space.read(review);
    let heading = "# All services out of reach while our name service supplier was down\n";
    assert!(text.contains(heading));
    let hostile = "title = \"All services out of reach: <img src=x onerror=globalThis.attacked=1> needed a rollback\"";
    space.write(review, text.replace(heading, "").replacen("+++\n", &format!("+++\n{hostile}\n"), 1));
    let output = space.path("shown");
    space.run(&["build", "--now", TODAY, "--output", output.to_str().unwrap()]).expect(0, &[]);
    if let Some(report) = ask("search.mjs", output.to_str().unwrap()) {
        assert_eq!(report["looked"], 72, "{report}");
    }
}

/// Days and the button follow the zone that a reader chose, on the next page, too.
#[test]
fn times_follow_the_zone_of_the_reader() {
    let space = TestSite::demo();
    let output = space.path("shown");
    space.run(&["build", "--now", TODAY, "--output", output.to_str().unwrap()]).expect(0, &[]);
    if let Some(report) = ask("zone.mjs", output.to_str().unwrap()) {
        let (looked, moved) = (report["looked"].as_u64(), report["moved"].as_u64());
        assert!(looked > Some(5) && moved > Some(1), "{report}");
    }
}

/// The ribbon marks every phase where it was and with words that meet nothing, a timeline can be practised, headings lead to
/// themselves, and on a phone the root cause of a typical review comes within four screens.
#[test]
fn reviews_read_from_their_head_to_the_cause() {
    let sites = [
        (built(TestSite::empty(), "", &["--site", env!("CARGO_MANIFEST_DIR")]), 50),
        (built(TestSite::demo(), "", &[]), 70),
        (built(TestSite::demo(), "language = \"de\"", &[]), 70),
        (built(TestSite::demo(), "language = \"ar\"", &[]), 70),
    ];
    for (space, marks) in sites {
        let folder = space.path("shown");
        let Some(report) = ask("review.mjs", folder.to_str().unwrap()) else { return };
        assert_eq!(report["looked"], kinds(&folder)["review"], "{report}");
        let least = |key: &str| report[key].as_u64();
        assert!(
            least("marks") > Some(marks) && least("practised") > Some(9) && least("shortened") > Some(4),
            "{report}"
        );
        let mut causes: Vec<u64> = report["causes"].as_array().unwrap().iter().filter_map(|y| y.as_u64()).collect();
        causes.sort_unstable();
        assert!(causes[causes.len() / 2] < 4 * 844, "{report}");
    }
}

/// Answers to the questions of factors stay in the browser, and gather on one page.
#[test]
fn answers_to_questions_gather() {
    let space = built(TestSite::demo(), "", &[]);
    if let Some(report) = ask("self-check.mjs", space.path("shown").to_str().unwrap()) {
        assert_eq!(report["looked"], 50, "{report}");
    }
}

/// Factors and changes are narrowed where they stand, with all of them in the page or in a file beside it.
#[test]
fn lists_are_narrowed_in_place() {
    for space in [TestSite::demo(), TestSite::large()] {
        let space = built(space, "", &[]);
        if let Some(report) = ask("in-place.mjs", space.path("shown").to_str().unwrap()) {
            assert_eq!(report["looked"], 40, "{report}");
        }
    }
}

/// `npx pagefind --site public`, for those who prefer it.
#[test]
fn pagefind_indexes_the_reviews() {
    let space = TestSite::demo();
    let output = space.path("shown");
    space.run(&["build", "--now", TODAY, "--output", output.to_str().unwrap()]).expect(0, &[]);
    if let Some(report) = ask("pagefind.mjs", output.to_str().unwrap()) {
        assert_eq!(report["looked"], kinds(&output)["review"], "{report}");
    }
}
