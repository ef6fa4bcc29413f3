//! The line of a place, up to the place.

/// The offset at which the line of a place begins.
pub(super) fn start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// The line up to the place.
pub(super) fn before(text: &str, offset: usize) -> &str {
    &text[start(text, offset)..offset]
}

/// The rest of the line.
pub(super) fn after(text: &str, offset: usize) -> &str {
    let rest = &text[offset..];
    &rest[..rest.find('\n').unwrap_or(rest.len())]
}
