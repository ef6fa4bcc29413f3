//! Rules on factors.

mod gist;

rules! {
    f001_no_primary_factor,
    f002_unknown_factor,
    f003_person_as_factor,
    f004_factor_without_note,
    f005_factor_named_twice,
    f006_unused_factor,
    f007_similar_factors,
    f008_single_factor,
    f009_unregistered_factor,
}
