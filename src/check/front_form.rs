//! What findings propose for front matter, in the form that the file has: rules write TOML, and many files have YAML.

use crate::diagnostic::Diagnostic;
use crate::model::format::{ACCEPTED, ACTION, FACTOR_USE, PAGE, REVIEW};
use crate::text::SourceSet;

/// Rewrites what findings about files with YAML propose: "`tlp = "TLP:CLEAR"`" becomes "`tlp: "TLP:CLEAR"`".
pub(super) fn write_as_files_do(findings: &mut [Diagnostic], sources: &SourceSet) {
    for finding in findings {
        let first = sources.text(&finding.path).and_then(|source| source.text.lines().next());
        if first.is_none_or(|line| line.trim_start_matches('\u{feff}').trim_end() != "---") {
            continue;
        }
        let help = finding.help.as_deref().unwrap_or(finding.rule.remedy);
        let written = in_yaml(help);
        if written != help {
            finding.help = Some(written);
        }
    }
}

/// `text` with each key of a review that stands between backticks, with its value, in YAML.
fn in_yaml(text: &str) -> String {
    let parts: Vec<String> = text
        .split('`')
        .enumerate()
        .map(|(at, part)| {
            let is_code = at % 2 == 1;
            match part.split_once(" = ") {
                Some((key, value)) if is_code && is_key(key) => format!("{key}: {}", value.replace(" = ", ": ")),
                _ => part.to_owned(),
            }
        })
        .collect();
    parts.join("`")
}

fn is_key(name: &str) -> bool {
    [&REVIEW, &ACTION, &FACTOR_USE, &ACCEPTED, &PAGE].iter().any(|table| table.key(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::in_yaml;

    #[test]
    fn only_keys_of_reviews_are_rewritten() {
        for (toml, yaml) in [
            ("Write `tlp = \"TLP:CLEAR\"` if it may be read.", "Write `tlp: \"TLP:CLEAR\"` if it may be read."),
            ("such as `updates = [\"alerting\", \"runbook\"]`.", "such as `updates: [\"alerting\", \"runbook\"]`."),
            ("`allow = { restricted-source = \"…\" }` there", "`allow: { restricted-source: \"…\" }` there"),
            ("`restricted-source = \"off\"` under `[rules]`", "`restricted-source = \"off\"` under `[rules]`"),
            ("no code: status = final", "no code: status = final"),
        ] {
            assert_eq!(in_yaml(toml), yaml);
        }
    }
}
