//! The frame of every screen: whose record this is on top, words beside icons at the side, one column to read.

use salus_wire::command::Lock;
use salus_wire::view::{ProfileView, Role};
use yew::prelude::*;
use yew_router::prelude::*;

use super::{
    BandEnd, DamagedRecord, EmergencyNote, HelpedEmergencyNote, Icon, LinkNote, OlderRecord, RecoveryNote,
    StoppedNote, UnconfirmedNote, icon,
};
use crate::route::Route;
use crate::state::{Change, use_act, use_shared};
use crate::t;

/// How many colour bands style sheets know.
const BANDS: u32 = 6;

/// What the application calls a record whose name it cannot read before it is unlocked.
pub const NAMELESS: &str = "?";

/// Properties of [`Shell`].
#[derive(Properties, PartialEq)]
pub struct ShellProps {
    /// Whose record this is.
    pub profile: ProfileView,
    /// The screen.
    pub children: Html,
}

/// The colour band that goes with a name: the same on every screen and every day.
#[must_use]
pub fn band_of(name: &str) -> u32 {
    name.bytes().fold(7_u32, |sum, b| sum.wrapping_mul(31).wrapping_add(u32::from(b))) % BANDS
}

/// The frame.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let lock = {
        let shared = shared.clone();
        use_act::<Lock>(Callback::from(move |app| shared.dispatch(Change::App(Ok(app)))))
    };
    let add = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.dispatch(Change::Typing(shared.typing.opened())))
    };
    let on_lock = lock.starter().reform(|_: MouseEvent| Lock {});
    let route = use_route::<Route>();
    let main = use_node_ref();
    {
        let main = main.clone();
        // A new screen starts at its heading for keyboards and screen readers, and at its top for eyes.
        use_effect_with(route.as_ref().map(Route::screen), move |_| {
            if let Some(main) = main.cast::<web_sys::HtmlElement>() {
                let _ = main.focus();
                main.set_scroll_top(0);
            }
        });
    }
    let items: Vec<(Route, Icon, String)> = match props.profile.role {
        Role::Patient => vec![
            (Route::Home, Icon::Today, t!(w, "nav-home")),
            (Route::Readings, Icon::Chart, t!(w, "nav-readings")),
            (Route::Devices, Icon::Device, t!(w, "nav-devices")),
            (Route::Share, Icon::Share, t!(w, "nav-share")),
            (Route::Permissions, Icon::Eye, t!(w, "nav-permissions")),
            (Route::Activity, Icon::List, t!(w, "nav-activity")),
            (Route::Family, Icon::Heart, t!(w, "nav-family")),
            (Route::Members, Icon::People, t!(w, "nav-members")),
            (Route::Settings, Icon::Gear, t!(w, "nav-settings")),
        ],
        Role::Clinician => vec![
            (Route::Home, Icon::Inbox, t!(w, "nav-inbox")),
            (Route::Patients, Icon::List, t!(w, "nav-patients")),
            (Route::Code, Icon::Code, t!(w, "nav-code")),
            (Route::Emergency, Icon::Warning, t!(w, "nav-emergency")),
            (Route::Family, Icon::Heart, t!(w, "nav-family")),
            (Route::Members, Icon::People, t!(w, "nav-members")),
            (Route::Settings, Icon::Gear, t!(w, "nav-settings")),
        ],
        Role::Family => vec![
            (Route::Home, Icon::Heart, t!(w, "nav-family")),
            (Route::Members, Icon::People, t!(w, "nav-members")),
            (Route::Settings, Icon::Gear, t!(w, "nav-settings")),
        ],
    };
    // Whose first screen is the family's.
    let helper = props.profile.role == Role::Family;
    let role = match props.profile.role {
        Role::Patient => t!(w, "band-patient"),
        Role::Clinician => t!(w, "band-clinician"),
        Role::Family => t!(w, "band-family"),
    };
    let test_clock = shared.app.as_ref().is_some_and(|a| a.test_clock);
    html! {
        <div class="shell">
            <header class={format!("band band-{}", band_of(&props.profile.name))}>
                <p class="band-name"><bdi>{ &props.profile.name }</bdi></p>
                <p class="band-role">{ role }</p>
                if test_clock { <p class="tag">{ icon(Icon::Clock) }<span>{ t!(w, "test-clock") }</span></p> }
                <BandEnd />
            </header>
            <nav class="rail" aria-label={t!(w, "nav-label")}>
                <ul>{ for items.into_iter().map(|(to, picture, label)| {
                    let below = matches!(route, Some(Route::Record { .. } | Route::Whose));
                    let more = matches!(route, Some(Route::More { .. }));
                    let kept = matches!(route, Some(Route::Backups | Route::Lost | Route::Laptops | Route::Reports));
                    let card = matches!(route, Some(Route::Emergency)) && props.profile.role == Role::Patient;
                    let helped = matches!(route, Some(Route::FamilyOwn { .. } | Route::Relative { .. } | Route::RelativeAt { .. } | Route::Helped { .. } | Route::GiveFor { .. }));
                    let record = matches!(route, Some(Route::ReadingsOf { .. } | Route::ReadingsAt { .. } | Route::Import));
                    let seen = matches!(route, Some(Route::Seen { .. }));
                    let notes = matches!(route, Some(Route::Notes));
                    let here = route.as_ref() == Some(&to) || (below && to == Route::Home) || (kept && to == Route::Settings)
                        || (record && to == Route::Readings) || ((card || seen) && to == Route::Permissions) || (notes && to == Route::Activity)
                        || (more && to == Route::Code) || (helped && to == Route::Family)
                        || (helper && to == Route::Home && (helped || route == Some(Route::Family)));
                    let name = nav_name(&to);
                    html! { <li class={classes!(here.then_some("here"))} data-nav={name}>
                        <Link<Route> {to}>{ icon(picture) }<span>{ label }</span></Link<Route>>
                    </li> }
                }) }</ul>
                <div class="rail-foot">
                    if props.profile.role == Role::Patient {
                        <button type="button" id="add-reading" class="rail-button add" onclick={add} aria-keyshortcuts={shared.shortcut.then_some("n")}>
                            { icon(Icon::Add) }<span>{ t!(w, "entry-title") }</span>if shared.shortcut { <kbd>{ "N" }</kbd> }
                        </button>
                    }
                    <button type="button" id="lock" class="rail-button" onclick={on_lock} aria-disabled={lock.busy.then_some("true")}>{ icon(Icon::Lock) }<span>{ t!(w, "nav-lock") }</span></button>
                </div>
            </nav>
            <main ref={main} tabindex="-1"><div class="column"><OlderRecord /><LinkNote role={props.profile.role} /><DamagedRecord /><EmergencyNote role={props.profile.role} /><HelpedEmergencyNote /><RecoveryNote role={props.profile.role} /><UnconfirmedNote role={props.profile.role} /><StoppedNote />{ props.children.clone() }</div></main>
        </div>
    }
}

fn nav_name(route: &Route) -> &'static str {
    match route {
        Route::Home => "home",
        Route::Readings => "readings",
        Route::Devices => "devices",
        Route::Share => "share",
        Route::Permissions => "permissions",
        Route::Activity => "activity",
        Route::Members => "members",
        Route::Settings => "settings",
        Route::Code => "code",
        Route::Emergency => "emergency",
        Route::Family => "family",
        Route::Patients => "patients",
        Route::Notices => "notices",
        Route::Help => "help",
        Route::Backups
        | Route::Lost
        | Route::Laptops
        | Route::Reports
        | Route::ReadingsOf { .. }
        | Route::ReadingsAt { .. }
        | Route::Import
        | Route::Seen { .. }
        | Route::Record { .. }
        | Route::More { .. }
        | Route::FamilyOwn { .. }
        | Route::Relative { .. }
        | Route::RelativeAt { .. }
        | Route::Helped { .. }
        | Route::GiveFor { .. }
        | Route::Whose
        | Route::Notes
        | Route::NotFound => "other",
    }
}
