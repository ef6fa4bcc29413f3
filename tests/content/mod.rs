//! What authors write: how it is read, and which findings it has.

mod links;
mod parser;
mod safety;
mod schema;
mod timelines;
mod unusual;
