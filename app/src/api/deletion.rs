//! Requests to delete somebody's data, as Meta passes them on.

mod status;

pub use status::DeletionStatus;
