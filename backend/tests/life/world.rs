//! A small world: one database, one sandbox, and people who click.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use backend::Services;
use backend::clock::{Clock, SystemClock, to_micros};
use backend::detached::Detached;
use backend::mail::{Carrier, MailConfig, Mailer, Written};
use backend::media::{MediaConfig, Pictures, StoreConfig};
use backend::meta::{AppConfig, Endpoints, Meta};
use backend::pulse::Pulse;
use backend::queue::Wake;
use backend::seal::{KeyRing, Passwords};
use backend::service::client::{Client, Network};
use backend::service::flow::{self, Callback, Finished, Outcome, Refused};
use backend::service::people::{self, NewSession, Signed};
use backend::service::{Error, accounts, tokens, widgets};
use backend::store::testing::TestDb;
use backend::views::Views;
use chrono::TimeDelta;
use domain::Moment;
use domain::authorization::Intent;
use domain::id::AccountId;
use domain::language::Language;
use domain::platform::Platform;
use domain::token::{EventKind, Status};
use domain::view::{AccountView, TokenView, WidgetSummary};
use sandbox::{Sandbox, Settings};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

const PRODUCT: &str = "http://127.0.0.1:3000";

/// Somebody's browser.
pub fn client() -> &'static Client {
    static CLIENT: LazyLock<Client> = LazyLock::new(|| Client::new("test", Network::unknown(), None, Language::En));
    &CLIENT
}

/// Everything a test needs; gone when dropped.
pub struct World {
    pub s: Services,
    pub http: reqwest::Client,
    control: String,
    pub test_db: TestDb,
    folder: tempfile::TempDir,
}

struct SandboxClock(Sandbox);

impl std::fmt::Debug for SandboxClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the sandbox's clock")
    }
}

impl Clock for SandboxClock {
    fn now(&self) -> Moment {
        to_micros(self.0.now())
    }
}

impl World {
    /// A fresh world on this database.
    pub async fn new(test_db: TestDb) -> Self {
        backend::tls::install();
        let (meta, control) = (listener().await, listener().await);
        let meta_url = format!("http://{}", meta.local_addr().unwrap());
        let control_url = format!("http://{}", control.local_addr().unwrap());
        let sandbox = Sandbox::open(Settings::new(&meta_url, PRODUCT)).unwrap();
        let settings = Settings::new(&meta_url, PRODUCT);
        tokio::spawn(sandbox::serve(sandbox.clone(), meta, control, std::future::pending()));
        let app = |platform: Platform, credentials: &sandbox::AppCredentials, authorize: &str| AppConfig {
            client_id: credentials.client_id.clone(),
            client_secret: credentials.client_secret.clone().into(),
            redirect_uri: format!("{PRODUCT}/auth/{platform}/callback").parse().unwrap(),
            endpoints: Endpoints {
                authorize_url: format!("{meta_url}{authorize}").parse().unwrap(),
                token_url: meta_url.parse().unwrap(),
                graph_url: meta_url.parse().unwrap(),
            },
        };
        let meta = Meta::new(
            Some(app(Platform::Instagram, &settings.instagram, "/oauth/authorize")),
            Some(app(Platform::Facebook, &settings.facebook, "/")),
        );
        let folder = tempfile::tempdir().unwrap();
        let s = Services {
            db: test_db.db.clone(),
            meta: meta.unwrap(),
            keys: Arc::new(KeyRing::parse(&"a".repeat(64).into()).unwrap()),
            passwords: Passwords::default(),
            clock: Arc::new(SandboxClock(sandbox)),
            wall: Arc::new(SystemClock),
            wake: Wake::default(),
            pictures: pictures(&meta_url, &folder),
            writer: |draft| Written {
                subject: format!("{:?}", draft.letter),
                text: draft.link.as_ref().map_or_else(String::new, |link| link.expose_secret().to_owned()),
                html: draft.language.tag().to_owned(),
            },
            mailer: Mailer::open(&MailConfig {
                carrier: Carrier::Folder(folder.path().join("mail")),
                from: "Pilotlight <pilotlight@example.com>".parse().unwrap(),
            })
            .unwrap(),
            pulse: Pulse::default(),
            detached: Detached::default(),
            views: Views::default(),
            demo: None,
            origin: PRODUCT.into(),
        };
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { s, http, control: control_url, test_db, folder }
    }

    /// Steers the sandbox.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let response = self.http.post(format!("{}{path}", self.control)).json(&body).send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// An address of the control API.
    pub fn control_url(&self, path: &str) -> String {
        format!("{}{path}", self.control)
    }

