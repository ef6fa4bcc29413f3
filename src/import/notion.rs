//! Pages of Notion's export as Markdown and CSV.

use std::collections::BTreeSet;

use super::Context;
use super::container::Container;
use super::item::{Batch, Item, Skipped};
use super::label::{read_labels, read_severity};
use super::left_out::{Kind, LeftOut};
use super::markdown::{document, is_markdown, title};
use super::moment::day_of;
use super::piece::Piece;
use super::written::FrontValue;

/// Export → Markdown & CSV: a zip, with the id of each page behind its name.
pub(super) const NOTION: Container = Container { name: "notion", title: "Notion", takes, convert };

/// The length of the id behind a name.
const ID: usize = 32;

const ROW: Kind = ("row of a database without a page of its own", "rows of a database without pages of their own");

fn takes(piece: &Piece) -> bool {
    (is_markdown(piece) && id_of(piece.path.stem()).is_some()) || is_table(piece)
}

fn is_table(piece: &Piece) -> bool {
    piece.has_ending(&["csv"]) && id_of(piece.path.stem()).is_some()
}

/// Whether a file is a table of a database, also the one of all its rows beside the one of a view.
pub(super) fn is_database(piece: &Piece) -> bool {
    let stem = piece.path.stem();
    piece.has_ending(&["csv"]) && id_of(stem.strip_suffix("_all").unwrap_or(stem)).is_some()
}

/// The id behind the name of a page.
fn id_of(stem: &str) -> Option<&str> {
    let (_, id) = stem.rsplit_once(' ')?;
    (id.len() == ID && id.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(id)
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    match piece.has_ending(&["csv"]) {
        true => Batch { items: Vec::new(), skipped: rows_without_page(piece, context).into_iter().collect() },
        false => Batch::one(page(piece, context)),
    }
}

/// The rows of a database that are not those of a page.
fn rows_without_page(piece: &Piece, context: &Context<'_>) -> Option<Skipped> {
    let pages = context.pieces.iter().filter(|piece| is_markdown(piece));
    let titles: BTreeSet<String> = pages.filter_map(|page| heading(page.text().unwrap_or_default())).collect();
    let mut reader = csv::Reader::from_reader(piece.text().unwrap_or_default().as_bytes());
    let mut left_out = LeftOut::default();
    for row in reader.records().filter_map(Result::ok) {
        if row.get(0).is_none_or(|title| !titles.contains(title.trim())) {
            left_out.name(ROW, &row.iter().filter(|value| !value.is_empty()).collect::<Vec<_>>().join(", "));
        }
    }
    let why = left_out.lines().pop()?;
    Some(Skipped { origin: piece.path.as_str().to_owned(), why })
}

/// The title that a page begins with.
fn heading(text: &str) -> Option<String> {
    text.trim_start().strip_prefix("# ").map(|text| text.lines().next().unwrap_or_default().trim().to_owned())
}

fn page(piece: &Piece, context: &Context<'_>) -> Result<Item, Skipped> {
    let text = piece.text().unwrap_or_default();
    let title = title(&document(&piece.path, text)).unwrap_or_else(|| without_id(piece.path.stem()));
    let mut item = Item { origin: piece.path.as_str().to_owned(), title, ..Item::default() };
    item.body = without_asides(text);
    item.id = id_of(piece.path.stem()).map(str::to_owned);
    item.front.add("title", FrontValue::Text(item.title.clone()));
    let properties = properties(text);
    for (name, value) in &properties {
        match name.to_lowercase().as_str() {
            "date" | "incident date" | "started" | "start" | "created" | "created time" if item.date.is_none() => {
                item.date = day_of(value).or_else(|| notion_day(value));
            }
            "severity" | "sev" | "priority" => read_severity(value, context.policy, &mut item),
            "tags" | "labels" => read_labels(&parts(value), context.policy, &mut item),
            "services" | "service" | "affected services" | "systems" => {
                item.front.add("services", FrontValue::Texts(parts(value)));
            }
            _ => {}
        }
    }
    item.front.add("date", item.date.map_or(FrontValue::Texts(Vec::new()), FrontValue::Day));
    add_row(&mut item, &properties, context);
    item.show_pictures(piece, context);
    item.if_review(context)
}

/// The lines `Name: value` between the title and the text.
fn properties(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().skip_while(|line| line.trim().is_empty() || line.starts_with("# "));
    let lines = lines.take_while(|line| !line.trim().is_empty());
    let pairs = lines.map_while(|line| line.split_once(": "));
    pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}

/// Columns of the database that the page itself does not have.
fn add_row(item: &mut Item, properties: &[(String, String)], context: &Context<'_>) {
    let mut facts = String::new();
    for piece in context.pieces.iter().filter(|piece| piece.has_ending(&["csv"])) {
        let mut reader = csv::Reader::from_reader(piece.text().unwrap_or_default().as_bytes());
        let Ok(heads) = reader.headers().cloned() else { continue };
        let row = reader.records().filter_map(Result::ok).find(|row| row.get(0) == Some(item.title.as_str()));
        let Some(row) = row else { continue };
        for (name, value) in heads.iter().zip(&row).skip(1) {
            let name = name.trim_start_matches('\u{feff}');
            let is_there = properties.iter().any(|(own, _)| own == name) || facts.contains(&format!("**{name}:**"));
            if !value.trim().is_empty() && !is_there {
                facts.push_str(&format!("- **{name}:** {}\n", value.trim().replace('\n', " ")));
            }
        }
    }
    if facts.is_empty() {
        return;
    }
    // Behind the title, where facts are.
    let end = item.body.find('\n').filter(|_| item.body.starts_with("# ")).map_or(0, |at| at + 1);
    item.body.insert_str(end, &format!("\n{facts}"));
}

/// A day as Notion writes it: `March 18, 2026` or `March 18, 2026 10:05 AM`, also a range of them.
fn notion_day(text: &str) -> Option<chrono::NaiveDate> {
    let start = text.split('→').next().unwrap_or(text);
    let words: Vec<&str> = start.split_whitespace().take(3).collect();
    chrono::NaiveDate::parse_from_str(&words.join(" "), "%B %d, %Y").ok()
}

fn parts(value: &str) -> Vec<String> {
    value.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn without_id(stem: &str) -> String {
    id_of(stem).map_or(stem, |id| stem[..stem.len() - id.len()].trim_end()).to_owned()
}

/// The text without the tags that Notion writes around callouts.
fn without_asides(text: &str) -> String {
    text.replace("<aside>\n", "").replace("</aside>\n", "").replace("\n</aside>", "")
}
