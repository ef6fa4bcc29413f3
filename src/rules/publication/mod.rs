//! Rules on what must not be published.

mod file;
mod secret;
mod visibility_key;

pub(super) use p008_attendee_list::listed_persons;

rules! {
    p001_open_internal_block,
    p002_published_token,
    p003_published_private_key,
    p004_published_seed_phrase,
    p005_published_password,
    p006_personal_email,
    p007_personal_handle,
    p008_attendee_list,
    p009_internal_address,
    p010_internal_link,
    p011_personal_path,
    p012_open_prevention,
    p013_restricted_source,
    p014_kept_metadata,
    p015_reordered_text,
    p016_unreadable_picture,
    p018_named_withheld_review,
    p019_marked_as_not_public,
}
