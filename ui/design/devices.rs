//! The forms below a device's row, by that screen's own functions. They ask the application only when they are used, and here nobody answers.
//! Every name in them says that it is an example.

use salus_ui::screen::{device_forms, device_row};
use salus_ui::state::use_shared;
use salus_wire::view::{
    DeviceState, DeviceView, EcgTrouble, EcgView, MemoryView, PersonRefusal, PersonView, WheelView,
};
use salus_wire::{Category, DeviceId};
use yew::prelude::*;

use crate::sample::{HOUR, MIDNIGHT, NOW};

/// One device for each thing that may be said to it, or that it tells of.
#[component]
pub(crate) fn DeviceForms() -> Html {
    let shared = use_shared();
    let clock = |n, behind| DeviceView { clock_behind: Some(behind), clock_settable: true, ..device(n) };
    let memory = |n, view| DeviceView { memory: Some(view), ..device(n) };
    let wheel =
        |n, said| DeviceView { wheel: Some(WheelView { circumference_mm: 2_105, said }), ..device(n) };
    let person = |n, view| DeviceView { person: Some(view), ..device(n) };
    let heart = |n, ecg| DeviceView { measures: vec![Category::Electrocardiogram], ecg, ..device(n) };
    let why = EcgTrouble::Charging;
    let rows = [
        clock(1, HOUR),
        DeviceView { sets_clock: true, clock_refused: true, ..clock(2, -HOUR) },
        DeviceView { clock_settable: false, ..clock(3, HOUR) },
        DeviceView { claimed_twice: true, services_changed: true, ..device(4) },
        memory(5, MemoryView::Fetching { arrived: 40, counted: Some(120) }),
        memory(6, MemoryView::Stopped { arrived: 40 }),
        memory(7, MemoryView::Unfinished { arrived: 12 }),
        memory(8, MemoryView::Refused),
        wheel(9, false),
        wheel(10, true),
        person(11, PersonView::Unsaid),
        person(12, PersonView::Asking),
        person(13, PersonView::Known { user: 2, code: "0417".into() }),
        person(14, PersonView::Refused { why: PersonRefusal::NotKnown }),
        heart(15, None),
        heart(16, Some(EcgView::Running { until: NOW })),
        heart(17, Some(EcgView::Failed { why })),
    ];
    let on_done = Callback::noop();
    html! {
        <section id="device-forms">
            <h2>{ "Rows of single screens: what is said to devices" }</h2>
            <ul class="entries" data-example="device-forms">{ for rows.iter().map(|d| html! {
                <li>{ device_row(&shared, d) }{ device_forms(d, &on_done) }</li>
            }) }</ul>
        </section>
    }
}

fn device(n: u8) -> DeviceView {
    DeviceView {
        measures: vec![Category::HeartRate],
        state: DeviceState::Connected,
        last_reading: Some(MIDNIGHT),
        stored: 218,
        link_encrypted: Some(true),
        ..DeviceView::found(DeviceId([n; 16]), format!("Example device {n}"))
    }
}
