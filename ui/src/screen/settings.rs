//! Language, text size, colours: in the first run and later. What opens the record.

mod desktop;
mod doors;
mod new_passphrase;

use desktop::DesktopSection;
use doors::DoorsSection;
use salus_wire::command::{ListDeletions, SetSettings};
use salus_wire::view::{Role, SettingsView, Theme};
use yew::prelude::*;
use yew_router::prelude::*;

use super::{Others, Rename};
use crate::format::count;
use crate::part::Notice;
use crate::route::Route;
use crate::screen::Verify;
use crate::state::{Change, keep_shortcut, use_ask, use_latest, use_shared};
use crate::t;
use crate::words::LANGUAGES;

/// The text sizes to choose from, percent.
const TEXT_SIZES: [u16; 4] = [100, 125, 150, 200];

/// The screen.
#[component]
pub fn Settings() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let profile = shared.app.as_ref().and_then(|a| a.profile.as_ref());
    let patient = profile.is_some_and(|p| p.role == Role::Patient);
    html! {
        <>
            <h1>{ t!(w, "settings-title") }</h1>
            <SettingsForm />
            <Shortcut {patient} />
            if let Some(profile) = profile {
                <h2>{ t!(w, "people-title") }</h2>
                <Rename key={profile.name.clone()} profile={profile.clone()} />
                <Others add=true />
            }
            if patient {
                <h2>{ t!(w, "laptops-title") }</h2>
                <p>{ t!(w, "laptops-short") }</p>
                <p><Link<Route> to={Route::Laptops} classes="button">{ t!(w, "laptops-open") }</Link<Route>></p>
            }
            <DesktopSection />
            <h2>{ t!(w, "lock-title") }</h2>
            <p>{ t!(w, "lock-says") }</p>
            <DoorsSection />
            <h2>{ t!(w, "backups-title") }</h2>
            <p>{ t!(w, "backups-short") }</p>
            <p><Link<Route> to={Route::Backups} classes="button">{ t!(w, "backups-open") }</Link<Route>></p>
            <h2>{ t!(w, "reports-title") }</h2>
            <p>{ t!(w, "reports-what") }</p>
            <p><Link<Route> to={Route::Reports} classes="button">{ t!(w, "reports-open") }</Link<Route>></p>
            <Verify />
            <h2>{ t!(w, "members-title") }</h2>
            <p>{ t!(w, "members-short") }</p>
            <p><Link<Route> to={Route::Members} classes="button">{ t!(w, "members-open") }</Link<Route>></p>
            if patient { <Deleted /> }
            <h2>{ t!(w, "settings-about") }</h2>
            <p>{ t!(w, "promise") }</p>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ShortcutProps {
    /// A clinician types no readings.
    patient: bool,
}

/// Whether single letters do something; kept on this computer.
#[component]
fn Shortcut(props: &ShortcutProps) -> Html {
    let shared = use_shared();
    let on = shared.shortcut;
    let onchange = {
        let shared = shared.clone();
        Callback::from(move |_: Event| {
            keep_shortcut(!on);
            shared.dispatch(Change::Shortcut(!on));
        })
    };
    let w = &shared.words;
    let label = if props.patient { t!(w, "settings-shortcut") } else { t!(w, "settings-shortcut-keys") };
    html! {
        <fieldset class="choices">
            <legend>{ t!(shared.words, "settings-keyboard") }</legend>
            <label class="choice"><input type="checkbox" name="shortcut" checked={on} {onchange} /><span>{ label }</span></label>
        </fieldset>
    }
}

/// What was deleted for ever, and what arrived for it since; nothing when nothing was.
#[component]
fn Deleted() -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let asked = use_ask(Some(ListDeletions {}), shared.beats.readings);
    let all = asked.answer.as_ref().map(|a| a.to_vec()).unwrap_or_default();
    if all.is_empty() {
        return Html::default();
    }
    let many = |n: u64| count(u32::try_from(n).unwrap_or(u32::MAX));
    html! {
        <>
            <h2>{ t!(w, "deleted-title") }</h2>
            <ul class="points">{ for all.iter().map(|d| html! {
                <li>
                    { t!(w, "deleted-line", what = w.category(d.category), from = clock.moment(d.from), to = clock.moment(d.to), n = d.readings, count = many(d.readings)) }
                    if d.refused > 0 { {" "}{ t!(w, "deleted-refused", n = d.refused, count = many(d.refused)) } }
                </li>
            }) }</ul>
        </>
    }
}

/// The choices; each applies at once and is stored.
#[component]
pub fn SettingsForm() -> Html {
    let shared = use_shared();
    let (store, refused) = {
        let shared = shared.clone();
        use_latest::<SetSettings>(Callback::from(move |stored| shared.dispatch(Change::Settings(stored))))
    };
    let w = &shared.words;
    let choose = {
        let (shared, store) = (shared.clone(), store.clone());
        move |settings: SettingsView| {
            let (shared, store) = (shared.clone(), store.clone());
            Callback::from(move |_: Event| {
                shared.dispatch(Change::Settings(settings.clone()));
                store.emit(SetSettings { settings: settings.clone() });
            })
        }
    };
    let now = &shared.settings;
    let themes = [
        (Theme::System, "system", t!(w, "theme-system")),
        (Theme::Light, "light", t!(w, "theme-light")),
        (Theme::Dark, "dark", t!(w, "theme-dark")),
        (Theme::Contrast, "contrast", t!(w, "theme-contrast")),
    ];
    html! {
        <form class="settings" onsubmit={|e: SubmitEvent| e.prevent_default()}>
            <fieldset class="choices">
                <legend>{ t!(w, "settings-language") }</legend>
                { for LANGUAGES.iter().map(|l| radio("language", l.tag, html! { <bdi lang={l.tag}>{ l.name }</bdi> },
                    shared.chosen() == *l, choose(SettingsView { locale: l.tag.into(), ..now.clone() }))) }
            </fieldset>
            <fieldset class="choices">
                <legend>{ t!(w, "settings-text") }</legend>
                { for TEXT_SIZES.iter().map(|size| radio("text", &size.to_string(),
                    html! { <span class={format!("sample-{size}")}>{ t!(w, "settings-text-percent", percent = *size) }</span> },
                    now.text_size == *size, choose(SettingsView { text_size: *size, ..now.clone() }))) }
            </fieldset>
            <fieldset class="choices">
                <legend>{ t!(w, "settings-theme") }</legend>
                { for themes.into_iter().map(|(theme, name, label)| radio("theme", name, html! { label },
                    now.theme == theme, choose(SettingsView { theme, ..now.clone() }))) }
            </fieldset>
            if let Some(failure) = refused { <Notice {failure} /> }
        </form>
    }
}

fn radio(group: &'static str, value: &str, label: Html, checked: bool, onchange: Callback<Event>) -> Html {
    html! {
        <label class="choice">
            <input type="radio" name={group} value={value.to_owned()} {checked} {onchange} />
            <span>{ label }</span>
        </label>
    }
}
