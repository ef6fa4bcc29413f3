//! Outputs that cannot all be written: two at one address, also where case does not count, or names that no file may have.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{Collision, Route, Site};
use crate::text::{MANIFEST, SitePath};

/// What stands in the way of writing every output. Two reviews of one name are found when they are checked.
pub(super) fn collisions(site: &Site) -> Vec<Collision> {
    let mut found = taken(site);
    found.extend(lost_aliases(site));
    found.extend(folders(site));
    found.extend(same_without_case(site));
    found.extend(unwriteable(site));
    found
}

/// The sources that lost their address to another output.
fn taken(site: &Site) -> Vec<Collision> {
    let mut found = Vec::new();
    for (source, target) in &site.targets {
        let taken_by = match site.route(target) {
            _ if target.as_str().eq_ignore_ascii_case(MANIFEST) => {
                "the list of all files that casebook wrote".to_owned()
            }
            Some(Route::Copy(other)) if other != source => format!("`{other}`"),
            Some(Route::Page(at)) if site.corpus.pages[*at].path != *source => {
                format!("`{}`", site.corpus.pages[*at].path)
            }
            Some(Route::Review(at)) if site.corpus.reviews[*at].path != *source => {
                format!("`{}`", site.corpus.reviews[*at].path)
            }
            Some(Route::Page(_) | Route::Review(_) | Route::Copy(_)) | None => continue,
            Some(_) => "a page or file that the program makes itself".to_owned(),
        };
        found.push(stands(source, target, &taken_by));
    }
    found
}

/// The aliases at whose address a file of `static` stands.
fn lost_aliases(site: &Site) -> Vec<Collision> {
    let mut found = Vec::new();
    for (_, review) in site.corpus.local() {
        for alias in &review.aliases {
            let target = super::path(&format!("reviews/{}.html", alias.value));
            if let Some(Route::Copy(source)) = site.routes.get(&target) {
                found.push(stands(source, &target, &format!("the alias `{}` of `{}`", alias.value, review.path)));
            }
        }
    }
    found
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
    let below = |routes: &BTreeMap<SitePath, Route>| {
        let after = routes.range((Excluded(folder.clone()), Unbounded)).map(|(path, _)| path);
        let mut near = after.take_while(|path| path.as_str().starts_with(folder.as_str()));
        near.find(|path| path.below(folder.as_str()).is_some()).cloned()
    };
    let derived = match folder.as_str() {
        "actions" | "lucky" => Some(site.ledgers()),
        other if other.starts_with("factors/") && !other.contains('.') => Some(site.factor_pages()),
        _ => None,
    };
    below(&site.routes).or_else(|| below(derived?))
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

/// The outputs that not every file system can hold. Whatever is checked by name was found before, unless its rule is off.
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
    let leads_here = |route: &Route| match route {
        Route::Redirect(to) => site.targets.iter().find(|(_, made)| *made == to).map(|(source, _)| source),
        _ => None,
    };
    known.or_else(|| leads_here(site.routes.get(target)?)).cloned()
}

fn settings() -> SitePath {
    super::path("casebook.toml")
}
