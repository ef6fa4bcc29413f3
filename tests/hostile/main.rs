//! What an attacker, an accident or a careless author may bring: each kind of fault, with its neighbours.

#[path = "../space/mod.rs"]
mod space;

mod file;
mod growth;
mod terminal;
mod withheld;
mod write;
