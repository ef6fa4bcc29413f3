//! Rules on the timeline.

mod duration;
mod order;

rules! {
    t001_unreadable_entry,
    t002_timeline_out_of_order,
    t003_time_without_zone,
    t004_missing_phase_mark,
    t005_contradictory_phase_marks,
    t006_unknown_mark,
    t007_contradictory_duration,
    t008_time_in_local_zone,
    t009_time_in_the_future,
    t010_stray_date,
    t011_entry_without_text,
    t012_nothing_before_detection,
    t013_unstated_day,
    t014_unknown_day,
}
