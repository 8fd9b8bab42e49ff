//! The people of the test world: who they are and which accounts and Pages they have. What happens to them is state.

mod captions;
mod posts;

pub(crate) use posts::{Media, NEWEST, Post, made_up, seed};

use serde::{Deserialize, Serialize};

/// Which of Meta's two families of access tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// Instagram API with Instagram Login.
    Instagram,
    /// Instagram API with Facebook Login.
    Facebook,
}

impl Platform {
    /// The name in paths and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Instagram => "instagram",
            Self::Facebook => "facebook",
        }
    }

    /// The name in sentences.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Instagram => "Instagram",
            Self::Facebook => "Facebook",
        }
    }

    /// The permissions an app may ask for.
    pub(crate) fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Instagram => &[
                "instagram_business_basic",
                "instagram_business_content_publish",
                "instagram_business_manage_comments",
                "instagram_business_manage_messages",
                "instagram_business_manage_insights",
            ],
            Self::Facebook => &[
                "public_profile",
                "email",
                "instagram_basic",
                "pages_show_list",
                "pages_read_engagement",
                "instagram_content_publish",
                "instagram_manage_comments",
                "instagram_manage_insights",
                "instagram_manage_messages",
                "business_management",
            ],
        }
    }

    /// The permissions people usually grant.
    pub(crate) fn usual_scopes(self) -> Vec<String> {
        let scopes: &[&str] = match self {
            Self::Instagram => &["instagram_business_basic"],
            Self::Facebook => &["public_profile", "instagram_basic", "pages_show_list", "pages_read_engagement"],
        };
        scopes.iter().map(|scope| (*scope).to_owned()).collect()
    }

    /// The permission without which no data can be read.
    pub(crate) fn basic_scope(self) -> &'static str {
        match self {
            Self::Instagram => "instagram_business_basic",
            Self::Facebook => "instagram_basic",
        }
    }
}

/// Somebody who can sign in at Meta.
#[derive(Debug)]
pub(crate) struct Person {
    /// The name used by the control API: the Instagram username, or a handle for a Facebook user.
    pub username: &'static str,
    pub platform: Platform,
    pub name: &'static str,
    /// The app-scoped id.
    pub id: &'static str,
    pub accounts: &'static [Account],
}

/// An Instagram account; a Facebook user reaches it through a Page.
#[derive(Debug)]
pub(crate) struct Account {
    /// The professional account's id (`1784…`).
    pub id: &'static str,
    pub username: &'static str,
    pub name: &'static str,
    pub account_type: &'static str,
    pub biography: &'static str,
    pub website: Option<&'static str>,
    pub followers: u32,
    pub follows: u32,
    pub posts: usize,
    pub style: Style,
    pub page: Option<Page>,
}

/// The Facebook Page an Instagram account is linked to.
#[derive(Debug)]
pub(crate) struct Page {
    pub id: &'static str,
    pub name: &'static str,
}

/// What an account writes under its posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Coffee,
    Travel,
    Korean,
    Hostile,
    Private,
    Flowers,
    Garden,
}

impl Person {
    /// What people see on buttons: `@paul` or `Fiona Field`.
    pub(crate) fn label(&self) -> String {
        match self.platform {
            Platform::Instagram => format!("@{}", self.username),
            Platform::Facebook => self.name.to_owned(),
        }
    }
}

/// Finds somebody by username, or by the username of one of their accounts.
pub(crate) fn person(username: &str) -> Option<&'static Person> {
    CAST.iter()
        .find(|person| person.username == username)
        .or_else(|| CAST.iter().find(|person| person.accounts.iter().any(|account| account.username == username)))
}

/// Many small shops, alike but for their number. Meta lists 25 of them at a time.
macro_rules! shops {
    ($($number:literal)*) => {
        &[$(Account {
            id: concat!("178414000000009", $number),
            username: concat!("shop.", $number),
            name: concat!("Shop ", $number),
            account_type: "Business",
            biography: "One of many.",
            website: None,
            followers: 120,
            follows: 30,
            posts: 3,
            style: Style::Coffee,
            page: Some(Page { id: concat!("1044000000009", $number), name: concat!("Shop ", $number) }),
        }),*]
    };
}

/// The account that two people can connect: its owner at Instagram, and at Facebook whoever manages its Page.
const PAUL: Account = Account {
    id: "17841400000000101",
    username: "paul",
    name: "Paul's Coffee",
    account_type: "Business",
    biography: "Small roastery, big windows. Open every day from 7.",
    website: Some("https://paul.example"),
    followers: 1284,
    follows: 310,
    posts: 12,
    style: Style::Coffee,
    page: None,
};

