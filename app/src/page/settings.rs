//! `/settings`: what one can set about oneself.

mod address;
mod leaving;
mod logins;
mod password;
mod profile;
mod section;

use domain::view::SettingsView;

use crate::api::person::GetSettings;
use crate::data::data;
use crate::erased::waited;
use crate::part::{PageTitle, ProblemPanel};
use crate::prelude::*;
use crate::ui::Skeleton;
use section::{Forms, framed};

/// "Settings".
#[component]
pub fn Settings() -> impl IntoView {
    let settings = data(|| Some(GetSettings {}));
    let forms = Forms::begin();
    view! {
        <PageTitle text=text!(person.heading) />
        <header class="head">
            <div>
                <h1>{text!(person.heading)}</h1>
            </div>
        </header>
        <Transition fallback=|| view! { <Skeleton /> }>
            {waited(move || async move {
                match settings.get().await {
                    Err(error) => view! { <ProblemPanel error /> },
                    Ok(settings) => sections(settings, forms),
                }
            })}
        </Transition>
    }
}

fn sections(settings: SettingsView, forms: Forms) -> AnyView {
    let has_password = settings.address.is_some();
    view! {
        <div class="person">
            {settings.leaving_at.map(|at| leaving::planned(forms.stay, at))}
            {profile::section(forms.save, &settings)}
            {address::section(forms, settings.address)}
            {has_password.then(|| password::section(forms.password))}
            {logins::section(forms.unlink, settings.logins, settings.can_add, has_password)}
            {framed(
                text!(person.sessions),
                view! {
                    <p>{text!(person.sessions_text)}</p>
                    <p>
                        <a class="button" href=Route::Sessions.address()>
                            {text!(nav.sessions)}
                        </a>
                    </p>
                },
            )}
            {framed(
                text!(person.archive),
                view! {
                    <p>{text!(person.archive_text)}</p>
                    <p>
                        <a class="button" href="/settings/data.json" rel="external" download="pilotlight.json">
                            {text!(person.archive_get)}
                        </a>
                    </p>
                },
            )}
            {settings.leaving_at.is_none().then(|| leaving::section(forms.leave, settings.alone, has_password))}
        </div>
    }
}
