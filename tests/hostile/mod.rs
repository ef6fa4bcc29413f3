//! What an attacker, an accident or a careless author may bring: each kind of fault, with its neighbours.

mod file;
mod odd_value;
mod terminal;
mod withheld;
mod write;
