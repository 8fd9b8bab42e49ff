//! Password hashes: argon2id, off the async threads, a few at a time.

use std::sync::{Arc, LazyLock};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use domain::person::Password;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

/// Each hash needs 19 MiB (OWASP's parameters, the library's default).
const AT_ONCE: usize = 2;

/// Hashes and verifies passwords. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Passwords {
    slots: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// The hash to store, as a PHC string.
    ///
    /// # Errors
    /// Only when the system has no randomness or the thread died.
    pub async fn hash(&self, password: Password) -> Result<String, String> {
        self.off_thread(move || hash(password.expose())).await?
    }

    /// Whether the password fits the stored hash. Without a stored hash as
    /// much time passes, so that nobody learns which addresses exist.
    ///
    /// # Errors
    /// As for [`Self::hash`].
    pub async fn verify(&self, password: SecretString, stored: Option<String>) -> Result<bool, String> {
        self.off_thread(move || {
            static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODY.clone());
            let fits = PasswordHash::new(&stored).is_ok_and(|stored| {
                Argon2::default().verify_password(password.expose_secret().as_bytes(), &stored).is_ok()
            });
            fits && known
        })
        .await
    }

    async fn off_thread<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
        let _slot = self.slots.acquire().await.map_err(|error| error.to_string())?;
        tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())
    }
}

fn hash(password: &str) -> Result<String, String> {
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(|error| error.to_string())?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_alone() {
        let passwords = Passwords::default();
        let stored = passwords.hash(Password::parse("correct horse").unwrap()).await.unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(passwords.verify("correct horse".into(), Some(stored.clone())).await.unwrap());
        assert!(!passwords.verify("correct house".into(), Some(stored)).await.unwrap());
        assert!(!passwords.verify("nobody has this password".into(), None).await.unwrap());
    }
}
