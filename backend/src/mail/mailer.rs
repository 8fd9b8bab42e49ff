//! Handing a mail over.

use std::fmt;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use domain::id::MailId;
use domain::mail::is_final;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::{self, AsyncSmtpTransport};
use lettre::{Address, AsyncTransport, Message, Tokio1Executor};
use secrecy::ExposeSecret;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Host;

use super::{Carrier, MailConfig, Written};

/// So many mails are handed over at the same time.
const AT_ONCE: usize = 2;
/// For a place among them.
const PATIENCE_IN_LINE: Duration = Duration::from_secs(1);
/// For each step of the conversation.
const PATIENCE: Duration = Duration::from_secs(30);
/// For a whole mail: a server that answers a letter at a time keeps no worker.
const PATIENCE_IN_ALL: Duration = Duration::from_secs(120);

/// Hands mails over. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
    slots: Arc<Semaphore>,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

impl fmt::Debug for Mailer {
    /// Says nothing of the server: its password is among it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.way {
            Way::Smtp(_) => "Mailer(a server)",
            Way::Folder(_) => "Mailer(a folder)",
        })
    }
}

/// Why no mail can be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum MailSetupError {
    /// The address of the server is none. It is not repeated: a password is in it.
    #[error("PILOTLIGHT_SMTP_URL is no address of a mail server; write it as smtps://name:password@mail.example.com")]
    Url,
    /// The folder cannot be made.
    #[error("cannot use the mail folder {path}: {source}")]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Why a mail was not taken. The texts name neither the address nor what the mail said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// It never will be.
    #[error("{0}")]
    Final(String),
    /// Trying again may help.
    #[error("{0}")]
    Later(String),
}

impl Mailer {
    /// Connects to nothing yet.
    ///
    /// # Errors
    /// See [`MailSetupError`].
    pub fn open(config: &MailConfig) -> Result<Self, MailSetupError> {
        let way = match &config.carrier {
            Carrier::Smtp(url) => {
                let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret());
                Way::Smtp(builder.map_err(|_| MailSetupError::Url)?.timeout(Some(PATIENCE)).build())
            }
            Carrier::Folder(path) => {
                private_folder(path).map_err(|source| MailSetupError::Folder { path: path.clone(), source })?;
                Way::Folder(path.clone())
            }
        };
        Ok(Self { from: config.from.clone(), way, slots: Arc::new(Semaphore::new(AT_ONCE)) })
    }

    /// A place in the line of those that are handed over at once; `None` when it does
    /// not move, so that a server that hangs keeps no worker from other work.
    pub async fn slot(&self) -> Option<OwnedSemaphorePermit> {
        let slot = Arc::clone(&self.slots).acquire_owned();
        tokio::time::timeout(PATIENCE_IN_LINE, slot).await.ok()?.ok()
    }

    /// Hands a mail over. The same id gives the same mail: a server that took it
    /// and could not say so gets it again under one `Message-ID`.
    ///
    /// # Errors
    /// See [`MailError`].
    pub async fn send(&self, id: MailId, to: &str, written: &Written) -> Result<(), MailError> {
        let to = deliverable(to).ok_or_else(|| MailError::Final("the address takes no mail".to_owned()))?;
        let message = Message::builder()
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&written.subject)
            // Vacation notices and the like shall not answer a machine (RFC 3834).
            .raw_header(automatic())
            .multipart(MultiPart::alternative_plain_html(written.text.clone(), written.html.clone()))
            .map_err(|error| MailError::Final(format!("the mail cannot be written: {error}")))?;
        match &self.way {
            Way::Smtp(server) => {
                let sending = tokio::time::timeout(PATIENCE_IN_ALL, server.send(message));
                let taken = sending.await.map_err(|_| MailError::Later("the mail server is too slow".to_owned()))?;
                taken.map(drop).map_err(|error| refused(&error))
            }
            Way::Folder(folder) => {
                let (path, mail) = (folder.join(format!("{id}.eml")), message.formatted());
                let written = tokio::task::spawn_blocking(move || write_once(&path, &mail)).await;
                let written = written.unwrap_or_else(|error| Err(std::io::Error::other(error)));
                written.map_err(|error| MailError::Later(format!("the mail folder: {}", error.kind())))
            }
        }
    }

    /// Throws mails in the folder away that are older than this.
    pub async fn forget_old(&self, age: TimeDelta) {
        let (Way::Folder(folder), Ok(age)) = (&self.way, age.to_std()) else { return };
        let folder = folder.clone();
        let cleared = tokio::task::spawn_blocking(move || clear(&folder, age)).await;
        if let Ok(Err(error)) = cleared {
            tracing::warn!(%error, "the mail folder could not be cleared of old mails");
        }
    }

    /// Whether the server answers and takes our name and password; always so for a folder.
    ///
    /// # Errors
    /// What is wrong.
    pub async fn test(&self) -> Result<(), MailError> {
        let Way::Smtp(server) = &self.way else { return Ok(()) };
        let later = |text: &str| MailError::Later(text.to_owned());
        match tokio::time::timeout(PATIENCE, server.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(later("the mail server does not answer as one")),
            Ok(Err(error)) => Err(refused(&error)),
            Err(_) => Err(later("the mail server is too slow")),
        }
    }
}

