//! The least that any generator does with the reviews: read, TOML, Markdown, Tera, write. `bare SITE OUTPUT`.
//! It checks nothing, so it is a floor for comparisons and no goal.

#![allow(clippy::disallowed_methods, reason = "it reads and writes what it was asked for")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    id: String,
    front: toml::Table,
    html: String,
}

fn main() {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [site, output] = arguments.as_slice() else { panic!("usage: bare SITE OUTPUT") };
    let mut tera = tera::Tera::new();
    let templates = [("review.html", include_str!("bare/review.html")), ("list.html", include_str!("bare/list.html"))];
    tera.add_raw_templates(templates).expect("the templates are right");
    for folder in ["reviews", "causes", "services", "organisations"] {
        fs::create_dir_all(output.join(folder)).expect("the folder can be made");
    }
    let mut files: Vec<PathBuf> = fs::read_dir(site.join("content/reviews"))
        .expect("the content can be read")
        .map(|entry| entry.expect("the content can be read").path())
        .collect();
    files.sort();
    let terms: Vec<Terms> = files.par_iter().map(|file| render_review(&tera, file, output)).collect();
    let mut lists: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, review) in terms.iter().enumerate() {
        for page in &review.pages {
            lists.entry(page.clone()).or_default().push(at);
        }
    }
    lists.insert("index".to_owned(), (0..terms.len()).rev().collect());
    lists.par_iter().for_each(|(page, reviews)| {
        let listed: Vec<&Terms> = reviews.iter().map(|at| &terms[*at]).collect();
        let mut context = tera::Context::new();
        context.insert("name", page);
        context.insert("reviews", &listed);
        let html = tera.render("list.html", &context).expect("the list can be rendered");
        fs::write(output.join(format!("{page}.html")), html).expect("the list can be written");
    });
}

/// What lists show of a review, and the pages that list it.
#[derive(Serialize)]
struct Terms {
    id: String,
    title: String,
    date: String,
    severity: String,
    pages: Vec<String>,
}

fn render_review(tera: &tera::Tera, file: &Path, output: &Path) -> Terms {
    let text = fs::read_to_string(file).expect("a review is text");
    let (front, body) = text.trim_start_matches("+++").split_once("\n+++\n").expect("there is front matter");
    let front: toml::Table = toml::from_str(front).expect("the front matter is TOML");
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(body, pulldown_cmark::Options::all()));
    let id = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
    let text = |key: &str| front.get(key).map_or_else(String::new, |value| value.as_str().unwrap_or("").to_owned());
    let page = |folder: &str, name: &str| format!("{folder}/{}", name.to_lowercase().replace(' ', "-"));
    let tables = front.get("factors").and_then(|factors| factors.as_array()).into_iter().flatten();
    let factors = tables.filter_map(|factor| factor.get("id")?.as_str());
    let services = front.get("services").and_then(|services| services.as_array()).into_iter().flatten();
    let services = services.filter_map(|service| service.as_str());
    let mut pages: Vec<String> = factors.map(|id| page("causes", id)).collect();
    pages.extend(services.map(|name| page("services", name)));
    pages.extend(front.get("organisation").and_then(|name| name.as_str()).map(|name| page("organisations", name)));
    let date = front.get("publish").map_or_else(String::new, ToString::to_string);
    let terms = Terms { id: id.clone(), title: text("title"), date, severity: text("severity"), pages };
    let mut context = tera::Context::new();
    context.insert("page", &Page { id: id.clone(), front, html });
    let html = tera.render("review.html", &context).expect("the review can be rendered");
    fs::write(output.join(format!("reviews/{id}.html")), html).expect("the review can be written");
    terms
}
