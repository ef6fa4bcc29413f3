//! Names for pieces of text, which a drawing declares at its beginning. Illustrator writes its namespaces that way.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::escape::{resolve_predefined_entity, unescape_with};

/// What the use of all names together may come to, in bytes. A name that is used a thousand times stays far below.
const MOST: usize = 4 * 1024 * 1024;

/// The names that a drawing declares, with the text behind each.
#[derive(Default)]
pub(super) struct Entities {
    texts: HashMap<String, String>,
    longest: usize,
    used: usize,
}

impl Entities {
    /// Reads the declarations of a document type. What would become markup or other names is passed over, so that a
    /// drawing that uses it is damaged.
    pub(super) fn read(&mut self, document_type: &str) {
        let declarations = document_type.split("<!ENTITY").skip(1);
        for declaration in declarations {
            let Some((name, rest)) = declaration.trim_start().split_once(char::is_whitespace) else { continue };
            let rest = rest.trim_start();
            let value = ['"', '\''].into_iter().find_map(|quote| rest.strip_prefix(quote)?.split_once(quote));
            let Some((value, _)) = value else { continue };
            let Ok(text) = unescape_with(value, |_| None) else { continue };
            if !text.contains(['<', '&']) && !value.contains('%') {
                // Of two declarations the first holds.
                self.longest = self.longest.max(text.len());
                self.texts.entry(name.to_owned()).or_insert_with(|| text.into_owned());
            }
        }
    }

    /// The text with everything that a name or a number stands for; `None` when a name is not known, or when the
    /// names grow out of all proportion.
    pub(super) fn resolve<'a>(&mut self, text: &'a str) -> Option<Cow<'a, str>> {
        self.used += text.bytes().filter(|byte| *byte == b'&').count() * self.longest;
        if self.used > MOST {
            return None;
        }
        let named = |name: &str| resolve_predefined_entity(name).or_else(|| self.texts.get(name).map(String::as_str));
        unescape_with(text, named).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Entities;

    #[test]
    fn names_of_plain_text_are_resolved_and_all_others_are_not() {
        let mut entities = Entities::default();
        entities.read(
            "svg [ <!ENTITY ns \"http://x/\"> <!ENTITY tag '&#60;script/>'> <!ENTITY more \"&ns;&ns;\">\
             <!ENTITY % p 'x'> <!ENTITY file SYSTEM \"/etc/passwd\"> <!ENTITY ns \"later\">]",
        );
        assert_eq!(entities.resolve("a &amp; &#98; &ns;").as_deref(), Some("a & b http://x/"));
        for unknown in ["&tag;", "&more;", "&p;", "&file;", "&nbsp;", "&ns"] {
            assert_eq!(entities.resolve(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn names_do_not_grow_without_end() {
        let mut entities = Entities::default();
        entities.read(&format!("svg [<!ENTITY a \"{}\">]", "x".repeat(1000)));
        assert!(entities.resolve(&"&a;".repeat(1000)).is_some());
        assert_eq!(entities.resolve(&"&a;".repeat(10_000)), None);
    }
}
