//! The language server in Neovim without a screen, with the settings of docs/editors.md.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::support::TestSite;
use crate::support::requirement::missing;
use casebook::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

/// What decides whether Neovim may be missing.
const REQUIRED: &str = "CASEBOOK_NEOVIM_REQUIRED";

/// The longest time that anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether the server has introduced itself.
const INITIALIZED: &str =
    "luaeval('#vim.lsp.get_active_clients() > 0 and vim.lsp.get_active_clients()[1].initialized')";

/// A Neovim that is typed into from outside.
struct Neovim {
    child: Child,
    folder: PathBuf,
    socket: String,
}

impl Neovim {
    /// Opens a file of a site; none where Neovim is not installed.
    fn open(space: &TestSite, file: &str) -> Option<Self> {
        if !Command::new("nvim").arg("--version").output().is_ok_and(|output| output.status.success()) {
            missing("Neovim", REQUIRED);
            return None;
        }
        let document = include_str!("../../docs/editors.md");
        let settings = document.split("```lua\n").find(|part| part.contains("start_client")).unwrap();
        space.write("init.lua", settings.split("```").next().unwrap());
        let program = Path::new(env!("CARGO_BIN_EXE_casebook")).parent().unwrap().display().to_string();
        let path = format!("{program}:{}", std::env::var("PATH").unwrap());
        let socket = space.path("nvim.sock").display().to_string();
        let mut command = Command::new("nvim");
        command.args(["--headless", "-n", "-i", "NONE", "-u", "init.lua", "--listen", &socket, file]);
        command.current_dir(space.path("")).env("PATH", path).env("XDG_STATE_HOME", space.path(".state"));
        command.env("SOURCE_DATE_EPOCH", "1773658800").env("XDG_CACHE_HOME", space.path(".cache"));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let neovim = Self { child, folder: space.path(""), socket };
        neovim.until("v:vim_did_enter", "1");
        Some(neovim)
    }

    fn remote(&self, how: &str, what: &str) -> String {
        let output = Command::new("nvim").args(["--server", &self.socket, how, what]).output().unwrap();
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned() + &String::from_utf8_lossy(&output.stderr)
    }

    /// Presses keys; what stands in angle brackets is the name of one.
    fn keys(&self, keys: &str) {
        // What begins with a hyphen would be an option.
        self.remote("--remote-send", &format!("<Ignore>{keys}"));
    }

    /// Types a text in insert mode.
    fn typed(&self, text: &str) {
        self.keys(&text.replace('<', "<lt>").replace('\n', "<CR>"));
    }

    /// The value of an expression of Vim.
    fn value(&self, expression: &str) -> String {
        self.remote("--remote-expr", expression)
    }

