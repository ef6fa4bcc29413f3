//! Keys and values of front matter and TOML files.

use lsp_types::CompletionItemKind;

use super::front::{Front, Syntax, TableAt};
use super::proposal::{Proposal, choice, escaped};
use super::{Proposals, value};
use crate::diagnostic::Metadata;
use crate::lsp::schema::below;
use crate::lsp::view::View;
use crate::rules::CATALOGUE;
use crate::table::{Key, KeyKind, Requirement};

/// What can be written at a place among keys and values.
pub(super) fn propose(view: &View<'_>, front: &Front<'_>, offset: usize) -> Option<Proposals> {
    let before = front.before(offset);
    let table = front.table_at(offset);
    let sign = match front.syntax {
        Syntax::Toml => '=',
        Syntax::Yaml => ':',
    };
    if before.trim_start().starts_with('#') {
        return None;
    }
    if let Some((key, written)) = before.split_once(sign).filter(|(key, _)| !key.contains('"')) {
        let key = key.trim_matches([' ', '-', '\t']);
        if let Some(found) = in_inline_table(view, front, &Asked { table: &table, key, written, offset }) {
            return found;
        }
        return values(view, front, &Asked { table: &table, key, written, offset });
    }
    let is_item =
        before.trim_start().starts_with(['"', '-']) || front.syntax == Syntax::Toml && before.trim().is_empty();
    if is_item && let Some(key) = front.open_list(offset) {
        let is_list = table
            .schema
            .or(Some(front.top))
            .and_then(|schema| schema.key(key))
            .is_some_and(|key| matches!(key.kind, KeyKind::Texts | KeyKind::Words(_)));
        if is_list {
            let written = before.trim_start_matches([' ', '-', '\t']);
            let table = front.table(&[], Default::default());
            return values(view, front, &Asked { table: &table, key, written, offset });
        }
    }
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '[' | '.' | '+' | '`');
    let typed = before.trim_start().trim_start_matches("- ");
    typed.chars().all(is_key).then(|| keys(view, front, &table, offset - typed.len()))
}

/// A value that is asked for.
struct Asked<'a> {
    table: &'a TableAt,
    key: &'a str,
    /// What stands behind the sign after the key.
    written: &'a str,
    offset: usize,
}

/// What can be written in a table on one line, `{ answer = "no" }`; none outside of one.
fn in_inline_table(view: &View<'_>, front: &Front<'_>, asked: &Asked<'_>) -> Option<Option<Proposals>> {
    let open = asked
        .written
        .rfind('{')
        .filter(|open| front.syntax == Syntax::Toml && !asked.written[*open..].contains('}'))?;
    let kind = asked.table.schema.and_then(|schema| schema.key(asked.key)).map(|key| key.kind);
    let inner = &asked.written[open + 1..];
    let pair = inner.rsplit(',').next().unwrap_or(inner);
    let given =
        inner.split(',').filter_map(|pair| pair.split_once('=')).map(|(key, _)| key.trim().to_owned()).collect();
    let table = TableAt { name: asked.key.to_owned(), schema: kind.and_then(below), kind, given };
    Some(match pair.split_once('=') {
        Some((key, written)) => {
            values(view, front, &Asked { table: &table, key: key.trim(), written, offset: asked.offset })
        }
        None => Some(keys(view, front, &table, asked.offset - pair.trim_start().len())),
    })
}

fn values(view: &View<'_>, front: &Front<'_>, asked: &Asked<'_>) -> Option<Proposals> {
    let words = value::words(view, asked.table, asked.key);
    let quotes = asked.written.matches('"').count();
    let is_quoted = quotes % 2 == 1;
    let start = match is_quoted {
        true => asked.written.rfind('"').map_or(0, |at| at + 1),
        false => asked.written.rfind(['[', ',', ' ']).map_or(0, |at| at + 1),
    };
    let start = asked.offset - asked.written.len() + start;
    let is_closed = front.after(asked.offset).starts_with('"');
    let is_list = asked
        .table
        .schema
        .and_then(|schema| schema.key(asked.key))
        .is_some_and(|key| matches!(key.kind, KeyKind::Texts | KeyKind::Words(_)))
        && !asked.written.contains('[')
        && front.syntax == Syntax::Toml
        && front.before(asked.offset).contains('=');
    let list = words.into_iter().map(|word| {
        let text = match (word.is_bare || front.syntax == Syntax::Yaml, is_quoted, is_closed) {
            (_, true, true) => escaped(&word.text),
            (_, true, false) => format!("{}\"", escaped(&word.text)),
            (true, false, _) => escaped(&word.text),
            (false, false, _) => format!("\"{}\"", escaped(&word.text)),
        };
        let text = if is_list && !is_quoted { format!("[{text}]") } else { text };
        let proposal = Proposal::new(&word.text, CompletionItemKind::ENUM_MEMBER, text).about(word.about);
        let found_by = if is_quoted { format!("{} {}", word.text, word.detail) } else { String::new() };
        proposal.detail(word.detail).found_by(found_by)
    });
    Some(Proposals { start, list: list.collect() })
}

