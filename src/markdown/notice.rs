//! Mistakes that the readers of Markdown notice on the way, kept until somebody asks for them.

use std::cell::RefCell;
use std::rc::Rc;

use crate::diagnostic::{ProblemKind, Problems};
use crate::text::Span;

/// The greatest number of mistakes of one kind that are kept: far more than anyone reads.
const MOST: usize = 200;

/// Shared by all that read one text.
#[derive(Clone, Default)]
pub(super) struct Notices(Rc<RefCell<Problems>>);

impl Notices {
    /// Keeps a mistake: what is wrong, and what to do about it.
    pub(super) fn add(&self, kind: ProblemKind, span: Span, (message, help): (String, &str)) {
        let mut problems = self.0.borrow_mut();
        if problems.0.len() < MOST {
            problems.add(kind, span, message).help(help);
        }
    }

    /// Adds all that was kept to `problems`, in the order of the text.
    pub(super) fn report(&self, problems: &mut Problems) {
        let mut kept = self.0.borrow().0.clone();
        kept.sort_by_key(|problem| problem.span.start);
        problems.0.extend(kept);
    }
}
