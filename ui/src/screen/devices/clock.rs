//! A device whose clock is wrong: by how much, that its readings are corrected, and whether it may be set, or could not be.

use salus_wire::command::SetDeviceClock;
use salus_wire::view::DeviceView;
use yew::prelude::*;

use crate::format::MINUTE;
use crate::part::{Icon, Notice, icon};
use crate::state::{use_act, use_shared};
use crate::t;

/// Closer than this it counts as right, and nothing is corrected. Two minutes.
const RIGHT: i64 = 2 * MINUTE;

/// Properties of [`DeviceClock`].
#[derive(Properties, PartialEq)]
pub(super) struct DeviceClockProps {
    /// The device.
    pub(super) device: DeviceView,
    /// Called when the person agreed or withdrew.
    pub(super) on_done: Callback<()>,
}

/// Nothing for a clock that is right, or not told.
#[component]
pub(super) fn DeviceClock(props: &DeviceClockProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let set = use_act::<SetDeviceClock>(props.on_done.reform(|_| ()));
    let d = &props.device;
    let Some(behind) = d.clock_behind.filter(|by| by.saturating_abs() > RIGHT) else {
        return Html::default();
    };
    // Devices cut their seconds off: an hour must not be shown as 59 minutes.
    let length = shared.clock().length(behind.saturating_abs().saturating_add(MINUTE / 2));
    let onchange = {
        let (id, agreed) = (d.id, !d.sets_clock);
        set.starter().reform(move |_: Event| SetDeviceClock { device: id, agreed })
    };
    html! {
        <>
            <p class="caution">
                { icon(Icon::Clock) }
                { if behind > 0 { t!(w, "device-clock-behind", length = length) } else { t!(w, "device-clock-ahead", length = length) } }
            </p>
            if d.clock_settable {
                <label class="choice">
                    <input type="checkbox" name="set-clock" checked={d.sets_clock} aria-disabled={set.busy.then_some("true")} {onchange} />
                    <span>{ t!(w, "device-clock-set", name = d.name.clone()) }</span>
                </label>
                if d.sets_clock && d.clock_refused { <p>{ t!(w, "device-clock-refused") }</p> }
            } else {
                <p>{ t!(w, "device-clock-own") }</p>
            }
            if let Some(failure) = &set.failure { <Notice failure={failure.clone()} /> }
        </>
    }
}
