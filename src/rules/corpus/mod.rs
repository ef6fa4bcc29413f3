//! Rules that compare reviews with each other, and with those of federated sites.

mod second_review;

rules! {
    c001_recurrence_after_closure,
    c003_two_reviews_of_one_incident,
    c004_rejected_source,
    c005_unmapped_factor,
    c006_unknown_source_review,
}