fn keys(view: &View<'_>, front: &Front<'_>, table: &TableAt, start: usize) -> Proposals {
    let mut list = Vec::new();
    list.extend(
        front
            .missing_end
            .filter(|_| front.syntax == Syntax::Toml || table.name.is_empty())
            .map(|end| Proposal::new(end, CompletionItemKind::KEYWORD, end).detail("the end of the front matter")),
    );
    let is_free = |key: &&Key| !table.given.contains(key.name) || matches!(key.kind, KeyKind::Tables(_));
    let mut keys: Vec<&Key> = table.schema.into_iter().flat_map(|schema| schema.keys).filter(is_free).collect();
    keys.sort_by_key(|key| key.need != Requirement::Always);
    let words = |key: &Key| {
        // What stands in a choice; other names are asked for once the key is there.
        let is_chosen = matches!(key.kind, KeyKind::Word(_) | KeyKind::Date | KeyKind::Flag) || key.takes_unknown;
        let words = if is_chosen { value::words(view, table, key.name) } else { Vec::new() };
        words.into_iter().map(|word| word.text).collect::<Vec<_>>()
    };
    let is_top = table.name.is_empty();
    list.splice(
        0..0,
        keys.into_iter().filter(|key| is_top || front.syntax == Syntax::Yaml || is_line(key.kind)).map(|key| {
            let text = match front.syntax {
                Syntax::Toml => toml_line(key, &words(key)),
                Syntax::Yaml => yaml_line(key, &words(key)),
            };
            let need = if key.need == Requirement::Always { "required" } else { "" };
            let proposal = Proposal::new(key.name, CompletionItemKind::PROPERTY, text).about(key.about).detail(need);
            if matches!(key.kind, KeyKind::Date) { proposal } else { proposal.ends_at_first_place() }
        }),
    );
    if table.kind.is_some_and(|kind| matches!(kind, KeyKind::Reasons | KeyKind::Levels)) {
        list.extend(rules(view, table, front.syntax));
    }
    // The other tables of the top can follow anywhere.
    if !is_top && front.syntax == Syntax::Toml {
        let tables = front.top.keys.iter().filter(|key| !is_line(key.kind));
        list.extend(
            tables.map(|key| Proposal::new(key.name, CompletionItemKind::STRUCT, toml_line(key, &[])).about(key.about)),
        );
    }
    Proposals { start, list }
}

/// Whether a key is written on one line.
fn is_line(kind: KeyKind) -> bool {
    match kind {
        KeyKind::Text
        | KeyKind::Date
        | KeyKind::Count
        | KeyKind::Flag
        | KeyKind::Texts
        | KeyKind::Word(_)
        | KeyKind::Words(_)
        | KeyKind::TextOrTable(_) => true,
        KeyKind::Table(_)
        | KeyKind::Tables(_)
        | KeyKind::Named(_)
        | KeyKind::NamedTexts
        | KeyKind::Reasons
        | KeyKind::Levels
        | KeyKind::Any => false,
    }
}

/// A key with a place for its value, or the head of its table.
fn toml_line(key: &Key, words: &[String]) -> String {
    let name = key.name;
    let chosen = || choice(1, words.iter().map(String::as_str));
    match key.kind {
        KeyKind::Date | KeyKind::Count | KeyKind::Flag if words.is_empty() => {
            format!("{name} = ${{1:{}}}", escaped(key.example))
        }
        KeyKind::Date | KeyKind::Count | KeyKind::Flag => format!("{name} = {}", chosen()),
        KeyKind::Texts | KeyKind::Words(_) => format!("{name} = [\"$1\"]"),
        KeyKind::Word(_) => format!("{name} = \"{}\"", chosen()),
        KeyKind::Text if key.takes_unknown && !words.is_empty() => format!("{name} = \"{}\"", chosen()),
        KeyKind::Text | KeyKind::TextOrTable(_) => format!("{name} = \"$1\""),
        KeyKind::Tables(_) => format!("[[{name}]]"),
        KeyKind::Named(_) => format!("[{name}.${{1:name}}]"),
        KeyKind::Table(_) | KeyKind::NamedTexts | KeyKind::Reasons | KeyKind::Levels | KeyKind::Any => {
            format!("[{name}]")
        }
    }
}

fn yaml_line(key: &Key, words: &[String]) -> String {
    let name = key.name;
    match key.kind {
        KeyKind::Word(_) | KeyKind::Date | KeyKind::Flag => {
            format!("{name}: {}", choice(1, words.iter().map(String::as_str)))
        }
        KeyKind::Text | KeyKind::TextOrTable(_) => format!("{name}: \"$1\""),
        KeyKind::Texts | KeyKind::Words(_) => format!("{name}: [$1]"),
        KeyKind::Count => format!("{name}: $1"),
        KeyKind::Tables(_) => format!("{name}:\n  - $1"),
        KeyKind::Table(_)
        | KeyKind::Named(_)
        | KeyKind::NamedTexts
        | KeyKind::Reasons
        | KeyKind::Levels
        | KeyKind::Any => format!("{name}:\n  $1"),
    }
}

/// The names of rules, those that find something in this file first.
fn rules(view: &View<'_>, table: &TableAt, syntax: Syntax) -> Vec<Proposal> {
    let mut rules: Vec<_> = CATALOGUE.iter().filter(|rule| !table.given.contains(rule.metadata.name)).collect();
    rules.sort_by_key(|rule| !view.findings().any(|finding| finding.rule.code == rule.metadata.code));
    let sign = if syntax == Syntax::Toml { " = " } else { ": " };
    let line = |rule: &'static Metadata| {
        let name = rule.name;
        Proposal::new(name, CompletionItemKind::PROPERTY, format!("{name}{sign}\"$1\""))
            .about(rule.summary)
            .ends_at_first_place()
    };
    rules.into_iter().map(|rule| line(rule.metadata)).collect()
}
