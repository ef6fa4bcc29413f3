//! Allowances: comments by which an author sets a finding aside, with a reason.

use std::collections::BTreeMap;

use super::report;
use crate::diagnostic::{Diagnostic, Findings, ProblemKind, Problems};
use crate::document::Allowance;
use crate::rules::{CATALOGUE, find};
use crate::text::{SitePath, Span, SpanSet, nearest};

/// Drops the findings that are allowed with a reason, and reports allowances without a reason, of no rule, or of no use.
pub(super) fn apply(findings: &mut Vec<Diagnostic>, allowances: Vec<(SitePath, Vec<Allowance>)>) {
    let by_path: BTreeMap<&str, Allowed> =
        allowances.iter().map(|(path, given)| (path.as_str(), Allowed::new(given))).collect();
    // Where each rule found something that is allowed, by file.
    let mut places: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    findings.retain(|finding| {
        let Some((path, allowed)) = by_path.get_key_value(finding.path.as_str()) else { return true };
        let is_allowed = allowed.allows(finding);
        if is_allowed {
            places.entry((*path, finding.rule.code)).or_default().push(finding.span.start);
        }
        !is_allowed
    });
    places.values_mut().for_each(|places| places.sort_unstable());
    for (path, given) in &allowances {
        let mut problems = Problems::default();
        for allowance in given {
            let rule = find(&allowance.rule.value).map_or("", |rule| rule.metadata.code);
            let found = places.get(&(path.as_str(), rule)).map_or(&[][..], Vec::as_slice);
            judge(allowance, found, &mut problems);
        }
        let mut found = Findings::new(path);
        report(&problems.0, &mut found);
        findings.extend(found.into_vec());
    }
}

/// Where each rule, by its code, is set aside in one file: a text may hold an allowance and a finding in every line.
pub(super) struct Allowed(BTreeMap<&'static str, SpanSet>);

impl Allowed {
    /// The allowances of a file. Those without a reason set nothing aside.
    pub(super) fn new(given: &[Allowance]) -> Self {
        let mut places: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for allowance in given.iter().filter(|allowance| !allowance.reason.is_empty()) {
            if let Some(rule) = find(&allowance.rule.value) {
                places.entry(rule.metadata.code).or_default().extend(&allowance.covers);
            }
        }
        Self(places.into_iter().map(|(code, places)| (code, SpanSet::new(places))).collect())
    }

    /// Whether a finding of the file begins where its rule is set aside.
    pub(super) fn allows(&self, finding: &Diagnostic) -> bool {
        self.0.get(finding.rule.code).is_some_and(|places| places.covers(Span::at(finding.span.start)))
    }
}

/// Adds a problem for an allowance that does not work. `found` are the places in its file where its rule found something.
fn judge(allowance: &Allowance, found: &[usize], problems: &mut Problems) {
    let is_used = allowance.covers.iter().any(|covers| {
        let first = found.partition_point(|place| *place < covers.start);
        found.get(first).is_some_and(|place| *place <= covers.end)
    });
    let name = &allowance.rule.value;
    let span = allowance.rule.span;
    if find(name).is_none() {
        let help = match nearest(name, CATALOGUE.iter().map(|rule| rule.metadata.name)) {
            Some(near) => format!("Did you mean `{near}`? `casebook explain` lists the rules."),
            None => "`casebook explain` lists the rules.".to_owned(),
        };
        problems.add(ProblemKind::UnknownValue, span, format!("there is no rule `{name}` to allow")).help(help);
    } else if allowance.reason.is_empty() {
        problems.add(ProblemKind::AllowanceWithoutReason, span, format!("`{name}` is allowed without a reason"));
    } else if !is_used {
        problems.add(ProblemKind::UnusedAllowance, span, format!("`{name}` is allowed where it finds nothing"));
    }
}
