//! The command line, one file a command.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this module is where the outside comes in")]

mod build;
mod check;
mod collect;
mod completions;
mod explain;
mod import;
mod init;
mod link;
mod lsp;
mod man;
mod new;
mod schema;
mod search;
mod serve;
mod terminal;
mod theme;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Everything went well.
const FINE: ExitCode = ExitCode::SUCCESS;

/// There are findings at error level.
fn findings() -> ExitCode {
    ExitCode::from(1)
}

/// Turns a folder of post-incident reviews into a site of lessons learned, and checks them before they are published.
#[derive(Debug, Parser)]
#[command(name = "casebook", version, propagate_version = true, max_term_width = 100)]
struct Arguments {
    /// The site folder; by default the nearest folder above with a casebook.toml
    #[arg(long, global = true, value_name = "DIR")]
    site: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a complete site that passes `check`
    Init(init::Init),
    /// Write a new review from the template
    New(new::New),
    /// Report every finding in one run
    Check(check::Check),
    /// Check, then write the site
    Build(build::Build),
    /// Preview the site; it reloads when a file changes
    Serve(serve::Serve),
    /// Download the reviews of the sites named under `[[sources]]`, verify them, and pin them
    Collect(collect::Collect),
    /// Bring in reviews that lie elsewhere: issues, status pages, wikis, documents
    Import(import::Import),
    /// Explain what a rule finds and why, with examples; without a rule, list all rules
    Explain(explain::Explain),
    /// Print the JSON Schema of what authors write, for editors and other programs
    Schema(schema::Schema),
    /// Search all reviews in the terminal, offline
    Search(search::Search),
    /// Serve an editor: findings while you write, completion and navigation, by the Language Server Protocol
    Lsp(lsp::Lsp),
    /// Start a theme of your own, or check it
    Theme(theme::Theme),
    /// Print the completions for a shell
    Completions(completions::Completions),
    /// Print a manual page, as `man` reads it
    Man(man::Man),
}

/// Runs the program with the arguments of the process. Exit codes: 0 fine, 1 findings, 2 could not run.
pub fn run() -> ExitCode {
    let given = search::options_first(std::env::args_os(), &Arguments::command());
    let arguments = match Arguments::try_parse_from(given) {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { ExitCode::from(2) } else { FINE };
            terminal::answer(&error);
            return code;
        }
    };
    let site = arguments.site.as_deref();
    let result = match &arguments.command {
        Command::Init(init) => init.run(),
        Command::New(new) => new.run(site),
        Command::Check(check) => check.run(site),
        Command::Build(build) => build.run(site),
        Command::Serve(serve) => serve.run(site),
        Command::Collect(collect) => collect.run(site),
        Command::Import(import) => import.run(site),
        Command::Explain(explain) => explain.run(),
        Command::Schema(schema) => schema.run(),
        Command::Search(search) => search.run(site),
        Command::Lsp(lsp) => lsp.run(site),
        Command::Theme(theme) => theme.run(site),
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(),
    };
    result.unwrap_or_else(|error| {
        terminal::complain(&error);
        ExitCode::from(2)
    })
}
