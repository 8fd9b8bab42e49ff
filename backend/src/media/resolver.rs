//! Names become addresses under guard. The check sits here and not before the
//! request, because a name may resolve to something else the next time.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address;
use super::hosts::Hosts;

/// Resolves to public addresses only, except for hosts that the operator has named.
#[derive(Debug)]
pub(super) struct Guard(pub Hosts);

/// A name leads into a private network.
#[derive(Debug, thiserror::Error)]
#[error("the host resolves to a private address")]
pub(super) struct Private;

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let may_be_private = self.0.may_be_private(name.as_str());
        Box::pin(async move {
            // reqwest fills in the port.
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if !may_be_private && !found.iter().all(|found| address::is_public(found.ip())) {
                return Err(Private.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn resolve(hosts: &[super::super::AllowedHost], name: &str) -> Result<Vec<SocketAddr>, bool> {
        let found = Guard(Hosts::new(hosts)).resolve(name.parse().unwrap()).await;
        found.map(Iterator::collect).map_err(|error| error.is::<Private>())
    }

    #[tokio::test]
    async fn a_name_of_this_machine_is_private_unless_it_was_named() {
        assert_eq!(resolve(&[], "localhost").await, Err(true));
        let named = resolve(&["localhost:80".parse().unwrap()], "localhost").await.unwrap();
        assert!(named.iter().all(|found| found.ip().is_loopback()) && !named.is_empty());
    }
}
