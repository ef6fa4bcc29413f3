//! How much of a source is read. A container of a few kilobytes may unfold to gigabytes.

/// The greatest length in bytes of a file, and of everything in an archive.
pub(crate) const LARGEST_FILE: u64 = 256 << 20;

/// The greatest length in bytes of a text in one file of an archive.
pub(super) const LARGEST_ENTRY: u64 = 64 << 20;

/// The greatest number of files in an archive.
pub(super) const MOST_ENTRIES: usize = 20_000;

/// How many times longer than its packed bytes the content of an archive may be, from [`FREE_RATIO`] bytes on.
pub(super) const GREATEST_RATIO: u64 = 200;

/// Up to this many bytes nobody asks how well they were packed.
pub(super) const FREE_RATIO: u64 = 8 << 20;

/// How many archives may lie one in another.
pub(super) const ARCHIVE_DEPTH: usize = 2;

/// How deep the elements of HTML and XML may be nested.
pub(super) const ELEMENT_DEPTH: usize = 200;

/// The greatest length in bytes of HTML or wiki text that is converted.
pub(super) const LONGEST_SOURCE: usize = 16 << 20;

/// The greatest number of pictures of one review.
pub(super) const MOST_PICTURES: usize = 1_000;

/// The greatest length in bytes of one review, which is what a site reads.
pub(super) const LONGEST_REVIEW: usize = 384 << 10;

/// Why a review stays behind that is longer than that.
pub(super) fn too_long() -> String {
    format!("longer than {} KiB, which is the most that a site reads", LONGEST_REVIEW >> 10)
}
