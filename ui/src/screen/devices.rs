//! Devices: what sends, how it is doing, and what is in range to add.

mod aside;
mod clock;
mod doubt;
mod ecg;
mod memory;
mod pair;
mod person;
mod wheel;

use salus_wire::command::{AddDevice, GetAdapter, ListDevices, PairDevice, RemoveDevice, ScanDevices};
use salus_wire::view::{AdapterState, AdapterView, DeviceState, DeviceView};
use salus_wire::{ErrorCode, Failure};
use yew::prelude::*;

use super::home::sources::{heard_apart, said_heard};
use crate::format::count;
use crate::part::{Busy, Dialog, Empty, Icon, Notice, Waiting, icon};
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;
use aside::set_aside;
use clock::DeviceClock;
use doubt::DeviceDoubt;
use ecg::DeviceEcg;
use memory::DeviceMemory;
use pair::PairDialog;
use person::DevicePerson;
use wheel::DeviceWheel;

/// The screen.
#[component]
pub fn Devices() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    let listed = use_ask(Some(ListDevices {}), shared.beats.devices.wrapping_add(*turn));
    let adapter = use_ask(Some(GetAdapter {}), shared.beats.devices.wrapping_add(*turn));
    let again = {
        let turn = turn.clone();
        move || turn.set(turn.wrapping_add(1))
    };
    let scanned = use_state(|| false);
    let scan = {
        let (again, scanned) = (again.clone(), scanned.clone());
        use_act::<ScanDevices>(Callback::from(move |_| {
            scanned.set(true);
            again();
        }))
    };
    let add = {
        let again = again.clone();
        use_act::<AddDevice>(Callback::from(move |_| again()))
    };
    let pair = {
        let again = again.clone();
        use_act::<PairDevice>(Callback::from(move |_| again()))
    };
    let asked = use_state(|| None::<DeviceView>);
    let remove = {
        let (asked, again) = (asked.clone(), again.clone());
        use_act::<RemoveDevice>(Callback::from(move |_| {
            asked.set(None);
            again();
        }))
    };
    let on_scan = scan.starter().reform(|_: MouseEvent| ScanDevices {});
    let all: Vec<DeviceView> = listed.answer.as_ref().map(|a| a.to_vec()).unwrap_or_default();
    let (found, mine): (Vec<_>, Vec<_>) = all.into_iter().partition(|d| d.state == DeviceState::Found);
    let told = adapter.answer.as_ref().is_some_and(|a| a.state != AdapterState::Unknown);
    let mut failures = [&scan.failure, &add.failure, &pair.failure, &listed.failure].into_iter().flatten();
    // How Bluetooth is doing is told by Bluetooth itself, which also says when a refusal is out of date.
    let failure = failures.find(|f| !told || !of_bluetooth(f.code)).cloned();
    let relist = (failure == listed.failure).then(|| listed.again.clone());
    let on_done = {
        let again = again.clone();
        Callback::from(move |()| again())
    };
    let pairing = mine.iter().find(|d| d.pairing.is_some()).cloned();
    html! {
        <>
            <h1>{ t!(w, "devices-title") }</h1>
            if let Some(adapter) = &adapter.answer { { bluetooth(&shared, adapter, scan.failure.is_some()) } }
            if let Some(failure) = failure { <Notice {failure} again={relist} /> }
            if listed.answer.is_none() && listed.failure.is_none() { <Waiting /> }
            if listed.answer.is_some() && mine.is_empty() && found.is_empty() && !scan.busy {
                <Empty title={if *scanned { t!(w, "devices-none-found") } else { t!(w, "devices-empty") }} hint={t!(w, "devices-empty-hint")} />
            }
            if !mine.is_empty() { <ul class="entries">{ for mine.iter().map(|d| html! {
                <li key={d.id.to_string()} data-state={format!("{:?}", d.state)}>
                    { device_row(&shared, d) }
                    { device_forms(d, &on_done) }
                    <div class="row">
                        if may_pair(d) {
                            <Busy class={classes!(if wants_pairing(d) { "main" } else { "small" })} label={t!(w, "device-pair", name = d.name.clone())}
                                busy={pair.busy} onclick={{ let id = d.id; pair.starter().reform(move |_: MouseEvent| PairDevice { device: id }) }} />
                        }
                        <button type="button" class="small" onclick={ask_to(&asked, d)}>{ t!(w, "device-remove", name = d.name.clone()) }</button>
                    </div>
                </li>
            }) }</ul> }
            <div class="row"><Busy id="scan" class={classes!(mine.is_empty().then_some("main"))} label={t!(w, "devices-scan")} busy={scan.busy} onclick={on_scan} /></div>
            if scan.busy { <p class="quiet" role="status">{ t!(w, "devices-scanning") }</p> }
            if !found.is_empty() {
                <h2>{ t!(w, "devices-found") }</h2>
                <ul class="entries">{ for found.iter().map(|d| {
                    let id = d.id;
                    let onclick = add.starter().reform(move |_: MouseEvent| AddDevice { device: id });
                    html! { <li key={d.id.to_string()} data-state="Found">
                        { device_row(&shared, d) }
                        <div class="row"><Busy class="main" label={t!(w, "device-add", name = d.name.clone())} busy={add.busy} {onclick} /></div>
                    </li> }
                }) }</ul>
            }
            if let Some(device) = pairing {
                <PairDialog {device} on_done={Callback::from(move |()| again())} />
            } else if let Some(d) = &*asked {
                <Dialog title={t!(w, "device-remove-title", name = d.name.clone())} on_close={close(&asked)}>
                    <p>{ t!(w, "device-remove-sentence", name = d.name.clone()) }</p>
                    if let Some(failure) = &remove.failure { <Notice failure={failure.clone()} /> }
                    <div class="row">
                        <Busy class="danger" label={t!(w, "device-remove-yes")} busy={remove.busy}
                            onclick={{ let id = d.id; remove.starter().reform(move |_: MouseEvent| RemoveDevice { device: id }) }} />
                        <button type="button" autofocus=true onclick={close(&asked).reform(|_: MouseEvent| ())}>{ t!(w, "device-keep") }</button>
                    </div>
                </Dialog>
            }
        </>
    }
}

