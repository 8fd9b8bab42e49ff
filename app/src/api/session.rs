//! Who is signed in, and where.

mod current;
mod list;
mod log_in;
mod log_out;
mod revoke;
mod revoke_others;
mod sign_up;

pub use current::CurrentSession;
pub use list::ListSessions;
pub use log_in::LogIn;
pub use log_out::LogOut;
pub use revoke::Revoke;
pub use revoke_others::RevokeOthers;
pub use sign_up::SignUp;
