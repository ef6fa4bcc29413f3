//! Pages of Notion's export as Markdown and CSV.

use chrono::NaiveDate;
use csv::StringRecord;

use super::Context;
use super::container::Container;
use super::item::{Batch, Item, Skipped};
use super::label::{read_labels, read_severity};
use super::left_out::{Kind, LeftOut};
use super::markdown::{CodeFence, document, is_markdown, title};
use super::moment::day_of;
use super::piece::Piece;
use super::written::FrontValue;

/// Export → Markdown & CSV: a zip, with the id of each page behind its name.
pub(super) const NOTION: Container = Container { name: "notion", title: "Notion", takes, convert };

/// The length of the id behind a name.
const ID: usize = 32;

const VALUE: Kind = ("value beyond the columns of its database", "values beyond the columns of their database");

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
    let database = Database::read(piece);
    let mut left_out = LeftOut::default();
    for row in &database.rows {
        let pages = pages_called(title_of(row), context);
        if !pages.iter().any(|page| database.row_of(page, &pages) == Some(row)) {
            left_out.name(ROW, &row.iter().filter(|value| !value.is_empty()).collect::<Vec<_>>().join(", "));
        }
    }
    let why = left_out.lines().pop()?;
    Some(Skipped { origin: piece.path.as_str().to_owned(), why })
}

/// A table of a database. Each row is that of a page, whose title is its first value.
struct Database {
    heads: StringRecord,
    rows: Vec<StringRecord>,
}

impl Database {
    /// Reads a table, also rows that are shorter or longer than its head.
    fn read(piece: &Piece) -> Self {
        let text = piece.text().unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let heads = reader.headers().cloned().unwrap_or_default();
        Self { heads, rows: reader.records().filter_map(Result::ok).collect() }
    }

    /// The name of each column behind the title, with the value of a row; the name is empty beyond the head.
    fn columns<'a>(&'a self, row: &'a StringRecord) -> impl Iterator<Item = (&'a str, &'a str)> {
        let name = |at: usize| self.heads.get(at).unwrap_or_default().trim_start_matches('\u{feff}');
        row.iter().enumerate().skip(1).map(move |(at, value)| (name(at), value.trim()))
    }

    /// The row of a page, given all `pages` of its title. Where several rows or pages have one title, a row belongs to the
    /// only page whose properties say nothing else.
    fn row_of(&self, page: &Page, pages: &[Page]) -> Option<&StringRecord> {
        let rows = || self.rows.iter().filter(|row| title_of(row) == page.title);
        match (pages, only(rows())) {
            ([_], Some(row)) => Some(row),
            _ => {
                let row = only(rows().filter(|row| self.agrees(row, page)))?;
                only(pages.iter().filter(|other| self.agrees(row, other))).map(|_| row)
            }
        }
    }

    /// Whether no property of a page says anything else than its column.
    fn agrees(&self, row: &StringRecord, page: &Page) -> bool {
        let is_said = |name: &str, value: &str| page.properties.iter().all(|(own, said)| own != name || said == value);
        self.columns(row).all(|(name, value)| is_said(name, value))
    }
}

fn title_of(row: &StringRecord) -> &str {
    row.get(0).unwrap_or_default().trim()
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}

/// The title and the properties of a page.
struct Page {
    title: String,
    properties: Vec<(String, String)>,
}

/// The pages of an export that have a title.
fn pages_called(title: &str, context: &Context<'_>) -> Vec<Page> {
    let texts = context.pieces.iter().filter(|piece| is_markdown(piece)).filter_map(Piece::text);
    let called = texts.filter(|text| heading(text) == Some(title));
    called.map(|text| Page { title: title.to_owned(), properties: properties(text) }).collect()
}

/// The title that a page begins with.
fn heading(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix("# ").map(|text| text.lines().next().unwrap_or_default().trim())
}

fn page(piece: &Piece, context: &Context<'_>) -> Result<Item, Skipped> {
    let text = piece.text().unwrap_or_default();
    let title = title(&document(&piece.path, text)).unwrap_or_else(|| without_id(piece.path.stem()));
    let mut item = Item { origin: piece.path.as_str().to_owned(), title, ..Item::default() };
    item.body = without_asides(text);
    item.id = id_of(piece.path.stem()).map(str::to_owned);
    item.front.add("title", FrontValue::Text(item.title.clone()));
    let properties = properties(text);
    item.date = incident_day(&properties);
    for (name, value) in &properties {
        match name.to_lowercase().as_str() {
            "severity" | "sev" | "priority" => read_severity(value, context.policy, &mut item),
            "tags" | "labels" => read_labels(&parts(value), context.policy, &mut item),
            "services" | "service" | "affected services" | "systems" => {
                item.front.add("services", FrontValue::Texts(parts(value)));
            }
            _ => {}
        }
    }
    item.front.add("date", item.date.map_or(FrontValue::Texts(Vec::new()), FrontValue::Day));
    add_row(&mut item, properties, context);
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

/// The day of the incident; when the page was made, where no property is that day.
fn incident_day(properties: &[(String, String)]) -> Option<NaiveDate> {
    let names: [&[&str]; 2] = [&["date", "incident date", "started", "start"], &["created", "created time"]];
    let given = names.iter().find_map(|names| {
        properties.iter().find(|(name, _)| names.contains(&name.to_lowercase().as_str())).map(|(_, value)| value)
    })?;
    day_of(given).or_else(|| notion_day(given))
}

/// Columns of the database that the page itself does not have.
fn add_row(item: &mut Item, properties: Vec<(String, String)>, context: &Context<'_>) {
    let page = Page { title: item.title.clone(), properties };
    let pages = pages_called(&page.title, context);
    let mut facts = String::new();
    let mut left_out = LeftOut::default();
    for piece in context.pieces.iter().filter(|piece| piece.has_ending(&["csv"])) {
        let database = Database::read(piece);
        let Some(row) = database.row_of(&page, &pages) else { continue };
        for (name, value) in database.columns(row).filter(|(_, value)| !value.is_empty()) {
            if name.is_empty() {
                left_out.name(VALUE, value);
            } else if !page.properties.iter().any(|(own, _)| own == name) && !facts.contains(&format!("**{name}:**")) {
                facts.push_str(&format!("- **{name}:** {}\n", value.replace('\n', " ")));
            }
        }
    }
    item.left_out.extend(left_out.lines());
    if facts.is_empty() {
        return;
    }
    // Behind the title, where facts are.
    let end = item.body.find('\n').filter(|_| item.body.starts_with("# ")).map_or(0, |at| at + 1);
    item.body.insert_str(end, &format!("\n{facts}"));
}

/// A day as Notion writes it: `March 18, 2026` or `March 18, 2026 10:05 AM`, also a range of them.
fn notion_day(text: &str) -> Option<NaiveDate> {
    let start = text.split('→').next().unwrap_or(text).trim_start_matches('@');
    let words: Vec<&str> = start.split_whitespace().take(3).collect();
    NaiveDate::parse_from_str(&words.join(" "), "%B %d, %Y").ok()
}

fn parts(value: &str) -> Vec<String> {
    value.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn without_id(stem: &str) -> String {
    id_of(stem).map_or(stem, |id| stem[..stem.len() - id.len()].trim_end()).to_owned()
}

/// The text without the tags that Notion writes around callouts.
fn without_asides(text: &str) -> String {
    let mut fence = CodeFence::default();
    let mut is_kept = |line: &str| fence.is_in_code(line) || !["<aside>", "</aside>"].contains(&line.trim());
    let lines: Vec<&str> = text.lines().filter(|line| is_kept(line)).collect();
    lines.join("\n") + "\n"
}
