//! A set of places in one text, with a fast test whether one of them covers another place.

use super::Span;

/// Places in one text, sorted, none inside another, so that [`SpanSet::covers`] is a binary search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpanSet(Vec<Span>);

impl SpanSet {
    /// Takes places in any order, and drops those inside others.
    pub fn new(places: impl IntoIterator<Item = Span>) -> Self {
        let mut all: Vec<Span> = places.into_iter().collect();
        all.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
        let mut reached = None;
        all.retain(|place| {
            let is_new = reached.is_none_or(|reached| place.end > reached);
            reached = reached.max(Some(place.end));
            is_new
        });
        Self(all)
    }

    /// Whether a single place of the set contains all of `span`.
    pub fn covers(&self, span: Span) -> bool {
        // None lies inside another, so a later start means a later end: the last that starts early enough ends last.
        let after = self.0.partition_point(|place| place.start <= span.start);
        after > 0 && self.0[after - 1].contains(span)
    }
}

#[cfg(test)]
mod tests {
    use super::SpanSet;
    use crate::text::Span;

    #[test]
    fn the_answer_is_that_of_looking_at_every_place() {
        let places =
            [(5, 9), (0, 3), (6, 7), (0, 1), (8, 12), (12, 14), (20, 20)].map(|(from, to)| Span::new(from, to));
        let set = SpanSet::new(places);
        for start in 0..22 {
            for end in start..22 {
                let span = Span::new(start, end);
                let expected = places.iter().any(|place| place.contains(span));
                assert_eq!(set.covers(span), expected, "{span:?}");
            }
        }
    }
}
