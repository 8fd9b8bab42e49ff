//! Through Meta's consent page and back.
//!
//! A flow begins with [`start`], which remembers what it is for under the
//! digest of a random `state`, bound to the browser. Meta sends the person
//! back; [`finish`] spends the state once. A second visit of the same callback
//! (reload, back button) gets the first one's result.

mod after_code;
pub(in crate::service) mod connect;
mod finish;
mod outcome;
mod purpose;
mod refused;
mod start;

pub use finish::{Callback, Finished, finish};
pub use outcome::{Outcome, Place, Trouble};
pub use purpose::Purpose;
pub use refused::Refused;
pub use start::start;