/// The forms below a row, each of a device that it is for; they ask the application only when they are used.
pub fn device_forms(d: &DeviceView, on_done: &Callback<()>) -> Html {
    html! {
        <>
            <DeviceMemory device={d.clone()} on_done={on_done.clone()} />
            <DeviceDoubt device={d.clone()} on_done={on_done.clone()} />
            <DeviceClock device={d.clone()} on_done={on_done.clone()} />
            <DeviceEcg device={d.clone()} on_done={on_done.clone()} />
            <DeviceWheel device={d.clone()} on_done={on_done.clone()} />
            <DevicePerson device={d.clone()} on_done={on_done.clone()} />
        </>
    }
}

fn ask_to(asked: &UseStateHandle<Option<DeviceView>>, device: &DeviceView) -> Callback<MouseEvent> {
    let (asked, device) = (asked.clone(), device.clone());
    Callback::from(move |_| asked.set(Some(device.clone())))
}

fn close(asked: &UseStateHandle<Option<DeviceView>>) -> Callback<()> {
    let asked = asked.clone();
    Callback::from(move |()| asked.set(None))
}

const fn of_bluetooth(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::BluetoothOff | ErrorCode::NoBluetooth | ErrorCode::BluetoothNotAllowed)
}

/// Bluetooth itself: off, gone, not allowed, deaf, restarted. Said anew to whoever looked for devices all the same.
fn bluetooth(shared: &Shared, adapter: &AdapterView, refused: bool) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let code = match adapter.state {
        AdapterState::Off => Some(ErrorCode::BluetoothOff),
        AdapterState::Missing => Some(ErrorCode::NoBluetooth),
        AdapterState::NotAllowed => Some(ErrorCode::BluetoothNotAllowed),
        AdapterState::Unknown | AdapterState::On | AdapterState::Silent => None,
    };
    html! {
        <>
            if let Some(code) = code { <Notice key={refused.to_string()} failure={Failure::new(code)} /> }
            if adapter.state == AdapterState::Silent { <p class="caution" role="status">{ icon(Icon::Warning) }{ t!(w, "adapter-silent") }</p> }
            if let Some(at) = adapter.restarted { <p class="quiet" role="status">{ t!(w, "adapter-restarted", when = clock.moment(at)) }</p> }
        </>
    }
}

