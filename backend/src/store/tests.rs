//! The store on both databases.

mod coordination;
mod database;
mod history;
mod people;
mod support;
mod tokens;
