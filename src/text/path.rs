//! Relative paths that cannot leave the folder they are joined to.

use std::fmt;
use std::sync::Arc;

use super::has_hidden;

/// A relative path with `/` between its parts, none of them empty, `.` or `..`.
///
/// Joining one to a folder gives a path below that folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SitePath(Arc<str>);

/// Why a text is not a [`SitePath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathError {
    /// The text is empty.
    Empty,
    /// The path begins at a root or names a drive.
    Absolute,
    /// A part is `.`, `..` or empty.
    Climbs,
    /// A part holds a backslash, a colon or another character that some systems refuse.
    Character,
    /// A part holds a control character or an invisible one.
    Hidden,
    /// A part is a name that Windows reserves for a device, such as `con` or `nul.md`.
    Device,
    /// A part ends in a dot or a blank, which Windows cuts off.
    Ending,
    /// The path or a part of it is longer than some file systems allow.
    Long,
}

/// The greatest length in bytes of an id. It leaves room for extensions in the 255 bytes that file systems allow.
pub const MAX_ID_LENGTH: usize = 120;

/// The greatest length in bytes of a part of a path. File systems take 255, and some endings are longer in the output.
const LONGEST_PART: usize = 240;

/// The greatest length in bytes of a path below its folder. Systems take from 1,024, and the folder counts.
const LONGEST_PATH: usize = 800;

/// Names of devices on Windows; those with a number follow the last two.
const DEVICES: [&str; 8] = ["con", "prn", "aux", "nul", "conin$", "conout$", "com", "lpt"];

/// Whether Windows reserves `name` for a device, as it does `con`, `NUL.md` and `com1.html`.
pub fn is_windows_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let Some(device) =
        DEVICES.iter().find(|device| stem.get(..device.len()).is_some_and(|start| start.eq_ignore_ascii_case(device)))
    else {
        return false;
    };
    let mut rest = stem[device.len()..].chars();
    match (*device, rest.next(), rest.next()) {
        ("com" | "lpt", Some('1'..='9' | '¹' | '²' | '³'), None) => true,
        (device, None, _) => !matches!(device, "com" | "lpt"),
        ("con", Some(_), _) => ["conin$", "conout$"].iter().any(|device| stem.eq_ignore_ascii_case(device)),
        _ => false,
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty",
            Self::Absolute => "is absolute",
            Self::Climbs => "has an empty part, `.` or `..`",
            Self::Character => "has a character that not every file system can hold",
            Self::Hidden => "has a control character, or another one that no reader sees",
            Self::Device => "has a name that Windows keeps for a device, such as `con` or `nul`",
            Self::Ending => "has a part that ends in a dot or a blank",
            Self::Long => "is longer than what every file system can hold",
        })
    }
}

