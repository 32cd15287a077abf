//! The root: asks what to show first, hears events, and chooses between first run, lock and the screens.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use salus_wire::command::GetApp;
use salus_wire::event::Event;
use salus_wire::view::{AppView, Role, Theme};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{NoWords, Notice, Overlay, Shell, Worded};
use crate::route::Route;
use crate::screen;
use crate::state::{Again, Change, Context, Shared, Wording, shortcut_kept, use_words};
use crate::{bridge, t, words};

/// Readings arrive every second; the charts are asked for again at most this often.
const READINGS_PAUSE_MS: u32 = 2_000;

/// The root component: everything, once there are words for it.
#[component]
pub fn Page() -> Html {
    html! { <Worded><App /></Worded> }
}

#[component]
fn App() -> Html {
    let shared = use_reducer(Shared::default);
    let again = use_words(shared.clone());
    use_effect_with(shared.words.language, |language| words::keep(*language));
    {
        let shared = shared.clone();
        use_effect_with((), move |()| begin(shared));
    }
    let desktop = shared.app.as_ref().and_then(|app| app.desktop_colours);
    use_effect_with(
        (shared.settings.clone(), shared.words.clone(), desktop),
        |(settings, words, desktop)| {
            if let Some(root) = root_element() {
                for (name, value) in [
                    ("lang", words.language.tag.to_owned()),
                    ("dir", words.language.dir().to_owned()),
                    ("data-theme", theme_name(settings.theme, *desktop).to_owned()),
                    ("data-text", settings.text_size.clamp(100, 200).to_string()),
                ] {
                    let _ = root.set_attribute(name, &value);
                }
                // Where the desktop says nothing of its own, the web view is asked, and heard.
                let asks = settings.theme == Theme::System && desktop.is_none();
                let _ = root.toggle_attribute_with_force("data-system", asks);
            }
        },
    );
    html! {
        <ContextProvider<Context> context={shared.clone()}>
            if shared.wording == Wording::Missing { <NoWords {again} /> }
            <HashRouter><Which /></HashRouter>
        </ContextProvider<Context>>
    }
}

#[component]
fn Which() -> Html {
    let shared = crate::state::use_shared();
    let words = &shared.words;
    let Some(app) = shared.app.as_ref().filter(|_| shared.wording != Wording::Awaited) else {
        return html! {
            <main class="plain" aria-busy={(shared.failure.is_none()).to_string()}>
                if let Some(failure) = &shared.failure {
                    <h1>{ t!(words, "app-cannot-start") }</h1>
                    <Notice failure={failure.clone()} again={Again { busy: false, times: 0, go: Callback::from(|()| reload()) }} />
                } else {
                    <p class="quiet">{ t!(words, "app-starting") }</p>
                }
            </main>
        };
    };
    if shared.in_first_run() {
        return html! { <><screen::HelpCorner /><screen::FirstRun /></> };
    }
    match &app.profile {
        None => Html::default(),
        Some(profile) if app.locked => {
            html! { <><screen::HelpCorner /><screen::Locked profile={profile.clone()} /></> }
        }
        Some(profile) => {
            let role = profile.role;
            html! {
                <Shell profile={profile.clone()}>
                    <Switch<Route> render={move |route| page(route, role)} />
                    if role == Role::Patient { <screen::Entry /> }
                    <Overlay {role} />
                </Shell>
            }
        }
    }
}

fn page(route: Route, role: Role) -> Html {
    match (route, role) {
        (Route::Home, Role::Patient) => html! { <screen::Home /> },
        // One component for all three, so that a view that moves stays the same screen.
        (Route::Readings, Role::Patient) => html! { <screen::Readings /> },
        (Route::ReadingsOf { category }, Role::Patient) => html! { <screen::Readings {category} /> },
        (Route::ReadingsAt { category, span, from }, Role::Patient) => {
            html! { <screen::Readings {category} at={Some((span, from))} /> }
        }
        (Route::Import, Role::Patient) => html! { <screen::Import /> },
        (Route::Seen { id }, Role::Patient) => html! { <screen::Seen {id} /> },
        (Route::Devices, Role::Patient) => html! { <screen::Devices /> },
        (Route::Share, Role::Patient) => html! { <screen::Share /> },
        (Route::Permissions, Role::Patient) => html! { <screen::Permissions /> },
        (Route::Activity, Role::Patient) => html! { <screen::Activity /> },
        (Route::Emergency, Role::Patient) => html! { <screen::EmergencyCard /> },
        (Route::Emergency, Role::Clinician) => html! { <screen::Emergency /> },
        (Route::Whose, Role::Patient) => html! { <screen::Whose /> },
        (Route::Notes, Role::Patient) => html! { <screen::Notes /> },
        (Route::Home, Role::Clinician) => html! { <screen::Inbox /> },
        (Route::Patients, Role::Clinician) => html! { <screen::Patients /> },
        (Route::Home, Role::Family) => html! { <screen::Family /> },
        (Route::Code, Role::Clinician) => html! { <screen::Code key="new" /> },
        // Another form, so that what was asked of one patient is not there for the next.
        (Route::More { id }, Role::Clinician) => {
            let key = id.clone();
            html! { <screen::Code key={key} more={id} /> }
        }
        // Another screen, so that no record is shown under the address of the next while that one is on its way.
        (Route::Record { id }, Role::Clinician) => {
            let key = id.clone();
            html! { <screen::Opened key={key} {id} /> }
        }
        (Route::Family, _) => html! { <screen::Family /> },
        (Route::FamilyOwn { part }, _) => html! { <screen::Family {part} /> },
        // One component for both: another part is not another screen.
        (Route::Relative { circle }, _) => {
            let key = circle.clone();
            html! { <screen::RelativePage key={key} {circle} /> }
        }
        (Route::RelativeAt { circle, part }, _) => {
            let key = circle.clone();
            html! { <screen::RelativePage key={key} {circle} {part} /> }
        }
        (Route::Helped { circle }, _) => {
            let key = circle.clone();
            html! { <screen::Helped key={key} {circle} /> }
        }
        (Route::GiveFor { circle }, _) => {
            let key = circle.clone();
            html! { <screen::GiveFor key={key} {circle} /> }
        }
        (Route::Laptops, Role::Patient) => html! { <screen::Laptops /> },
        (Route::Lost, _) => html! { <screen::Lost /> },
        (Route::Backups, _) => html! { <screen::Backups /> },
        (Route::Reports, _) => html! { <screen::Reports /> },
        (Route::Members, _) => html! { <screen::Members /> },
        (Route::Settings, _) => html! { <screen::Settings /> },
        (Route::Notices, role) => html! { <screen::Notices {role} /> },
        (Route::Help, role) => html! { <screen::Help {role} /> },
        _ => html! { <Redirect<Route> to={Route::Home} /> },
    }
}

