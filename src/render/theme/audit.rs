//! What is wrong with a site's own theme although it can be loaded: variables that no page has, files that nothing uses.

use std::collections::{BTreeMap, BTreeSet};

use super::audit_words::audit_words;
use super::built_in::{BuiltIn, files_below, templates as built_in_templates};
use super::scan::{Path, Scan, scan};
use crate::diagnostic::{Diagnostic, Level, ProblemKind};
use crate::render::contract::{Contract, Field, ValueType};
use crate::rules::of_problem;
use crate::text::{Source, SourceSet, Span, nearest};

/// The components, each with the types of its arguments, as far as they are known.
type Arguments = BTreeMap<(String, String), ValueType>;

/// The folders of a theme.
const PARTS: [&str; 3] = ["templates", "assets", "i18n"];

/// A template of the site's own theme.
struct OwnTemplate<'a> {
    name: &'a str,
    source: &'a Source,
    scan: Scan,
}

/// Looks at the files of `themes/<name>/`, and at the words in the language `tag` of the site.
pub fn audit(name: &str, tag: &str, sources: &SourceSet) -> Vec<Diagnostic> {
    let folder = format!("themes/{name}");
    let own = |part: &str| -> Vec<(&str, &Source)> {
        let below = format!("{folder}/{part}");
        sources.texts.values().filter_map(|source| Some((source.path.below(&below)?, source))).collect()
    };
    let bases = BuiltIn::bases(name);
    let built_in: BTreeMap<String, String> = bases.iter().rev().flat_map(|base| built_in_templates(base)).collect();
    let templates = own("templates");
    let scans: Vec<OwnTemplate<'_>> =
        templates.iter().map(|(name, source)| OwnTemplate { name, source, scan: scan(&source.text) }).collect();
    let mut findings = Vec::new();
    let contract = Contract::new();
    let arguments = arguments(&contract, &built_in);
    for template in &scans {
        findings.extend(unknown_variables(&contract, &arguments, template));
    }
    findings.extend(unused_templates(&scans, &built_in));
    findings.extend(unused_assets(sources, &folder, &bases, &scans));
    findings.extend(unread_files(sources, &folder));
    findings.extend(audit_words(&own("i18n"), tag, &folder));
    findings.sort_by(|a, b| (&a.path, a.span.start).cmp(&(&b.path, b.span.start)));
    findings
}

/// What each argument of the built-in components holds, from the places where the built-in templates use them.
fn arguments(contract: &Contract, built_in: &BTreeMap<String, String>) -> Arguments {
    let mut known = Arguments::new();
    // A component inside a component inside a page takes three rounds.
    for _ in 0..4 {
        let before = known.clone();
        for (name, text) in built_in {
            let scan = scan(text);
            for call in &scan.calls {
                let value = call.path.as_ref().and_then(|path| value_of(contract, &before, name, path).ok().flatten());
                if let Some(value) = value {
                    known.insert((call.component.clone(), call.argument.clone()), value);
                }
            }
        }
    }
    known
}

/// The type of what a path leads to; none when that is not known. The error is the field, or the variable, that is not
/// there.
fn value_of(
    contract: &Contract,
    arguments: &Arguments,
    template: &str,
    path: &Path,
) -> Result<Option<ValueType>, Unknown> {
    let root = match &path.component {
        Some(component) => {
            if !path.declared {
                return Err(Unknown { what: path.parts[0].clone(), known: Vec::new(), is_variable: true });
            }
            arguments.get(&(component.clone(), path.parts[0].clone())).cloned()
        }
        None => Some(variable(contract, template, &path.parts[0])?),
    };
    let Some(mut value) = root else { return Ok(None) };
    for (at, part) in path.parts.iter().enumerate().skip(1) {
        if part == "[]" {
            value = value.item().clone();
            continue;
        }
        let Some(fields) = contract.fields(&value) else { return Ok(None) };
        let Some(next) = fields.iter().find(|field| field.name == *part) else {
            let what = path.parts[..=at].iter().filter(|part| *part != "[]").cloned().collect::<Vec<_>>().join(".");
            return Err(Unknown { what, known: names(fields), is_variable: false });
        };
        value = next.value.clone();
    }
    Ok(Some(value))
}

/// A name that leads nowhere.
struct Unknown {
    what: String,
    known: Vec<String>,
    is_variable: bool,
}

/// What a variable of a template holds. A template that pages are not made with may be part of any.
fn variable(contract: &Contract, template: &str, name: &str) -> Result<ValueType, Unknown> {
    let own = contract.templates.iter().find(|(known, _)| *known == template);
    let seen: Vec<&Field> = match own {
        Some((_, own)) => contract.shared.iter().chain(own).collect(),
        None => contract.shared.iter().chain(contract.templates.iter().flat_map(|(_, own)| own)).collect(),
    };
    match seen.iter().find(|field| field.name == name) {
        Some(field) => Ok(field.value.clone()),
        None => Err(Unknown { what: name.to_owned(), known: names(seen), is_variable: true }),
    }
}

