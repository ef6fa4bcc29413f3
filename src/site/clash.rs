//! Outputs that cannot all be written: two at one address, also where case does not count, or names that no file may have.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{Collision, PageKind, Route, Site, StaticFile, address};
use crate::model::Corpus;
use crate::text::{MANIFEST, SitePath};

/// What stands in the way of writing every output. Two reviews of one name are found when they are checked.
pub(super) fn collisions(site: &Site, corpus: &Corpus) -> Vec<Collision> {
    let mut found = taken(site, corpus);
    found.extend(lost_aliases(site, corpus));
    found.extend(folders(site));
    found.extend(same_without_case(site));
    found.extend(unwriteable(site));
    found
}

/// The sources that lost their address to another output.
fn taken(site: &Site, corpus: &Corpus) -> Vec<Collision> {
    let mut found = Vec::new();
    for (source, target) in &site.targets {
        let taken_by = if target.as_str().eq_ignore_ascii_case(MANIFEST) {
            "the list of all files that casebook wrote".to_owned()
        } else {
            let Some(route) = site.route(target) else { continue };
            match made_of(route, corpus) {
                Some(other) if other == source => continue,
                Some(other) => format!("`{other}`"),
                None => "a page or file that the program makes itself".to_owned(),
            }
        };
        found.push(stands(source, target, &taken_by));
    }
    found
}

/// The aliases at whose address something else stands: for a review a file of `static`, since other reviews are found
/// when they are checked.
fn lost_aliases(site: &Site, corpus: &Corpus) -> Vec<Collision> {
    let mut found = Vec::new();
    for (_, review) in corpus.local() {
        for alias in &review.aliases {
            let target = address::alias(&alias.value);
            if let Some(Route::File(StaticFile::Copy(source))) = site.routes.get(&target) {
                found.push(stands(source, &target, &format!("the alias `{}` of `{}`", alias.value, review.path)));
            }
        }
    }
    for page in &corpus.pages {
        let leads_here = PageKind::Redirect(address::content_page(page));
        for alias in &page.aliases {
            let target = address::page_alias(&alias.value);
            let Some(route) = site.routes.get(&target).filter(|route| route.page() != Some(&leads_here)) else {
                continue;
            };
            let other = made_of(route, corpus).map_or("something else".to_owned(), |other| format!("`{other}`"));
            let message = format!("the alias `{}` would be `{target}`, where {other} stands", alias.value);
            found.push(Collision { source: page.path.clone(), message, help: "Delete the alias." });
        }
    }
    found
}

/// The file of the site folder that a route is made of; none when the program makes it of several, or of none.
fn made_of<'a>(route: &'a Route, corpus: &'a Corpus) -> Option<&'a SitePath> {
    match route {
        Route::Page(page) => page.kind.source(corpus),
        Route::File(StaticFile::Copy(source)) => Some(source),
        Route::File(StaticFile::Theme(_) | StaticFile::Empty) | Route::Export(_) | Route::Picture(_) => None,
    }
}

fn stands(source: &SitePath, target: &SitePath, taken_by: &str) -> Collision {
    let message = format!("this would be published as `{target}`, where {taken_by} stands");
    Collision { source: source.clone(), message, help: "Give the file another name, or delete it." }
}

/// The files that need the place of a folder.
fn folders(site: &Site) -> Vec<Collision> {
    let mut found = Vec::new();
    for (source, target) in &site.targets {
        let above = target.as_str().match_indices('/').map(|(end, _)| &target.as_str()[..end]);
        let file = above.filter_map(|folder| SitePath::new(folder).ok()).find(|folder| site.route(folder).is_some());
        let clash =
            file.map(|file| (target.clone(), file)).or_else(|| Some((first_below(site, target)?, target.clone())));
        let Some((inner, folder)) = clash else { continue };
        let message = format!("for `{inner}`, `{folder}` would have to be a folder, and it is a file of the site, too");
        found.push(Collision { source: source.clone(), message, help: "Give the file or the folder another name." });
    }
    found
}

/// An output in a folder of this name.
fn first_below(site: &Site, folder: &SitePath) -> Option<SitePath> {
    let after = site.routes.range((Excluded(folder.clone()), Unbounded)).map(|(path, _)| path);
    let mut near = after.take_while(|path| path.as_str().starts_with(folder.as_str()));
    near.find(|path| path.below(folder.as_str()).is_some()).cloned()
}

/// The outputs that are one file on systems where case, or how an accent is encoded, does not count.
fn same_without_case(site: &Site) -> Vec<Collision> {
    let is_plain = |path: &SitePath| path.as_str().bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    let odd: Vec<&SitePath> = site.routes.par_iter().map(|(path, _)| path).filter(|path| !is_plain(path)).collect();
    let mut seen: BTreeMap<String, &SitePath> = BTreeMap::new();
    let mut found = Vec::new();
    for path in odd {
        let folded = path.as_str().nfc().collect::<String>().to_lowercase();
        let plain = SitePath::new(&folded).ok().filter(|folded| folded != path);
        let other = plain.and_then(|folded| site.routes.get_key_value(&folded)).map(|(known, _)| known);
        if let Some(other) = other.or_else(|| seen.get(folded.as_str()).copied()) {
            let message =
                format!("`{path}` and `{other}` are one file where case does not count, and one would be lost");
            let source = source_of(site, path).or_else(|| source_of(site, other)).unwrap_or_else(settings);
            found.push(Collision { source, message, help: "Rename one of the two." });
        }
        seen.insert(folded, path);
    }
    found
}

/// The outputs that not every file system can hold. Rules about names find most of them before, unless they are off.
fn unwriteable(site: &Site) -> Vec<Collision> {
    let found = site.routes.par_iter().filter_map(|(path, _)| Some((path, path.portability_error()?)));
    let of = |(path, trouble): (&SitePath, _)| {
        let shown: String = path.as_str().chars().take(100).collect();
        let message = format!("this would be published as `{shown}`, which {trouble}");
        let source = source_of(site, path).unwrap_or_else(settings);
        Collision { source, message, help: "Give it another name, or a shorter one." }
    };
    found.map(of).collect()
}

/// The file of the site folder that an output is made of.
fn source_of(site: &Site, target: &SitePath) -> Option<SitePath> {
    let known = site.targets.iter().find(|(_, made)| *made == target).map(|(source, _)| source);
    known
        .or_else(|| {
            let Some(PageKind::Redirect(to)) = site.page(target) else { return None };
            site.targets.iter().find(|(_, made)| *made == to).map(|(source, _)| source)
        })
        .cloned()
}

fn settings() -> SitePath {
    address::path("casebook.toml")
}
