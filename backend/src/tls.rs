//! The one TLS stack: rustls on ring.

/// Makes ring the process's cryptography. Safe to call more than once; reqwest
/// needs it before its first client.
pub fn install() {
    // An error says that it is installed already.
    let _already = rustls::crypto::ring::default_provider().install_default();
}
