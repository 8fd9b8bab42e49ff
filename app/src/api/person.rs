//! What people can see, set and ask for about themselves.

mod ask_again;
mod behind_link;
mod change_address;
mod change_password;
mod confirm_address;
mod forgot_password;
mod leave;
mod reset_password;
mod save_settings;
mod settings;
mod stay;
mod unlink;

pub use ask_again::AskAgain;
pub use behind_link::BehindLink;
pub use change_address::ChangeAddress;
pub use change_password::ChangePassword;
pub use confirm_address::ConfirmAddress;
pub use forgot_password::ForgotPassword;
pub use leave::LeaveSite;
pub use reset_password::ResetPassword;
pub use save_settings::SaveSettings;
pub use settings::GetSettings;
pub use stay::Stay;
pub use unlink::Unlink;
