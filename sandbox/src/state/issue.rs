//! Giving out and ending tokens.

use super::{Code, End, ExtensionLife, State, Token, TokenKind};
use crate::{
    cast::{Person, Platform},
    clock::round_up_to_hour,
    random,
};
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeSet;

/// Meta: a long-lived token lives 60 days.
const LONG_LIFE: Duration = Duration::days(60);
/// Meta: a code and a short-lived token live an hour.
const SHORT_LIFE: Duration = Duration::hours(1);
/// Meta: data access lasts 90 days from the person's last activity.
const DATA_ACCESS: Duration = Duration::days(90);

impl State {
    /// A person allowed the app: permissions are set anew, the app is (again) theirs, and a code is made.
    pub(crate) fn consent(
        &mut self,
        person: &Person,
        redirect_uri: &str,
        asked: &[String],
        allowed: &BTreeSet<String>,
        now: DateTime<Utc>,
    ) -> String {
        self.allow(person, asked, allowed, now);
        // Long spent codes are of no use to anybody.
        self.codes.retain(|code| code.expires_at + Duration::days(1) > now);
        let value = random::code();
        self.codes.push(Code {
            value: value.clone(),
            platform: person.platform,
            username: person.username.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            expires_at: now + SHORT_LIFE,
            used: false,
        });
        value
    }

    /// The lasting part of a consent.
    pub(crate) fn allow(&mut self, person: &Person, asked: &[String], allowed: &BTreeSet<String>, now: DateTime<Utc>) {
        let standing = self.standing_mut(person.username);
        standing.connected = true;
        standing.connected_at = Some(now);
        for scope in asked {
            let granted = allowed.contains(scope);
            let (joins, leaves) = if granted {
                (&mut standing.granted, &mut standing.declined)
            } else {
                (&mut standing.declined, &mut standing.granted)
            };
            leaves.remove(scope);
            joins.insert(scope.clone());
        }
        standing.data_access_until = (person.platform == Platform::Facebook).then(|| now + DATA_ACCESS);
    }

    /// Makes a user token.
    pub(crate) fn issue(&mut self, person: &Person, kind: TokenKind, now: DateTime<Utc>) -> Token {
        let value = match person.platform {
            Platform::Instagram => random::instagram_token(),
            Platform::Facebook => random::facebook_token(),
        };
        let token = Token {
            value,
            platform: person.platform,
            kind,
            username: person.username.to_owned(),
            page: None,
            issued_at: now,
            renewed_at: now,
            expires_at: Some(self.expiry(kind, now)),
            end: None,
        };
        self.tokens.push(token.clone());
        token
    }

    /// The string that an extension of this one returns. By the switch, a long-lived one lives no longer than before.
    pub(crate) fn extended(&mut self, person: &Person, old: &Token, now: DateTime<Utc>) -> Token {
        let mut token = self.issue(person, TokenKind::Long, now);
        if old.kind == TokenKind::Long && self.switches.extension_life == ExtensionLife::WhatIsLeft {
            token.expires_at = old.expires_at;
            if let Some(stored) = self.tokens.last_mut() {
                stored.expires_at = old.expires_at;
            }
        }
        token
    }

    /// The page token that belongs to a user token: the same one as long as it lives.
    /// Meta: that of a long-lived user token has no expiry date.
    pub(crate) fn page_token(&mut self, user: &Token, page: &str, now: DateTime<Utc>) -> String {
        let expires_at = if user.kind == TokenKind::Short { user.expires_at } else { None };
        let known = self.tokens.iter().find(|token| {
            token.username == user.username
                && token.page.as_deref() == Some(page)
                && token.end.is_none()
                && token.expires_at == expires_at
        });
        if let Some(token) = known {
            return token.value.clone();
        }
        let token = Token {
            value: random::facebook_token(),
            kind: TokenKind::Page,
            page: Some(page.to_owned()),
            issued_at: now,
            renewed_at: now,
            expires_at,
            ..user.clone()
        };
        self.tokens.push(token.clone());
        token.value
    }

    /// When a user token made or extended now expires.
    pub(crate) fn expiry(&self, kind: TokenKind, now: DateTime<Utc>) -> DateTime<Utc> {
        match kind {
            TokenKind::Short if self.switches.round_short_expiry => round_up_to_hour(now + SHORT_LIFE),
            TokenKind::Short => now + SHORT_LIFE,
            // The odd seconds Meta's answers are short of 60 days.
            TokenKind::Long | TokenKind::Page => now + LONG_LIFE - Duration::seconds(random::seconds_lost()),
        }
    }

    /// Ends all tokens of a person that have not ended yet, also the page tokens and the unspent codes.
    pub(crate) fn end_all(&mut self, username: &str, end: End) {
        for token in self.tokens.iter_mut().filter(|token| token.username == username && token.end.is_none()) {
            token.end = Some(end);
        }
        self.codes.retain(|code| code.username != username);
    }

    /// The person removed the app, by hand or through the API.
    pub(crate) fn disconnect(&mut self, username: &str, end: End) {
        self.end_all(username, end);
        let standing = self.standing_mut(username);
        standing.connected = false;
        standing.granted.clear();
        standing.declined.clear();
    }
}
