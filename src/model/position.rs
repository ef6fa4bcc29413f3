//! Positions in the lists of a corpus, each of a type of its own, so that none is taken for another.

use std::ops::{Index, IndexMut};

macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub usize);

        impl<T> Index<$name> for [T] {
            type Output = T;

            fn index(&self, position: $name) -> &T {
                &self[position.0]
            }
        }

        impl<T> Index<$name> for Vec<T> {
            type Output = T;

            fn index(&self, position: $name) -> &T {
                &self[position.0]
            }
        }

        impl<T> IndexMut<$name> for Vec<T> {
            fn index_mut(&mut self, position: $name) -> &mut T {
                &mut self[position.0]
            }
        }
    )*};
}

positions! {
    /// The position of a review in the corpus, from 0; the newest review is the first.
    ReviewIndex
    /// The position of a page that the authors wrote in the corpus, from 0, by id.
    PageIndex
    /// The position of an action in its review, from 0, in the order of the file.
    ActionIndex
}

/// An action of a review of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionRef {
    /// Its review.
    pub review: ReviewIndex,
    /// Its place there.
    pub action: ActionIndex,
}
