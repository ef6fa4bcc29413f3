//! The sources and documents of the project itself.

mod architecture;
mod documents;
