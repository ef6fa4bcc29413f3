//! The links on the way to a site folder, any of which may be made to lead elsewhere.

use std::collections::VecDeque;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// More links on one way are a circle.
const MOST_LINKS: usize = 40;

/// The links on the way to `folder`, which is absolute, each by its name in the folder that holds it.
pub(super) fn links_on_the_way(folder: &Path) -> Vec<PathBuf> {
    let parts =
        |path: &Path| -> VecDeque<PathBuf> { path.components().map(|part| PathBuf::from(part.as_os_str())).collect() };
    let (mut left, mut at, mut links) = (parts(folder), PathBuf::new(), Vec::new());
    while let Some(part) = left.pop_front() {
        match part.components().next() {
            Some(Component::ParentDir) => _ = at.pop(),
            Some(Component::CurDir) | None => {}
            Some(Component::Prefix(_) | Component::RootDir | Component::Normal(_)) => at.push(&part),
        }
        let Ok(target) = fs::read_link(&at) else { continue };
        links.push(at.clone());
        if links.len() > MOST_LINKS {
            break;
        }
        at.pop();
        let mut onwards = parts(&target);
        onwards.append(&mut left);
        left = onwards;
    }
    links
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the test makes links")]

    use std::os::unix::fs::symlink;

    use super::{MOST_LINKS, links_on_the_way};

    #[test]
    fn every_link_is_found_where_it_stands() {
        let space = tempfile::tempdir().unwrap();
        let at = space.path().canonicalize().unwrap();
        std::fs::create_dir_all(at.join("releases/1/site")).unwrap();
        symlink("releases/1", at.join("one")).unwrap();
        symlink(at.join("one"), at.join("current")).unwrap();
        symlink("../one", at.join("releases/back")).unwrap();
        symlink("circle", at.join("circle")).unwrap();
        let names = |path: &str| -> Vec<String> {
            let links = links_on_the_way(&at.join(path)).into_iter();
            links.map(|link| link.strip_prefix(&at).unwrap().to_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names("current/site"), ["current", "one"]);
        assert_eq!(names("releases/back/site"), ["releases/back", "one"]);
        assert_eq!(names("releases/1/../1/./site"), [""; 0]);
        assert_eq!(names("circle").len(), MOST_LINKS + 1);
    }
}
