//! Labels of trackers, as far as they are data: a severity, a service, a tag.

use super::item::Item;
use super::written::FrontValue;
use crate::model::Policy;

/// Words before the sign of a label such as `severity: high` or `service/search`.
const SEVERITY: [&str; 6] = ["severity", "sev", "priority", "prio", "impact", "urgency"];
const SERVICE: [&str; 6] = ["service", "services", "component", "system", "app", "product"];

/// Writes labels as front matter. A severity is one that the site has; other words stay tags.
pub(super) fn read_labels(labels: &[String], policy: &Policy, item: &mut Item) {
    let (mut services, mut tags) = (Vec::new(), Vec::new());
    for label in labels {
        let label = label.trim();
        match (kind(label), severity(label, policy)) {
            (Kind::Other | Kind::Severity, Some(severity)) => {
                if !add_severity(&severity, label, item) {
                    tags.push(label.to_owned());
                }
            }
            (Kind::Severity, None) => {
                item.left_out.push(format!("no severity of casebook.toml is called `{label}`"));
                tags.push(label.to_owned());
            }
            (Kind::Service, _) => services.push(value(label).to_owned()),
            (Kind::Other, None) => tags.push(label.to_owned()),
        }
    }
    item.front.add("services", FrontValue::Texts(services));
    item.front.add("tags", FrontValue::Texts(tags));
}

/// Writes a severity as another program says it, where the site has one of that name.
pub(super) fn read_severity(word: &str, policy: &Policy, item: &mut Item) {
    match policy.severity(word) {
        Some((_, severity)) => _ = add_severity(&severity.id, word, item),
        None => item.left_out.push(format!("no severity of casebook.toml is called `{word}`")),
    }
}

/// Writes a severity, unless the item has another one already, which the report tells.
fn add_severity(id: &str, word: &str, item: &mut Item) -> bool {
    match item.front.text("severity").filter(|first| *first != id) {
        Some(first) => {
            item.left_out.push(format!("the severity `{word}`, since another one says {first}"));
            false
        }
        None => {
            item.front.add_text("severity", Some(id));
            true
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Severity,
    Service,
    Other,
}

fn kind(label: &str) -> Kind {
    let Some((name, _)) = label.split_once([':', '/', '=']) else { return Kind::Other };
    let name = name.trim().to_lowercase();
    match () {
        () if SEVERITY.contains(&name.as_str()) => Kind::Severity,
        () if SERVICE.contains(&name.as_str()) => Kind::Service,
        () => Kind::Other,
    }
}

fn value(label: &str) -> &str {
    label.split_once([':', '/', '=']).map_or(label, |(_, value)| value.trim_matches([':', ' ']))
}

/// The id of the severity that a label names: as a whole, or behind the word for it.
fn severity(label: &str, policy: &Policy) -> Option<String> {
    let found = |word: &str| policy.severity(word).map(|(_, severity)| severity.id.clone());
    if kind(label) == Kind::Severity {
        let value = value(label);
        return found(value).or_else(|| ["sev", "p"].iter().find_map(|short| found(&format!("{short}{value}"))));
    }
    found(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SeverityDefinition;

    #[test]
    fn a_second_severity_is_a_tag_and_a_line() {
        let (first, second) = ("P1".to_owned(), "P2".to_owned());
        let definition = |id: &String| SeverityDefinition {
            id: id.clone(),
            name: String::new(),
            aliases: Vec::new(),
            review_within: None,
            act_within: None,
        };
        let policy = Policy { severities: [&first, &second].map(definition).to_vec(), ..Policy::default() };
        let mut item = Item::default();
        let labels = [format!("severity: {second}"), second.clone(), first.clone(), "severity: banana".to_owned()];
        read_labels(&labels, &policy, &mut item);
        read_severity(&first, &policy, &mut item);
        read_severity(&second, &policy, &mut item);
        let another = format!("the severity `{first}`, since another one says {second}");
        let unknown = "no severity of casebook.toml is called `severity: banana`".to_owned();
        assert_eq!(item.left_out, [another.clone(), unknown, another]);
        assert_eq!(item.front.text("severity"), Some(second.as_str()));
        item.body = "x".to_owned();
        let text = super::super::written::review(&item);
        assert!(text.contains(&format!("tags: [\"{first}\", \"severity: banana\"]")), "{text}");
    }
}