impl SitePath {
    /// Checks that `text` is a safe relative path.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn new(text: &str) -> Result<Self, PathError> {
        if text.is_empty() {
            return Err(PathError::Empty);
        }
        if text.starts_with('/') {
            return Err(PathError::Absolute);
        }
        let is_plain =
            text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/'));
        for part in text.split('/') {
            if part.is_empty() || part == "." || part == ".." {
                return Err(PathError::Climbs);
            }
            // Nearly all paths have nothing that has to be looked at.
            if is_plain {
                continue;
            }
            if part.contains(['\t', '\n']) || has_hidden(part) {
                return Err(PathError::Hidden);
            }
            if part.chars().any(|c| matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')) {
                return Err(PathError::Character);
            }
        }
        Ok(Self(text.into()))
    }

    /// Why some file systems cannot hold a file of this path; `None` when all can.
    pub fn portability_error(&self) -> Option<PathError> {
        let of_part = |part: &str| match part {
            part if part.len() > LONGEST_PART => Some(PathError::Long),
            part if part.ends_with(['.', ' ']) => Some(PathError::Ending),
            part if is_windows_device(part) => Some(PathError::Device),
            _ => None,
        };
        self.0.split('/').find_map(of_part).or((self.0.len() > LONGEST_PATH).then_some(PathError::Long))
    }

    /// With `/` between the parts on every system.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, with its extension.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// What follows the last dot of the name; `None` without a dot.
    pub fn extension(&self) -> Option<&str> {
        self.name().rsplit_once('.').map(|(_, extension)| extension)
    }

    /// Everything before the last slash; empty for a file at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The rest of the path after `folder`, which has no closing slash; `None` when the path is elsewhere.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// The target of a relative reference in this file, as a browser finds it.
    ///
    /// # Errors
    ///
    /// The reference leaves the site, or the target is not a safe path.
    pub fn resolve(&self, reference: &str) -> Result<Self, PathError> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in reference.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop().ok_or(PathError::Climbs)?;
                }
                part => parts.push(part),
            }
        }
        Self::new(&parts.join("/"))
    }

    /// The file of the site folder that a link in this file leads to. Query and fragment are left out, and `/x` is
    /// a file of `static`. `None` for an anchor, for an address with a scheme or a host, and for one that leaves the site.
    pub fn follow(&self, link: &str) -> Option<Self> {
        let end = link.find(['#', '?']).unwrap_or(link.len());
        let file = percent_encoding::percent_decode_str(&link[..end]).decode_utf8().ok()?;
        if file.is_empty() || file.starts_with("//") || file.contains(':') {
            return None;
        }
        match file.strip_prefix('/') {
            Some(below) => Self::new(&format!("static/{below}")).ok(),
            None => self.resolve(&file).ok(),
        }
    }

    /// A relative reference from this file to `target`, such as `../b/c.html`.
    pub fn reference_to(&self, target: &Self) -> String {
        let (own, other) = (self.0.as_bytes(), target.0.as_bytes());
        let same = own.iter().zip(other).take_while(|(own, other)| own == other).count();
        let shared = own[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
        let up = own[shared..].iter().filter(|byte| **byte == b'/').count();
        let mut reference = String::with_capacity(3 * up + other.len() - shared);
        reference.extend(std::iter::repeat_n("../", up));
        reference.push_str(&target.0[shared..]);
        reference
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{PathError, SitePath, is_windows_device};

    #[test]
    fn unsafe_paths_are_refused() {
        for text in [
            "",
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a//b",
            "a/./b",
            "c:\\x",
            "a\\b",
            "a\0b",
            "a\nb",
            "a\tb",
            "a\u{202e}b",
        ] {
            assert!(SitePath::new(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn names_that_some_system_cannot_hold_are_known() {
        for name in ["con", "CON", "nul.md", "aux.tar.gz", "com1", "LPT9.html", "com¹", "conin$", "CONOUT$.x", "prn "]
        {
            assert!(is_windows_device(name), "{name}");
        }
        for name in
            ["", "co", "cone", "con-1", "com", "com0", "com10", "lpt", "lptx", "nul1", "conin", "auxiliary", "é"]
        {
            assert!(!is_windows_device(name), "{name}");
        }
        let portability_error = |text: &str| SitePath::new(text).unwrap().portability_error();
        assert_eq!(portability_error("a/b.c/d e.png"), None);
        assert_eq!(portability_error("reviews/aux/index.md"), Some(PathError::Device));
        assert_eq!(portability_error("static/a./b"), Some(PathError::Ending));
        assert_eq!(portability_error("static/a "), Some(PathError::Ending));
        assert_eq!(portability_error(&"x".repeat(240)), None);
        assert_eq!(portability_error(&"x".repeat(241)), Some(PathError::Long));
        assert_eq!(portability_error("x/".repeat(401).trim_end_matches('/')), Some(PathError::Long));
    }

    #[test]
    fn references_lead_back_to_where_they_came_from() {
        let paths = ["index.html", "reviews/a.html", "reviews/a/pic.png", "factors/index.html"];
        for from in paths.map(|p| SitePath::new(p).unwrap()) {
            for to in paths.map(|p| SitePath::new(p).unwrap()) {
                assert_eq!(from.resolve(&from.reference_to(&to)), Ok(to));
            }
        }
        assert_eq!(SitePath::new("a/b.md").unwrap().resolve("../../c"), Err(PathError::Climbs));
    }
}