    /// Something happens to a person at Meta.
    pub async fn happens(&self, username: &str, what: &str) {
        self.control(&format!("/control/people/{username}/{what}"), json!({})).await;
    }

    /// Meta misbehaves.
    pub async fn fault(&self, fault: Value) {
        self.control("/control/faults", fault).await;
    }

    /// Time passes.
    pub async fn pass(&self, hours: i64) {
        self.control("/control/clock", json!({ "advance_seconds": hours * 3600 })).await;
    }

    /// The calls Meta has received of one kind.
    pub async fn calls(&self, endpoint: &str) -> usize {
        let answer: Value =
            self.http.get(format!("{}/control/calls", self.control)).send().await.unwrap().json().await.unwrap();
        let calls = answer.as_array().or_else(|| answer["calls"].as_array()).expect("a list of calls");
        calls.iter().filter(|call| call["endpoint"] == endpoint).count()
    }

    /// Does every job that is due, one after the other: of two that want the same
    /// token at once, one would be put back for later, and not be done by then.
    pub async fn work(&self) {
        backend::job::worker(self.s.clone(), 1).drain().await.unwrap();
    }

    /// The same world, where real time has gone on.
    pub fn later(&self, by: TimeDelta) -> Services {
        Services { wall: Arc::new(Later(by)), ..self.s.clone() }
    }

    /// The mails that have come to an address since this was asked last, the oldest first.
    pub async fn mails(&self, to: &str) -> Vec<Mail> {
        self.work().await;
        let Ok(entries) = std::fs::read_dir(self.folder.path().join("mail")) else { return Vec::new() };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let mut mails = Vec::new();
        for path in paths {
            let bytes = std::fs::read(&path).unwrap();
            let message = mail_parser::MessageParser::default().parse(&bytes).unwrap();
            if message.to().unwrap().first().unwrap().address() == Some(to) {
                std::fs::remove_file(path).unwrap();
                mails.push(Mail {
                    letter: message.subject().unwrap().to_owned(),
                    link: message.body_text(0).unwrap().trim().to_owned().into(),
                    language: message.body_html(0).unwrap().trim().to_owned(),
                });
            }
        }
        mails
    }

    /// The one mail that has come to an address.
    pub async fn mail(&self, to: &str) -> Mail {
        let mut mails = self.mails(to).await;
        assert_eq!(mails.len(), 1, "{:?}", mails.iter().map(|mail| &mail.letter).collect::<Vec<_>>());
        mails.remove(0)
    }

    /// Goes to the consent page as somebody, and comes back.
    pub async fn trip(&self, trip: Trip<'_>) -> Finished {
        let browser = backend::random::secret();
        let address =
            flow::start(&self.s, trip.platform, trip.intent, false, trip.signed, &browser, &Network::unknown())
                .await
                .unwrap();
        let callback = self.consent(&address, trip.who, trip.untick, "allow").await;
        flow::finish(&self.s, trip.platform, callback, Some(&browser), client()).await.unwrap()
    }

    /// The person's answer on the consent page.
    pub async fn consent(&self, address: &Url, who: &str, untick: &[&str], decision: &str) -> Callback {
        let query: Vec<(String, String)> = address.query_pairs().into_owned().collect();
        let scopes = query.iter().find(|(key, _)| key == "scope").map_or(String::new(), |(_, value)| value.clone());
        let mut form = query;
        form.push(("as".into(), who.into()));
        form.push(("decision".into(), decision.into()));
        for scope in scopes.split(',').filter(|scope| !untick.contains(scope)) {
            form.push(("permission".into(), scope.into()));
        }
        let mut action = address.clone();
        action.set_query(None);
        action.path_segments_mut().unwrap().push("decide");
        let answer = self.http.post(action).form(&form).send().await.unwrap();
        let status = answer.status();
        let Some(location) = answer.headers().get("location").cloned() else {
            panic!("no redirect: {status} {}", answer.text().await.unwrap());
        };
        callback(&location.to_str().unwrap().parse().unwrap())
    }

    /// Signs in with a platform and returns who is signed in.
    pub async fn sign_in(&self, platform: Platform, who: &str) -> Signed {
        let finished = self.trip(Trip { platform, who, ..Trip::default() }).await;
        self.signed(&finished.session.expect("a session")).await
    }