    /// Waits until an expression has a value.
    fn until(&self, expression: &str, expected: &str) {
        let begun = Instant::now();
        loop {
            let value = self.value(expression);
            if value == expected {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{expression} is {value:?}, not {expected:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The whole text. Values that are as long lose their middle on the way.
    fn text(&self) -> String {
        self.value("writefile(getline(1, '$'), 'shown.txt')");
        std::fs::read_to_string(self.folder.join("shown.txt")).unwrap()
    }

    /// The messages of the findings in this buffer, without what to do.
    fn findings(&self) -> String {
        self.value("luaeval('table.concat(vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(0)), \" \")')")
    }

    /// Completes at the cursor, in insert mode, by choosing the proposal with this word.
    fn complete(&self, word: &str) {
        self.keys("<C-x><C-o>");
        let word = word.replace('\'', "''");
        let at = format!("index(map(complete_info(['items']).items, 'v:val.word'), '{word}')");
        let begun = Instant::now();
        let mut index = self.value(&at);
        while index.starts_with('-') || index.parse::<usize>().is_err() {
            assert!(
                begun.elapsed() < PATIENCE,
                "{word} is not offered in {}: {}",
                self.text(),
                self.value("complete_info(['items']).items")
            );
            std::thread::sleep(Duration::from_millis(50));
            index = self.value(&at);
        }
        self.keys(&"<C-n>".repeat(index.parse::<usize>().unwrap() + 1));
        self.keys("<C-y>");
        self.until("pumvisible()", "0");
    }
}

impl Drop for Neovim {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn findings_come_while_typing_and_go_when_they_are_mended() {
    let space = TestSite::site();
    space.write(SAMPLE_PATH, SAMPLE_REVIEW.replace("severity = ", "sevrity = "));
    let Some(neovim) = Neovim::open(&space, SAMPLE_PATH) else { return };
    neovim.until("luaeval('#vim.diagnostic.get(0) > 0')", "true");
    assert!(neovim.findings().contains("unknown-key"), "{}", neovim.findings());
    neovim.keys("/sevrity<CR>cwseverity<Esc>");
    neovim.until("luaeval('#vim.diagnostic.get(0)')", "0");
    assert!(space.read(SAMPLE_PATH).contains("sevrity"), "nothing was saved");
}

#[test]
fn a_code_action_and_a_new_name_change_the_text() {
    let space = TestSite::site();
    space.write(SAMPLE_PATH, SAMPLE_REVIEW.replace("severity = ", "sevrity = "));
    let Some(neovim) = Neovim::open(&space, SAMPLE_PATH) else { return };
    neovim.until("luaeval('#vim.diagnostic.get(0) > 0')", "true");
    neovim.keys("/sevrity<CR>");
    // The first of the menu.
    neovim.value("execute('lua vim.ui.select = function(items, _, choose) choose(items[1]) end')");
    neovim.keys("<F4>");
    neovim.until("search('sevrity', 'nw')", "0");
    assert_eq!(neovim.text().trim_end(), SAMPLE_REVIEW.trim_end());
    neovim.keys("gg/no-staged-rollout<CR>");
    neovim.value("execute('lua vim.lsp.buf.rename(\"all-at-once\")')");
    neovim.until("search('all-at-once', 'nw') > 0", "1");
    neovim.value("execute('wall')");
    assert!(space.read("content/factors.toml").contains("aliases = [\"no-staged-rollout\", "));
    space.check().expect(0, &[]);
}

#[test]
fn a_definition_is_found_in_the_registry() {
    let space = TestSite::site();
    let Some(neovim) = Neovim::open(&space, SAMPLE_PATH) else { return };
    neovim.until(INITIALIZED, "true");
    neovim.keys("/no-staged-rollout<CR>gd");
    neovim.until("expand('%:t')", "factors.toml");
    assert_eq!(neovim.value("getline('.')"), "id = \"no-staged-rollout\"");
}

/// The example of the guide for authors, without its remarks.
static EXAMPLE: LazyLock<String> = LazyLock::new(|| {
    let guide = include_str!("../../docs/author.md");
    let example = guide.split("```markdown\n").nth(1).unwrap().split("```").next().unwrap();
    let without_remark =
        |line: &str| line.split("  #").next().unwrap().trim_end().replace("\"CLEAR\"", "\"TLP:CLEAR\"");
    example.lines().map(without_remark).collect::<Vec<_>>().join("\n")
});

/// What of the example is chosen from what is offered: keys, words, headings, phases, factors, owners and answers.
const CHOSEN: [&str; 31] = [
    "+++",
    "title = \"",
    "severity = \"",
    "P2\"",
    "status = \"",
    "final\"",
    "tlp = \"",
    "TLP:CLEAR\"",
    "reviewed = 2026-03-16",
    "+++",
    "## Summary",
    "## Impact",
    "## Timeline (UTC)",
    "**Impact started** — ",
    "**Detected** — ",
    "**Resolved** — ",
    "## Root cause",
    "## Contributing factors",
    "- **Missing alert** (primary): ",
    "## What went well",
    "- **",
    "## What went poorly",
    "- **",
    "## Where we got lucky",
    "## Actions",
    "| Action | Owner | Due | Status | Answers |",
    "|--------|-------|-----|--------|---------|",
    "Search team",
    "done",
    "missing-alert",
    "customers-saw-it-first",
];

#[test]
fn the_example_of_the_guide_is_written_by_completion() {
    let space = TestSite::empty();
    space.run(&["init"]).expect(0, &[]);
    // The team of another review is offered.
    space.write(SAMPLE_PATH, SAMPLE_REVIEW.replace("Edge platform team", "Search team"));
    let file = "content/reviews/2026-03-11-search-index.md";
    let Some(neovim) = Neovim::open(&space, file) else { return };
    neovim.until(INITIALIZED, "true");
    neovim.keys("i");
    let mut rest = EXAMPLE.as_str();
    for word in CHOSEN {
        let at = rest.find(word).unwrap_or_else(|| panic!("{word:?} does not come next in {rest}"));
        neovim.typed(&rest[..at]);
        neovim.complete(word);
        rest = &rest[at + word.len()..];
    }
    neovim.typed(rest);
    neovim.keys("<Esc>");
    neovim.value("execute('write')");
    assert_eq!(space.read(file).trim_end(), EXAMPLE.trim_end());
    neovim.until("luaeval('#vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })')", "0");
    space.run(&["check", "--now", "2026-11-24", file]).expect(0, &[]);
}
