//! What a file is, by how it begins and how its name ends.

use super::Picture;
use crate::text::SitePath;

/// How many bytes of the beginning are looked at.
pub(in super::super) const START: usize = 1024;

/// What a file is, as far as it matters for publishing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A picture whose metadata is taken out.
    Picture(Picture),
    /// A packed drawing: browsers unpack it and run what is in it.
    Packed,
    /// Its name says that it is a picture whose metadata is taken out, and it is none; a sentence.
    NoPicture(String),
    /// Nothing is hidden in it: text and figures, or a part of the website itself, as its makers wrote it.
    Plain,
    /// It may hold more than what is seen; a sentence that says what.
    Closed(String),
    /// It begins like something else than its name says; a sentence.
    Mismatch(String),
}

/// Endings of plain text files, which hide nothing from a reader.
const TEXTS: [&str; 5] = ["csv", "json", "md", "tsv", "txt"];

/// Endings of pictures that are cleaned.
const PICTURES: [&str; 8] = ["apng", "gif", "ico", "jfif", "jpeg", "jpg", "png", "webp"];

/// Endings of what websites are made of, beside texts; they are expected in `static` and in themes.
const WEB: [&str; 6] = ["eot", "otf", "ttf", "wasm", "woff", "woff2"];

const DOCUMENT: &str = "can hold names of authors, earlier versions and comments";
const ARCHIVE: &str = "can hold any files";
const MEDIA: &str = "can hold the place, the device and names";
const PICTURE: &str = "can hold metadata that is not taken out";
const DATA: &str = "can hold more than what is meant to be public";
const CAPTURE: &str = "can hold addresses, names and passwords";
const PAGE: &str = "can run scripts and load files from other sites";
const PROGRAM: &str = "can harm whoever runs it";

