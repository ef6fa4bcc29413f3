//! The JSON Schemas agree with the reader: a validator that is not ours takes what `check` takes, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::TestSite;
use casebook::report::{SchemaOf, schema};
use casebook::rules::{SAMPLE_FACTORS, SAMPLE_REVIEW};
use jsonschema::Validator;
use serde_json::Value;

fn validator(subject: SchemaOf) -> Validator {
    let schema: Value = serde_json::from_str(&schema(subject)).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "{subject:?} is no JSON Schema");
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
}

/// TOML as tools hand it on: a date becomes a string.
fn json_of(text: &str) -> Value {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::from(text),
            toml::Value::Integer(number) => Value::from(number),
            toml::Value::Float(number) => Value::from(number),
            toml::Value::Boolean(value) => Value::from(value),
            toml::Value::Datetime(time) => Value::from(time.to_string()),
            toml::Value::Array(items) => items.into_iter().map(convert).collect(),
            toml::Value::Table(table) => {
                Value::Object(table.into_iter().map(|(key, value)| (key, convert(value))).collect())
            }
        }
    }
    convert(toml::Value::Table(toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))))
}

fn front_matter(text: &str) -> Value {
    json_of(text.trim_start().strip_prefix("+++\n").unwrap().split("\n+++").next().unwrap())
}

fn complaints(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn markdown_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(markdown_below(&path));
        } else if path.to_string_lossy().ends_with(".md") {
            found.push(path);
        }
    }
    found
}

#[test]
fn all_bundled_files_are_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let [review, page, config, factors] =
        [SchemaOf::FrontMatter, SchemaOf::Page, SchemaOf::Config, SchemaOf::Factors].map(validator);
    let mut seen = 0;
    let mut expect_valid = |validator: &Validator, path: &Path, value: Value| {
        let found = complaints(validator, &value);
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
        seen += 1;
    };
    for site in ["", "src/scaffold/demo", "src/scaffold/site"].map(|site| root.join(site)) {
        for path in markdown_below(&site.join("content/reviews")) {
            expect_valid(&review, &path, front_matter(&fs::read_to_string(&path).unwrap()));
        }
        for path in markdown_below(&site.join("content/pages")) {
            expect_valid(&page, &path, front_matter(&fs::read_to_string(&path).unwrap()));
        }
        for (validator, name) in [(&config, "casebook.toml"), (&factors, "content/factors.toml")] {
            let path = site.join(name);
            expect_valid(validator, &path, json_of(&fs::read_to_string(&path).unwrap()));
        }
    }
    expect_valid(&review, Path::new("sample"), front_matter(SAMPLE_REVIEW));
    expect_valid(&factors, Path::new("sample"), json_of(SAMPLE_FACTORS));
    assert!(seen > 35, "only {seen} files were found");
}

/// What other programs mean by these keys, `check` takes, and so does the schema.
#[test]
fn keys_of_other_programs_are_taken_by_schema_and_check_alike() {
    let validator = validator(SchemaOf::FrontMatter);
    let head = "title = \"A\"\nseverity = \"P2\"\ntlp = \"TLP:CLEAR\"\n";
    let impact = "[impact]\nusers = \"Slow.\"\n";
    for (line, is_right) in [
        ("draft = true\n", true),
        ("published = false\n", true),
        ("draft = false\n", false),
        ("published = true\n", false),
        ("", false),
        ("status = \"final\"\naliases = [\"/blog/a/\", \"https://example.org/a\", \"a-b\"]\n", true),
    ] {
        let text = format!("{head}{line}{impact}");
        let found = complaints(&validator, &json_of(&text));
        assert_eq!(found.is_empty(), is_right, "{text}{found:#?}");
        let space = TestSite::site();
        space.write("content/reviews/2024-01-01-wrong.md", format!("+++\n{text}+++\n\n## Summary\n\nIt was slow.\n"));
        let run = space.check();
        let refused = run.out.lines().any(|line| {
            line.contains("2024-01-01-wrong.md")
                && ["D003", "D004", "D005", "D006", "D008"].iter().any(|rule| line.contains(rule))
        });
        assert_eq!(!refused, is_right, "{text}{}", run.out);
    }
}

