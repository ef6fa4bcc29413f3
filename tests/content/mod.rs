//! What authors write: how it is read, and which findings it has.

mod forms;
mod from_text;
mod front_matter;
mod head_times;
mod labelled_reviews;
mod labelled_timelines;
mod links;
mod parser;
mod safety;
mod schema;
mod sections;
mod short_form;
mod templates;
mod time_forms;
mod timelines;
mod unusual;
mod words;
mod yaml;
