//! Where today's readings come from: each device in one line, with its battery and when it last sent.

use salus_wire::command::ListDevices;
use salus_wire::view::{DeviceState, DeviceView};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{Icon, icon};
use crate::route::Route;
use crate::state::{Shared, use_ask, use_shared};
use crate::t;

/// At and below this a battery is low, in percent; the screen of devices says so too.
const LOW: u8 = 15;

/// The devices that were added; nothing where there is none.
#[component]
pub(super) fn Sources() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let beat = shared.beats.devices.wrapping_add(shared.beats.readings);
    let listed = use_ask(Some(ListDevices {}), beat);
    // What cannot be listed is told where devices are looked after.
    let mine: Vec<&DeviceView> =
        listed.answer.iter().flat_map(|all| all.iter()).filter(|d| d.state != DeviceState::Found).collect();
    if mine.is_empty() {
        return Html::default();
    }
    html! {
        <section class="sources" aria-label={t!(w, "sources-title")}>
            <ul>{ for mine.into_iter().map(|d| html! {
                <li key={d.id.to_string()} data-state={format!("{:?}", d.state)}>{ source(&shared, d) }</li>
            }) }</ul>
            <p><Link<Route> to={Route::Devices}>{ t!(w, "sources-devices") }</Link<Route>></p>
        </section>
    }
}

fn source(shared: &Shared, d: &DeviceView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let low = d.battery_low || d.battery.is_some_and(|b| b <= LOW);
    let (picture, state) = match d.state {
        DeviceState::Connected => (Icon::Check, t!(w, "device-connected")),
        DeviceState::Connecting => (Icon::Clock, t!(w, "device-connecting")),
        DeviceState::Pairing => (Icon::Clock, t!(w, "device-pairing")),
        DeviceState::PairFirst => (Icon::Warning, t!(w, "device-pair-first")),
        DeviceState::PairAgain => (Icon::Warning, t!(w, "device-pair-again")),
        DeviceState::Waiting | DeviceState::Found => (Icon::Clock, t!(w, "device-waiting")),
    };
    let last = match d.last_reading {
        Some(at) => t!(w, "sources-last", when = clock.moment(at)),
        None => t!(w, "device-no-reading"),
    };
    let doubted = d.claimed_twice || d.services_changed;
    html! {
        <>
            { icon(if low || doubted { Icon::Warning } else { picture }) }
            <span>
                <bdi class="strong">{ &d.name }</bdi>{ ": " }{ state }{ " · " }{ last }
                if let Some(percent) = d.battery { { " · " }{ t!(w, "device-battery", percent = percent) } }
                if low { { " · " }<span class="strong">{ t!(w, "device-battery-low") }</span> }
                if doubted { { " · " }<span class="strong">{ t!(w, "sources-doubt") }</span> }
            </span>
        </>
    }
}
