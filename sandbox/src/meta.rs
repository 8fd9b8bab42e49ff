//! The imitation of Meta: one door for all hosts, behind it a room per endpoint.

mod access;
mod ask;
mod auth;
mod call;
mod cdn;
mod code_exchange;
mod consent;
mod consent_page;
mod debug_token;
mod door;
mod endpoint;
mod error;
mod facebook_token;
mod fault;
mod fields;
mod garble;
mod instagram_token;
mod media;
mod node;
mod obstacle;
mod pages;
mod permissions;
mod reply;

pub(crate) use door::router;
pub(crate) use endpoint::{ENDPOINTS, Endpoint};
