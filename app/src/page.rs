//! The pages, one module per route.

mod access_token;
mod account;
mod accounts;
mod dashboard;
mod deletion;
mod forgot;
mod home;
mod lazy;
mod link;
mod log_in;
mod sessions;
mod settings;
mod sign_up;
mod trouble;
mod widget;
mod widget_new;
mod widgets;

pub use access_token::AccessToken;
pub use account::Account;
pub use accounts::Accounts;
pub use dashboard::Dashboard;
pub use home::Home;
pub use lazy::{
    ConfirmRoute, DeletionRoute, ForgotRoute, ResetRoute, SessionsRoute, SettingsRoute, TroubleRoute, WidgetNewRoute,
    WidgetRoute, WidgetsRoute,
};
pub use log_in::LogIn;
pub use sign_up::SignUp;
