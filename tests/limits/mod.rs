//! What a text may cost, and where the system allows no more.

mod growth;
mod watches;
