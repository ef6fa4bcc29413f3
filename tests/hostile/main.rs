//! What an attacker, an accident or a careless author may bring: each kind of fault, with its neighbours.

#[path = "../space/mod.rs"]
mod space;

mod file;
mod growth;
mod odd_value;
mod terminal;
mod withheld;
mod write;
