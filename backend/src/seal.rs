//! What must not be readable in the database: tokens sealed, passwords and
//! session secrets hashed.

mod key_ring;
mod opaque;
mod password;
mod signed;

pub use key_ring::{KeyRing, KeyRingError, SealError};
pub use opaque::{digest, same};
pub use password::Passwords;
