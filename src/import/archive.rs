//! Zip archives, unpacked in memory and within limits. No entry can reach outside of the source.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::item::Skipped;
use super::limit::{ARCHIVE_DEPTH, FREE_RATIO, GREATEST_RATIO, LARGEST_ENTRY, LARGEST_FILE, MOST_ENTRIES};
use super::piece::{Content, Piece};
use crate::text::SitePath;

/// How every zip begins, and an empty one.
const SIGNS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// Folders of systems that hold no content of their own.
const SYSTEM: [&str; 2] = ["__MACOSX", ".DS_Store"];

/// Whether bytes are a zip.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    SIGNS.iter().any(|sign| bytes.starts_with(sign))
}

/// Whether bytes are a document of Word, whatever their file is called.
pub(super) fn is_word(bytes: &[u8]) -> bool {
    has_entries(bytes, |name| name == "[Content_Types].xml") && has_entries(bytes, |name| name.starts_with("word/"))
}

/// Whether bytes are the document of a program that packs its parts into a zip: of Word, Excel, LibreOffice or a book.
fn is_document(bytes: &[u8]) -> bool {
    has_entries(bytes, |name| matches!(name, "[Content_Types].xml" | "mimetype"))
}

fn has_entries(bytes: &[u8], is_meant: impl Fn(&str) -> bool) -> bool {
    let zip = is_zip(bytes).then(|| ZipArchive::new(Cursor::new(bytes)).ok()).flatten();
    zip.is_some_and(|zip| zip.file_names().any(|name| name.is_ok_and(|name| is_meant(&name))))
}

/// The files with those in archives in their place. A document is an archive, too, and stays whole.
pub(super) fn unpacked(pieces: Vec<Piece>, skipped: &mut Vec<Skipped>) -> Vec<Piece> {
    let mut all = Vec::new();
    for piece in pieces {
        unpack(piece, 0, &mut all, skipped);
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn unpack(piece: Piece, depth: usize, all: &mut Vec<Piece>, skipped: &mut Vec<Skipped>) {
    let Content::Bytes(bytes) = &piece.content else { return all.push(piece) };
    if !is_zip(bytes) || piece.has_ending(&["docx"]) || is_document(bytes) {
        return all.push(piece);
    }
    let mut skip = |why: String| skipped.push(Skipped { origin: piece.origin(), why });
    if depth >= ARCHIVE_DEPTH {
        return skip(format!("archives lie in it more than {ARCHIVE_DEPTH} deep"));
    }
    match entries(bytes, &piece) {
        Err(why) => skip(why),
        Ok((entries, refused)) if entries.is_empty() && refused.is_empty() => {
            skip("an archive without a file".to_owned())
        }
        Ok((entries, refused)) => {
            skipped.extend(refused);
            // A file that is named by itself gives no folder to what lies in it.
            entries.into_iter().for_each(|entry| unpack(entry, depth + 1, all, skipped));
        }
    }
}

/// The files in an archive.
///
/// # Errors
///
/// It is broken, or holds more than can be read safely: then nothing of it is taken over.
fn entries(bytes: &[u8], archive: &Piece) -> Result<(Vec<Piece>, Vec<Skipped>), String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("a broken archive: {error}"))?;
    if zip.len() > MOST_ENTRIES {
        return Err(format!("an archive of {} files, and {MOST_ENTRIES} are the most", zip.len()));
    }
    let (mut pieces, mut refused) = (Vec::new(), Vec::new());
    let mut total = 0_u64;
    for place in 0..zip.len() {
        let file = zip.by_index(place).map_err(|error| format!("a broken archive: {error}"))?;
        let name = file.name().map_err(|error| format!("a broken archive: {error}"))?.into_owned();
        if file.is_dir() || name.split('/').any(|part| SYSTEM.contains(&part)) {
            continue;
        }
        let mut refuse = |why: String| refused.push(Skipped { origin: format!("{}/{name}", archive.origin()), why });
        if file.is_symlink() {
            refuse("a link".to_owned());
            continue;
        }
        let path = match safe_path(&name) {
            Ok(path) => path,
            Err(why) => {
                refuse(why);
                continue;
            }
        };
        let content = read(file)?;
        total += content.len() as u64;
        let is_bomb = total > FREE_RATIO && total / (bytes.len() as u64).max(1) > GREATEST_RATIO;
        if is_bomb || total > LARGEST_FILE {
            return Err(format!("an archive that unfolds to more than {} MiB", total >> 20));
        }
        pieces.push(Piece { archives: format!("{}/", archive.origin()), ..Piece::new(path, content) });
    }
    Ok((pieces, refused))
}

/// The bytes of an entry, whatever size it claims to have.
pub(super) fn read<R: Read>(file: ZipFile<'_, R>) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    let read = file.take(LARGEST_ENTRY + 1).read_to_end(&mut content);
    read.map_err(|error| format!("a broken archive: {error}"))?;
    match content.len() as u64 > LARGEST_ENTRY {
        true => Err(format!("an archive with a file of more than {} MiB", LARGEST_ENTRY >> 20)),
        false => Ok(content),
    }
}

/// The path of an entry. Signs that not every system can hold are written as `-`, but nothing may climb or be absolute.
fn safe_path(name: &str) -> Result<SitePath, String> {
    if name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..") {
        return Err("its path leads out of the archive".to_owned());
    }
    let is_unsafe = |c: char| matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') || c.is_control();
    let parts = name.split('/').filter(|part| !part.is_empty() && *part != ".");
    let name = parts.collect::<Vec<_>>().join("/");
    SitePath::new(&name.replace(is_unsafe, "-")).map_err(|error| format!("its path {error}"))
}
