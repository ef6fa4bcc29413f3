//! `casebook serve`: a preview that reloads.

use std::net::IpAddr;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;

use super::{FINE, terminal, workspace};
use crate::disk::Watcher;
use crate::pipeline::{Audience, Options};
use crate::preview::{Event, Settings, Show, serve};

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The port; by default the first free one from 4000
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// The address to listen on; with any but the default, other machines can reach the preview
    #[arg(long, value_name = "A", default_value = "127.0.0.1", value_parser = read_host)]
    host: IpAddr,
    /// Also answer to this host name, for example with a forwarded port; can be repeated
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Open the review that changed in all open browsers
    #[arg(long)]
    follow: bool,
    /// The address that opens a file in an editor; empty for none
    #[arg(long, value_name = "ADDRESS", default_value = "vscode://file{path}:{line}:{column}")]
    editor: String,
    /// Read the folder twice a second instead of waiting for the system to report changes, as on network drives
    #[arg(long)]
    poll: bool,
    /// Also show drafts, other withheld reviews and internal blocks, each with a mark
    #[arg(long)]
    drafts: bool,
    /// Judge overdue actions and embargoes as of this day, such as 2026-03-31
    #[arg(long, value_name = "DATE", value_parser = workspace::day)]
    now: Option<NaiveDate>,
}

impl Serve {
    pub(super) fn run(&self, site: Option<&Path>) -> Result<ExitCode> {
        let root = workspace::find(site)?;
        root.canonicalize().with_context(|| format!("{} cannot be opened", root.display()))?;
        // A link stays in it, since it may be made to lead elsewhere.
        let root = std::path::absolute(&root)?;
        let audience = if self.drafts { Audience::Team } else { Audience::Public };
        let options = Options { today: workspace::today(self.now)?, base_url: None, audience };
        let watcher = if self.poll { Watcher::Poll } else { Watcher::Native };
        if !self.host.is_loopback() {
            terminal::warn(&format!("other machines can reach {} and read what is not published yet", self.host));
        }
        let open = self.open;
        let show = Show {
            editor: self.editor.clone(),
            drafts: self.drafts,
            follow: self.follow,
            colour: terminal::colour_of_messages(),
        };
        let settings = Settings {
            root,
            options,
            clock: workspace::clock(self.now),
            host: self.host,
            port: self.port,
            allowed_hosts: self.allow_host.clone(),
            watcher,
            show,
        };
        serve(settings, move |event| match event {
            Event::Ready(address) => {
                terminal::tell(&format!("The site is at {address}  (Ctrl-C ends the preview)"));
                if open {
                    open_browser(&address);
                }
            }
            Event::Read(text) => terminal::tell(&text),
            Event::Trouble(text) => terminal::tell(&format!("error: {text}")),
            Event::Polling(reason) => terminal::tell(&polling(&reason)),
        })?;
        Ok(FINE)
    }
}

pub(super) fn polling(reason: &str) -> String {
    format!("note: the system does not report changes, so the folder is read twice a second: {reason}")
}

fn read_host(text: &str) -> Result<IpAddr, String> {
    let address = if text.eq_ignore_ascii_case("localhost") { "127.0.0.1" } else { text };
    address.parse().map_err(|_| "it takes an address such as 127.0.0.1, ::1 or 0.0.0.0, or `localhost`".to_owned())
}

fn open_browser(address: &str) {
    let command = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    if std::process::Command::new(command).arg(address).spawn().is_err() {
        terminal::tell(&format!("no browser was opened: `{command}` is not installed"));
    }
}
