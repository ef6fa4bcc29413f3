//! The addresses that a site takes itself, so that no page of an author can have them.

/// A name that the site takes at its top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reserved {
    /// The id of a page, or the first folder of one.
    pub name: &'static str,
    /// What stands there, as the subject of a sentence.
    pub holds: &'static str,
}

const fn reserved(name: &'static str, holds: &'static str) -> Reserved {
    Reserved { name, holds }
}

/// The ids that no page can have.
const PAGES: [Reserved; 12] = [
    reserved("index", "the home page of the site"),
    reserved("404", "the page for addresses that lead nowhere"),
    reserved("actions", "the list of all actions"),
    reserved("data", "the page about the data"),
    reserved("feed", "the feed of the site"),
    reserved("lucky", "the page of where teams got lucky"),
    reserved("metrics", "the page of metrics"),
    reserved("metrics-collected", "the page of the metrics of collected reviews"),
    reserved("metrics-sources", "the page of the metrics of other sites' reviews"),
    reserved("search", "the page to search with"),
    reserved("self-check", "the questions for readers"),
    reserved("subscribe", "the page about the feeds"),
];

/// The folders in which no page can stand.
const FOLDERS: [Reserved; 15] = [
    reserved("actions", "further lists of actions"),
    reserved("assets", "the files of the theme"),
    reserved("controls", "the changes and whether they held"),
    reserved("data", "the data for other programs"),
    reserved("factors", "the pages of factors"),
    reserved("kinds", "the lists of reviews by kind"),
    reserved("lucky", "further lists of luck"),
    reserved("organisations", "the lists of reviews by organisation"),
    reserved("reviews", "the pages of reviews"),
    reserved("search", "the index of the search"),
    reserved("services", "the lists of reviews by service"),
    reserved("severities", "the lists of reviews by severity"),
    reserved("share", "the pictures of shared links"),
    reserved("sources", "the reviews of other sites"),
    reserved("years", "the lists of reviews by year"),
];

/// What keeps a page from having an id such as `about` or `help/terms`. Many file systems take `Data` and `data` for one name.
pub fn reserved_for(page_id: &str) -> Option<Reserved> {
    let (names, wanted) = match page_id.split_once('/') {
        Some((folder, _)) => (&FOLDERS[..], folder),
        None => (&PAGES[..], page_id),
    };
    names.iter().find(|reserved| reserved.name.eq_ignore_ascii_case(wanted)).copied()
}
