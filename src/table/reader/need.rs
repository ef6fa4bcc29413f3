//! Which keys a table has to have, and when one may be left out.

use super::{Asked, TableReader};
use crate::diagnostic::ProblemKind;
use crate::table::{Entry, KeyKind, Requirement, Value, ValueKind};

impl TableReader<'_> {
    /// Reports `key` when the table lacks it.
    pub fn require(&self, key: &'static str) {
        debug_assert!(
            self.schema.key(key).is_some_and(|key| key.need != Requirement::Optional),
            "the format says that {} may lack `{key}`",
            self.schema.noun
        );
        self.asked.borrow_mut().push(Asked::WithNeed(key));
        if !self.present(key) && !self.is_blank_text(key) {
            let place = self.table.get(key).map_or(self.place, |empty| empty.key_span);
            let message = format!("{} has no `{key}`", self.schema.noun);
            let about = self.schema.key(key).map_or("", |key| key.about);
            self.add(ProblemKind::MissingKey, place, message).help(format!("Add `{key}`. {about}"));
        }
    }

    /// Whether the key of a string has one of blanks, which is reported where it is read.
    fn is_blank_text(&self, key: &str) -> bool {
        let kind = self.schema.key(key).map(|key| key.kind);
        matches!(kind, Some(KeyKind::Text | KeyKind::TextOrTable(_)))
            && matches!(self.table.get(key), Some(Entry { value: Value { kind: ValueKind::Text(_), .. }, .. }))
    }

    /// Lets the table lack a key that it usually requires, since another one says the same.
    pub fn excuse(&self, key: &'static str) {
        self.asked.borrow_mut().push(Asked::WithNeed(key));
    }
}
