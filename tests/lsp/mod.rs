//! The language server, spoken to over standard input and output.

mod client;
mod diagnostics;
