//! Search: both engines read words alike, ask alike, and lead to places that exist.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::{Command, Stdio};

use crate::support::requirement::missing;
use crate::support::{TODAY, TestSite};
use casebook::pipeline::{Audience, Options, corpus};
use casebook::search::{
    Answer, FilterColumns, Index, Query, Searcher, TokenKind, UnknownValue, for_each_word, review_of,
};
use serde_json::{Value, json};

/// The words of a text; identifiers as a whole have a star, and what a part is found by as well a plus.
fn read(text: &str) -> Vec<String> {
    let mut read = Vec::new();
    for_each_word(text, |word, form, _| {
        let mark = match form {
            TokenKind::Part => "",
            TokenKind::Whole => "*",
            TokenKind::Piece => "+",
        };
        read.push(format!("{word}{mark}"));
    });
    read
}

/// Whether JavaScript can be run outside a browser.
fn has_node() -> bool {
    let is_there = Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success());
    if !is_there {
        missing("node", "CASEBOOK_NODE_REQUIRED");
    }
    is_there
}

/// What `tests/search/engine.js` says to `input`.
fn ask_engine(space: &TestSite, command: &str, input: &Value) -> Value {
    space.write("input.json", input.to_string());
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("node")
        .arg(folder.join("tests/search/engine.js"))
        .args([command, "input.json"])
        .current_dir(space.path("."))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn vectors() -> Vec<(String, Vec<String>)> {
    let vectors: Value = serde_json::from_str(include_str!("../search/words.json")).unwrap();
    let vector = |vector: &Value| {
        let words = vector["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned());
        (vector["text"].as_str().unwrap().to_owned(), words.collect())
    };
    vectors.as_array().unwrap().iter().map(vector).collect()
}

#[test]
fn words_are_read_as_the_vectors_say() {
    for (text, expected) in vectors() {
        assert_eq!(read(&text), expected, "{text}");
    }
}

/// Every text of the bundled content, and what chance makes of it.
fn texts() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts: Vec<String> = Vec::new();
    for folder in ["content/reviews", "src/scaffold/demo/content/reviews", "docs/rules"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap().map(Result::unwrap) {
            texts.extend(std::fs::read_to_string(entry.path()));
        }
    }
    texts.sort();
    let odd: Vec<char> =
        "aZ9-_.'’ß½ﬁ障ﾃデ서ตั\u{301}²İĳΣςé😀𝒳\u{2028}\u{ad}\u{200b}\u{200c}\u{fe0f}ª٣Ⅳالوهבה\u{5b8}".chars().collect();
    let mut seed = 1_u64;
    let mut chance = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % end
    };
    for _ in 0..3000 {
        let length = chance(14);
        texts.push((0..length).map(|_| odd[chance(odd.len())]).collect());
    }
    let letters: Vec<char> = texts.concat().chars().collect();
    for _ in 0..2000 {
        let start = chance(letters.len() - 60);
        let mut text: Vec<char> = letters[start..start + 50].to_vec();
        text[chance(50)] = odd[chance(odd.len())];
        texts.push(text.into_iter().collect());
    }
    texts
}

#[test]
fn both_engines_read_the_same_words() {
    if !has_node() {
        return;
    }
    let space = TestSite::empty();
    let mut texts: Vec<String> = vectors().into_iter().map(|(text, _)| text).chain(texts()).collect();
    // Every character, in small groups. Those that are newer than the other engine mean nothing to it.
    let known = ask_engine(&space, "assigned", &json!(null));
    let all: Vec<char> = known.as_str().unwrap().chars().collect();
    assert!(all.len() > 50_000);
    texts.extend(all.chunks(40).map(|group| group.iter().flat_map(|c| ['x', *c, 'Y', ' ']).collect::<String>()));
    let answer = ask_engine(&space, "words", &json!(texts));
    let mut different = String::new();
    for (text, theirs) in texts.iter().zip(answer.as_array().unwrap()) {
        let own = read(text);
        let theirs: Vec<String> = serde_json::from_value(theirs.clone()).unwrap();
        if own != theirs {
            let at = own.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
            let _ = writeln!(different, "{:?} and {:?} in {text:?}", own.get(at), theirs.get(at));
        }
    }
    assert!(different.is_empty(), "{different}");
}

