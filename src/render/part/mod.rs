//! What several kinds of pages show: each part with what templates see of it and the function that fills it.

pub mod accepted_risk;
pub mod action;
pub mod action_list;
pub mod card;
pub mod control;
pub mod date;
pub mod duration;
pub mod factor;
pub mod feed;
pub mod filter;
pub mod image;
pub mod link;
pub mod listing;
pub mod lucky_break;
pub mod paging;
pub mod question;
pub mod response;
pub mod structured;
pub mod term;
