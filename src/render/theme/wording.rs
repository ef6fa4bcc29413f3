//! What is wrong in a site's own words: keys that nothing asks for, words that are missing, forms that do not fit.

use std::collections::BTreeSet;

use super::audit::unused;
use crate::diagnostic::Diagnostic;
use crate::language::{Language, Phrase, Phrases, names, placeholders};
use crate::text::{Source, nearest};

/// How many keys a finding names.
const NAMED: usize = 5;

/// Looks at a theme's files of words, each with its name below `i18n`, and at whether `tag` has words at all.
pub(super) fn wording(files: &[(&str, &Source)], tag: &str, folder: &str) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (name, source) in files {
        let tag = name.strip_suffix(".toml").unwrap_or(name);
        let mut phrases = Phrases::default();
        phrases.add(&source.text);
        let own = Language::new(tag, phrases);
        findings.extend(unknown(&own, source));
        findings.extend(misfits(&own, source));
        let missing = missing(tag, files);
        if !missing.is_empty() {
            findings.push(lacks(source.path.as_str(), tag, &missing));
        }
    }
    let has_file = |name: &String| files.iter().any(|(file, _)| file.to_lowercase() == format!("{name}.toml"));
    let missing = missing(tag, files);
    if !missing.is_empty() && !names(tag).iter().skip(1).any(has_file) {
        findings.push(lacks(&format!("{folder}/i18n/{}.toml", tag.to_lowercase()), tag, &missing));
    }
    findings
}

/// The keys that have words in English only.
fn missing(tag: &str, files: &[(&str, &Source)]) -> Vec<String> {
    let mut phrases = Phrases::default();
    for name in names(tag).into_iter().filter(|name| name != "en" || tag == "en") {
        phrases.add_built_in(&name);
        for (_, source) in files.iter().filter(|(file, _)| file.to_lowercase() == format!("{name}.toml")) {
            phrases.add(&source.text);
        }
    }
    let own = Language::new(tag, phrases);
    let english = Language::english();
    let keys = english.phrases().map(|(key, _)| key);
    // SpanSet of English take their words from it on purpose.
    keys.filter(|key| !tag.to_lowercase().starts_with("en") && own.get(key).is_none()).map(str::to_owned).collect()
}

fn lacks(path: &str, tag: &str, missing: &[String]) -> Diagnostic {
    let mut finding =
        unused(path, format!("the words for {} are missing in `{tag}`, and stand there in English", few(missing)));
    finding.help("`casebook theme new NAME i18n/en.toml` writes all English words into a theme, to be translated.");
    finding
}

/// Keys that nothing asks for.
fn unknown(own: &Language, source: &Source) -> Vec<Diagnostic> {
    let english = Language::english();
    let known = || english.phrases().map(|(key, _)| key);
    let unknown = own.phrases().map(|(key, _)| key).filter(|key| english.get(key).is_none());
    unknown
        .map(|key| {
            let mut finding = unused(source.path.as_str(), format!("nothing asks for the words `{key}`"));
            finding.help = nearest(key, known()).map(|near| format!("Did you mean `{near}`?"));
            finding
        })
        .collect()
}

/// Words that fill in something else than the English ones, or lack a form for some numbers.
fn misfits(own: &Language, source: &Source) -> Vec<Diagnostic> {
    let english = Language::english();
    let needed: BTreeSet<&str> = (0..2000).map(|number| own.category(number)).collect();
    let filled = |phrase: &Phrase| phrase.forms().into_iter().flat_map(placeholders).collect::<BTreeSet<String>>();
    let mut findings = Vec::new();
    for (key, phrase) in own.phrases() {
        let Some(wanted) = english.get(key).map(filled) else { continue };
        let given = filled(phrase);
        let strange: Vec<String> = given.difference(&wanted).cloned().collect();
        let absent: Vec<String> = wanted.difference(&given).cloned().collect();
        if !strange.is_empty() {
            let mut finding =
                unused(source.path.as_str(), format!("nothing is filled in for {} in `{key}`", few(&strange)));
            finding.help = Some(match wanted.is_empty() {
                true => "Write braces only where the English words have them.".to_owned(),
                false => format!("There are: {}.", few(&wanted.iter().cloned().collect::<Vec<_>>())),
            });
            findings.push(finding);
        } else if !absent.is_empty() {
            findings.push(unused(source.path.as_str(), format!("`{key}` leaves out {}", few(&absent))));
        }
        let Phrase::Counted(forms) = phrase else { continue };
        let lacking: Vec<String> =
            needed.iter().filter(|form| !forms.contains_key(*form)).map(|form| (*form).to_owned()).collect();
        if !lacking.is_empty() {
            let message =
                format!("`{key}` has no form for {}, which some numbers take in this language", few(&lacking));
            findings.push(unused(source.path.as_str(), message));
        }
    }
    findings
}

/// Some names in backticks, and how many more there are.
fn few(names: &[String]) -> String {
    let named: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    match names.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