/// Questions of every kind, made of the words of the reviews.
fn questions(texts: &[String]) -> Vec<String> {
    let words: Vec<&str> = texts.iter().flat_map(|text| text.split_whitespace()).collect();
    let mut questions: Vec<String> = [
        "certificate expired",
        "rollbck",
        "certifcates",
        "\"error rate\"",
        "\"the of",
        "-team alert",
        "severity:P1",
        "severity:SEV2 -\"on call\" deploy",
        "service:payouts year:2025 retry",
        "service:checkout retry",
        "factor:\"No staged rollout\"",
        "kind:near-miss",
        "org:nobody",
        "owner:platform colour:red",
        "onCall rollBack errorRate",
        "-service:checkout GitHub",
        "factor:rollout severity:P9 year:2031",
        "kube-dns",
        "e",
        "the",
        "",
        "-",
        "\"",
        "year: x:y :z",
    ]
    .map(str::to_owned)
    .into();
    for at in (0..words.len()).step_by(words.len() / 150) {
        let three: Vec<&str> = words[at..].iter().take(3).copied().collect();
        questions.push(three.join(" "));
        // A letter is missing.
        let slip: String = words[at].chars().enumerate().filter(|(place, _)| *place != 3).map(|(_, c)| c).collect();
        questions.push(format!("{slip} "));
    }
    questions
}

#[test]
fn both_engines_answer_alike() {
    if !has_node() {
        return;
    }
    for space in [TestSite::demo(), TestSite::large()] {
        space.build().expect(0, &[]);
        let sources = casebook::disk::read(&space.path("."), &casebook::pipeline::review_files(None)).unwrap();
        let options = Options { today: TODAY.parse().unwrap(), base_url: None, audience: Audience::Public };
        let (corpus, _) = corpus(&sources, &options);
        let (index, catalogue) = (Index::new(&corpus), FilterColumns::new(&corpus));
        let searcher = Searcher::new(&index, &catalogue);
        let texts: Vec<String> = corpus.reviews.iter().map(|review| review.text.to_string()).collect();
        let questions = questions(&texts);
        let theirs = ask_engine(&space, "search", &json!({ "folder": "public/search", "queries": questions }));
        let mut found = 0;
        for (question, theirs) in questions.iter().zip(theirs.as_array().unwrap()) {
            let query = Query::parse(question);
            let answer = searcher.search(&query);
            let hits: Vec<Value> = answer.hits.iter().map(|hit| json!([hit.number, hit.score, hit.sections])).collect();
            found += usize::from(!hits.is_empty());
            let own = json!({
                "hits": hits,
                "unknown": answer.unknown,
                "fields": query.unknown_fields,
                "values": unknown_values(&answer),
            });
            assert_eq!(text_of(&own), text_of(theirs), "{question:?}");
        }
        assert!(found > 150, "only {found} of {} questions were answered", questions.len());
    }
}

/// Numbers without a fraction are written with one or without.
fn text_of(answer: &Value) -> String {
    answer.to_string().replace(".0,", ",")
}

#[test]
fn every_place_that_is_found_is_on_its_page() {
    let space = TestSite::demo();
    space.build().expect(0, &[]);
    let mut looked = 0;
    for word in ["certificate", "team", "alert", "what", "because", "deploy", "minutes", "support", "ledger"] {
        let run = space.run(&["search", word, "--now", TODAY, "--limit", "50"]);
        run.expect(0, &[]);
        let links: BTreeSet<&str> =
            run.out.lines().map(str::trim).filter(|line| line.starts_with("https://")).collect();
        for link in links {
            let (page, anchor) = link.split_once('#').unwrap_or((link, ""));
            let page = &page[page.find("/reviews/").unwrap() + 1..];
            let html = space.read(&format!("public/{page}"));
            assert!(anchor.is_empty() || html.contains(&format!("id=\"{anchor}\"")), "{link} leads nowhere");
            looked += 1;
        }
    }
    assert!(looked > 40, "only {looked} links were looked at");
}

/// The titles of the reviews that a search in the terminal shows.
fn titles(space: &TestSite, arguments: &[&str]) -> Vec<String> {
    let run = space.run(&[&["search"], arguments].concat());
    run.expect(0, &[]);
    let is_title = |line: &&str| !line.is_empty() && !line.starts_with(' ');
    run.out.lines().filter(is_title).map(str::to_owned).collect()
}

#[test]
fn options_may_stand_anywhere_in_a_question() {
    let space = TestSite::demo();
    let three = titles(&space, &["payouts", "--now", TODAY, "--limit", "3"]);
    assert_eq!(three.len(), 3);
    for same in [
        &["--limit=3", "payouts", "--now", TODAY][..],
        &["--limit", "3", "--now", TODAY, "payouts"],
        &["--now", TODAY, "payouts", "--limit", "3", "--site", "."],
        &["--now", TODAY, "--limit", "3", "--", "payouts"],
    ] {
        assert_eq!(titles(&space, same), three, "{same:?}");
    }
    let without = titles(&space, &["payouts", "-ledger", "--now", TODAY]);
    let with = titles(&space, &["payouts", "--now", TODAY]);
    assert!(without.len() < with.len() && without.iter().all(|title| with.contains(title)), "{without:?}");
    space.run(&["search", "payouts", "--limt", "3"]).expect(2, &["--limit"]);
    space.run(&["search", "payouts", "-h"]).expect(0, &["search [OPTIONS] <QUERY>"]);
    space.run(&["search", "--limit", "3"]).expect(2, &["<QUERY>"]);
    space.run(&["search", "zzzzqqqq", "--now", TODAY]).expect(1, &["no reviews match"]);
}