/// Asks what to show, then listens.
fn begin(shared: Context) {
    let opened = Rc::new(Cell::new(false));
    let ask = {
        let (shared, opened) = (shared.clone(), opened.clone());
        move || {
            let (shared, opened) = (shared.clone(), opened.clone());
            spawn_local(async move {
                let answer: Result<AppView, _> = bridge::invoke(GetApp {}).await;
                opened.set(answer.as_ref().is_ok_and(|a| a.profile.is_some() && !a.locked));
                shared.dispatch(Change::App(answer));
            });
        }
    };
    ask();
    shared.dispatch(Change::Shortcut(shortcut_kept()));
    follow_desktop_theme();
    crate::awake::watch();
    crate::focus::keep();
    crate::title::follow();
    let waiting = Rc::new(Cell::new(false));
    bridge::listen(move |event| {
        match &event {
            // Everything that was shown or typed goes with the page's memory.
            Event::LockChanged { locked: true } if opened.get() => return reload(),
            Event::ReadingsChanged => {
                if !waiting.replace(true) {
                    let (shared, waiting) = (shared.clone(), waiting.clone());
                    Timeout::new(READINGS_PAUSE_MS, move || {
                        waiting.set(false);
                        shared.dispatch(Change::Event(Event::ReadingsChanged));
                    })
                    .forget();
                }
                return;
            }
            // The clock moves with these, also the controlled one of a demonstration.
            Event::LockChanged { locked } => {
                // Until the answer says so: what comes in between is shown already.
                opened.set(!locked);
                ask();
            }
            Event::PermissionsChanged
            | Event::MembersChanged
            | Event::BackupsChanged
            | Event::DesktopChanged => ask(),
            Event::DevicesChanged | Event::NoticesChanged | Event::LinkArrived | Event::Progress { .. } => {}
        }
        shared.dispatch(Change::Event(event));
    });
}

/// Begins the page anew, empty.
fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

fn root_element() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.document_element()
}

const DARK: &str = "(prefers-color-scheme: dark)";
const CONTRAST: &str = "(prefers-contrast: more)";

fn query(media: &str) -> Option<web_sys::MediaQueryList> {
    web_sys::window()?.match_media(media).ok().flatten()
}

fn is_asked(media: &str) -> bool {
    query(media).is_some_and(|q| q.matches())
}

/// The sheet's name of a theme; of the desktop's own what it asks for, or else what the web view believes.
fn theme_name(theme: Theme, desktop: Option<Theme>) -> &'static str {
    match (theme, desktop) {
        (Theme::Light, _) | (Theme::System, Some(Theme::Light)) => "light",
        (Theme::Dark, _) | (Theme::System, Some(Theme::Dark)) => "dark",
        (Theme::Contrast, _) | (Theme::System, Some(Theme::Contrast)) => "contrast",
        (Theme::System, _) if is_asked(CONTRAST) => "contrast",
        (Theme::System, _) if is_asked(DARK) => "dark",
        (Theme::System, _) => "light",
    }
}

/// Redraws the colours when the desktop's theme or contrast changes and the person chose to follow it.
fn follow_desktop_theme() {
    let changed = Closure::<dyn Fn()>::new(move || {
        if let Some(root) = root_element().filter(|r| r.get_attribute("data-system").is_some()) {
            let _ = root.set_attribute("data-theme", theme_name(Theme::System, None));
        }
    });
    for query in [DARK, CONTRAST].into_iter().filter_map(query) {
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
    }
    changed.forget();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_person_chose_comes_before_the_desktop_and_the_desktop_before_the_web_view() {
        for desktop in [Theme::Light, Theme::Dark, Theme::Contrast] {
            assert_eq!(theme_name(Theme::Dark, Some(desktop)), "dark");
            assert_eq!(theme_name(Theme::System, Some(desktop)), theme_name(desktop, None));
        }
    }
}
