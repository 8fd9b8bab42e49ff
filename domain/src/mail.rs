//! Mails to people: what each one says, and when one that was not taken is tried again.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::id::TicketId;

/// What a mail says. The words are written when it is sent, in the language of whoever gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// Open this link, so that we know that the address is yours.
    Confirm {
        /// What the link is good for.
        ticket: TicketId,
    },
    /// Somebody signed up with an address, or wants to move to it, that is
    /// somebody's already: if that was you, log in.
    HereAlready,
    /// Choose a new password by this link.
    Reset {
        /// What the link is good for.
        ticket: TicketId,
    },
    /// The password was changed.
    PasswordChanged,
    /// From now on one logs in with this address. Both addresses are told.
    AddressChanged {
        /// The new address.
        to: String,
    },
    /// Everything of this person will be deleted, unless they change their mind.
    Leaving {
        /// When.
        at: Moment,
    },
    /// Everything was deleted.
    Gone,
}

impl Letter {
    /// The moment that it speaks of.
    pub const fn moment(&self) -> Option<Moment> {
        match self {
            Self::Leaving { at } => Some(*at),
            _ => None,
        }
    }

    /// The link that it carries.
    pub const fn ticket(&self) -> Option<(Purpose, TicketId)> {
        match self {
            Self::Confirm { ticket } => Some((Purpose::Confirm, *ticket)),
            Self::Reset { ticket } => Some((Purpose::Reset, *ticket)),
            _ => None,
        }
    }
}

/// What a link in a mail is good for, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To confirm an address.
    Confirm,
    /// To choose a new password.
    Reset,
}

impl Purpose {
    /// For how long.
    pub const fn lasts(self) -> TimeDelta {
        match self {
            Self::Confirm => TimeDelta::days(7),
            Self::Reset => TimeDelta::hours(2),
        }
    }
}

/// Why a link does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkProblem {
    /// It is none of ours, or not all of it.
    Unknown,
    /// It was good for a while, which is over.
    Expired,
    /// It has done its work, or a later one has replaced it.
    Used,
    /// Somebody else has shown meanwhile that the address is theirs.
    Taken,
}

/// The pauses between the tries, in minutes. A server that makes strangers wait
/// (greylisting, RFC 6647) takes the second or third one.
const PAUSES: [i64; 15] = [1, 5, 15, 30, 60, 120, 240, 480, 480, 480, 480, 480, 480, 480, 480];

/// How long to wait after so many tries in vain; `None` when the mail is given up, after three days.
pub fn pause_after(tries: u32) -> Option<TimeDelta> {
    let done = usize::try_from(tries).ok()?.checked_sub(1)?;
    PAUSES.get(done).map(|minutes| TimeDelta::minutes(*minutes))
}

/// Whether an answer of a mail server means that the address takes no mail, now
/// or later: trying again would only annoy it (RFC 5321, section 4.2.3). Other
/// refusals are about us (a wrong password, a full quota) and may be mended.
pub const fn is_final(code: u16) -> bool {
    matches!(code, 550 | 551 | 553)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_for_three_days() {
        let pauses: Vec<_> = (1..).map_while(pause_after).collect();
        let all: TimeDelta = pauses.iter().sum();
        assert!(all <= TimeDelta::days(3) && all > TimeDelta::days(3) - TimeDelta::hours(1), "{all}");
        assert!(pauses.is_sorted(), "ever longer");
        assert_eq!(pause_after(0), None);
        assert_eq!(pause_after(u32::MAX), None);
    }

    #[test]
    fn an_address_is_given_up_and_our_own_trouble_is_not() {
        assert!(is_final(550) && is_final(553));
        for ours in [421, 450, 451, 452, 530, 535, 552, 554] {
            assert!(!is_final(ours), "{ours}");
        }
    }

    #[test]
    fn a_letter_is_read_as_it_was_kept() {
        let letter = Letter::AddressChanged { to: "ann@example.com".into() };
        let kept = serde_json::to_string(&letter).unwrap();
        assert_eq!(kept, r#"{"address_changed":{"to":"ann@example.com"}}"#);
        assert_eq!(serde_json::from_str::<Letter>(&kept).unwrap(), letter);
    }
}