/// The domain as mail servers read it: in ASCII.
fn deliverable(address: &str) -> Option<Address> {
    let (name, domain) = address.rsplit_once('@')?;
    let domain = Host::parse(domain).ok()?.to_string();
    Address::new(name, domain).ok()
}

fn automatic() -> lettre::message::header::HeaderValue {
    use lettre::message::header::{HeaderName, HeaderValue};
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())
}

/// What a server said, without its words: the address may be among them.
fn refused(error: &smtp::Error) -> MailError {
    if let Some(code) = error.status() {
        let code = u16::from(code);
        let why = format!("the mail server answered {code}");
        return if is_final(code) { MailError::Final(why) } else { MailError::Later(why) };
    }
    MailError::Later(match error {
        error if error.is_timeout() => "the mail server is too slow".to_owned(),
        error if error.is_tls() => "the connection to the mail server could not be made safe".to_owned(),
        error if error.is_client() => "the mail server cannot take this mail".to_owned(),
        _ => "the mail server cannot be reached, or hung up".to_owned(),
    })
}

/// Mails hold links that let people in: nobody else on this machine reads them.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// A mail that lies there already was written before the process died.
fn write_once(path: &Path, mail: &[u8]) -> std::io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let unfinished = path.with_extension("tmp");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = match options.open(&unfinished) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), private_folder)?;
            options.open(&unfinished)?
        }
        opened => opened?,
    };
    file.write_all(mail)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)
}

fn clear(folder: &Path, age: Duration) -> std::io::Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        let written = entry.metadata()?.modified()?;
        if written.elapsed().is_ok_and(|since| since > age) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::id::MailId;

    use super::*;
    use crate::random::new_id;

    fn written() -> Written {
        Written { subject: "비밀번호 안내".into(), text: "Olá, ação".into(), html: "<p>Olá</p>".into() }
    }

    fn in_folder(folder: &Path) -> Mailer {
        let carrier = Carrier::Folder(folder.join("mail"));
        Mailer::open(&MailConfig { carrier, from: "Pilotlight <pilotlight@example.com>".parse().unwrap() }).unwrap()
    }

    #[tokio::test]
    async fn a_mail_is_laid_into_the_folder_once() {
        let folder = tempfile::tempdir().unwrap();
        let (mailer, id) = (in_folder(folder.path()), MailId(new_id()));
        mailer.send(id, "김@예시.example", &written()).await.unwrap();
        let path = folder.path().join("mail").join(format!("{id}.eml"));
        let first = std::fs::read_to_string(&path).unwrap();
        assert!(first.contains("@xn--vv4b11d.example"), "{first}");
        assert!(first.contains(&format!("Message-ID: <{id}@example.com>")), "{first}");
        assert!(!first.contains('비'), "the subject is encoded: {first}");
        mailer.send(id, "김@예시.example", &written()).await.unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        }
    }

    #[tokio::test]
    async fn no_header_can_be_smuggled_in() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = in_folder(folder.path());
        let id = MailId(new_id());
        let subject = "Hello\r\nBcc: everybody@example.com\r\n\r\nbody".to_owned();
        mailer.send(id, "ann@example.com", &Written { subject, ..written() }).await.unwrap();
        let mail = std::fs::read_to_string(folder.path().join("mail").join(format!("{id}.eml"))).unwrap();
        assert!(!mail.lines().any(|line| line.starts_with("Bcc:")), "{mail}");
        for address in ["ann@example.com\r\nBcc: eve@example.com", "ann@example.com, eve@example.com", "<a>@b.c", "ann"]
        {
            let refused = mailer.send(MailId(new_id()), address, &written()).await;
            assert!(matches!(refused, Err(MailError::Final(_))), "{address} {refused:?}");
        }
    }

    #[test]
    fn an_address_of_no_server_is_not_repeated() {
        let from: Mailbox = "Pilotlight <pilotlight@example.com>".parse().unwrap();
        for url in ["http://user:hunter2@host", "hunter2", "smtp://"] {
            let carrier = Carrier::Smtp(url.into());
            let error = Mailer::open(&MailConfig { carrier, from: from.clone() }).unwrap_err().to_string();
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
