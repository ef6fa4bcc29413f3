//! Front matter and TOML files while they are typed: which table a place is in, and what stands in it already.

use std::collections::BTreeSet;

use super::line;
use crate::lsp::schema::below;
use crate::table::{KeyKind, TableSchema};
use crate::text::Span;

/// What keys and values are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Toml,
    Yaml,
}

/// Keys and values in a part of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Front<'a> {
    text: &'a str,
    pub(super) syntax: Syntax,
    /// The keys of its top.
    pub(super) top: &'static TableSchema,
    span: Span,
    /// The line that closes it, where it is missing.
    pub(super) missing_end: Option<&'static str>,
}

/// The table that a place is in.
#[derive(Debug)]
pub(super) struct TableAt {
    /// The name of the key that takes the table, or nothing at the top.
    pub(super) name: String,
    /// Its keys; none where authors choose them.
    pub(super) schema: Option<&'static TableSchema>,
    /// The kind of a table whose keys authors choose.
    pub(super) kind: Option<KeyKind>,
    pub(super) given: BTreeSet<String>,
}

impl<'a> Front<'a> {
    /// A whole TOML file.
    pub(super) fn of_toml_file(text: &'a str, top: &'static TableSchema) -> Self {
        Self { text, syntax: Syntax::Toml, top, span: Span::new(0, text.len()), missing_end: None }
    }

    /// The front matter around a place, closed or not.
    pub(super) fn around(text: &'a str, top: &'static TableSchema, offset: usize) -> Option<Self> {
        let mut start = 0;
        let mut lines = text.split_inclusive('\n').map(|line| {
            start += line.len();
            (start - line.len(), start, line.trim_end())
        });
        // It opens the file, or stands below its title.
        let (_, first_end, opening) =
            lines.by_ref().find(|(_, _, line)| !line.is_empty() && !line.starts_with("# "))?;
        let (syntax, closing) = match opening {
            "+++" => (Syntax::Toml, "+++"),
            "---" => (Syntax::Yaml, "---"),
            _ if opening.eq_ignore_ascii_case("```toml") => (Syntax::Toml, "```"),
            _ => return None,
        };
        let end = lines.find(|(_, _, line)| *line == closing).map(|(start, ..)| start);
        let span = Span::new(first_end, end.unwrap_or(text.len()));
        let is_open = text[..first_end].ends_with('\n');
        let is_inside = is_open && span.start <= offset && (end.is_none() || offset < span.end);
        is_inside.then_some(Self { text, syntax, top, span, missing_end: end.is_none().then_some(closing) })
    }

    /// The lines before the one of a place.
    fn lines_before(&self, offset: usize) -> &'a str {
        &self.text[self.span.start..line::start(self.text, offset).max(self.span.start)]
    }

    /// The line up to a place.
    pub(super) fn before(&self, offset: usize) -> &'a str {
        line::before(self.text, offset)
    }

    pub(super) fn after(&self, offset: usize) -> &'a str {
        line::after(self.text, offset)
    }

    /// The table that a new line at the place belongs to.
    pub(super) fn table_at(&self, offset: usize) -> TableAt {
        match self.syntax {
            Syntax::Toml => self.toml_table(offset),
            Syntax::Yaml => self.yaml_table(offset),
        }
    }

    fn toml_table(&self, offset: usize) -> TableAt {
        let mut path: Vec<&str> = Vec::new();
        let mut given = BTreeSet::new();
        for line in self.text[self.span.start..self.span.end].split_inclusive('\n').scan(self.span.start, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line.trim()))
        }) {
            let (start, line) = line;
            let is_head = line.starts_with('[');
            if is_head && start >= offset {
                break;
            }
            if is_head {
                given.clear();
                path =
                    line.trim_matches(['[', ']', ' ']).split('.').map(|part| part.trim_matches([' ', '"'])).collect();
            } else if let Some((key, _)) = line.split_once('=')
                && start != line::start(self.text, offset)
            {
                given.insert(key.trim().trim_matches('"').to_owned());
            }
        }
        if path.is_empty() {
            let heads = self.text[self.span.start..self.span.end]
                .lines()
                .filter(|line| line.starts_with('[') && !line.starts_with("[["));
            given.extend(heads.map(|line| line.trim_matches(['[', ']', ' ']).to_owned()));
        }
        self.table(&path, given)
    }

    fn yaml_table(&self, offset: usize) -> TableAt {
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
        let own = indent(self.before(offset));
        let mut path: Vec<&str> = Vec::new();
        let mut given = BTreeSet::new();
        let mut level = own;
        for line in self.lines_before(offset).lines().rev().filter(|line| !line.trim().is_empty()) {
            let Some((key, _)) = line.trim_start_matches([' ', '-']).split_once(':') else { continue };
            let is_sibling = level == own && indent(line) == own;
            if is_sibling && path.is_empty() {
                given.insert(key.to_owned());
                // An item of a list is a table of its own.
                if line.trim_start().starts_with('-') {
                    level = indent(line);
                    given.remove("-");
                }
            } else if indent(line) < level || (line.trim_start() == line && level > 0) {
                path.insert(0, key);
                level = indent(line);
            }
            if level == 0 && own > 0 && !path.is_empty() {
                break;
            }
        }
        self.table(&path, given)
    }

    /// The table that is named by the keys on the way to it.
    pub(super) fn table(&self, path: &[&str], given: BTreeSet<String>) -> TableAt {
        let mut schema = Some(self.top);
        let mut kind = None;
        let mut is_named = false;
        for part in path {
            if is_named {
                is_named = false;
                continue;
            }
            kind = schema.and_then(|schema| schema.key(part)).map(|key| key.kind);
            schema = kind.and_then(below);
            is_named = matches!(kind, Some(KeyKind::Named(_)));
        }
        let name = path.last().map_or("", |part| part).to_owned();
        TableAt { name, schema, kind, given }
    }

    /// The key whose list goes on in the line of a place.
    pub(super) fn open_list(&self, offset: usize) -> Option<&'a str> {
        match self.syntax {
            Syntax::Toml => {
                let above = self.lines_before(offset);
                let line = above.lines().rev().find(|line| line.contains('='))?;
                let (key, value) = line.split_once('=')?;
                let after = &above[above.rfind(value)?..];
                (value.trim_start().starts_with('[') && !after.contains(']')).then(|| key.trim())
            }
            Syntax::Yaml => {
                let line = self.lines_before(offset).lines().rev().find(|line| !line.trim_start().starts_with('-'))?;
                let (key, value) = line.split_once(':')?;
                value.trim().is_empty().then(|| key.trim())
            }
        }
    }
}
