//! Rules on the response, and on the process of the review itself.

rules! {
    r001_review_before_resolution,
    r002_late_review,
    r003_no_tangible_output,
    r004_incomplete_response,
    r005_stale_status,
    r006_open_question,
    r007_passed_embargo,
    r008_incomplete_review,
    r009_stated_unknown,
    r010_withdrawal_without_reason,
}
