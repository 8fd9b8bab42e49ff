//! The app: what every page shares, and the routes.

use domain::view::Me;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{Lazy, SsrMode, path};

use crate::api::session::CurrentSession;
use crate::data::{Data, data};
use crate::layout::{Announcer, Footer, Header, NoticeBanner, OfflineHint};
use crate::page;
use crate::prelude::*;

/// Who is signed in, read once for the whole app.
#[derive(Clone, Copy)]
pub struct CurrentUser(pub Data<Option<Me>>);

impl CurrentUser {
    /// Who is signed in; nobody while that is not known.
    pub async fn me(self) -> Option<Me> {
        self.0.get().await.ok().flatten()
    }
}

/// Everything inside `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(CurrentUser(data(|| (Some(CurrentSession {}), 0))));
    provide_context(Announcer::new());
    // Every page is complete in its first answer: title, status and redirects
    // depend on data, and everything works without scripts.
    view! {
        <Router>
            <a class="skip" href="#content" rel="external">
                {text!(nav.skip)}
            </a>
            <Header />
            <main id="content" class="page" tabindex="-1">
                <OfflineHint />
                <NoticeBanner />
                <FlatRoutes fallback=|| view! { <page::NotFound /> }>
                    <Route path=path!("/") view=page::Home ssr=SsrMode::Async />
                    <Route path=path!("/login") view=page::LogIn ssr=SsrMode::Async />
                    <Route path=path!("/signup") view=page::SignUp ssr=SsrMode::Async />
                    <Route path=path!("/dashboard") view=page::Dashboard ssr=SsrMode::Async />
                    <Route path=path!("/accounts") view=page::Accounts ssr=SsrMode::Async />
                    <Route path=path!("/accounts/:id") view=page::Account ssr=SsrMode::Async />
                    <Route path=path!("/access-token") view=page::AccessToken ssr=SsrMode::Async />
                    <Route path=path!("/widgets") view={Lazy::<page::WidgetsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/widgets/new") view={Lazy::<page::WidgetNewRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/widgets/:id") view={Lazy::<page::WidgetRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/sessions") view=page::Sessions ssr=SsrMode::Async />
                    <Route path=path!("/auth/trouble/:kind") view=page::TroublePage ssr=SsrMode::Async />
                    <Route path=path!("/meta/deletion/:code") view=page::Deletion ssr=SsrMode::Async />
                </FlatRoutes>
            </main>
            <Footer />
        </Router>
    }
}

/// Tells the end-to-end tests that the page has come alive. Each page's
/// title calls it, since some pages are loaded after the app.
pub fn mark_hydrated() {
    Effect::new(|_| {
        if let Some(html) = document().document_element() {
            // Refused only for names that are no attributes.
            let _ = html.set_attribute("data-hydrated", "");
        }
    });
}
