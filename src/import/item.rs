//! What a container holds: items that become reviews, and those that do not.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Context;
use super::markdown::text_of;
use super::picture_link::with_pictures;
use super::written::{Front, FrontValue, contradiction};
use crate::model::{Status, Words};
use crate::table::Entry;
use crate::text::{IdKind, SitePath, id_of_file, is_web_address};

/// What stayed behind, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skipped {
    /// Where it is in the source.
    pub(crate) origin: String,
    /// Why it is no review, or cannot be read.
    pub(crate) why: String,
}

/// A picture beside a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Where it goes, below the folder of reviews.
    pub(crate) path: SitePath,
    /// The bytes of the source.
    pub(crate) bytes: Vec<u8>,
}

/// A picture of an item, as its text names it.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// The address in the text.
    pub(super) destination: String,
    /// The name of its file.
    pub(super) name: String,
    /// The bytes of the source.
    pub(super) bytes: Vec<u8>,
}

/// Something that becomes a review.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// Where it is in the source.
    pub(super) origin: String,
    /// What it is called; the file is named after it.
    pub(super) title: String,
    /// The day of the incident, as the container has it.
    pub(super) date: Option<NaiveDate>,
    /// The name that its file has already, without an ending.
    pub(super) name: Option<String>,
    /// Its id in the container.
    pub(super) id: Option<String>,
    /// What the container knows as data.
    pub(super) front: Front,
    /// The Markdown, which may have front matter of its own.
    pub(super) body: String,
    /// What the lines between `---` or `+++` are that its text begins with.
    pub(super) opening: Opening,
    /// The pictures that its text shows.
    pub(super) pictures: Vec<Shown>,
    /// The address of its own page.
    pub(super) address: Option<String>,
    /// What the container held and the review does not.
    pub(super) left_out: Vec<String>,
    /// Whether anybody can read the original.
    pub(super) audience: Audience,
}

/// What the lines between `---` or `+++` are that a text begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Opening {
    /// Text: whoever wrote it decides nothing about the review.
    #[default]
    Text,
    /// Front matter, which its author wrote into a file.
    Front,
}

/// Who can read the original.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Audience {
    /// Nobody knows.
    #[default]
    Unknown,
    /// Anybody: it is a public page about an incident.
    Public,
}

/// The items of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Batch {
    /// What becomes a review.
    pub(super) items: Vec<Item>,
    /// What does not.
    pub(super) skipped: Vec<Skipped>,
}

impl Batch {
    /// A file that holds one item, or none with the reason.
    pub(super) fn one(item: Result<Item, Skipped>) -> Self {
        match item {
            Ok(item) => Self { items: vec![item], skipped: Vec::new() },
            Err(skipped) => Self { items: Vec::new(), skipped: vec![skipped] },
        }
    }

    /// Adds an item, or the reason why it is none.
    pub(super) fn add(&mut self, item: Result<Item, Skipped>) {
        match item {
            Ok(item) => self.items.push(item),
            Err(skipped) => self.skipped.push(skipped),
        }
    }
}

impl FromIterator<Result<Item, Skipped>> for Batch {
    fn from_iter<T: IntoIterator<Item = Result<Item, Skipped>>>(items: T) -> Self {
        let mut batch = Self::default();
        items.into_iter().for_each(|item| batch.add(item));
        batch
    }
}

impl Item {
    /// Takes over a key that decides whether the review may be read, and by whom; false for any other.
    pub(super) fn take_decision(&mut self, entry: &Entry) -> bool {
        let Some(said) = text_of(&entry.value) else { return false };
        let (key, value) = match (entry.key.as_str(), said.as_str()) {
            ("draft", "true") | ("published", "false") => ("status", "draft"),
            ("status", word) if Status::WORDS.iter().any(|(known, _)| *known == word) => ("status", word),
            ("tlp", word) => ("tlp", word),
            ("publish", day) => ("publish", day),
            _ => return false,
        };
        self.front.add_text(key, Some(value));
        true
    }

