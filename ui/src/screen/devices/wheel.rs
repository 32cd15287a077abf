//! The wheel whose turns a cycling sensor counts: what its speed is worked out for, and how to say that it is another.

use salus_wire::command::SetDeviceWheel;
use salus_wire::view::DeviceView;
use yew::prelude::*;

use super::pair::digits;
use crate::format::count;
use crate::part::{Busy, Dialog, Icon, Notice, Submit, field_text, icon};
use crate::state::{use_act, use_shared};
use crate::t;

/// How many digits a circumference in mm has at most.
const DIGITS: usize = 4;

/// What the application takes, mm.
const LEAST: u16 = 300;
const MOST: u16 = 4_800;

#[derive(Properties, PartialEq)]
pub(super) struct DeviceWheelProps {
    pub(super) device: DeviceView,
    /// Called when the application took what was said.
    pub(super) on_done: Callback<()>,
}

/// Nothing for a device that counts no wheel.
#[component]
pub(super) fn DeviceWheel(props: &DeviceWheelProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let open = use_state(|| false);
    let say = {
        let (open, on_done) = (open.clone(), props.on_done.clone());
        use_act::<SetDeviceWheel>(Callback::from(move |_| {
            open.set(false);
            on_done.emit(());
        }))
    };
    let typed = use_state(String::new);
    let Some(wheel) = props.device.wheel else { return Html::default() };
    let device = props.device.id;
    let ask = {
        let (open, typed) = (open.clone(), typed.clone());
        Callback::from(move |_: MouseEvent| {
            typed.set(wheel.circumference_mm.to_string());
            open.set(true);
        })
    };
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    let set = say.starter().reform(move |circumference_mm| SetDeviceWheel { device, circumference_mm });
    let said = circumference(&typed);
    let wrong = !typed.is_empty() && said.is_none();
    let onsubmit = {
        let (set, busy) = (set.clone(), say.busy);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if said.is_some() && !busy {
                set.emit(said);
            }
        })
    };
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(digits(&field_text(&event), DIGITS)))
    };
    let mm = count(u32::from(wheel.circumference_mm));
    html! {
        <>
            <p class="quiet">{ if wheel.said { t!(w, "device-wheel", mm = mm) } else { t!(w, "device-wheel-usual", mm = mm) } }</p>
            <div class="row"><button type="button" class="small" onclick={ask}>{ t!(w, "device-wheel-change") }</button></div>
            if *open {
                <Dialog title={t!(w, "device-wheel-title")} on_close={close.clone()}>
                    <form {onsubmit}>
                        <p>{ t!(w, "device-wheel-hint") }</p>
                        <p class="field">
                            <label for="wheel-mm">{ t!(w, "device-wheel-label") }</label>
                            <input id="wheel-mm" type="text" inputmode="numeric" dir="ltr" autocomplete="off" autofocus=true maxlength={DIGITS.to_string()}
                                value={(*typed).clone()} aria-invalid={wrong.then_some("true")} aria-describedby="wheel-wrong" {oninput} />
                            <span class="wrong" id="wheel-wrong" aria-live="polite">
                                if wrong { { icon(Icon::Warning) }{ t!(w, "device-wheel-wrong", least = count(u32::from(LEAST)), most = count(u32::from(MOST))) } }
                            </span>
                        </p>
                        if let Some(failure) = say.failure.clone() { <Notice {failure} /> }
                        <div class="row">
                            <Submit id="wheel-save" label={t!(w, "device-person-save")} busy={say.busy} disabled={said.is_none()} />
                            if wheel.said {
                                <Busy label={t!(w, "device-wheel-back")} busy={say.busy} onclick={set.reform(|_: MouseEvent| None)} />
                            }
                            <button type="button" onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "device-person-close") }</button>
                        </div>
                    </form>
                </Dialog>
            }
        </>
    }
}

/// What was typed, once it can be a wheel.
fn circumference(typed: &str) -> Option<u16> {
    typed.parse().ok().filter(|mm| (LEAST..=MOST).contains(mm))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_wheel_is_sent() {
        assert_eq!([circumference("2105"), circumference("300")], [Some(2105), Some(300)]);
        for typed in ["", "29", "299", "4801", "9999"] {
            assert_eq!(circumference(typed), None, "{typed}");
        }
    }
}
