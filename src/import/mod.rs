//! Containers of other programs, turned into Markdown files that the reader understands. No word is interpreted here.

mod archive;
mod confluence;
mod confluence_storage;
mod container;
mod cstate;
mod docx;
mod docx_block;
mod docx_run;
mod docx_style;
mod docx_text;
mod entry;
mod entry_list;
mod github;
mod gitlab;
mod google_docs;
mod html;
mod html_mark;
mod html_picture;
mod html_safety;
mod html_table;
mod html_tag;
mod incident_io;
mod issue;
mod item;
mod json;
mod label;
mod left_out;
mod limit;
mod markdown;
mod mediawiki;
mod moment;
mod name;
mod note;
mod notion;
mod page;
mod picture_link;
mod piece;
mod report;
mod statuspage;
mod understanding;
mod wiki_inline;
mod wiki_source;
mod wiki_tag;
mod wiki_template;
mod wikitext;
mod written;
mod yaml;

use std::collections::BTreeSet;

use crate::model::Policy;
use crate::text::SitePath;

pub(crate) use container::CONTAINERS;
pub(crate) use item::{Picture, Skipped};
pub(crate) use limit::LARGEST_FILE;
pub(crate) use piece::Piece;
pub(crate) use report::{Fate, Line, SourceReport, json};
pub(crate) use understanding::{Understanding, understood};

use container::Container;
use item::{Batch, Item};
use left_out::{Kind, LeftOut};
use name::Names;

/// What becomes of the comments of an issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Comments {
    /// They are left out, and counted.
    #[default]
    LeftOut,
    /// Each is an entry of a timeline, with its time.
    Timeline,
}

/// Which items come over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Those that look like a review.
    #[default]
    Reviews,
    /// Every one.
    All,
}

/// What a summary of somebody else's review says of its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Collected {
    /// Whose reviews they are.
    pub(crate) organisation: Option<String>,
    /// The address of the source, where an item has none of its own.
    pub(crate) source: Option<String>,
    /// The licence of the text.
    pub(crate) licence: Option<String>,
    /// The commit of the source.
    pub(crate) commit: Option<String>,
}

/// How to import.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    /// The folder of the reviews below the site.
    pub(crate) folder: String,
    /// The name of a container of [`CONTAINERS`] that all files are read as; without it, each file says what it is.
    pub(crate) container: Option<&'static str>,
    /// What becomes of comments.
    pub(crate) comments: Comments,
    /// Which items come over.
    pub(crate) choice: Choice,
    /// The status of the reviews, where it was chosen.
    pub(crate) status: Option<String>,
    /// Who may read the reviews, where it was chosen.
    pub(crate) tlp: Option<String>,
    /// What is said of the source, where the reviews are somebody else's.
    pub(crate) collected: Option<Collected>,
}

/// A file for a review, ready to be written.
#[derive(Clone, Debug)]
pub(crate) struct Imported {
    /// The name of its container.
    pub(crate) container: &'static str,
    /// Where it was, such as `issues.json #12`.
    pub(crate) origin: String,
    /// Where it goes, below the folder of reviews.
    pub(crate) path: SitePath,
    /// The whole file.
    pub(crate) text: String,
    /// Pictures that its text shows, with their paths below the folder of reviews.
    pub(crate) pictures: Vec<Picture>,
    /// What its container held and the file does not.
    pub(crate) left_out: Vec<String>,
}

/// All that came out of a source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Import {
    /// The reviews, in the order of the source.
    pub(crate) reviews: Vec<Imported>,
    /// What is no review, or cannot be read.
    pub(crate) skipped: Vec<Skipped>,
    /// What the source held beside reviews, as a line for each kind.
    pub(crate) left_out: Vec<String>,
}

/// What conversions go by.
pub(crate) struct Context<'a> {
    /// All files of the source: a file may show pictures that lie beside it.
    pieces: &'a [Piece],
    wish: &'a Wish,
    policy: &'a Policy,
    /// What the source is called. In a folder of incidents, each text is one.
    source: &'a str,
}

/// The reviews that one file holds, each as a Markdown file with its path. Every item comes over, with its comments.
pub fn reviews_in(path: SitePath, bytes: Vec<u8>) -> Vec<(SitePath, String)> {
    let wish = Wish { comments: Comments::Timeline, choice: Choice::All, ..Wish::default() };
    let import = Importer::new(&wish, &Policy::default()).import(vec![Piece::new(path, bytes)], "");
    import.reviews.into_iter().map(|review| (review.path, review.text)).collect()
}

/// Turns sources into reviews. No two of them get one name, whichever source they are from.
pub(crate) struct Importer<'a> {
    wish: &'a Wish,
    policy: &'a Policy,
    names: Names,
}

impl<'a> Importer<'a> {
    /// Imports as `wish` says into a site with this policy.
    pub(crate) fn new(wish: &'a Wish, policy: &'a Policy) -> Self {
        Self { wish, policy, names: Names::default() }
    }

    /// Turns the files of a source that is called `source` into reviews, each by its own container.
    pub(crate) fn import(&mut self, pieces: Vec<Piece>, source: &str) -> Import {
        let Self { wish, policy, names } = self;
        let mut import = Import::default();
        if pieces.is_empty() {
            import.skipped.push(Skipped { origin: source.to_owned(), why: "there is no file in it".to_owned() });
        }
        let pieces = archive::unpacked(pieces, &mut import.skipped);
        let pieces: Vec<Piece> = pieces.into_iter().flat_map(|piece| container::parts(piece, wish)).collect();
        let context = Context { pieces: &pieces, wish, policy, source };
        let mut left_out = LeftOut::default();
        for piece in &pieces {
            if let Some(skipped) = piece.empty() {
                left_out.extend(piece.beside());
                import.skipped.push(skipped);
                continue;
            }
            let Some(container) = container::container_of(piece, wish) else {
                import.skipped.extend(piece.unknown());
                continue;
            };
            let Batch { items, skipped } = container.items(piece, &context);
            import.skipped.extend(skipped);
            left_out.extend(piece.beside());
            for item in items {
                match imported(item, container, &context, names) {
                    Ok(review) => import.reviews.push(review),
                    Err(skipped) => import.skipped.push(skipped),
                }
            }
        }
        name_unshown(&pieces, &import, &mut left_out);
        import.left_out = left_out.lines();
        import
    }
}

const UNSHOWN: Kind = ("file beside the texts that no review shows", "files beside the texts that no review shows");

/// Names pictures and tables that lie in the source and came over with no review.
fn name_unshown(pieces: &[Piece], import: &Import, left_out: &mut LeftOut) {
    let shown: BTreeSet<&[u8]> =
        import.reviews.iter().flat_map(|review| &review.pictures).map(|picture| picture.bytes.as_slice()).collect();
    for piece in pieces.iter().filter(|piece| piece.is_shown() && !notion::is_database(piece)) {
        if piece.bytes().is_none_or(|bytes| !shown.contains(bytes)) {
            left_out.name(UNSHOWN, &piece.origin());
        }
    }
}

fn imported(
    mut item: Item,
    container: &'static Container,
    context: &Context<'_>,
    names: &mut Names,
) -> Result<Imported, Skipped> {
    let path = names.of(&item).map_err(|why| Skipped { origin: item.origin.clone(), why })?;
    item.decide(&path, context);
    let pictures = item.take_pictures(&path);
    let text = written::review(&item);
    if text.len() > limit::LONGEST_REVIEW {
        return Err(Skipped { origin: item.origin, why: limit::too_long() });
    }
    let review =
        Imported { container: container.name, origin: item.origin, path, text, pictures, left_out: item.left_out };
    Ok(review)
}
