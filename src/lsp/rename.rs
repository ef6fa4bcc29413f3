//! A factor or the label of a weakness under another name, everywhere at once.

use lsp_types::{PrepareRenameResponse, WorkspaceEdit};

use super::edit::{Changes, workspace_edit};
use super::mention::{self, Mention, Name, Role, unquoted};
use super::navigation::{everywhere, mentions};
use super::schema::tables_in;
use super::view::{REGISTRY, View};
use crate::diagnostic::Problems;
use crate::language::capitalised;
use crate::table::{Entry, Table, ValueKind, read_toml};
use crate::text::{Edit, IdKind, Span, kebab_case};

/// The words at a place that can be renamed.
pub(super) fn prepare(view: &View<'_>, offset: usize) -> Option<PrepareRenameResponse> {
    let mentions = mentions(view);
    let mention = mention::at(&mentions, offset).filter(|mention| !matches!(mention.name, Name::Review(_)))?;
    let placeholder = mention.span.slice(view.text()).to_owned();
    Some(PrepareRenameResponse::RangeWithPlaceholder { range: view.range(mention.span), placeholder })
}

/// The changes that give a factor or a label a new name.
///
/// # Errors
///
/// Nothing there can be renamed, or the new name cannot be one.
pub(super) fn rename(view: &View<'_>, offset: usize, new: &str) -> Result<WorkspaceEdit, String> {
    let mentions = mentions(view);
    let name = mention::at(&mentions, offset).map(|mention| &mention.name);
    let changes = match name {
        Some(name @ Name::Factor(id)) => rename_factor(view, name, id, new)?,
        Some(name @ Name::Label(label)) => rename_label(view, &mentions, (name, label), new)?,
        Some(Name::Review(_)) => {
            return Err("the id of a review is its address; give the file a new name, and the old one under `aliases`"
                .to_owned());
        }
        None => return Err("there is no factor and no label here".to_owned()),
    };
    workspace_edit(view, &changes).ok_or_else(|| "a file is not there any more".to_owned())
}

/// The new id in the registry and wherever the old one is written. The old one becomes an alias, by which published
/// addresses and what other sites say are found.
fn rename_factor(view: &View<'_>, name: &Name, old: &str, new: &str) -> Result<Changes, String> {
    let registry = &view.known().policy.registry;
    if IdKind::Factor.fault(new).is_some() {
        return Err(format!("`{new}` is no id of a factor: it has small letters, digits and hyphens only"));
    }
    if registry.get(new).is_some() {
        return Err(format!("the registry has a factor `{new}` already"));
    }
    let sources = &view.known().sources;
    let text_of = |path: &str| sources.text(path).map(|source| &*source.text).unwrap_or_default();
    let mut changes = Changes::new();
    for (path, mention) in everywhere(view, name) {
        // The names that texts write out, and other aliases, stay.
        if mention.span.slice(text_of(&path)) == old {
            changes.entry(path).or_default().push(Edit { span: mention.span, text: new.to_owned() });
        }
    }
    let alias = alias(text_of(REGISTRY), old).ok_or("the registry does not define this factor")?;
    changes.entry(REGISTRY.to_owned()).or_default().push(alias);
    for edits in changes.values_mut() {
        edits.sort();
        edits.dedup();
    }
    Ok(changes)
}

/// The edit that adds an id to the aliases of its factor.
fn alias(registry: &str, id: &str) -> Option<Edit> {
    let table = read_toml(registry, Span::new(0, registry.len()), &mut Problems::default());
    let is_meant = |table: &&Table| table.get("id").and_then(|entry| entry.value.kind.text()) == Some(id);
    let factor = tables_in(&table.get("factor")?.value.kind).into_iter().find(is_meant)?;
    let entry: Option<&Entry> = factor.get("aliases");
    match entry.map(|entry| (&entry.value.kind, entry.value.span)) {
        Some((ValueKind::Array(aliases), span)) => {
            let sign = if aliases.is_empty() { "" } else { ", " };
            Some(Edit { span: Span::at(span.start + 1), text: format!("\"{id}\"{sign}") })
        }
        Some(_) => None,
        None => {
            let end = factor.get("id")?.value.span.end;
            let line_end = registry[end..].find('\n').map_or(registry.len(), |at| end + at);
            Some(Edit { span: Span::at(line_end), text: format!("\naliases = [\"{id}\"]") })
        }
    }
}

/// New words at the item, and the label that follows from them wherever an action answers it.
fn rename_label(view: &View<'_>, mentions: &[Mention], old: (&Name, &str), new: &str) -> Result<Changes, String> {
    let (name, old) = old;
    let label = kebab_case(new);
    if label.is_empty() {
        return Err("a label has letters or digits".to_owned());
    }
    if label != old && mentions.iter().any(|mention| mention.name == Name::Label(label.clone())) {
        return Err(format!("the review has a label `{label}` already"));
    }
    let words = if label == new { capitalised(&new.replace('-', " ")) } else { new.trim().to_owned() };
    let text = view.text();
    let mut edits = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.name == *name) {
        let written = mention.span.slice(text);
        let new = match mention.role {
            Role::Given => {
                let is_end = |c: char| matches!(c, '.' | ':' | ',' | '!' | '?' | '。' | '：');
                let span = unquoted(mention.span, text);
                let end = span.slice(text).chars().last().filter(|c| is_end(*c) && !words.ends_with(is_end));
                format!("{words}{}", end.map(String::from).unwrap_or_default())
            }
            // A cell may say it in the words of the item.
            Role::Answered | Role::Used if kebab_case(written) == written => label.clone(),
            Role::Answered | Role::Used => words.trim_end_matches(['.', ':', ',']).to_owned(),
        };
        edits.push(Edit { span: mention.span, text: new });
    }
    edits.dedup();
    Ok(Changes::from([(view.source.path.as_str().to_owned(), edits)]))
}