fn names<'f>(fields: impl IntoIterator<Item = &'f Field>) -> Vec<String> {
    fields.into_iter().map(|field| field.name.clone()).collect()
}

fn unknown_variables(contract: &Contract, arguments: &Arguments, template: &OwnTemplate<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for path in &template.scan.paths {
        let Err(unknown) = value_of(contract, arguments, template.name, path) else { continue };
        let what = if unknown.is_variable { "variable" } else { "field" };
        let mut finding = broken(template.source, path.span, format!("there is no {what} `{}` here", unknown.what));
        let last = unknown.what.rsplit('.').next().unwrap_or_default();
        finding.help = Some(match nearest(last, unknown.known.iter().map(String::as_str)) {
            Some(near) => format!("Did you mean `{near}`?"),
            None if unknown.known.is_empty() => "A component sees its arguments only: pass it on.".to_owned(),
            None => format!("There are: {}.", unknown.known.join(", ")),
        });
        findings.push(finding);
    }
    findings
}

/// Templates that take no built-in one's place, that nothing includes or extends, and whose components nothing calls.
fn unused_templates(scans: &[OwnTemplate<'_>], built_in: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let built_in_scans: Vec<Scan> = built_in.values().map(|text| scan(text)).collect();
    let all = || scans.iter().map(|template| &template.scan).chain(&built_in_scans);
    let named: BTreeSet<&str> = all().flat_map(|scan| scan.templates.iter().map(String::as_str)).collect();
    let called: BTreeSet<&str> = all().flat_map(|scan| scan.called.iter().map(String::as_str)).collect();
    let mut findings = Vec::new();
    for OwnTemplate { name, source, scan } in scans {
        let is_used = built_in.contains_key(*name) || named.contains(name);
        let defines_used = scan.defined.iter().any(|component| called.contains(component.as_str()));
        if !is_used && !defines_used {
            let mut finding = unused(source.path.as_str(), format!("nothing uses the template `{name}`"));
            finding.help = Some(match nearest(name, built_in.keys().map(String::as_str)) {
                Some(near) => format!("Call it `{near}` to take the place of that one."),
                None => "Include it in another template, or delete it.".to_owned(),
            });
            findings.push(finding);
        }
    }
    findings
}

/// Files that take no built-in one's place and that no template and no style sheet names.
fn unused_assets(
    sources: &SourceSet,
    folder: &str,
    bases: &[&'static BuiltIn],
    scans: &[OwnTemplate<'_>],
) -> Vec<Diagnostic> {
    let below = format!("{folder}/assets");
    let paths = sources.texts.keys().chain(sources.assets.keys());
    let own: Vec<(&str, &str)> = paths.filter_map(|path| Some((path.below(&below)?, path.as_str()))).collect();
    let built_in: BTreeSet<String> =
        bases.iter().flat_map(|base| files_below(base, "assets")).map(|(name, _)| name).collect();
    let is_named = |name: &str| scans.iter().any(|template| template.source.text.contains(&format!("\"{name}\"")));
    let is_unused = |name: &str| name != "site.css" && !built_in.contains(name) && !is_named(name);
    let finding = |(name, path): (&str, &str)| {
        let mut finding = unused(path, format!("nothing uses the file `{name}`"));
        finding.help("Name it in a template as page.assets[\"…\"], or delete it. Colours belong into `site.css`.");
        finding
    };
    own.into_iter().filter(|(name, _)| is_unused(name)).map(finding).collect()
}

/// Files beside the three folders of a theme, but for those that tell people about it.
fn unread_files(sources: &SourceSet, folder: &str) -> Vec<Diagnostic> {
    let is_read = |name: &str| PARTS.iter().any(|part| name.starts_with(&format!("{part}/")));
    let is_for_people = |name: &str| {
        let name = name.to_lowercase();
        name.ends_with(".md")
            || ["licen", "readme", "copying", "notice", "."].iter().any(|start| name.starts_with(start))
    };
    let paths = sources.texts.keys().chain(sources.assets.keys());
    let names = paths.filter_map(|path| Some((path.below(folder)?, path.as_str())));
    let unread = names.filter(|(name, _)| !is_read(name) && !is_for_people(name));
    let finding = |(name, path): (&str, &str)| {
        let mut finding = unused(path, format!("nothing reads `{name}`"));
        finding.help(
            "A theme has the folders `templates`, `assets` and `i18n`: move the file into one of them, or delete it.",
        );
        finding
    };
    unread.map(finding).collect()
}

fn broken(source: &Source, span: Span, message: String) -> Diagnostic {
    Diagnostic::new(of_problem(ProblemKind::BrokenTemplate).metadata, source.path.as_str(), span, message)
}

/// A finding about a file that does not do what it seems to.
pub(super) fn unused(path: &str, message: String) -> Diagnostic {
    let mut finding = Diagnostic::new(of_problem(ProblemKind::BrokenTemplate).metadata, path, Span::at(0), message);
    finding.level = Level::Warning;
    finding
}
