//! Where Meta's documents, captures and issue threads disagree: each switch picks one of the answers seen.

use serde::{Deserialize, Serialize};

/// All switches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Switches {
    pub exchange_shape: ExchangeShape,
    pub profile_shape: ExchangeShape,
    pub permissions_shape: PermissionsShape,
    pub user_id_shape: UserIdShape,
    pub instagram_subcode: Subcode,
    pub early_refresh: EarlyRefresh,
    pub refresh_string: RefreshString,
    pub extension_life: ExtensionLife,
    pub facebook_omits_expires_in: bool,
    pub instagram_omits_expires_in: bool,
    pub slash_escaping: bool,
    pub authorize_host: AuthorizeHost,
    pub round_short_expiry: bool,
    pub usage_headers: bool,
    /// HTTP status of code 190.
    pub token_error_status: u16,
    /// `/me/accounts` stays empty for so many seconds after consent.
    pub pages_delay_seconds: u32,
    /// All posts have one second as their time; Meta's order stays.
    pub same_second: bool,
    pub app_access: AppAccess,
    pub consent_answer: ConsentAnswer,
    /// Whether `/me/accounts` lists the Pages; those of a business portfolio may be missing although they were shared.
    pub pages_listed: bool,
    /// The person uses Facebook as a Page, and the token is that Page's.
    pub facebook_as_page: bool,
}

/// What the app may do for people without a role in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AppAccess {
    /// They do not get past the consent page.
    Development,
    /// Consent and code exchange work; every call after them is "Unsupported request".
    Standard,
}

/// What comes back when a person allows the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ConsentAnswer {
    /// A code.
    Code,
    /// `error=temporarily_unavailable`.
    Unavailable,
    /// Facebook on a bad day: number and words, but no `error`.
    ErrorCodeOnly,
    /// A number for the operator.
    AppError,
}

/// The envelope of the code exchange and of `/me`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ExchangeShape {
    Flat,
    Data,
}

/// `permissions` in the code exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PermissionsShape {
    Array,
    String,
}

/// `user_id` in the code exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum UserIdShape {
    Number,
    String,
}

/// `error_subcode` on graph.instagram.com.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Subcode {
    Absent,
    #[serde(rename = "0")]
    Zero,
    Real,
}

/// A refresh in the first 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum EarlyRefresh {
    #[serde(rename = "200-unextended")]
    Unextended,
    #[serde(rename = "400")]
    Refused,
}

/// The string a refresh returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RefreshString {
    Same,
    RotateOldStays,
    RotateOldDies,
}

/// How long a token lives after an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ExtensionLife {
    /// Anew, as Meta documents it.
    Full,
    /// No longer than before: the answer is 200, and the end does not move.
    WhatIsLeft,
}

/// What the authorize address answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AuthorizeHost {
    Www,
    ApiDeadPage,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            exchange_shape: ExchangeShape::Flat,
            profile_shape: ExchangeShape::Flat,
            permissions_shape: PermissionsShape::Array,
            user_id_shape: UserIdShape::Number,
            instagram_subcode: Subcode::Absent,
            early_refresh: EarlyRefresh::Unextended,
            refresh_string: RefreshString::RotateOldStays,
            extension_life: ExtensionLife::Full,
            facebook_omits_expires_in: false,
            instagram_omits_expires_in: false,
            slash_escaping: true,
            authorize_host: AuthorizeHost::Www,
            round_short_expiry: true,
            usage_headers: false,
            token_error_status: 400,
            pages_delay_seconds: 0,
            app_access: AppAccess::Development,
            consent_answer: ConsentAnswer::Code,
            pages_listed: true,
            facebook_as_page: false,
            same_second: false,
        }
    }
}

/// A switch as people see it: its name, what it decides, and its positions as JSON.
pub(crate) struct Choice {
    pub name: &'static str,
    pub decides: &'static str,
    pub positions: &'static [&'static str],
}

/// Every switch with its positions, the default first.
pub(crate) const SWITCHES: &[Choice] = &[
    Choice {
        name: "exchange_shape",
        decides: "Instagram code exchange: envelope",
        positions: &["\"flat\"", "\"data\""],
    },
    Choice { name: "profile_shape", decides: "Instagram /me: envelope", positions: &["\"flat\"", "\"data\""] },
    Choice {
        name: "permissions_shape",
        decides: "Code exchange: permissions",
        positions: &["\"array\"", "\"string\""],
    },
    Choice { name: "user_id_shape", decides: "Code exchange: user_id", positions: &["\"number\"", "\"string\""] },
    Choice {
        name: "instagram_subcode",
        decides: "error_subcode on graph.instagram.com",
        positions: &["\"absent\"", "\"0\"", "\"real\""],
    },
    Choice {
        name: "early_refresh",
        decides: "A refresh in the first 24 hours",
        positions: &["\"200-unextended\"", "\"400\""],
    },
    Choice {
        name: "refresh_string",
        decides: "The string a refresh returns",
        positions: &["\"rotate-old-stays\"", "\"same\"", "\"rotate-old-dies\""],
    },
    Choice {
        name: "extension_life",
        decides: "The life after an extension",
        positions: &["\"full\"", "\"what-is-left\""],
    },
    Choice {
        name: "facebook_omits_expires_in",
        decides: "Facebook leaves expires_in out",
        positions: &["false", "true"],
    },
    Choice {
        name: "instagram_omits_expires_in",
        decides: "Instagram leaves expires_in out",
        positions: &["false", "true"],
    },
    Choice { name: "slash_escaping", decides: "JSON writes / as \\/", positions: &["true", "false"] },
    Choice {
        name: "authorize_host",
        decides: "The authorize address answers",
        positions: &["\"www\"", "\"api-dead-page\""],
    },
    Choice {
        name: "round_short_expiry",
        decides: "Short tokens live to the next full hour",
        positions: &["true", "false"],
    },
    Choice { name: "usage_headers", decides: "Usage headers on every answer", positions: &["false", "true"] },
    Choice { name: "token_error_status", decides: "HTTP status of code 190", positions: &["400", "401"] },
    Choice {
        name: "pages_delay_seconds",
        decides: "Seconds /me/accounts stays empty after consent",
        positions: &["0", "5", "30"],
    },
    Choice {
        name: "app_access",
        decides: "Who is no tester: refused at consent, or unreadable after it",
        positions: &["\"development\"", "\"standard\""],
    },
    Choice {
        name: "consent_answer",
        decides: "What \"Allow\" brings back",
        positions: &["\"code\"", "\"unavailable\"", "\"error-code-only\"", "\"app-error\""],
    },
    Choice { name: "pages_listed", decides: "/me/accounts lists the shared Pages", positions: &["true", "false"] },
    Choice {
        name: "facebook_as_page",
        decides: "Facebook's tokens belong to the first Page",
        positions: &["false", "true"],
    },
    Choice { name: "same_second", decides: "All posts were published in one second", positions: &["false", "true"] },
];
