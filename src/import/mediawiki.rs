//! Pages of MediaWiki: a text, or the XML of `Special:Export`.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Context;
use super::container::Container;
use super::html::Converted;
use super::item::{Batch, Item, Skipped};
use super::json::FIELD;
use super::left_out::{Kind, LeftOut};
use super::markdown::is_markdown_ending;
use super::piece::{Piece, line_of};
use super::wikitext::to_markdown;
use super::written::FrontValue;

/// `Special:Export`, `dumpBackup.php` and dumps.
pub(super) const EXPORT: Container =
    Container { name: "mediawiki-xml", title: "MediaWiki exports", takes: takes_export, convert: convert_export };

/// The text of a page, by `?action=raw`.
pub(super) const PAGE: Container =
    Container { name: "mediawiki", title: "MediaWiki pages", takes: takes_page, convert: convert_page };

/// Spaces of names whose pages are not about incidents, by number: talk pages are odd ones.
const CONTENT_SPACES: [&str; 3] = ["0", "4", "2"];

const ABOVE: Kind = ("page above it in the wiki", "pages above it in the wiki");
const EARLIER: Kind = ("earlier revision", "earlier revisions");

fn takes_export(piece: &Piece) -> bool {
    piece.text().is_some_and(|text| text.trim_start().starts_with('<') && text.contains("<mediawiki"))
}

fn takes_page(piece: &Piece) -> bool {
    let Some(text) = piece.text() else { return false };
    let is_wiki_heading = |line: &str| {
        line.strip_prefix("==").is_some_and(|rest| {
            rest.trim_end().strip_suffix("==").is_some_and(|words| words.contains(char::is_alphanumeric))
        })
    };
    // `# ` begins an item of a numbered list there, so only this heading tells.
    let has_wiki_heading = || text.lines().any(is_wiki_heading);
    let may_be = piece.path.extension().is_none_or(|ending| is_markdown_ending(ending) || ending == "txt");
    piece.has_ending(&["wiki", "mediawiki", "wikitext"]) || (may_be && has_wiki_heading())
}

fn convert_page(piece: &Piece, context: &Context<'_>) -> Batch {
    let title = piece.path.stem().replace('_', " ");
    let page = WikiPage { title, text: piece.text().unwrap_or_default().to_owned(), ..WikiPage::default() };
    Batch::one(item(piece.path.as_str().to_owned(), page, context))
}

fn item(origin: String, page: WikiPage, context: &Context<'_>) -> Result<Item, Skipped> {
    let redirects = page.text.trim_start().get(..9).is_some_and(|start| start.eq_ignore_ascii_case("#redirect"));
    if redirects {
        return Err(Skipped { origin, why: "a page that leads to another one".to_owned() });
    }
    let Converted { markdown: body, mut left_out } =
        to_markdown(&page.text).map_err(|why| Skipped { origin: origin.clone(), why })?;
    // A page is called by its path: `Incidents/2026-03-18 search`.
    let title = page.title.rsplit('/').next().unwrap_or(&page.title);
    let spaces = page.title.strip_suffix(title).unwrap_or_default().trim_end_matches('/');
    if !spaces.is_empty() {
        left_out.name(ABOVE, spaces);
    }
    left_out.count(EARLIER, page.revisions.saturating_sub(1));
    left_out.extend(page.unread);
    let mut item = Item { origin, title: title.to_owned(), body, left_out: left_out.lines(), ..Item::default() };
    item.name = super::moment::day_of(title).is_some().then(|| title.to_owned());
    item.front.add_text("title", Some(title));
    if let Some((day, rest)) = super::moment::compact_day(title) {
        item.date = Some(day);
        item.name = Some(format!("{day}-{rest}"));
        item.front.add("date", FrontValue::Day(day));
    }
    item.if_review(context)
}

/// A page of an export.
#[derive(Default)]
struct WikiPage {
    title: String,
    space: String,
    /// That of the last revision.
    text: String,
    revisions: usize,
    /// What is known about the page besides.
    unread: LeftOut,
}

fn convert_export(piece: &Piece, context: &Context<'_>) -> Batch {
    let mut batch = Batch::default();
    match pages(piece.text().unwrap_or_default()) {
        Err(why) => batch.skipped.push(Skipped { origin: piece.path.as_str().to_owned(), why }),
        Ok(pages) => {
            for page in pages {
                let origin = format!("{} {}", piece.path, page.title);
                let is_content = page.space.is_empty() || CONTENT_SPACES.contains(&page.space.as_str());
                match is_content || context.wish.container.is_some() {
                    true => batch.add(item(origin, page, context)),
                    false => batch.skipped.push(Skipped { origin, why: "no page of content".to_owned() }),
                }
            }
        }
    }
    batch
}

/// The pages with their last revision.
fn pages(xml: &str) -> Result<Vec<WikiPage>, String> {
    let broken = |error: &dyn std::fmt::Display, place: u64| {
        format!("broken XML in line {}: {error}", line_of(xml, place as usize))
    };
    let mut reader = Reader::from_str(xml);
    let (mut pages, mut page) = (Vec::new(), WikiPage::default());
    let mut said = String::new();
    loop {
        match reader.read_event().map_err(|error| broken(&error, reader.error_position()))? {
            Event::Eof if !page.title.is_empty() => return Err(format!("it ends within the page `{}`", page.title)),
            Event::Eof => return Ok(pages),
            Event::Start(tag) => {
                said.clear();
                if tag.local_name().as_ref() == "page" {
                    page = WikiPage::default();
                }
            }
            Event::Text(text) => said.push_str(&text),
            Event::CData(text) => said.push_str(&text),
            Event::GeneralRef(name) => said.push_str(&resolved(&name)),
            Event::End(tag) => {
                let value = std::mem::take(&mut said);
                match tag.local_name().as_ref() {
                    "title" => page.title = value,
                    "ns" => page.space = value,
                    "text" => (page.text, page.revisions) = (value, page.revisions + 1),
                    "page" => pages.push(std::mem::take(&mut page)),
                    name if !value.trim().is_empty() => page.unread.name_once(FIELD, name),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// The sign of a reference such as `amp` or `#8211`. Other entities are not resolved, so no text grows.
fn resolved(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    let sign = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => number.and_then(char::from_u32),
    };
    sign.map_or_else(|| format!("&{name};"), String::from)
}
