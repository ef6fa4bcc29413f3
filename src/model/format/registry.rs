//! The keys of content/factors.toml.

use crate::table::{Key, TableSchema};
use crate::text::IdKind;

/// content/factors.toml as a whole.
pub static REGISTRY: TableSchema = TableSchema {
    noun: "factors.toml",
    about: "The registry of factors: conditions that incidents share.",
    keys: &[Key::tables("factor", &FACTOR)],
    one_of: &[],
};

/// One `[[factor]]` of the registry.
pub static FACTOR: TableSchema = TableSchema {
    noun: "a factor",
    about: "A condition that makes incidents possible, likelier, larger, longer or harder to see.",
    keys: &[
        Key::text("id", "The permanent name, part of the address of its page.")
            .required()
            .like(IdKind::Factor.pattern()),
        Key::text("name", "What it is called.").required(),
        Key::text(
            "category",
            "The kind of condition: process, tooling, staffing, monitoring, design, access, suppliers, economics, or one that casebook.toml adds.",
        )
        .required(),
        Key::text("definition", "What it means, so that another organisation could use it unchanged.").required(),
        Key::texts("aliases", "Merged or renamed ids, and other people's words for it."),
        Key::texts("ask", "Questions by which readers find out whether they have it too."),
    ],
    one_of: &[],
};
