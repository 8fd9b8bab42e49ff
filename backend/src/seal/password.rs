//! Password hashes: argon2id, a few at a time, on threads of their own.
//!
//! A hash costs memory and time, and anybody may ask for one by trying to log
//! in. So there are two threads that hash, each with memory of its own that is
//! used again; who asks waits in line, and who has left is not hashed for.

use std::sync::{Arc, LazyLock, Mutex, PoisonError, mpsc};
use std::thread;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use domain::person::Password;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Semaphore, oneshot};

/// Each hash needs 19 MiB (OWASP's parameters, the library's default).
const AT_ONCE: usize = 2;

type Work = Box<dyn FnOnce() + Send>;

/// Hashes and verifies passwords. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Passwords {
    line: mpsc::Sender<Work>,
    slots: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        let (line, next) = mpsc::channel::<Work>();
        let next = Arc::new(Mutex::new(next));
        for _ in 0..AT_ONCE {
            let next = Arc::clone(&next);
            // A thread that cannot be had leaves the work to the others; without any, hashing fails with an error.
            let _thread = thread::Builder::new().name("passwords".into()).spawn(move || hash_what_comes(&next));
        }
        Self { line, slots: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

/// Ends when nobody is left who could ask.
fn hash_what_comes(next: &Mutex<mpsc::Receiver<Work>>) {
    loop {
        let work = next.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match work {
            Ok(work) => work(),
            Err(mpsc::RecvError) => return,
        }
    }
}

impl Passwords {
    /// The hash to store, as a PHC string.
    ///
    /// # Errors
    /// Only when the system has no randomness or no threads.
    pub async fn hash(&self, password: Password) -> Result<String, String> {
        self.on_thread(move || hash(password.expose())).await?
    }

    /// Whether the password fits the stored hash. Without a stored hash as
    /// much time passes, so that nobody learns which addresses exist.
    ///
    /// # Errors
    /// As for [`Self::hash`].
    pub async fn verify(&self, password: SecretString, stored: Option<String>) -> Result<bool, String> {
        self.on_thread(move || {
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

    /// Waits for a slot, and then for the result. Who stops waiting before
    /// there is a slot costs nothing; afterwards the slot goes with the work.
    async fn on_thread<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(|error| error.to_string())?;
        let (answer, result) = oneshot::channel();
        let work = move || {
            let result = work();
            drop(slot);
            // Nobody may be waiting any more.
            let _sent = answer.send(result);
        };
        self.line.send(Box::new(work)).map_err(|error| error.to_string())?;
        result.await.map_err(|error| error.to_string())
    }
}

fn hash(password: &str) -> Result<String, String> {
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(|error| error.to_string())?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures::FutureExt;

    use super::*;

    #[tokio::test]
    async fn whoever_leaves_frees_no_slot_before_the_work_is_done() {
        let (passwords, running, most) =
            (Passwords::default(), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let work = || {
            let (running, most) = (Arc::clone(&running), Arc::clone(&most));
            move || {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::yield_now();
                running.fetch_sub(1, Ordering::SeqCst);
            }
        };
        for _ in 0..200 {
            // Asked for, and left at the first moment at which one can be.
            assert!(passwords.on_thread(work()).now_or_never().is_none_or(|done| done.is_ok()));
        }
        for _ in 0..AT_ONCE {
            passwords.on_thread(work()).await.unwrap();
        }
        assert!((1..=AT_ONCE).contains(&most.load(Ordering::SeqCst)));
    }

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
