//! `--fix`: changes that findings offer, made in their files.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::cli::terminal;
use crate::diagnostic::{Diagnostic, Quote};
use crate::disk;
use crate::text::{Edit, SourceSet, apply_edits, escape_line, truncate_line};

/// The greatest number of characters that are shown of the words that a fix changed.
const LONGEST_CHANGE: usize = 60;

/// Applies the fixes that findings offer, tells of each, and returns their number.
pub(super) fn apply_fixes(chosen: &[Diagnostic], sources: &SourceSet, root: &Path) -> Result<usize> {
    let mut by_path: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in chosen.iter().filter(|finding| !finding.fix.is_empty()) {
        by_path.entry(&finding.path).or_default().push(finding);
    }
    let mut all = 0;
    for (path, findings) in by_path {
        let Some(source) = sources.text(path) else { continue };
        let edits: Vec<Edit> = findings.iter().flat_map(|finding| finding.fix.clone()).collect();
        let (text, made) = apply_edits(&source.text, &edits);
        if text == *source.text {
            continue;
        }
        if disk::is_linked(root, &source.path) {
            terminal::tell(&format!(
                "not fixed: {path} is a symbolic link, or below one; fix the file that it leads to"
            ));
            continue;
        }
        disk::rewrite(root, &source.path, &source.text, &text)?;
        for finding in findings {
            let path = escape_line(path);
            let change = change(finding, &source.text);
            terminal::tell(&format!("fixed {path}: {change} ({})", finding.rule.name));
        }
        all += made;
    }
    Ok(all)
}

/// What the fix of a finding changes in a text: the old and the new words. The message of the finding stands in for
/// them where they are secret, several, or nothing that can be seen.
fn change(finding: &Diagnostic, text: &str) -> String {
    let quoted = |words: &str| format!("`{}`", truncate_line(words, LONGEST_CHANGE));
    match finding.fix.as_slice() {
        [edit] if finding.quote == Quote::Verbatim && !edit.span.is_empty() && !edit.text.is_empty() => {
            format!("{} → {}", quoted(edit.span.slice(text)), quoted(&edit.text))
        }
        _ => finding.message.clone(),
    }
}
