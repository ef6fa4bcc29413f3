//! The language server, spoken to over standard input and output.

mod broken;
mod change;
mod client;
mod completion;
mod diagnostics;
mod extension;
mod navigation;
mod neovim;