/// A format: how its files begin, its name, what such files can hold, and the endings they have.
type Format = (&'static [u8], &'static str, &'static str, &'static [&'static str]);

/// Formats by the first bytes of their files.
const FORMATS: &[Format] = &[
    (b"%PDF", "PDF", DOCUMENT, &["ai", "pdf"]),
    (b"II*\0", "TIFF", PICTURE, &["arw", "cr2", "dng", "nef", "tif", "tiff"]),
    (b"MM\0*", "TIFF", PICTURE, &["dng", "nef", "tif", "tiff"]),
    (b"8BPS", "a Photoshop document", PICTURE, &["psb", "psd"]),
    (b"gimp xcf", "a GIMP document", PICTURE, &["xcf"]),
    (b"BM", "BMP", PICTURE, &["bmp", "dib"]),
    (b"\0\0\0\x0cJXL", "JPEG XL", PICTURE, &["jxl"]),
    (b"\xff\x0a", "JPEG XL", PICTURE, &["jxl"]),
    (b"\0\0\0\x0cjP", "JPEG 2000", PICTURE, &["j2k", "jp2", "jpx"]),
    (b"\xd0\xcf\x11\xe0", "an office document", DOCUMENT, &["doc", "msg", "msi", "ppt", "vsd", "xls"]),
    (b"{\\rtf", "an office document", DOCUMENT, &["doc", "rtf"]),
    (b"%!PS", "PostScript", DOCUMENT, &["ai", "eps", "ps"]),
    (b"fig-kiwi", "a Figma document", DOCUMENT, &["fig"]),
    (b"ID3", "sound", MEDIA, &["aac", "mp3"]),
    (b"\xff\xfb", "sound", MEDIA, &["mp3"]),
    (b"\xff\xf3", "sound", MEDIA, &["mp3"]),
    (b"\xff\xf1", "sound", MEDIA, &["aac"]),
    (b"OggS", "sound or film", MEDIA, &["oga", "ogg", "ogv", "opus"]),
    (b"fLaC", "sound", MEDIA, &["flac"]),
    (b"FORM", "sound", MEDIA, &["aif", "aiff"]),
    (b"RIFF", "sound or film", MEDIA, &["avi", "wav"]),
    (b"\x1aE\xdf\xa3", "film", MEDIA, &["mka", "mkv", "webm"]),
    (b"\x30\x26\xb2\x75", "sound or film", MEDIA, &["asf", "wma", "wmv"]),
    (b"FLV", "film", MEDIA, &["flv"]),
    (b"\x1f\x8b", "a gzip archive", ARCHIVE, &["gz", "tgz"]),
    (b"BZh", "a bzip2 archive", ARCHIVE, &["bz2", "tbz"]),
    (b"\xfd7zXZ", "an xz archive", ARCHIVE, &["txz", "xz"]),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", ARCHIVE, &["zst"]),
    (b"7z\xbc\xaf", "a 7z archive", ARCHIVE, &["7z"]),
    (b"Rar!", "a RAR archive", ARCHIVE, &["rar"]),
    (b"SQLite format 3", "a SQLite database", DATA, &["db", "sqlite", "sqlite3"]),
    (b"PAR1", "Parquet", DATA, &["parquet"]),
    (b"\xd4\xc3\xb2\xa1", "recorded network traffic", CAPTURE, &["pcap"]),
    (b"\xa1\xb2\xc3\xd4", "recorded network traffic", CAPTURE, &["pcap"]),
    (b"\x4d\x3c\xb2\xa1", "recorded network traffic", CAPTURE, &["pcap"]),
    (b"\x0a\x0d\x0d\x0a", "recorded network traffic", CAPTURE, &["pcapng"]),
    (b"\x7fELF", "a program for Linux", PROGRAM, &["so"]),
    (b"MZ", "a program for Windows", PROGRAM, &["dll", "exe"]),
    (b"\xca\xfe\xba\xbe", "a program for Java or macOS", PROGRAM, &["class", "dylib"]),
];

/// Endings of files that begin like ZIP and are more than that.
const IN_ZIP: [(&str, &[&str]); 2] = [
    (
        DOCUMENT,
        &[
            "docm", "docx", "dotx", "epub", "fig", "key", "numbers", "odg", "odp", "ods", "odt", "pages", "potx",
            "pptm", "pptx", "sketch", "vsdx", "xlsm", "xlsx",
        ],
    ),
    (ARCHIVE, &["apk", "ipa", "jar", "whl", "zip"]),
];

/// What files of an ending can hold that no first byte tells.
const ENDINGS: [(&str, &[&str]); 6] = [
    (PAGE, &["hta", "htm", "html", "js", "mhtml", "mjs", "shtml", "swf", "xht", "xhtml", "xml", "xsl", "xslt"]),
    (CAPTURE, &["cap", "dmp", "har", "hprof", "log", "pcap", "trace"]),
    (DATA, &["bak", "db", "dump", "env", "geojson", "ini", "ipynb", "jsonl", "sql", "toml", "yaml", "yml"]),
    (DOCUMENT, &["drawio", "eml", "excalidraw", "mbox", "mpp", "rtf"]),
    (ARCHIVE, &["br", "cab", "dmg", "iso", "tar"]),
    (PROGRAM, &["bat", "cmd", "ps1", "py", "sh"]),
];

/// What the file at `path` is, by its first [`START`] bytes.
pub(super) fn kind(start: &[u8], path: &SitePath) -> Kind {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    // The owner of the site fills these folders with parts of the website.
    let is_own = path.below("static").is_some() || path.below("themes").is_some();
    if let Some(picture) = super::picture(start) {
        return Kind::Picture(picture);
    }
    match ending.as_str() {
        "svg" => return Kind::Picture(Picture::Svg),
        "svgz" if is_own => return Kind::Closed(format!("a packed drawing {PICTURE}")),
        "svgz" => return Kind::Packed,
        _ => {}
    }
    // The name promises that what is hidden was taken out.
    let mismatch = if PICTURES.contains(&ending.as_str()) { Kind::NoPicture } else { Kind::Mismatch };
    if let Some((name, holds, is_right)) = format_of(start, &ending) {
        return match is_right || !is_claim(&ending) {
            true => Kind::Closed(format!("{name} {holds}")),
            false => mismatch(format!("its name says `.{ending}`, but it is {name}, which {holds}")),
        };
    }
    let is_text = is_text(start);
    if PICTURES.contains(&ending.as_str()) || TEXTS.contains(&ending.as_str()) && !is_text {
        return mismatch(format!("its name says `.{ending}`, and it does not begin like one"));
    }
    if is_own && (is_text || WEB.contains(&ending.as_str())) {
        return Kind::Plain;
    }
    if TEXTS.contains(&ending.as_str()) {
        return Kind::Plain;
    }
    let holds = ENDINGS.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map(|(holds, _)| *holds);
    match (holds, ending.as_str()) {
        (Some(holds), _) => Kind::Closed(format!("a `.{ending}` file {holds}")),
        (None, "") => Kind::Closed("the name has no ending that says what it holds".to_owned()),
        (None, _) => Kind::Closed(format!("Casebook does not know what a `.{ending}` file can hold")),
    }
}

/// The format of a file by its first bytes: its name, what it can hold, and whether the ending fits.
fn format_of(start: &[u8], ending: &str) -> Option<(&'static str, &'static str, bool)> {
    if start.starts_with(b"PK") && matches!(start.get(2..4), Some(b"\x03\x04" | b"\x05\x06" | b"\x07\x08")) {
        let found = IN_ZIP.iter().find(|(_, endings)| endings.contains(&ending));
        return Some(match found {
            Some((DOCUMENT, _)) => ("a document", DOCUMENT, true),
            found => ("a ZIP archive", ARCHIVE, found.is_some()),
        });
    }
    if matches!(start.get(4..8), Some(b"ftyp" | b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot")) {
        let is_still = matches!(ending, "avif" | "avifs" | "heic" | "heif" | "hif");
        let is_film = matches!(ending, "3gp" | "cr3" | "m4a" | "m4v" | "mov" | "mp4" | "qt");
        return Some(match is_still {
            true => ("this format", PICTURE, true),
            false => ("sound or film", MEDIA, is_film),
        });
    }
    if start.get(257..262) == Some(b"ustar") {
        return Some(("a tar archive", ARCHIVE, ending == "tar"));
    }
    let found = FORMATS.iter().find(|(magic, ..)| start.starts_with(magic));
    // Letters may begin a plain text, too.
    let found = found.filter(|(magic, .., endings)| {
        !magic.iter().all(u8::is_ascii_graphic) || magic.len() > 3 || endings.contains(&ending) || !is_text(start)
    });
    found.map(|(_, name, holds, endings)| (*name, *holds, endings.contains(&ending)))
}

/// Whether an ending says what a file is, so that something else is a surprise.
fn is_claim(ending: &str) -> bool {
    let in_formats = FORMATS.iter().map(|(.., endings)| *endings);
    let in_lists = IN_ZIP.iter().chain(&ENDINGS).map(|(_, endings)| *endings);
    let mut all = in_formats.chain(in_lists).chain([&TEXTS[..], &PICTURES, &WEB]);
    all.any(|endings| endings.contains(&ending))
}

/// Whether it is the beginning of a text in UTF-8.
pub(in super::super) fn is_text(start: &[u8]) -> bool {
    let is_utf8 = match std::str::from_utf8(start) {
        Ok(_) => true,
        // The last character may be cut off.
        Err(error) => error.error_len().is_none() && start.len() >= START,
    };
    is_utf8 && !start.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31))
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};
    use crate::text::SitePath;

    fn check(path: &str, start: &[u8], expected: &str) {
        let found = match kind(start, &SitePath::new(path).unwrap()) {
            Kind::Picture(picture) => format!("{picture:?}"),
            Kind::Packed => "packed".to_owned(),
            Kind::NoPicture(why) => format!("no picture: {why}"),
            Kind::Plain => "plain".to_owned(),
            Kind::Closed(why) => format!("closed: {why}"),
            Kind::Mismatch(why) => format!("mismatch: {why}"),
        };
        assert!(found.starts_with(expected), "{path}: {found}");
    }

    #[test]
    fn files_are_what_they_begin_with() {
        for (name, start, expected) in [
            ("a.png", &b"\x89PNG\r\n\x1a\n"[..], "Png"),
            ("a.txt", b"\xff\xd8\xff", "Jpeg"),
            ("a.SVG", b"<svg/>", "Svg"),
            ("a.svgz", b"\x1f\x8b", "packed"),
            ("a.png", b"PK\x03\x04", "no picture: its name says `.png`, but it is a ZIP archive"),
            ("a.png", b"words", "no picture: its name says `.png`, and it does not begin like one"),
            ("a.JPG", b"", "no picture"),
            ("a.csv", b"PK\x03\x04", "mismatch"),
            ("a.csv", b"a;b\n1;2", "plain"),
            ("a.txt", b"BMW, and MZ", "plain"),
            ("a.txt", b"a\0b", "mismatch"),
            ("a.docx", b"PK\x03\x04", "closed: a document can hold names"),
            ("a.zip", b"PK\x03\x04", "closed: a ZIP archive"),
            ("a.mp3", b"ID3\x03", "closed: sound"),
            ("a.log", b"12:00 GET /", "closed: a `.log` file"),
            ("a.html", b"<html>", "closed: a `.html` file can run"),
            ("a.xyz", b"words", "closed: Casebook does not know"),
            ("a", b"words", "closed"),
        ] {
            check(&format!("content/reviews/{name}"), start, expected);
        }
        for (name, start, expected) in [
            ("CNAME", &b"example.org"[..], "plain"),
            ("a.html", b"<html>", "plain"),
            ("a.txt", b"words", "plain"),
            ("a.css", b"a {}", "plain"),
            ("a.woff2", b"wOF2\0", "plain"),
            ("a.pdf", b"%PDF", "closed"),
            ("a.bin", b"a\0b", "closed"),
            ("a.svgz", b"\x1f\x8b", "closed"),
            ("a.ico", b"words", "no picture"),
        ] {
            check(&format!("static/{name}"), start, expected);
        }
    }
}
