//! What may be done only so often, in one list. The buckets are in the
//! database, so a limit holds however many processes there are.

use domain::id::PersonId;
use domain::person::Email;

use crate::seal::digest;
use crate::service::client::Network;
use crate::store::bucket::{self, Limit};
use crate::{Error, Services};

const A_MINUTE: f64 = 1.0 / 60.0;
const A_DAY: f64 = A_MINUTE / (24.0 * 60.0);

/// Wrong passwords for one address from one network: as many as somebody types who forgot it.
const LOG_IN_HERE: Limit = Limit { what: "login", at_once: 10.0, per_second: A_MINUTE };
/// Wrong passwords for one address from everywhere. Far above what one network
/// may try, so that nobody keeps somebody else out by failing in their name.
const LOG_IN_ANYWHERE: Limit = Limit { what: "login-anywhere", at_once: 100.0, per_second: 10.0 * A_MINUTE };
/// Wrong passwords from one network, for whichever address.
const LOG_IN_FROM: Limit = Limit { what: "login-from", at_once: 60.0, per_second: 12.0 * A_MINUTE };
/// New people from one network.
const SIGN_UP_FROM: Limit = Limit { what: "sign-up-from", at_once: 30.0, per_second: A_MINUTE };
/// New people with one address from one network: whoever tries again would learn
/// from what then works whether somebody else had it before.
const SIGN_UP_AS: Limit = Limit { what: "sign-up-as", at_once: 1.0, per_second: A_MINUTE / 60.0 };
/// Forgotten passwords told from one network.
const FORGOT_FROM: Limit = Limit { what: "forgot-from", at_once: 20.0, per_second: A_MINUTE };
/// Mails that strangers cause to one address.
const MAIL_TO: Limit = Limit { what: "mail-to", at_once: 5.0, per_second: 5.0 * A_DAY };
/// One person's mails to addresses of their own.
pub(super) const ASK: Limit = Limit { what: "ask", at_once: 5.0, per_second: 10.0 * A_DAY };
/// Trips to Meta begun from one network: each is a row that is kept for a day.
const TRIP_FROM: Limit = Limit { what: "trip-from", at_once: 120.0, per_second: 1.0 };
/// One person's presses of the refresh button.
pub(super) const REFRESH: Limit = Limit { what: "refresh", at_once: 20.0, per_second: 3.0 * A_MINUTE };
/// One person's checks "What would visitors see?".
pub(super) const PREVIEW: Limit = Limit { what: "preview", at_once: 30.0, per_second: 6.0 * A_MINUTE };
/// One person's new widgets.
pub(super) const CREATE: Limit = Limit { what: "create", at_once: 30.0, per_second: 2.0 * A_MINUTE };
/// One person's changed and rebuilt widgets: each asks Meta, whose own limit
/// counts for everybody who uses this installation.
pub(super) const CHANGE: Limit = Limit { what: "change", at_once: 60.0, per_second: 12.0 * A_MINUTE };

/// Takes one of each, or none.
///
/// # Errors
/// [`Error::TooMany`] with the longest wait.
async fn take(s: &Services, from: &[(Limit, &str)]) -> Result<(), Error> {
    bucket::take(&s.db, from, s.wall.now()).await?.map_err(|seconds| Error::TooMany { seconds })
}

/// One of what a person may do.
///
/// # Errors
/// [`Error::TooMany`].
pub(super) async fn of_person(s: &Services, limit: Limit, person: PersonId) -> Result<(), Error> {
    take(s, &[(limit, &person.to_string())]).await
}

/// One new person from this network.
///
/// # Errors
/// [`Error::TooMany`].
pub(super) async fn sign_up(s: &Services, network: &Network) -> Result<(), Error> {
    take(s, &[(SIGN_UP_FROM, network.as_str())]).await
}

/// One new person with this address from this network.
///
/// # Errors
/// [`Error::TooMany`].
pub(super) async fn sign_up_as(s: &Services, email: &Email, network: &Network) -> Result<(), Error> {
    let whose = format!("{}:{}", digest(&email.as_str().into()), network.as_str());
    take(s, &[(SIGN_UP_AS, &whose)]).await
}

/// One forgotten password from this network.
///
/// # Errors
/// [`Error::TooMany`].
pub(super) async fn forgot(s: &Services, network: &Network) -> Result<(), Error> {
    take(s, &[(FORGOT_FROM, network.as_str())]).await
}

/// One mail to this address. Who causes one too many is not told: only whoever
/// reads the mails may know how many there were.
///
/// # Errors
/// Only when the database fails.
pub(super) async fn may_write_to(s: &Services, email: &Email) -> Result<bool, Error> {
    let whose = digest(&email.as_str().into());
    Ok(bucket::take(&s.db, &[(MAIL_TO, &whose)], s.wall.now()).await?.is_ok())
}

/// One trip to Meta from this network.
///
/// # Errors
/// [`Error::TooMany`].
pub(super) async fn trip(s: &Services, network: &Network) -> Result<(), Error> {
    take(s, &[(TRIP_FROM, network.as_str())]).await
}

/// One try to log in. It is taken before the password is compared, so that many
/// tries at once count as many.
#[derive(Debug)]
pub(super) struct Try {
    address: String,
    here: String,
    network: Network,
}

impl Try {
    /// Counts it as wrong.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub(super) async fn begin(s: &Services, email: &str, network: &Network) -> Result<Self, Error> {
        let address = digest(&email.into());
        let here = format!("{address}:{}", network.as_str());
        let begun = Self { address, here, network: network.clone() };
        take(s, &begun.buckets()).await?;
        Ok(begun)
    }

    /// It was right: it does not count.
    ///
    /// # Errors
    /// Only when the database fails.
    pub(super) async fn succeeded(self, s: &Services) -> Result<(), Error> {
        Ok(bucket::give_back(&s.db, &self.buckets(), s.wall.now()).await?)
    }

    fn buckets(&self) -> [(Limit, &str); 3] {
        let Self { address, here, network } = self;
        [(LOG_IN_HERE, here), (LOG_IN_ANYWHERE, address), (LOG_IN_FROM, network.as_str())]
    }
}
