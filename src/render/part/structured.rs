//! What several kinds of pages say to programs: schema.org as JSON-LD.

use serde_json::{Value, json};

use crate::render::context::PageContext;
use crate::text::strip_json_controls;

/// Who is responsible for the site: its organisation, or the site itself.
pub(in crate::render) fn publisher_data(context: &PageContext<'_>) -> Value {
    let about = &context.site.about;
    let name = if about.organisation.is_empty() { &about.title } else { &about.organisation };
    json!({ "@type": "Organization", "name": name })
}

/// JSON that is safe inside `<script>`: without what could end the script or begin a comment in it, and without the two
/// line ends that old scripts do not know.
pub(in crate::render) fn script_safe(data: &Value) -> String {
    let mut safe = String::new();
    for c in strip_json_controls(data.to_string()).chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            other => safe.push(other),
        }
    }
    safe
}
