//! The store on both databases.

mod coordination;
mod database;
mod history;
mod lists;
mod people;
mod support;
mod tokens;
