//! Rows that one screen has for itself, by that screen's own functions: a device, a patient in the list, the banner of an opened record.
//! Every name in them says that it is an example.

use salus_ui::screen::{consent_banner, device_row, patient_row};
use salus_ui::state::use_shared;
use salus_wire::command::FlagPatient;
use salus_wire::view::{
    Condition, ConditionView, DeviceState, DeviceView, PatientView, PermissionState, SetAside, SetAsideView,
    SharedView,
};
use salus_wire::{Category, DeviceId, GrantId};
use yew::prelude::*;

use crate::clinical::glimpse;
use crate::sample::{DAY, MIDNIGHT, NOW};

/// A device in every state, and with what may be wrong with it.
#[component]
pub(crate) fn DeviceRows() -> Html {
    let shared = use_shared();
    let of = |n: u8, state| DeviceView { state, ..device(n) };
    let copies = SetAsideView { reason: SetAside::Replayed, count: 12 };
    let wrong = SetAsideView { reason: SetAside::Impossible, count: 2 };
    let rows = [
        of(1, DeviceState::Found),
        of(2, DeviceState::Connecting),
        of(3, DeviceState::Connected),
        of(4, DeviceState::Waiting),
        of(5, DeviceState::Pairing),
        of(6, DeviceState::PairFirst),
        of(7, DeviceState::PairAgain),
        DeviceView { battery: Some(9), link_encrypted: Some(false), ..of(8, DeviceState::Connected) },
        DeviceView { overheard: true, battery: None, battery_low: true, ..of(9, DeviceState::Connected) },
        DeviceView { set_aside: vec![copies, wrong], quarantined: 14, ..of(10, DeviceState::Connected) },
        DeviceView { last_reading: None, stored: 0, measures: Vec::new(), ..of(11, DeviceState::Waiting) },
    ];
    html! {
        <section id="device-rows">
            <h2>{ "Rows of single screens: devices" }</h2>
            <ul class="entries">{ for rows.iter().map(|d| html! { <li>{ device_row(&shared, d) }</li> }) }</ul>
        </section>
    }
}

/// Patients in the list: new, opened and flagged, not yet to be opened, over, and given to those on duty.
#[component]
pub(crate) fn PatientRows() -> Html {
    let shared = use_shared();
    let new = SharedView { new: true, ..permitted(1, PermissionState::Active) };
    let on_duty = SharedView { on_duty: true, ..permitted(6, PermissionState::Active) };
    let unseen = |shared: SharedView| PatientView { shared, flagged: false, glimpse: None };
    let opened = permitted(2, PermissionState::Active);
    let rows = [
        unseen(new),
        PatientView { flagged: true, glimpse: Some(glimpse()), ..unseen(opened) },
        unseen(permitted(3, PermissionState::NotYet)),
        unseen(permitted(4, PermissionState::Ended)),
        unseen(permitted(5, PermissionState::Stopped)),
        unseen(on_duty),
    ];
    let on_flag = Callback::from(|_: FlagPatient| ());
    let heads = ["Patient", "Last reading", "Days with readings", "Against the range", "Time left", "Acts"];
    html! {
        <section id="patient-rows">
            <h2>{ "Rows of single screens: patients" }</h2>
            <div class="table patients" tabindex="0" role="region" aria-label="Examples of patients">
                <table>
                    <thead><tr>{ for heads.into_iter().map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                    <tbody>{ for rows.iter().map(|p| patient_row(&shared, p, &on_flag, false)) }</tbody>
                </table>
            </div>
        </section>
    }
}

/// What stays on top of an opened record: given by the patient, by a helper with hours, and over while it is open.
#[component]
pub(crate) fn Banners() -> Html {
    let shared = use_shared();
    let condition = Condition::Hours { from: 480, to: 1_080, utc_offset_minutes: 60 };
    let policy = "permit (principal, action, resource);".to_owned();
    let helped = SharedView {
        by_helper: true,
        condition: Some(ConditionView { condition, policy }),
        ..permitted(2, PermissionState::Active)
    };
    let shown = [
        (permitted(1, PermissionState::Active), PermissionState::Active),
        (helped, PermissionState::Active),
        (permitted(3, PermissionState::Active), PermissionState::Stopped),
    ];
    html! {
        <section id="banners" class="opened-page">
            <h2>{ "Rows of single screens: banners of an opened record" }</h2>
            { for shown.iter().map(|(one, state)| html! { <div>{ consent_banner(&shared, one, *state) }</div> }) }
        </section>
    }
}

fn device(n: u8) -> DeviceView {
    DeviceView {
        model: Some("Example, BPM-2".into()),
        measures: vec![Category::BloodPressure],
        state: DeviceState::Connected,
        battery: Some(80),
        last_reading: Some(MIDNIGHT),
        heard: Some(NOW),
        stored: 218,
        link_encrypted: Some(true),
        ..DeviceView::found(DeviceId([n; 16]), format!("Example device {n}"))
    }
}

fn permitted(n: u8, state: PermissionState) -> SharedView {
    let ends = if state == PermissionState::Ended { NOW - DAY } else { NOW + 9 * DAY };
    SharedView {
        id: GrantId([n; 32]),
        patient: format!("Example patient {n}"),
        note: "Example note".into(),
        asks: None,
        categories: vec![Category::BloodPressure, Category::HeartRate],
        data_from: NOW - 14 * DAY,
        data_to: NOW + 9 * DAY,
        starts: if state == PermissionState::NotYet { NOW + DAY } else { NOW - 2 * DAY },
        ends,
        condition: None,
        state,
        new: false,
        on_duty: false,
        by_helper: false,
    }
}
