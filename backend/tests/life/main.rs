//! A token's life as the use cases see it: a real database (SQLite always,
//! PostgreSQL where `TEST_DATABASE_URL` says), the real Meta clients, and the
//! sandbox as Meta.

mod callbacks;
mod people;
mod refresh;
mod sign_in;
mod upkeep;
mod world;
