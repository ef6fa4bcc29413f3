//! The numbers on pages, against a count of the published dataset.

mod controls;
mod dataset;
mod lines;
mod page;
mod pages;
mod patterns;
