//! The keys of content/factors.toml.

use crate::table::{Key, TableSchema};

/// The whole file.
pub static REGISTRY: TableSchema = TableSchema {
    noun: "factors.toml",
    about: "The registry of factors: conditions that incidents share.",
    keys: &[Key::tables("factor", &FACTOR)],
    one_of: &[],
};

/// A factor.
pub static FACTOR: TableSchema = TableSchema {
    noun: "a factor",
    about: "A condition that makes incidents possible, likelier, larger, longer or harder to see.",
    keys: &[
        Key::text("id", "The permanent name, part of the address of its page.")
            .required()
            .like("^(?!index$)[a-z0-9-]{1,120}$"),
        Key::text("name", "What it is called.").required(),
        Key::text(
            "category",
            "The kind of condition: process, tooling, staffing, monitoring, design, or one that casebook.toml adds.",
        )
        .required(),
        Key::text("definition", "What it means, so that another organisation could use it unchanged.").required(),
        Key::texts("aliases", "Merged or renamed ids, and other people's words for it."),
        Key::texts("ask", "Questions by which readers find out whether they have it too."),
    ],
    one_of: &[],
};
