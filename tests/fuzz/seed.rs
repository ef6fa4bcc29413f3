//! What fuzzing begins with: the content of this repository, the demo, the samples of containers, and a folder of one's own.

use std::fs;
use std::path::{Path, PathBuf};

use casebook::rules::{SAMPLE_FACTORS, SAMPLE_REVIEW};
use walkdir::WalkDir;

/// A folder of one's own with reviews, such as a corpus whose licence lets nobody copy it.
const CORPUS: &str = "CASEBOOK_FUZZ_CORPUS";

/// Longer ones make each run slow.
const LONGEST: u64 = 24 * 1024;

pub fn reviews() -> Vec<Vec<u8>> {
    let own = std::env::var_os(CORPUS).map(|folder| below(Path::new(&folder), ".md")).unwrap_or_default();
    [below(&content(), ".md"), below(&demo(), ".md"), vec![SAMPLE_REVIEW.into()], own].concat()
}

pub fn toml() -> Vec<Vec<u8>> {
    reviews().iter().filter_map(|review| front_matter(review, "+++\n")).collect()
}

/// The front matter of reviews as YAML, and what YAML alone has.
pub fn yaml() -> Vec<Vec<u8>> {
    let forms = [
        "title: \"A\"\nseverity: 'P2'\nservices: [a, b]\nimpact: {users: x}\n",
        "title: &a >-\n  some\n  words\nimpact:\n  users: *a\nactions:\n  - change: |\n      Do\n    owner: team\n",
        "date: 2024-03-04T10:05:00Z\ntags:\n- a\n- b # c\nx: !!str 1\n<<: {a: b}\n? k\n: v\n",
    ];
    let own = reviews().iter().filter_map(|review| front_matter(review, "---\n")).collect();
    [own, forms.map(|form| form.as_bytes().to_vec()).to_vec()].concat()
}

pub fn timelines() -> Vec<Vec<u8>> {
    let section = |review: &Vec<u8>| {
        let text = String::from_utf8_lossy(review).into_owned();
        let (_, rest) = text.split_once("## Timeline\n")?;
        Some(rest.split("\n## ").next()?.as_bytes().to_vec())
    };
    reviews().iter().filter_map(section).collect()
}

pub fn settings() -> Vec<Vec<u8>> {
    let more = "title = \"A\"\nbase_url = \"https://example.org/\"\n[[reviews]]\nfiles = [\"docs/**/*.md\"]\nexcept = [\"x\"]\n\
                status = \"final\"\nzone = \"Europe/Paris\"\nadopted_before = 2027-01-01\n[zones]\nIST = \"Asia/Kolkata\"\n\
                [levels.adopted]\nvague-action = \"off\"\n[[marks]]\nid = \"x\"\n[severities.P1]\nname = \"a\"\n";
    [vec![fs::read(root().join("casebook.toml")).unwrap(), more.into()], below(&demo(), "casebook.toml")].concat()
}

pub fn registries() -> Vec<Vec<u8>> {
    [below(&content(), "factors.toml"), below(&demo(), "factors.toml"), vec![SAMPLE_FACTORS.into()]].concat()
}

/// The dataset of the sample, as another site would publish it.
pub fn datasets() -> Vec<Vec<u8>> {
    vec![include_bytes!("dataset.json").to_vec(), b"{\"schema_version\": \"1.0\", \"reviews\": []}".to_vec()]
}

pub fn queries() -> Vec<Vec<u8>> {
    let questions = fs::read(root().join("tests/search/questions.json")).unwrap();
    let questions: serde_json::Value = serde_json::from_slice(&questions).unwrap();
    let mut texts = Vec::new();
    collect(&questions, &mut texts);
    texts.truncate(200);
    texts
}

/// Each container below a line with its name.
pub fn containers() -> Vec<Vec<u8>> {
    let samples = root().join("tests/import/sample");
    let files = WalkDir::new(&samples).sort_by_file_name().into_iter().flatten();
    let named = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(&samples).ok()?.to_str()?.to_owned();
        let is_short = entry.file_type().is_file() && entry.metadata().ok()?.len() <= LONGEST;
        Some([name.as_bytes(), b"\n", &fs::read(entry.path()).ok().filter(|_| is_short)?].concat())
    };
    files.filter_map(named).collect()
}

