//! Many places of one text, asked whether one of them holds another place.

use super::Span;

/// Places of one text, in order and none inside another. A question looks at a few of them, however many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions(Vec<Span>);

impl Regions {
    /// Takes places in any order. One that lies in another adds nothing to it.
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

    /// Whether one of the places holds all of `span`.
    pub fn contain(&self, span: Span) -> bool {
        // Of places none of which lies in another, a later start means a later end: the last that begins early enough
        // reaches farthest.
        let after = self.0.partition_point(|place| place.start <= span.start);
        after > 0 && self.0[after - 1].contains(span)
    }
}

#[cfg(test)]
mod tests {
    use super::Regions;
    use crate::text::Span;

    #[test]
    fn the_answer_is_that_of_looking_at_every_place() {
        let places =
            [(5, 9), (0, 3), (6, 7), (0, 1), (8, 12), (12, 14), (20, 20)].map(|(from, to)| Span::new(from, to));
        let regions = Regions::new(places);
        for start in 0..22 {
            for end in start..22 {
                let span = Span::new(start, end);
                let expected = places.iter().any(|place| place.contains(span));
                assert_eq!(regions.contain(span), expected, "{span:?}");
            }
        }
    }
}
