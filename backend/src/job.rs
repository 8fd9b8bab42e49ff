//! What the worker does, one file per job.

pub mod sweep;
pub mod tend;