    /// Adds what somebody decides and no container knows: whether the review is complete, and who may read it.
    ///
    /// Everything comes over as a draft, so that nothing is published because of an import.
    pub(super) fn decide(&mut self, path: &SitePath, context: &Context<'_>) {
        let wish = context.wish;
        self.front.remove_alias(path.stem());
        let place = SitePath::new(format!("{}/{path}", wish.folder).trim_start_matches('/'));
        let place = place.ok().and_then(|path| context.policy.reviews.of(&path));
        let is_decided = |key: &str| place.is_some_and(|place| place.decides(key));
        let status = wish.status.as_deref().or((!is_decided("status")).then_some("draft"));
        let public = self.audience == Audience::Public || wish.collected.is_some();
        let tlp = wish.tlp.as_deref().or((public && !is_decided("tlp")).then_some("TLP:CLEAR"));
        for (key, wished) in [("status", &wish.status), ("tlp", &wish.tlp)] {
            let Some(wished) = wished else { continue };
            if let Some(said) = contradiction(self, key, wished) {
                let line = format!("`--{key} {wished}`, since the file itself says `{}`", said.escape_debug());
                self.left_out.push(line);
            }
        }
        for (key, value) in [("status", status), ("tlp", tlp)] {
            if let Some(value) = value {
                self.front.add(key, FrontValue::Text(value.to_owned()));
            }
        }
        let Some(collected) = &wish.collected else { return };
        self.front.add("perspective", FrontValue::Text("collected".to_owned()));
        if let Some(organisation) = &collected.organisation {
            self.front.add("organisation", FrontValue::Text(organisation.clone()));
        }
        self.add_source(collected);
    }

    fn add_source(&mut self, collected: &super::Collected) {
        let Some(url) = self.address.as_ref().or(collected.source.as_ref()) else {
            self.left_out.push("the address of the source is not known; `--source` names it".to_owned());
            return;
        };
        let mut source = vec![("url".to_owned(), url.clone())];
        for (key, value) in [("licence", &collected.licence), ("commit", &collected.commit)] {
            source.extend(value.iter().map(|value| (key.to_owned(), value.clone())));
        }
        self.add_reference(source);
    }

    /// Adds a source, unless its address is none of the web.
    pub(super) fn add_reference(&mut self, source: Vec<(String, String)>) {
        let address = source.iter().find(|(key, _)| key == "url").map(|(_, url)| url.as_str());
        match address.filter(|url| !is_web_address(url)) {
            Some(url) => self.left_out.push(format!("`{}`, which is no address of the web", url.escape_debug())),
            None => self.front.add_reference(source),
        }
    }

    /// Adds the id in the other program, as far as it can be one here.
    pub(super) fn add_alias(&mut self, id: &str) {
        let safe = if IdKind::Review.fault(id).is_none() { id.to_owned() } else { id_of_file(id) };
        if safe != id {
            self.left_out.push(format!("the id `{}`, which is the alias `{safe}`", id.escape_debug()));
        }
        if IdKind::Review.fault(&safe).is_none() {
            self.front.add("aliases", FrontValue::Texts(vec![safe]));
        }
    }

    /// The pictures with the paths that they get beside the review, which its text names from now on.
    pub(super) fn take_pictures(&mut self, review: &SitePath) -> Vec<Picture> {
        let mut pictures: Vec<Picture> = Vec::new();
        let mut paths = BTreeMap::new();
        for shown in std::mem::take(&mut self.pictures) {
            let name = super::name::picture_name(&shown.name, pictures.len());
            let Ok(path) = SitePath::new(&format!("{}/{name}", review.stem())) else { continue };
            paths.insert(shown.destination, path.to_string());
            pictures.push(Picture { path, bytes: shown.bytes });
        }
        if !paths.is_empty() {
            self.body = with_pictures(&self.body, &paths);
        }
        pictures
    }
}
