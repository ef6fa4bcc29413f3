//! The built site: its pages, search, themes, and what must not be in it.

mod controls;
mod federation;
mod golden;
mod leak;
mod output;
mod paging;
mod reading_order;
mod search;
mod self_check;
mod theme;