    pub async fn signed(&self, session: &NewSession) -> Signed {
        people::current(&self.s, &session.secret).await.unwrap().expect("a good session")
    }

    /// Signs up with an e-mail address.
    pub async fn sign_up(&self, email: &str) -> Signed {
        let session = people::sign_up(&self.s, email, "correct horse", client()).await.unwrap();
        self.signed(&session).await
    }

    /// The one token of somebody, whether the accounts are their own or not.
    pub async fn token(&self, signed: &Signed) -> TokenView {
        let accounts = self.accounts(signed).await;
        let tokens: BTreeSet<_> = accounts.iter().map(|account| account.token.id).collect();
        assert_eq!(tokens.len(), 1, "one token");
        tokens::of_account(&self.s, &signed.me, accounts[0].id, None).await.unwrap()
    }

    pub async fn accounts(&self, signed: &Signed) -> Vec<AccountView> {
        let page = accounts::page(&self.s, &signed.me, &accounts::Asked::default()).await.unwrap();
        assert_eq!(page.next, None, "one page");
        page.items
    }

    pub async fn widgets(&self, signed: &Signed) -> Vec<WidgetSummary> {
        let page = widgets::page(&self.s, &signed.me, &widgets::Asked::default()).await.unwrap();
        assert_eq!(page.next, None, "one page");
        page.items
    }

    pub async fn refresh(&self, signed: &Signed, account: AccountId) -> Result<tokens::Refreshed, Error> {
        tokens::refresh(&self.s, &signed.me, account, None).await
    }
}

/// Real time, some while on.
#[derive(Debug)]
struct Later(TimeDelta);

impl Clock for Later {
    fn now(&self) -> Moment {
        SystemClock.now() + self.0
    }
}

/// A mail that somebody got.
pub struct Mail {
    /// The letter's debug text.
    pub letter: String,
    /// The secret part of its link; empty where there is none.
    pub link: SecretString,
    /// The tag of its language.
    pub language: String,
}

/// One trip to the consent page.
pub struct Trip<'a> {
    pub platform: Platform,
    pub who: &'a str,
    pub intent: Intent,
    pub signed: Option<&'a Signed>,
    pub untick: &'a [&'a str],
}

impl Default for Trip<'_> {
    fn default() -> Self {
        Self { platform: Platform::Instagram, who: "paul", intent: Intent::LogIn, signed: None, untick: &[] }
    }
}

/// What a browser would carry back.
pub fn callback(address: &Url) -> Callback {
    let get = |name: &str| address.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let words = ["error_description", "error_message"].into_iter().filter_map(get).collect::<Vec<_>>().join(" ");
    Callback {
        code: get("code").map(SecretString::from),
        state: get("state").map(SecretString::from),
        refused: Refused::read(get("error"), get("error_code"), get("error_reason"), words),
    }
}

/// Whether the view says ACTIVE.
pub fn active(view: &TokenView) -> bool {
    view.summary.status == Status::Active
}

/// The kinds of events, newest first.
pub fn told(view: &TokenView) -> Vec<EventKind> {
    view.history.items.iter().map(|entry| entry.event.kind.clone()).collect()
}

/// The trouble of a trip that brought nothing.
pub fn trouble(finished: &Finished) -> &flow::Trouble {
    match &finished.outcome {
        Outcome::Trouble(trouble) => trouble,
        arrived => panic!("it worked: {arrived:?}"),
    }
}

/// Pictures come from the sandbox and go into a folder.
fn pictures(meta_url: &str, folder: &tempfile::TempDir) -> Pictures {
    let host = meta_url.trim_start_matches("http://").parse().unwrap();
    let store = StoreConfig::Folder(folder.path().join("pictures"));
    Pictures::open(&MediaConfig { hosts: vec![host], store }).unwrap()
}

async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

/// Runs a test on every database there is.
#[macro_export]
macro_rules! on_both {
    ($(async fn $name:ident($world:ident) $body:block)*) => {
        $(mod $name {
            use super::*;
            use backend::store::testing::TestDb;

            async fn test($world: $crate::world::World) $body

            #[tokio::test]
            async fn sqlite() {
                test($crate::world::World::new(TestDb::sqlite().await.unwrap()).await).await;
            }

            #[tokio::test]
            async fn postgres() {
                match TestDb::postgres().await.unwrap() {
                    Some(db) => test($crate::world::World::new(db).await).await,
                    None => eprintln!("SKIPPED on PostgreSQL: TEST_DATABASE_URL is not set"),
                }
            }
        })*
    };
}
