//! Programs that tests need: `tests/run` installs them and requires them.

/// Says that a test was skipped because something is missing. Where the variable is set, that is a failure.
pub fn missing(what: &str, required_by: &str) {
    assert!(std::env::var_os(required_by).is_none(), "{what}: missing, and {required_by} requires it");
    // Not by `eprintln!`, of which nothing is seen when a test passes.
    let line = format!("skipped: {what}: missing; `bash tests/run` requires it\n");
    let _ = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
}
