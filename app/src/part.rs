//! What several pages share and what is no route: parts that know the app's data and actions.
//! Parts that know nothing of either are in [`crate::ui`].

mod account_list;
mod credentials;
mod document;
mod form;
mod not_found;
mod problem;
mod refresh_queue;
mod refreshing;
mod token_sections;
mod token_trouble;

pub use account_list::{AccountList, NoAccounts, way_to_all};
pub use credentials::{Outcome, SignedInAlready, SocialLogins, next};
pub use document::{GoTo, PageTitle, leave, set_status};
pub use form::{FormAlert, other_problem};
pub use not_found::NotFound;
pub use problem::ProblemPanel;
pub use refresh_queue::RefreshQueue;
pub use refreshing::{NothingToDo, RefreshButton, RefreshHint, RefreshProblem, SignInAgain, refreshing};
pub use token_sections::{Button, TokenSections};
pub use token_trouble::TokenTrouble;
