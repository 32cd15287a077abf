//! A device that keeps several people apart: who the person is to it.

use salus_wire::command::SetDevicePerson;
use salus_wire::view::{DeviceView, PersonChoice, PersonRefusal, PersonView};
use yew::prelude::*;

use super::pair::digits;
use crate::part::{Busy, Dialog, Icon, Notice, Submit, field_text, icon};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

/// How many digits a code and a number have at most.
const CODE: usize = 4;
const NUMBER: usize = 3;

#[derive(Properties, PartialEq)]
pub(super) struct DevicePersonProps {
    pub(super) device: DeviceView,
    /// Called when the application took what was said.
    pub(super) on_done: Callback<()>,
}

/// Nothing for a device that keeps nobody apart.
#[component]
pub(super) fn DevicePerson(props: &DevicePersonProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let open = use_state(|| false);
    let say = {
        let (open, on_done) = (open.clone(), props.on_done.clone());
        use_act::<SetDevicePerson>(Callback::from(move |_| {
            open.set(false);
            on_done.emit(());
        }))
    };
    let (device, name) = (props.device.id, props.device.name.clone());
    let Some(person) = &props.device.person else { return Html::default() };
    let settled = matches!(person, PersonView::Known { .. } | PersonView::Asking);
    let set_open = |to: bool| {
        let open = open.clone();
        Callback::from(move |()| open.set(to))
    };
    let new =
        say.starter().reform(move |_: MouseEvent| SetDevicePerson { device, person: PersonChoice::New });
    let known = say.starter().reform(move |person| SetDevicePerson { device, person });
    let ask = set_open(true).reform(|_: MouseEvent| ());
    html! {
        <>
            { sentence(&shared, person, &name) }
            if let Some(failure) = say.failure.clone().filter(|_| !*open) { <Notice {failure} /> }
            <div class="row">
                if settled {
                    <button type="button" class="small" onclick={ask}>{ t!(w, "device-person-change", name = name.clone()) }</button>
                } else {
                    <Busy class="main" label={t!(w, "device-person-new", name = name.clone())} busy={say.busy} onclick={new} />
                    <button type="button" onclick={ask} disabled={say.busy}>{ t!(w, "device-person-known") }</button>
                }
            </div>
            if *open {
                <Dialog title={t!(w, "device-person-title", name = name.clone())} on_close={set_open(false)}>
                    <Number said={person.clone()} busy={say.busy} on_said={known} on_close={set_open(false)} />
                    if let Some(failure) = say.failure.clone() { <Notice {failure} /> }
                </Dialog>
            }
        </>
    }
}

fn sentence(shared: &Shared, person: &PersonView, name: &str) -> Html {
    let w = &shared.words;
    let name = || name.to_owned();
    match person {
        PersonView::Known { user, code } => html! {
            <p class="quiet">{ t!(w, "device-person-is", user = *user, code = code.clone()) }</p>
        },
        PersonView::Asking => html! {
            <p class="with-icon" role="status">{ icon(Icon::Clock) }{ t!(w, "device-person-asking", name = name()) }</p>
        },
        PersonView::Unsaid => html! {
            <p class="caution">{ icon(Icon::People) }{ t!(w, "device-person-unsaid", name = name()) }</p>
        },
        PersonView::Refused { why } => {
            let why = match why {
                PersonRefusal::NotAdded => t!(w, "device-person-not-added", name = name()),
                PersonRefusal::NotKnown => t!(w, "device-person-not-known", name = name()),
                PersonRefusal::NoAnswer => t!(w, "device-person-no-answer", name = name()),
            };
            html! { <p class="caution" role="status">{ icon(Icon::Warning) }{ why }</p> }
        }
    }
}

#[derive(Properties, PartialEq)]
struct NumberProps {
    said: PersonView,
    busy: bool,
    on_said: Callback<PersonChoice>,
    on_close: Callback<()>,
}

/// A number and a code, as the device shows them.
#[component]
fn Number(props: &NumberProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let known = match &props.said {
        PersonView::Known { user, code } => (user.to_string(), code.clone()),
        _ => (String::new(), String::new()),
    };
    let forgets = matches!(props.said, PersonView::Known { .. } | PersonView::Asking);
    let (number, code) = (use_state(|| known.0), use_state(|| known.1));
    let choice = choice(&number, &code);
    let changing = |state: &UseStateHandle<String>, most: usize| {
        let state = state.clone();
        Callback::from(move |event: InputEvent| state.set(digits(&field_text(&event), most)))
    };
    let onsubmit = {
        let (choice, on_said, busy) = (choice.clone(), props.on_said.clone(), props.busy);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(choice) = choice.clone().filter(|_| !busy) {
                on_said.emit(choice);
            }
        })
    };
    let too_great = !number.is_empty() && number.parse::<u8>().map_or(true, |n| n == u8::MAX);
    html! {
        <form {onsubmit}>
            <p>{ t!(w, "device-person-hint") }</p>
            <p class="field">
                <label for="person-number">{ t!(w, "device-person-number") }</label>
                <input id="person-number" type="text" inputmode="numeric" dir="ltr" autocomplete="off" maxlength={NUMBER.to_string()} autofocus=true
                    value={(*number).clone()} aria-invalid={too_great.then_some("true")} aria-describedby="person-number-wrong" oninput={changing(&number, NUMBER)} />
                <span class="wrong" id="person-number-wrong" aria-live="polite">
                    if too_great { { icon(Icon::Warning) }{ t!(w, "device-person-too-great") } }
                </span>
            </p>
            <p class="field">
                <label for="person-code">{ t!(w, "device-person-code") }</label>
                <input id="person-code" type="text" inputmode="numeric" dir="ltr" autocomplete="off" maxlength={CODE.to_string()}
                    value={(*code).clone()} aria-describedby="person-code-hint" oninput={changing(&code, CODE)} />
                <small id="person-code-hint">{ t!(w, "device-person-code-hint") }</small>
            </p>
            <div class="row">
                <Submit id="person-save" label={t!(w, "device-person-save")} busy={props.busy} disabled={choice.is_none()} />
                if forgets {
                    <Busy label={t!(w, "device-person-nobody")} busy={props.busy} onclick={props.on_said.reform(|_: MouseEvent| PersonChoice::Nobody)} />
                }
                <button type="button" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ t!(w, "device-person-close") }</button>
            </div>
        </form>
    }
}

/// What the two fields say, once both are whole.
fn choice(number: &str, code: &str) -> Option<PersonChoice> {
    let user = number.parse::<u8>().ok().filter(|n| *n != u8::MAX)?;
    (!code.is_empty()).then(|| PersonChoice::Known { user, code: code.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_number_and_code_are_sent() {
        let known = |user, code: &str| Some(PersonChoice::Known { user, code: code.into() });
        assert_eq!(choice("2", "0412"), known(2, "0412"));
        assert_eq!(choice("0", "7"), known(0, "7"));
        for (number, code) in [("", "1"), ("1", ""), ("255", "1"), ("300", "1")] {
            assert_eq!(choice(number, code), None, "{number} {code}");
        }
    }
}
