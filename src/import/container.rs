//! The containers: how each is recognised, and what makes items of it. The first one that takes a file has it.

use serde_json::Value;

use super::item::{Batch, Item, Skipped};
use super::json::Objects;
use super::moment::day_in_title;
use super::name::file_stem;
use super::piece::{Content, Piece};
use super::written::FrontValue;
use super::{Context, Wish};
use super::{
    confluence, cstate, docx, entry, github, gitlab, google_docs, incident_io, markdown, mediawiki, notion, page,
    statuspage,
};

/// A kind of file in which another program keeps reviews.
pub(crate) struct Container {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// What people call it.
    pub(crate) title: &'static str,
    /// Whether a file is one.
    pub(super) takes: fn(&Piece) -> bool,
    /// The items of a file.
    pub(super) convert: fn(&Piece, &Context<'_>) -> Batch,
}

/// Every container. Those that say clearly what they are stand first.
pub(crate) const CONTAINERS: [&Container; 14] = [
    &github::GITHUB,
    &gitlab::GITLAB,
    &incident_io::INCIDENT_IO,
    &statuspage::STATUSPAGE,
    &docx::DOCX,
    &mediawiki::EXPORT,
    &mediawiki::PAGE,
    &google_docs::GOOGLE_DOCS,
    &confluence::CONFLUENCE,
    &page::HTML,
    &entry::ENTRY,
    &cstate::CSTATE,
    &notion::NOTION,
    &markdown::MARKDOWN,
];

/// The container that was named, or the first one that takes the file.
pub(super) fn container_of(piece: &Piece, wish: &Wish) -> Option<&'static Container> {
    let mut all = CONTAINERS.iter().copied();
    match wish.container {
        Some(name) => all.find(|container| container.name == name).filter(|_| piece.is_readable()),
        None => all.find(|container| (container.takes)(piece)),
    }
}

/// A file in parts, one for each container of the objects that it holds. Those of no container go with the first part, since
/// an incident that lacks something is one all the same.
pub(super) fn parts(piece: Piece, wish: &Wish) -> Vec<Piece> {
    let Piece { path, archives, content: Content::Json(Objects { all, beside }) } = piece else { return vec![piece] };
    let part = |all: Vec<Value>| {
        let content = Content::Json(Objects { all, ..Objects::default() });
        Piece { path: path.clone(), archives: archives.clone(), content }
    };
    let (mut parts, mut unknown): (Vec<(&str, Vec<Value>)>, Vec<Value>) = (Vec::new(), Vec::new());
    for object in all {
        let alone = part(vec![object]);
        let name = container_of(&alone, wish).map(|container| container.name);
        let Content::Json(Objects { all: object, .. }) = alone.content else { continue };
        match name.map(|name| (name, parts.iter_mut().find(|(other, _)| *other == name))) {
            Some((_, Some((_, objects)))) => objects.extend(object),
            Some((name, None)) => parts.push((name, object)),
            None => unknown.extend(object),
        }
    }
    match parts.first_mut() {
        Some((_, objects)) => objects.append(&mut unknown),
        None => parts.push(("", unknown)),
    }
    let mut parts: Vec<Piece> = parts.into_iter().map(|(_, objects)| part(objects)).collect();
    if let Some(Content::Json(objects)) = parts.first_mut().map(|first| &mut first.content) {
        objects.beside = beside;
    }
    parts
}

/// Files that hold one document, whose name may say its day.
const DOCUMENTS: &[&str] = &["docx", "htm", "html", "xhtml"];

impl Container {
    /// The items of a file, and at least one line of the report for it.
    pub(super) fn items(&self, piece: &Piece, context: &Context<'_>) -> Batch {
        let mut batch = (self.convert)(piece, context);
        if batch.items.is_empty() && batch.skipped.is_empty() && !notion::is_database(piece) {
            let why = format!("nothing in it that is of {}; without `--from` a file says what it is", self.title);
            batch.skipped.push(Skipped { origin: piece.path.as_str().to_owned(), why });
        }
        let origins = batch.items.iter_mut().map(|item| &mut item.origin);
        let origins = origins.chain(batch.skipped.iter_mut().map(|skipped| &mut skipped.origin));
        origins.for_each(|origin| *origin = format!("{}{}", piece.archives, origin.trim_end()));
        batch.items.iter_mut().for_each(|item| item.take_day(piece));
        batch
    }
}

impl Item {
    /// Takes the day from the title, or from the name of its file, where nothing else says it.
    fn take_day(&mut self, piece: &Piece) {
        if self.name.is_some() {
            return;
        }
        let of_file = || piece.has_ending(DOCUMENTS).then(|| day_in_title(piece.path.stem())).flatten();
        self.date = self.date.or_else(|| day_in_title(&self.title)).or_else(of_file);
        let Some(day) = self.date else { return };
        self.front.add("date", FrontValue::Day(day));
        // A title that begins with its day does not get it twice.
        self.name = Some(file_stem(&self.title)).filter(|name| name.starts_with(&format!("{day}-")));
    }
}
