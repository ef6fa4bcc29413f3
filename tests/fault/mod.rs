//! Builds that are interrupted, or that the system refuses something: the next build completes them, and nothing else is touched.
#![cfg(unix)]

mod clock;
mod disk;
mod interruption;
mod permission;
mod version;
