//! The queue on both databases.

mod ends;
mod exclusive;
mod plan;
mod running;
mod support;
