//! A rule explained, and the list of all.

use crate::diagnostic::{Example, Metadata};
use crate::rules::{FAMILIES, Family, Rule, excerpt};
use crate::text::escape_line;

/// Every rule with its level and summary, by family.
pub fn list_rules() -> String {
    let mut text = String::new();
    for Family { letter, title, rules } in &FAMILIES {
        text.push_str(&format!("{letter}  {title}\n"));
        for rule in *rules {
            let Metadata { code, name, level, summary, .. } = rule.metadata;
            text.push_str(&format!("   {code} {name:<28} {:<8} {summary}\n", level.word()));
        }
        text.push('\n');
    }
    text.push_str("`casebook explain RULE` tells why a rule exists, with a wrong and a right example.\n");
    text
}

/// A rule with its reasons and examples.
pub fn show_rule(rule: &Rule) -> String {
    let Metadata { code, name, level, collected, summary, why, remedy, wrong, right, .. } = rule.metadata;
    let others = match (level == collected, *level == rule.metadata.adopted()) {
        (true, true) => String::new(),
        (false, true) => format!(" ({} in collected reviews)", collected.word()),
        (true, false) => format!(" ({} in adopted reviews)", rule.metadata.adopted().word()),
        (false, false) => {
            let adopted = rule.metadata.adopted();
            format!(" ({} in collected reviews, {} in adopted ones)", collected.word(), adopted.word())
        }
    };
    let setting = match rule.metadata.is_fixed(*level) {
        true => "no setting lowers it, since what was published cannot be taken back.".to_owned(),
        false => {
            format!("set `{name} = \"off\"`, \"advice\", \"warning\" or \"error\" under [levels] in casebook.toml.")
        }
    };
    format!(
        "{code} {name}: {}{others}\n\n{summary}\n\nWhy: {why}\n\nWhat to do: {remedy}\n\nWrong:\n\n{}\nRight:\n\n{}\nLevel: {setting}\n",
        level.word(),
        indented(&example(wrong)),
        indented(&example(right)),
    )
}

/// The address of the page of a rule, for those who do not have the program at hand.
pub fn rule_address(rule: &Metadata) -> String {
    format!("{}/blob/main/docs/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), rule.name)
}

/// The page of a rule in Markdown, as it stands in `docs/rules/`.
pub fn rule_page(rule: &Rule) -> String {
    let Metadata { code, name, level, collected, summary, why, remedy, wrong, right, .. } = rule.metadata;
    format!(
        "# {code} {name}\n\n{summary}\n\n| | |\n|---|---|\n| Level | {} |\n| In collected reviews | {} |\n| In adopted reviews | {} |\n\n\
         ## Why\n\n{why}\n\n## What to do\n\n{remedy}\n\n## Wrong\n\n{}\n## Right\n\n{}",
        level.word(),
        collected.word(),
        rule.metadata.adopted().word(),
        fenced(&example(wrong)),
        fenced(&example(right)),
    )
}

/// The index of all rules in Markdown.
pub fn rule_index() -> String {
    let mut text = String::from("# Rules\n\nEach is also explained by `casebook explain RULE`.\n");
    for Family { letter, title, rules } in &FAMILIES {
        text.push_str(&format!("\n## {letter}: {title}\n\n| rule | level | finds |\n|---|---|---|\n"));
        for rule in *rules {
            let Metadata { code, name, level, summary, .. } = rule.metadata;
            let (level, summary) = (level.word(), summary.replace('|', "\\|"));
            text.push_str(&format!("| [{code} {name}]({name}.md) | {level} | {summary} |\n"));
        }
    }
    text
}

fn fenced(text: &str) -> String {
    format!("````markdown\n{}\n````\n", text.trim_end())
}

fn example(example: &Example) -> String {
    excerpt(example).split('\n').map(escape_line).collect::<Vec<_>>().join("\n")
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}
