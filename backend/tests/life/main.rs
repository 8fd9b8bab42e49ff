//! A token's life as the use cases see it: a real database (SQLite always,
//! PostgreSQL where `TEST_DATABASE_URL` says), the real Meta clients, and the
//! sandbox as Meta.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail that way")]

mod answers;
mod callbacks;
mod cut;
mod leaving;
mod mail;
mod names;
mod not_for_long;
mod people;
mod pictures;
mod refresh;
mod sharing;
mod sign_in;
mod spares;
mod upkeep;
mod widgets;
mod world;