fn wants_pairing(d: &DeviceView) -> bool {
    matches!(d.state, DeviceState::PairFirst | DeviceState::PairAgain)
}

/// Also a device that sends over an open link: paired, nobody can listen in.
fn may_pair(d: &DeviceView) -> bool {
    wants_pairing(d) || (d.link_encrypted == Some(false) && !d.overheard && d.state != DeviceState::Pairing)
}

/// What a device says of itself in the list; what can be done with it stands below. The design page shows it in every state.
pub fn device_row(shared: &Shared, d: &DeviceView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let (class, picture, word) = match d.state {
        DeviceState::Found => ("tag", Icon::Device, t!(w, "device-found")),
        DeviceState::Connecting => ("tag", Icon::Clock, t!(w, "device-connecting")),
        DeviceState::Connected => ("tag on", Icon::Check, t!(w, "device-connected")),
        DeviceState::Waiting => ("tag off", Icon::Clock, t!(w, "device-waiting")),
        DeviceState::Pairing => ("tag", Icon::Clock, t!(w, "device-pairing")),
        DeviceState::PairFirst => ("tag off", Icon::Warning, t!(w, "device-pair-first")),
        DeviceState::PairAgain => ("tag off", Icon::Warning, t!(w, "device-pair-again")),
    };
    let mine = d.state != DeviceState::Found;
    html! {
        <>
            <div class="entry-head"><h2><bdi>{ &d.name }</bdi></h2><span {class}>{ icon(picture) }<span>{ word }</span></span></div>
            <p>
                if d.measures.is_empty() { { t!(w, "device-measures-unknown") } }
                else { { t!(w, "device-measures", what = w.categories(&d.measures)) } }
                if let Some(model) = &d.model { { " · " }<bdi>{ model }</bdi> }
            </p>
            if mine {
                <p class="quiet">
                    { match d.last_reading {
                        Some(at) => t!(w, "device-last", when = clock.moment(at), n = d.stored, count = count(d.stored)),
                        None if d.stored > 0 => t!(w, "device-from-memory", n = d.stored, count = count(d.stored)),
                        None => t!(w, "device-no-reading"),
                    } }
                    if let Some(at) = heard_apart(d) { { " · " }{ said_heard(&clock, at) } }
                    if let Some(percent) = d.battery { { " · " }{ t!(w, "device-battery", percent = percent) } }
                </p>
            }
            if d.state == DeviceState::Waiting { <p class="quiet">{ t!(w, "device-waiting-hint") }</p> }
            if d.state == DeviceState::PairFirst { <p>{ t!(w, "device-pair-first-hint") }</p> }
            if d.state == DeviceState::PairAgain { <p>{ t!(w, "device-pair-again-hint") }</p> }
            if d.battery_low || d.battery.is_some_and(|b| b <= 15) { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "device-battery-low") }</p> }
            if d.overheard { <p class="quiet">{ t!(w, "device-overheard") }</p> }
            if mine && !d.overheard && d.link_encrypted == Some(false) { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "device-link-open") }</p> }
            { set_aside(shared, d) }
        </>
    }
}
