//! Where mails go.

use lettre::Address;
use lettre::message::Mailbox;
use secrecy::ExposeSecret;
use url::{Host, Url};

use super::error::{ConfigError, invalid};
use super::raw::Raw;
use super::value::is_loopback_host;
use crate::mail::{Carrier, MailConfig};

const FROM: &str = "PILOTLIGHT_MAIL_FROM";

/// Through the mail server that is configured, otherwise into the data folder.
pub(super) fn decide(raw: &Raw, base_url: &Url) -> Result<MailConfig, ConfigError> {
    let carrier = match &raw.smtp_url {
        Some(url) => Carrier::Smtp(url.clone().into()),
        None => Carrier::Folder(raw.data_dir.join("mail")),
    };
    let from = match &raw.mail_from {
        Some(text) => text.parse().map_err(|_| invalid(FROM, "write it as Pilotlight <pilotlight@example.com>"))?,
        None => usual(base_url)?,
    };
    Ok(MailConfig { carrier, from })
}

/// `pilotlight@` the public name. A machine without one has no mail either.
fn usual(base_url: &Url) -> Result<Mailbox, ConfigError> {
    let domain = match base_url.host() {
        Some(Host::Domain(name)) if name.contains('.') => name,
        _ => "pilotlight.localhost",
    };
    let address = Address::new("pilotlight", domain)
        .map_err(|_| invalid(FROM, "set it, because no address can be made of PILOTLIGHT_BASE_URL"))?;
    Ok(Mailbox::new(Some("Pilotlight".to_owned()), address))
}

/// What works, but that somebody should know of.
pub(super) fn warning(mail: &MailConfig, is_sandbox: bool) -> Option<String> {
    match &mail.carrier {
        // The sandbox has a page that shows them.
        Carrier::Folder(_) if is_sandbox => None,
        Carrier::Folder(folder) => Some(format!(
            "PILOTLIGHT_SMTP_URL is not set: nobody gets mails, so nobody can choose a new password or confirm an \
             address. They are laid into {} instead.",
            folder.display()
        )),
        Carrier::Smtp(url) => {
            let url = url.expose_secret().parse::<Url>().ok()?;
            let safe =
                url.scheme() == "smtps" || url.query_pairs().any(|(key, value)| key == "tls" && value == "required");
            (!safe && !is_loopback_host(&url)).then(|| {
                "PILOTLIGHT_SMTP_URL does not insist on TLS: mails, and its password, may travel unprotected. Write \
                 smtps://…, or add ?tls=required."
                    .to_owned()
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(raw: &Raw, base_url: &str) -> MailConfig {
        decide(raw, &base_url.parse().unwrap()).unwrap()
    }

    #[test]
    fn without_a_server_mails_go_into_the_data_folder() {
        let mail = config(&Raw::default(), "https://feeds.example.com");
        assert!(matches!(&mail.carrier, Carrier::Folder(folder) if folder.ends_with("mail")));
        assert_eq!(mail.from.to_string(), "Pilotlight <pilotlight@feeds.example.com>");
        assert!(warning(&mail, false).unwrap().contains("PILOTLIGHT_SMTP_URL is not set"));
        assert_eq!(warning(&mail, true), None, "the sandbox has a mailbox");
        assert_eq!(config(&Raw::default(), "http://127.0.0.1:3000").from.email.domain(), "pilotlight.localhost");
    }

    #[test]
    fn an_unprotected_server_is_warned_of() {
        for (url, warned) in [
            ("smtps://ann:secret@mail.example.com", false),
            ("smtp://mail.example.com:587?tls=required", false),
            ("smtp://127.0.0.1:2525", false),
            ("smtp://ann:secret@mail.example.com", true),
            ("smtp://mail.example.com?tls=opportunistic", true),
        ] {
            let raw = Raw { smtp_url: Some(url.into()), ..Raw::default() };
            let told = warning(&config(&raw, "https://example.com"), false);
            assert_eq!(told.is_some(), warned, "{url}");
            assert!(!told.unwrap_or_default().contains("secret"));
        }
        let wrong = Raw { mail_from: Some("nobody".into()), ..Raw::default() };
        assert!(decide(&wrong, &"https://example.com".parse().unwrap()).is_err());
    }
}
