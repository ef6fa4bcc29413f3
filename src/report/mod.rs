//! Findings and rules as text for people and machines.

mod adopted;
mod concise;
mod detail;
mod github;
mod human;
mod json;
mod place;
mod reference;
mod rule;
mod sarif;
mod schema;

pub use adopted::overview;
pub use concise::concise;
pub use detail::{FindingDetail, finding_detail};
pub use github::{github, step_summary};
pub use human::{Colour, by_rule, how_to_withhold, human, summary, tally};
pub use json::json;
pub use reference::reference;
pub use rule::{list_rules, rule_address, rule_index, rule_page, show_rule};
pub use sarif::sarif;
pub use schema::{SchemaOf, schema};