/// Each line alone makes the file wrong, for the schema and for `check`.
#[test]
fn wrong_front_matter_is_refused_by_schema_and_check_alike() {
    let validator = validator(SchemaOf::FrontMatter);
    let head = "title = \"A\"\nseverity = \"P2\"\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\n";
    let impact = "[impact]\nusers = \"Slow.\"\n";
    let right = format!("{head}{impact}");
    assert_eq!(complaints(&validator, &json_of(&right)), Vec::<String>::new());
    let cases = [
        (format!("{head}sevrity = \"P2\"\n{impact}"), "D003"),
        (right.replace("title", "name"), "D004"),
        (right.replace("\"A\"", "\" \""), "D004"),
        (head.to_owned(), "D004"),
        (format!("{head}[impact]\nusers = \" \"\n"), "D004"),
        (format!("{head}perspective = \"collected\"\n{impact}"), "D004"),
        (format!("{head}services = [\"\"]\n{impact}"), "D004"),
        (right.replace("\"final\"", "\"finished\""), "D006"),
        (right.replace("\"A\"", "1"), "D005"),
        (format!("{head}publish = \"soon\"\n{impact}"), "D005"),
        (format!("{head}publish = 2024-03-04T10:00:00Z\n{impact}"), "D005"),
        (format!("{head}services = \"web\"\n{impact}"), "D005"),
        (format!("{head}services = [1]\n{impact}"), "D005"),
        (format!("{head}aliases = [\"a/b\"]\n{impact}"), "D008"),
        (format!("{head}aliases = [\"index\"]\n{impact}"), "D008"),
        (format!("{head}aliases = [\"a.\"]\n{impact}"), "D008"),
        (format!("{right}funds_lost_usd = -1\n"), "D005"),
        (format!("{right}funds_lost_usd = 1.5\n"), "D005"),
        (format!("{right}nobody = \"x\"\n"), "D003"),
        (format!("{right}[response]\ndetection = \"luck\"\n"), "D006"),
        (format!("{right}[response]\nrunbook = \"yes\"\n"), "D005"),
        (format!("{right}[response]\nrunbook = {{ note = \"x\" }}\n"), "D004"),
        (format!("{right}[[factors]]\nrole = \"primary\"\n"), "D004"),
        (format!("{right}[[factors]]\nid = \"a\"\nrole = \"root\"\n"), "D006"),
        (format!("{right}[factors]\nid = \"a\"\n"), "D005"),
        (format!("{right}[[actions]]\nchange = \"x\"\nupdates = [\"magic\"]\n"), "D006"),
        (format!("{right}[[actions]]\nchange = \"x\"\nasignee = \"web team\"\n"), "D003"),
        (format!("{right}[[accepted]]\nweakness = \"a\"\n"), "D004"),
        (format!("{right}[[references]]\ntitle = \"a\"\n"), "D004"),
        (format!("{right}[[revisions]]\ndate = 2024-03-04\n"), "D004"),
    ];
    for (text, rule) in cases {
        assert!(!complaints(&validator, &json_of(&text)).is_empty(), "the schema takes\n{text}");
        let space = TestSite::site();
        space.write("content/reviews/2024-01-01-wrong.md", format!("+++\n{text}+++\n\n## Summary\n\nIt was slow.\n"));
        let run = space.check();
        let found = run.out.lines().any(|line| line.contains("2024-01-01-wrong.md") && line.contains(rule));
        assert!(found, "{rule} is not found in\n{text}\n{}", run.out);
    }
}

#[test]
fn wrong_settings_and_factors_are_refused_by_schema_and_check_alike() {
    let config = validator(SchemaOf::Config);
    let head = "title = \"A\"\nbase_url = \"https://example.org/\"\n";
    let settings = [
        "[severities]\nP1 = \"Critical\"\n",
        "[severities]\nP1 = { nme = \"Critical\" }\n",
        "[severities]\nP1 = { review_within = -1 }\n",
        "[levels]\nvague-action = \"loud\"\n",
        "[levels]\nvage-action = \"off\"\n",
        "[levels]\npublished-token = \"off\"\n",
        "[levels.collected]\nP002 = \"advice\"\n",
        "[levels.collected]\nno-such-rule = \"advice\"\n",
        "[feeds]\nlimit = \"many\"\n",
        "[[marks]]\n",
        "[[categories]]\nid = \"a\"\n",
        "mailboxes = \"a@example.org\"\n",
        "colour = \"red\"\n",
    ];
    let right = "[levels]\nvague-action = \"off\"\nT002 = \"error\"\npublished-token = \"error\"\n[levels.collected]\n\
                 personal-email = \"error\"\n[feeds]\nlimit = 5\n[[marks]]\nname = \"Paused\"\n[[categories]]\nid = \"a\"\nname = \"A\"\n";
    assert_eq!(complaints(&config, &json_of(&format!("{head}{right}"))), Vec::<String>::new());
    let mut cases: Vec<(String, &str)> =
        settings.iter().map(|text| (format!("{head}{text}"), "casebook.toml")).collect();
    cases.push(("base_url = \"https://example.org/\"\n".to_owned(), "casebook.toml"));
    for address in ["example.org", "ftp://example.org", "https://", "https://a/?q", "https://a@b/"] {
        cases.push((format!("title = \"A\"\nbase_url = \"{address}\"\n"), "casebook.toml"));
    }
    let factor = "[[factor]]\nid = \"a\"\nname = \"A\"\ncategory = \"process\"\ndefinition = \"D.\"\n";
    let factors = validator(SchemaOf::Factors);
    assert_eq!(complaints(&factors, &json_of(factor)), Vec::<String>::new());
    for (from, to) in
        [("\"a\"", "\"A b\""), ("\"a\"", "\"index\""), ("\"a\"", "1"), ("name", "nam"), ("[[factor]]", "[[factors]]")]
    {
        cases.push((factor.replace(from, to), "content/factors.toml"));
    }
    for (text, path) in cases {
        let validator = if path == "casebook.toml" { &config } else { &factors };
        assert!(!complaints(validator, &json_of(&text)).is_empty(), "the schema takes\n{text}");
        let space = TestSite::site();
        space.write(path, &text);
        let run = space.check();
        assert!(run.out.lines().any(|line| line.starts_with(path)), "{path} has no finding:\n{text}\n{}", run.out);
    }
}

#[test]
fn the_command_prints_each_schema() {
    for (name, subject) in [
        ("front-matter", SchemaOf::FrontMatter),
        ("page", SchemaOf::Page),
        ("config", SchemaOf::Config),
        ("factors", SchemaOf::Factors),
    ] {
        let run = TestSite::empty().run(&["schema", name]);
        assert_eq!((run.code, run.out), (0, schema(subject)));
    }
}
