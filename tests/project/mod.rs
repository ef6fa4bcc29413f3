//! The project itself: layers of the code, what the documents and workflows say.

use std::fs;
use std::path::Path;

mod architecture;
mod documents;
mod guide;
mod release;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
