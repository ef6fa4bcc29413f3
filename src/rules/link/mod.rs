//! Rules on links and assets.

rules! {
    l001_broken_link,
    l002_missing_asset,
    l003_vague_link_text,
    l004_image_without_text,
    l005_unencrypted_link,
    l006_missing_anchor,
    l007_dead_link,
    l008_moved_link,
    l009_unanswered_link,
    l010_link_without_target,
    l011_unusable_address,
}
