//! factors.toml: the registry of factors.

use std::cell::RefCell;

use crate::diagnostic::{Problem, ProblemKind, Problems};
use crate::model::format::{FACTOR, REGISTRY};
use crate::model::{Category, Factor, Registry};
use crate::table::{TableReader, read_toml};
use crate::text::{IdFault, IdKind, MAX_ID_LENGTH, Source, Span, Spanned};

/// The categories that every registry has.
pub(super) fn default_categories() -> Vec<Category> {
    [
        ("process", "Process", "How work is planned, reviewed, released and handed over."),
        ("tooling", "Tooling", "What the tools for building, testing and operating do or leave out."),
        ("staffing", "Staffing", "Who is there, when, and with which knowledge and access."),
        ("monitoring", "Monitoring", "What is measured, who is told, and how soon."),
        ("design", "Design", "How systems are built and depend on each other."),
        ("access", "Access", "Who may do what, and how keys and accounts are kept."),
        ("suppliers", "Suppliers", "What other organisations run, write or sell, and what happens when it fails."),
        ("economics", "Economics", "Prices, incentives and the funds behind them."),
    ]
    .map(|(id, name, description)| Category {
        id: id.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
    })
    .into()
}

/// Reads factors.toml. What is wrong becomes a problem, and the other factors are read all the same.
pub(crate) fn read_registry(source: &Source, categories: &[Category]) -> (Registry, Vec<Problem>) {
    let mut problems = Problems::default();
    let table = read_toml(&source.text, Span::new(0, source.text.len()), &mut problems);
    let problems = RefCell::new(problems);
    let reader = TableReader::new(&table, &REGISTRY, Span::at(0), &problems);
    let mut registry = Registry::default();
    for (table, place) in reader.tables("factor") {
        let reader = TableReader::new(table, &FACTOR, place, &problems);
        let factor = read_factor(&reader, categories, &problems);
        reader.finish();
        for (name, span) in factor.map(|factor| registry.add(factor)).unwrap_or_default() {
            problems
                .borrow_mut()
                .add(ProblemKind::DuplicateId, span, format!("the registry has a factor `{name}` already"))
                .help("Give one of the two another id, or merge them and keep the other id as an alias.");
        }
    }
    reader.finish();
    (registry, problems.into_inner().0)
}

fn read_factor(reader: &TableReader<'_>, categories: &[Category], problems: &RefCell<Problems>) -> Option<Factor> {
    let id = reader.required_text("id");
    let name = reader.required_text("name");
    let definition = reader.required_text("definition");
    let category = reader.required_text("category");
    let aliases = reader.texts("aliases");
    let ask = reader.texts("ask").into_iter().map(|question| question.value).collect();
    if let Some(category) = &category
        && !categories.iter().any(|known| known.id == category.value)
    {
        let words: Vec<&str> = categories.iter().map(|known| known.id.as_str()).collect();
        reader.unknown_word("category", category, &words);
    }
    let id = id.filter(|id| is_safe(id, problems))?;
    let text = |text: Option<Spanned<String>>| text.map(|text| text.value).unwrap_or_default();
    let name = name.map_or_else(|| id.value.clone(), |name| name.value);
    Some(Factor { id, name, category: text(category), definition: text(definition), aliases, ask })
}

fn is_safe(id: &Spanned<String>, problems: &RefCell<Problems>) -> bool {
    let message = match IdKind::Factor.fault(&id.value) {
        None => return true,
        Some(IdFault::TooLong) => {
            format!("the id of the factor has {} bytes, and {MAX_ID_LENGTH} are the most", id.value.len())
        }
        Some(IdFault::Unsafe) => format!("`{}` cannot be the id of a factor", id.value),
    };
    problems.borrow_mut().add(ProblemKind::UnsafeId, id.span, message).help(
        "An id is part of an address: write lower-case letters, digits and hyphens, and neither `index` nor a name \
         that Windows keeps for a device, such as `con`.",
    );
    false
}
