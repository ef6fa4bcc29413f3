//! The names in a template: variables with the loops and components that they stand in, and the templates that it names.

use std::collections::BTreeMap;

use crate::text::Span;

/// What a template names.
#[derive(Default)]
pub(super) struct Scan {
    /// The variables, with their fields, that are not loop variables of unknown lists.
    pub(super) paths: Vec<Path>,
    /// What components are given.
    pub(super) calls: Vec<Call>,
    /// The components that are called.
    pub(super) called: Vec<String>,
    /// The components that it defines.
    pub(super) defined: Vec<String>,
    /// The templates that it extends or includes.
    pub(super) templates: Vec<String>,
}

/// A variable with its fields: `review.card.title`. The item of a list is `[]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// The component that it stands in.
    pub(super) component: Option<String>,
    /// Whether the first part is an argument of that component.
    pub(super) declared: bool,
    /// The name of the variable, then its fields.
    pub(super) parts: Vec<String>,
    /// Where it stands.
    pub(super) span: Span,
}

/// An argument of a component where it is called.
pub(super) struct Call {
    pub(super) component: String,
    pub(super) argument: String,
    pub(super) path: Option<Path>,
}

/// Words that stand where variables do.
const WORDS: [&str; 20] = [
    "and",
    "or",
    "not",
    "in",
    "is",
    "if",
    "else",
    "elif",
    "endif",
    "for",
    "endfor",
    "true",
    "false",
    "none",
    "set",
    "set_global",
    "defined",
    "undefined",
    "loop",
    "super",
];

/// What a name stands for inside a loop: the path of its list, or nothing that is known.
type Scope = BTreeMap<String, Option<Vec<String>>>;

/// Reads a template.
pub(super) fn scan(text: &str) -> Scan {
    let mut reader = Reader { scan: Scan::default(), scopes: vec![Scope::new()], component: None };
    let mut rest = 0;
    while let Some(at) = text[rest..].find('{').map(|at| rest + at) {
        let close = match text.as_bytes().get(at + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                rest = at + 1;
                continue;
            }
        };
        let Some(end) = text[at..].find(close).map(|end| at + end) else { break };
        match close {
            "}}" => reader.expression(text, at + 2, end),
            "%}" => reader.statement(text, at + 2, end),
            _ => {}
        }
        rest = end + 2;
    }
    reader.scan
}

struct Reader {
    scan: Scan,
    scopes: Vec<Scope>,
    component: Option<(String, Vec<String>)>,
}