/// Everybody.
pub(crate) static CAST: &[Person] = &[
    Person {
        username: "paul",
        platform: Platform::Instagram,
        name: "Paul's Coffee",
        id: "27640875392278831",
        accounts: &[PAUL],
    },
    Person {
        username: "best.of.instagram",
        platform: Platform::Instagram,
        name: "Best of Instagram",
        id: "27640875392278849",
        accounts: &[Account {
            id: "17841400000000202",
            username: "best.of.instagram",
            name: "Best of Instagram",
            account_type: "Media_Creator",
            biography: "Places worth the walk ✨ One picture a day.",
            website: Some("https://best-of.example/places"),
            followers: 2_480_113,
            follows: 12,
            posts: 32,
            style: Style::Travel,
            page: None,
        }],
    },
    Person {
        username: "seoul.bakery",
        platform: Platform::Instagram,
        name: "서울 베이커리 🥐",
        id: "27640875392278857",
        accounts: &[Account {
            id: "17841400000000303",
            username: "seoul.bakery",
            name: "서울 베이커리 🥐",
            account_type: "BUSINESS",
            biography: "매일 아침 굽는 빵 🍞 서울 성수동",
            website: None,
            followers: 8_421,
            follows: 97,
            posts: 9,
            style: Style::Korean,
            page: None,
        }],
    },
    Person {
        username: "quiet.start",
        platform: Platform::Instagram,
        name: "",
        id: "27640875392278863",
        accounts: &[Account {
            id: "17841400000000404",
            username: "quiet.start",
            name: "",
            account_type: "Media_Creator",
            biography: "",
            website: None,
            followers: 0,
            follows: 1,
            posts: 0,
            style: Style::Coffee,
            page: None,
        }],
    },
    Person {
        username: "mallory.tables",
        platform: Platform::Instagram,
        name: "<b>Mallory</b> \"'; DROP TABLE account;--",
        id: "27640875392278871",
        accounts: &[Account {
            id: "17841400000000505",
            username: "mallory.tables",
            name: "<b>Mallory</b> \"'; DROP TABLE account;--",
            account_type: "Business",
            biography: "</script><script>alert('bio')</script> \u{202E}gnp.exe",
            website: Some("javascript:alert(document.domain)"),
            followers: 666,
            follows: 0,
            posts: 10,
            style: Style::Hostile,
            page: None,
        }],
    },
    Person {
        username: "just.me",
        platform: Platform::Instagram,
        name: "Just Me",
        id: "27640875392278887",
        accounts: &[Account {
            id: "17841400000000606",
            username: "just.me",
            name: "Just Me",
            account_type: "PERSONAL",
            biography: "Not a business.",
            website: None,
            followers: 41,
            follows: 88,
            posts: 3,
            style: Style::Private,
            page: None,
        }],
    },
    Person {
        username: "agatha.agency",
        platform: Platform::Facebook,
        name: "Agatha Agency",
        id: "10229876543299901",
        accounts: shops!(
            "01" "02" "03" "04" "05" "06" "07" "08" "09" "10" "11" "12" "13" "14" "15" "16"
            "17" "18" "19" "20" "21" "22" "23" "24" "25" "26" "27" "28" "29" "30" "31" "32"
        ),
    },
    Person {
        username: "fiona.field",
        platform: Platform::Facebook,
        name: "Fiona Field",
        id: "10229876543210987",
        accounts: &[
            Account {
                id: "17841400000000707",
                username: "field.flowers",
                name: "Field Flowers",
                account_type: "Business",
                biography: "Cut this morning, at your door by noon.",
                website: Some("https://field.example/flowers"),
                followers: 5_310,
                follows: 204,
                posts: 14,
                style: Style::Flowers,
                page: Some(Page { id: "104400000000071", name: "Field Flowers" }),
            },
            Account {
                id: "17841400000000808",
                username: "field.garden",
                name: "Field Garden",
                account_type: "Business",
                biography: "A garden you can visit.",
                website: None,
                followers: 930,
                follows: 45,
                posts: 8,
                style: Style::Garden,
                page: Some(Page { id: "104400000000082", name: "Field Garden" }),
            },
        ],
    },
    Person {
        username: "petra.page",
        platform: Platform::Facebook,
        name: "Petra Page",
        id: "10229876543211049",
        accounts: &[Account { page: Some(Page { id: "104400000000013", name: "Paul's Coffee" }), ..PAUL }],
    },
    Person {
        username: "noah.nopage",
        platform: Platform::Facebook,
        name: "Noah Nopage",
        id: "10229876543211003",
        accounts: &[],
    },
];
