//! The files for other programs, read by programs that are not ours.

mod data;
mod examples;
mod feeds;
mod formats;
