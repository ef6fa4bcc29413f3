//! Rebuilds the crate when a file that it embeds is added or removed.

fn main() {
    println!("cargo::rerun-if-changed=themes");
    println!("cargo::rerun-if-changed=src/scaffold");
}
