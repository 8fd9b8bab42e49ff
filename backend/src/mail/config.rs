//! Where mails go, and from whom.

use std::path::PathBuf;

use lettre::message::Mailbox;
use secrecy::SecretString;

/// Where mails go, and from whom.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// How they leave.
    pub carrier: Carrier,
    /// From whom.
    pub from: Mailbox,
}

/// How mails leave.
#[derive(Debug, Clone)]
pub enum Carrier {
    /// Through a mail server: `smtps://name:password@host`, or `smtp://host:587?tls=required`.
    Smtp(SecretString),
    /// Into a folder, a file each.
    Folder(PathBuf),
}
