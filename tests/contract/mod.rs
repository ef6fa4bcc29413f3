//! The contract with themes as docs/theme.md prints it.

use casebook::render::contract::{Contract, Field};

/// The part of docs/theme.md that follows from the views.
pub fn document(contract: &Contract) -> String {
    let mut markdown = String::from("## Variables\n\n| Template | Variables, beside `site` and `page` |\n|---|---|\n");
    markdown.push_str("| `base.html` |  |\n");
    for (template, variables) in &contract.templates {
        let variables: Vec<String> = variables.iter().map(|it| format!("`{}: {}`", it.name, it.value)).collect();
        markdown.push_str(&format!("| `{template}` | {} |\n", variables.join(", ")));
    }
    markdown.push_str("\n`[X]` is a list of `X`, `X?` may be missing, `{text}` is a map.\n\n## Views\n");
    for (name, view) in &contract.views {
        markdown.push_str(&format!("\n### {name}\n\n{}\n\n| Field | Type | Meaning |\n|---|---|---|\n", view.meaning));
        for Field { name, value, meaning } in &view.fields {
            markdown.push_str(&format!("| `{name}` | `{value}` | {} |\n", meaning.replace('|', "\\|")));
        }
    }
    markdown
}

#[test]
fn every_view_and_field_says_what_it_means() {
    let contract = Contract::new();
    assert!(contract.views.len() > 50, "{}", contract.views.len());
    for (name, view) in &contract.views {
        assert!(!view.meaning.is_empty() && !view.fields.is_empty(), "{name}");
        for field in &view.fields {
            assert!(!field.meaning.is_empty(), "{name}.{}", field.name);
        }
    }
}
