//! Federated sites: `[[sources]]` of casebook.toml, and the pins of the datasets that were collected.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::address::report_address;
use crate::diagnostic::{ProblemKind, Problems};
use crate::model::format;
use crate::table::{TableReader, ValueKind, read_toml};
use crate::text::{IdKind, SitePath, Source, Span, Spanned, is_web_address};

/// The file with the pins of downloaded datasets.
pub(crate) const LOCK_PATH: &str = "content/sources/lock.toml";

/// A federated site: an entry of `[[sources]]`.
#[derive(Clone, Debug)]
pub struct FederatedSetting {
    /// Its name here: part of addresses, and of the name of its file.
    pub id: Spanned<String>,
    /// The organisation whose site it is.
    pub organisation: String,
    /// Where `casebook collect` gets its dataset; none for a file that is put there by hand.
    pub url: Option<String>,
    /// The licence of its reviews, where the dataset does not say it, or says it wrong; may be empty.
    pub licence: String,
}

impl FederatedSetting {
    /// The file in which its dataset lies.
    pub fn path(&self) -> SitePath {
        let path = SitePath::new(&format!("content/sources/{}.json", self.id.value));
        path.unwrap_or_else(|error| panic!("the id {:?} {error}", self.id.value))
    }
}

/// What was last collected from a federated site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pin {
    /// The address it was downloaded from.
    pub url: String,
    /// The fingerprint of the dataset.
    pub hash: String,
}

/// Reads `[[sources]]`. One that has no usable id is reported and left out.
pub(super) fn read_federated(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> Vec<FederatedSetting> {
    let mut sites: Vec<FederatedSetting> = Vec::new();
    for (table, place) in reader.tables("sources") {
        let reader = TableReader::new(table, &format::FEDERATED_SITE, place, problems);
        let id = reader.required_text("id");
        let organisation = reader.required_text("organisation");
        let url = reader.text("url");
        let licence = reader.text("licence").map_or_else(String::new, |text| text.value.trim().to_owned());
        reader.finish();
        let (Some(id), Some(organisation)) = (id, organisation) else { continue };
        let report = |span: Span, message: String, help: &str| {
            problems.borrow_mut().add(ProblemKind::UnknownValue, span, message).help(help);
        };
        if IdKind::FederatedSite.fault(&id.value).is_some() {
            let message = format!("`{}` cannot be the id of a source", id.value);
            report(
                id.span,
                message,
                "It is part of addresses: write up to 40 lower-case letters, digits and hyphens, and no name that Windows keeps for a device.",
            );
            continue;
        }
        if sites.iter().any(|site| site.id.value == id.value) {
            let message = format!("another source has the id `{}`", id.value);
            report(id.span, message, "Give each source an id of its own.");
            continue;
        }
        let url = url.filter(|url| {
            let is_address = is_web_address(&url.value);
            if !is_address {
                let help = "Write the address of a casebook.json that begins with https://.";
                report_address(problems, url, "is no address to download from", help);
            }
            is_address
        });
        let url = url.map(|url| url.value);
        sites.push(FederatedSetting { id, organisation: organisation.value.trim().to_owned(), url, licence });
    }
    sites
}

/// Reads lock.toml. An entry that is not a pin is left out, and its site counts as never collected.
pub(crate) fn read_lock(source: &Source) -> BTreeMap<String, Pin> {
    let table = read_toml(&source.text, Span::new(0, source.text.len()), &mut Problems::default());
    let mut pins = BTreeMap::new();
    for entry in &table.entries {
        let ValueKind::Table(inner) = &entry.value.kind else { continue };
        let text = |key: &str| inner.get(key)?.value.kind.text().map(str::to_owned);
        if let (Some(url), Some(hash)) = (text("url"), text("hash")) {
            pins.insert(entry.key.clone(), Pin { url, hash });
        }
    }
    pins
}

pub(crate) fn write_lock(pins: &BTreeMap<String, Pin>) -> String {
    let mut text = String::from(
        "# Written by `casebook collect`: which datasets were taken over. One that was changed since is not used.\n",
    );
    for (id, Pin { url, hash }) in pins {
        // Writing to a string does not fail.
        let _ = write!(text, "\n[{id}]\nurl = {}\nhash = {}\n", quoted(url), quoted(hash));
    }
    text
}

fn quoted(text: &str) -> String {
    let safe: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", safe.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{LOCK_PATH, Pin, read_lock, write_lock};
    use crate::text::{SitePath, Source};

    #[test]
    fn pins_are_read_as_they_were_written() {
        let pin = |url: &str| Pin { url: url.to_owned(), hash: "blake3:00".to_owned() };
        let pins = BTreeMap::from([("a".to_owned(), pin("https://a.example/\"\\")), ("b-2".to_owned(), pin("x"))]);
        let source = Source { path: SitePath::new(LOCK_PATH).unwrap(), text: write_lock(&pins).into() };
        assert_eq!(read_lock(&source), pins);
    }
}
