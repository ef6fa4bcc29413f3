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
            .like_this("no-staged-rollout")
            .required()
            .like(IdKind::Factor.pattern()),
        Key::text("name", "What it is called.").like_this("No staged rollout").required(),
        Key::text(
            "category",
            "The kind of condition: process, tooling, staffing, monitoring, design, access, suppliers, economics, or one that casebook.toml adds.",
        )
        .like_this("process")
        .required(),
        Key::text("definition", "What it means, so that another organisation could use it unchanged.")
            .like_this("A change reaches every instance, region or customer in one step.")
            .required(),
        Key::texts("aliases", "Merged or renamed ids, and other people's words for it.").like_this("big-bang-release"),
        Key::texts("ask", "Questions by which readers find out whether they have it too.")
            .like_this("Can a single change reach all your instances within a minute?"),
    ],
    one_of: &[],
};
