//! Allowances: findings that the author set aside, and allowances that set nothing aside.

use std::collections::BTreeMap;

use super::report;
use crate::diagnostic::{Diagnostic, Findings};
use crate::document::{Allowance, ProblemKind, Problems, nearest};
use crate::rules::{CATALOGUE, find};
use crate::text::SitePath;

/// Drops the findings that are allowed with a reason, and reports allowances without a reason, of no rule, or of no use.
pub(super) fn apply(findings: &mut Vec<Diagnostic>, allowances: Vec<(SitePath, Vec<Allowance>)>) {
    let by_path: BTreeMap<&str, &[Allowance]> =
        allowances.iter().map(|(path, given)| (path.as_str(), given.as_slice())).collect();
    let mut used: BTreeMap<(&str, usize), bool> = BTreeMap::new();
    findings.retain(|finding| {
        let Some((path, given)) = by_path.get_key_value(finding.path.as_str()) else { return true };
        let matching: Vec<usize> = (0..given.len()).filter(|at| allows(&given[*at], finding)).collect();
        used.extend(matching.iter().map(|at| ((*path, *at), true)));
        matching.is_empty()
    });
    for (path, given) in &allowances {
        let mut problems = Problems::default();
        for (at, allowance) in given.iter().enumerate() {
            judge(allowance, used.contains_key(&(path.as_str(), at)), &mut problems);
        }
        let mut found = Findings::new(path);
        report(&problems.0, &mut found);
        findings.extend(found.into_vec());
    }
}

/// Whether an allowance sets a finding of its file aside.
pub(super) fn allows(allowance: &Allowance, finding: &Diagnostic) -> bool {
    finding.rule.is_called(&allowance.rule.value)
        && !allowance.reason.is_empty()
        && allowance.covers.start <= finding.span.start
        && finding.span.start <= allowance.covers.end
}

fn judge(allowance: &Allowance, is_used: bool, problems: &mut Problems) {
    let name = &allowance.rule.value;
    let span = allowance.rule.span;
    if find(name).is_none() {
        let help = match nearest(name, CATALOGUE.iter().map(|rule| rule.metadata.name)) {
            Some(near) => format!("Did you mean `{near}`? `casebook explain` lists the rules."),
            None => "`casebook explain` lists the rules.".to_owned(),
        };
        problems.add_with_help(ProblemKind::UnknownValue, span, format!("there is no rule `{name}` to allow"), help);
    } else if allowance.reason.is_empty() {
        problems.add(ProblemKind::AllowanceWithoutReason, span, format!("`{name}` is allowed without a reason"));
    } else if !is_used {
        problems.add(ProblemKind::UnusedAllowance, span, format!("`{name}` is allowed where it finds nothing"));
    }
}
