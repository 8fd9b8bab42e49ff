//! The app: what every page shares, and the routes.

use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{Lazy, SsrMode, path};

use crate::api::session::CurrentSession;
use crate::data::data;
use crate::layout::{Announcer, Footer, Header, NoticeBanner, OfflineHint};
use crate::page;
use crate::part::NotFound;
use crate::prelude::*;
use crate::refusal::Refused;
use crate::user::CurrentUser;

/// Everything inside `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(CurrentUser(data(|| Some(CurrentSession {}))));
    provide_context(Announcer::new());
    provide_context(Refused::begin());
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
                <FlatRoutes fallback=|| view! { <NotFound /> }>
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
                    <Route path=path!("/settings") view={Lazy::<page::SettingsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/forgot") view={Lazy::<page::ForgotRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/reset/:link") view={Lazy::<page::ResetRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/confirm/:link") view={Lazy::<page::ConfirmRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/sessions") view={Lazy::<page::SessionsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/auth/trouble/:kind") view={Lazy::<page::TroubleRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/ko") view=page::Home ssr=SsrMode::Async />
                    <Route path=path!("/ko/access-token") view=page::AccessToken ssr=SsrMode::Async />
                    <Route path=path!("/pt-br") view=page::Home ssr=SsrMode::Async />
                    <Route path=path!("/pt-br/access-token") view=page::AccessToken ssr=SsrMode::Async />
                    <Route path=path!("/meta/deletion/:code") view={Lazy::<page::DeletionRoute>::new()} ssr=SsrMode::Async />
                </FlatRoutes>
            </main>
            <Footer />
        </Router>
    }
}