/// Reviews, settings and factors that are opened, changed and asked about.
pub fn conversations() -> Vec<Vec<u8>> {
    let short = |texts: Vec<Vec<u8>>| texts.into_iter().filter(|text| text.len() < 3_500).take(6);
    let reviews = short(below(&demo(), ".md")).chain([SAMPLE_REVIEW.into()]).map(|text| (0, text));
    let registries = short(registries()).map(|text| (2, text));
    let files = reviews.chain(short(settings()).map(|text| (1, text))).chain(registries);
    let asked = |(at, (file, text)): (usize, (usize, Vec<u8>))| {
        let encoding = ["utf-16", "utf-8", "utf-32", ""][at % 4];
        let text = String::from_utf8_lossy(&text).into_owned();
        // Signs of one to four bytes stand before much of what is found.
        let text = if at % 2 == 0 { text.replace(" the ", " é 日 😀 ").replace("= \"", "= \"😀 ") } else { text };
        let text = if at % 3 == 1 { text.replace('\n', "\r\n") } else { text };
        format!("{encoding}\n%open {file}\n{text}{}", questions(&text, at)).into_bytes()
    };
    let odd = "utf-16\n%json\n{\"id\": \"a\", \"method\": \"textDocument/hover\", \"params\": {}}\n%json\n{\"method\": \
               \"$/cancelRequest\", \"params\": {\"id\": 1}}\n%json\n{\"id\": 9, \"result\": null}\n%json\n[\n%ask formatting\n\
               %open 6\nx\n%ask hover\n%open 4\n+++\ntitle = \"a\"\n+++\n%change 1 9 1 10\n😀\n%whole\n\n%save\n%close\n\
               %ask hover 1 1\n%json\n{\"id\": 8, \"method\": \"shutdown\"}";
    files.enumerate().map(asked).chain([odd.into()]).collect()
}

/// Every question at places all over a text, each after a change.
fn questions(text: &str, from: usize) -> String {
    let methods =
        ["completion", "hover", "definition", "references", "prepareRename", "rename", "codeAction", "documentSymbol"];
    let lines = text.lines().collect::<Vec<_>>();
    let step = lines.len() / methods.len() + 1;
    let question = |(at, method): (usize, &&str)| {
        let line = (at * step + from) % lines.len();
        let column = lines[line].len() / 2;
        let change = format!("%change {line} {column} {line} {}\n{}", column + at % 2, ["é", "\n- ", "", "|"][at % 4]);
        format!("\n{change}\n%ask {method} {line} {column} {} 2\nnew-name", line + at)
    };
    methods.iter().enumerate().map(question).collect::<String>() + "\n%ask foldingRange"
}

/// The files below a folder whose names end so, by path.
pub fn below(folder: &Path, ending: &str) -> Vec<Vec<u8>> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let is_taken = |entry: &walkdir::DirEntry| {
        let is_short = entry.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() <= LONGEST);
        is_short && entry.path().to_string_lossy().ends_with(ending)
    };
    files.filter(is_taken).map(|entry| fs::read(entry.path()).unwrap()).collect()
}

fn front_matter(review: &[u8], fence: &str) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(review).into_owned();
    let (front, _) = text.strip_prefix(fence)?.split_once(&format!("\n{fence}"))?;
    Some(front.as_bytes().to_vec())
}

fn collect(value: &serde_json::Value, texts: &mut Vec<Vec<u8>>) {
    match value {
        serde_json::Value::String(text) => texts.push(text.clone().into_bytes()),
        serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        serde_json::Value::Object(values) => values.values().for_each(|value| collect(value, texts)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .find(|folder| folder.join("casebook.toml").exists())
        .unwrap()
        .into()
}

fn content() -> PathBuf {
    root().join("content")
}

fn demo() -> PathBuf {
    root().join("src/scaffold/demo")
}