/// A site with the reviews of `tests/search/questions.json`.
fn site_of_questions(reviews: &Value) -> TestSite {
    let space = TestSite::empty();
    space.write("casebook.toml", "title = \"Lessons\"\nbase_url = \"https://example.org/\"\n[[reviews]]\nfiles = [\"content/reviews/*.md\"]\nadopted_before = 2099-01-01\n");
    for (id, review) in reviews.as_object().unwrap() {
        let services = &review["services"];
        let (owner, text) = (&review["owner"], review["text"].as_str().unwrap());
        let front = format!(
            "title = \"Review {id}\"\nseverity = \"P2\"\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\nservices = {services}\n\
             impact = \"Orders were late.\"\n\n[[actions]]\nid = \"a\"\nchange = \"Test it\"\nowner = {owner}\nstatus = \"open\"\n"
        );
        let path = format!("content/reviews/2026-03-01-{id}.md");
        space.write(&path, format!("+++\n{front}+++\n\n## Summary\n\n{text}\n"));
    }
    space
}

#[test]
fn both_engines_answer_as_the_vectors_say() {
    let vectors: Value = serde_json::from_str(include_str!("../search/questions.json")).unwrap();
    let space = site_of_questions(&vectors["reviews"]);
    space.build().expect(0, &[]);
    let sources = casebook::disk::read(&space.path("."), &casebook::pipeline::review_files(None)).unwrap();
    let options = Options { today: TODAY.parse().unwrap(), base_url: None, audience: Audience::Public };
    let (corpus, _) = corpus(&sources, &options);
    let (index, catalogue) = (Index::new(&corpus), FilterColumns::new(&corpus));
    let searcher = Searcher::new(&index, &catalogue);
    let questions = vectors["questions"].as_array().unwrap();
    let queries: Vec<&str> = questions.iter().map(|question| question["query"].as_str().unwrap()).collect();
    let name = |number: usize| review_of(&corpus, number).title.trim_start_matches("Review ").to_owned();
    let summary = |numbers: Vec<usize>, fields: Value, values: Value| {
        let mut finds: Vec<String> = numbers.into_iter().map(name).collect();
        finds.sort();
        json!({ "finds": finds, "fields": fields, "values": values })
    };
    let own = queries.iter().map(|query| {
        let query = Query::parse(query);
        let answer = searcher.search(&query);
        let numbers = answer.hits.iter().map(|hit| hit.number).collect();
        summary(numbers, json!(query.unknown_fields), json!(unknown_values(&answer)))
    });
    let own: Vec<Value> = own.collect();
    let mut engines = vec![own];
    if has_node() {
        let theirs = ask_engine(&space, "search", &json!({ "folder": "public/search", "queries": queries }));
        let theirs = theirs.as_array().unwrap().iter().map(|answer| {
            let hits = answer["hits"].as_array().unwrap().iter();
            let numbers = hits.map(|hit| hit[0].as_u64().unwrap() as usize).collect();
            summary(numbers, answer["fields"].clone(), answer["values"].clone())
        });
        engines.push(theirs.collect());
    }
    let mut wrong = String::new();
    for (engine, answers) in engines.iter().enumerate() {
        for (question, answer) in questions.iter().zip(answers) {
            let or_none = |key: &str| question.get(key).cloned().unwrap_or(json!([]));
            let right = json!({ "finds": question["finds"], "fields": or_none("fields"), "values": or_none("values") });
            if *answer != right {
                let _ = writeln!(wrong, "{} in engine {engine}: {answer}, right: {right}", question["query"]);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn unknown_values(answer: &Answer) -> Vec<Value> {
    let value = |unknown: &UnknownValue| json!([unknown.field.name(), unknown.value, unknown.offers]);
    answer.unknown_values.iter().map(value).collect()
}

#[test]
fn an_unknown_field_or_value_is_told() {
    let vectors: Value = serde_json::from_str(include_str!("../search/questions.json")).unwrap();
    let space = site_of_questions(&vectors["reviews"]);
    let search = |words: &[&str]| space.run(&[&["search", "--now", TODAY], words].concat());
    search(&["team:github"]).expect(0, &["`team:` is no field", "owner"]);
    search(&["owner:paymets-ledger"])
        .expect(1, &["no review has `owner:paymets-ledger`; there is owner:\"Payments ledger\""]);
    // As the shell hands it over.
    search(&["owner:Payments ledger"]).expect(0, &["Review three"]);
    search(&["-owner:Payments ledger", "falsch"]).expect(1, &["no reviews match"]);
    search(&["service:edge proxy", "falsch"]).expect(0, &["Review three"]);
    search(&["service:C++ github"]).expect(0, &["Review two"]);
}
