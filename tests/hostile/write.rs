//! Writing: temporary names, locks, links, names that are too long.