impl Reader {
    fn statement(&mut self, text: &str, start: usize, end: usize) {
        let inside = text[start..end].trim_matches(['-', ' ', '\n']);
        let (word, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        match word {
            "for" => {
                let (names, list) = rest.split_once(" in ").unwrap_or((rest, &rest[rest.len()..]));
                self.expression(text, start_of(text, list), end);
                let path = path_at(list.trim()).map(|parts| self.resolve(parts)).and_then(|path| {
                    path.map(|mut path| {
                        path.push("[]".to_owned());
                        path
                    })
                });
                let mut scope = Scope::new();
                let is_plain = list.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
                for name in names.split(',') {
                    let known = if names.contains(',') || !is_plain { None } else { path.clone() };
                    scope.insert(name.trim().to_owned(), known);
                }
                self.scopes.push(scope);
            }
            "endfor" if self.scopes.len() > 1 => _ = self.scopes.pop(),
            "set" | "set_global" => {
                let name = rest.split(['=', ' ']).next().unwrap_or_default();
                if let Some(scope) = self.scopes.first_mut() {
                    scope.insert(name.to_owned(), None);
                }
                if let Some((_, value)) = rest.split_once('=') {
                    self.expression(text, start_of(text, value), end);
                }
            }
            "component" => {
                let (name, arguments) = rest.split_once('(').unwrap_or((rest, ""));
                let arguments = arguments.rsplit_once(')').map_or("", |(inside, _)| inside).split(',');
                let names = arguments.map(|argument| argument.split([':', '=']).next().unwrap_or_default().trim());
                self.scan.defined.push(name.trim().to_owned());
                self.component =
                    Some((name.trim().to_owned(), names.map(|name| name.trim_start_matches('@').to_owned()).collect()));
            }
            "endcomponent" => self.component = None,
            "extends" | "include" => {
                if let Some(name) = rest.split('"').nth(1) {
                    self.scan.templates.push(name.to_owned());
                }
            }
            "block" | "endblock" | "endif" | "else" => {}
            _ => self.expression(text, start, end),
        }
    }

    fn expression(&mut self, text: &str, start: usize, end: usize) {
        let inside = &text[start..end];
        let component = inside
            .trim_start_matches(['-', ' '])
            .strip_prefix('<')
            .map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default().to_owned());
        if let Some(component) = &component {
            self.scan.called.push(component.clone());
        }
        let bytes = inside.as_bytes();
        let mut at = 0;
        let mut skip_next = component.is_some();
        while at < bytes.len() {
            let c = bytes[at];
            if matches!(c, b'"' | b'\'' | b'`') {
                at += 1 + inside[at + 1..].find(char::from(c)).unwrap_or(inside.len() - at - 1) + 1;
            } else if c.is_ascii_alphabetic() || c == b'_' {
                let length = inside[at..]
                    .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '?')))
                    .unwrap_or(inside.len() - at);
                let word = &inside[at..at + length];
                let after = inside[at + length..].trim_start();
                let before = inside[..at].trim_end();
                let is_argument = after.starts_with('=') && !after.starts_with("==") && !word.contains('.');
                let is_filter = before.ends_with(['|', '.']) || before.ends_with(" is") || before.ends_with("is not");
                if skip_next {
                    skip_next = false;
                } else if is_argument {
                    if let Some(component) = &component {
                        let value = after[1..].trim_start().strip_prefix('{').map(str::trim_start);
                        let path = value.and_then(path_at).and_then(|parts| self.path(parts, start + at, word.len()));
                        self.scan.calls.push(Call { component: component.clone(), argument: word.to_owned(), path });
                    }
                } else if !is_filter
                    && !after.starts_with('(')
                    && !WORDS.contains(&word.split('.').next().unwrap_or_default())
                    && let Some(path) = path_at(word).and_then(|parts| self.path(parts, start + at, length))
                {
                    self.scan.paths.push(path);
                }
                at += length;
            } else if c.is_ascii_digit() {
                at += inside[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(inside.len() - at);
            } else {
                at += inside[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
    }

    fn path(&self, parts: Vec<String>, at: usize, length: usize) -> Option<Path> {
        let parts = self.resolve(parts)?;
        let (component, declared) = match &self.component {
            Some((name, arguments)) => (Some(name.clone()), arguments.contains(&parts[0])),
            None => (None, true),
        };
        Some(Path { component, declared, parts, span: Span::new(at, at + length) })
    }

    /// A path from a variable of the page; none when it begins with something that is not known.
    fn resolve(&self, parts: Vec<String>) -> Option<Vec<String>> {
        for scope in self.scopes.iter().rev() {
            if let Some(known) = scope.get(&parts[0]) {
                let mut path = known.clone()?;
                path.extend(parts.into_iter().skip(1));
                return Some(path);
            }
        }
        Some(parts)
    }
}

/// Where a part of a text begins in it.
fn start_of(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

/// The path that a text begins with.
fn path_at(text: &str) -> Option<Vec<String>> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '?'))).unwrap_or(text.len());
    let parts: Vec<String> = text[..end]
        .split('.')
        .map(|part| part.trim_end_matches('?').to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let begins = parts.first()?.starts_with(|c: char| c.is_alphabetic() || c == '_');
    // What stands in brackets after it is not read.
    (begins && !text[end..].starts_with('[')).then_some(parts)
}
