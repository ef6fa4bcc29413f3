//! `casebook schema`: what editors and other programs need to check what authors write.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::{FINE, terminal};
use crate::report::{SchemaOf, schema};

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// What to describe
    #[arg(value_enum)]
    subject: Subject,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Subject {
    /// The TOML in front of a review
    FrontMatter,
    /// The TOML in front of a page below content/pages
    Page,
    /// casebook.toml
    Config,
    /// content/factors.toml
    Factors,
    /// casebook.json, which the site publishes for other programs
    Dataset,
}

impl Schema {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let subject = match self.subject {
            Subject::Dataset => return terminal::print_data(&crate::dataset::schema()).map(|()| FINE),
            Subject::FrontMatter => SchemaOf::FrontMatter,
            Subject::Page => SchemaOf::Page,
            Subject::Config => SchemaOf::Config,
            Subject::Factors => SchemaOf::Factors,
        };
        terminal::print_data(&schema(subject))?;
        Ok(FINE)
    }
}
