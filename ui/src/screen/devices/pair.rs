//! Pairing with a device: one dialog, one question at a time.

use salus_wire::Failure;
use salus_wire::command::{AnswerPairing, CancelPairing, PairDevice};
use salus_wire::view::{DeviceView, PairingAnswer, PairingView};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::part::{Busy, Dialog, Notice, Submit, field_text};
use crate::state::{use_act, use_shared};
use crate::t;

/// How many digits there are.
const DIGITS: usize = 6;

#[derive(Properties, PartialEq)]
pub(super) struct PairDialogProps {
    pub(super) device: DeviceView,
    /// Called when the application took an answer.
    pub(super) on_done: Callback<()>,
}

#[component]
pub(super) fn PairDialog(props: &PairDialogProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let done = props.on_done.reform(|_: DeviceView| ());
    let answer = use_act::<AnswerPairing>(done.clone());
    let again = use_act::<PairDevice>(done.clone());
    let cancel = use_act::<CancelPairing>(done);
    let (device, name) = (props.device.id, props.device.name.clone());
    let say = |value: PairingAnswer| {
        answer.starter().reform(move |_: MouseEvent| AnswerPairing { device, answer: value.clone() })
    };
    let stop = cancel.starter().reform(move |(): ()| CancelPairing { device });
    let failure = [&answer.failure, &again.failure, &cancel.failure].into_iter().flatten().next().cloned();
    let step = props.device.pairing.clone();
    let place = step.as_ref().map(place);
    // A step takes away the button that was pressed in the one before, and a question comes too late for `autofocus`.
    use_effect_with(place.zip(step.as_ref().map(std::mem::discriminant)), |at| focus(at.map(|(id, _)| id)));
    let Some(step) = step else { return html! {} };
    let leave =
        if matches!(step, PairingView::Failed { .. }) { t!(w, "pair-close") } else { t!(w, "pair-stop") };
    let leave = html! {
        <Busy id="pair-leave" label={leave} busy={cancel.busy} onclick={stop.reform(|_: MouseEvent| ())} />
    };
    let body = match step {
        PairingView::Working => html! {
            <>
                <p role="status" aria-busy="true">{ t!(w, "pair-working", name = name.clone()) }</p>
                <div class="row">{ leave }</div>
            </>
        },
        PairingView::Enter => {
            let on_digits = answer
                .starter()
                .reform(move |digits| AnswerPairing { device, answer: PairingAnswer::Digits { digits } });
            html! { <EnterDigits sentence={t!(w, "pair-enter", name = name.clone())} busy={answer.busy} {on_digits} {leave} /> }
        }
        PairingView::Compare { digits } => html! {
            <>
                <p>{ t!(w, "pair-compare", name = name.clone()) }</p>
                { shown(&digits) }
                <div class="row">
                    <Busy class="main" label={t!(w, "pair-same")} busy={answer.busy} onclick={say(PairingAnswer::Yes)} />
                    <Busy label={t!(w, "pair-differ")} busy={answer.busy} onclick={say(PairingAnswer::No)} />
                    { leave }
                </div>
            </>
        },
        PairingView::Type { digits, entered } => html! {
            <>
                <p>{ t!(w, "pair-type", name = name.clone()) }</p>
                { shown(&digits) }
                <p class="quiet" role="status">{ if entered > 0 { t!(w, "pair-typed", n = entered) } else { String::new() } }</p>
                <div class="row">{ leave }</div>
            </>
        },
        PairingView::Allow => html! {
            <>
                <p>{ t!(w, "pair-allow", name = name.clone()) }</p>
                <div class="row">
                    <Busy class="main" label={t!(w, "pair-yes")} busy={answer.busy} onclick={say(PairingAnswer::Yes)} />
                    { leave }
                </div>
            </>
        },
        PairingView::Failed { code } => html! {
            <>
                <Notice failure={Failure::new(code)} />
                <div class="row">
                    <Busy id="pair-again" class="main" label={t!(w, "pair-again")} busy={again.busy}
                        onclick={again.starter().reform(move |_: MouseEvent| PairDevice { device })} />
                    { leave }
                </div>
            </>
        },
    };
    html! {
        <Dialog title={t!(w, "pair-title", name = name.clone())} on_close={stop}>
            { body }
            if let Some(failure) = failure { <Notice {failure} /> }
        </Dialog>
    }
}

/// Where the focus goes at a step: the field, another try, else the way out; never an agreement.
const fn place(step: &PairingView) -> &'static str {
    match step {
        PairingView::Enter => "passkey",
        PairingView::Failed { .. } => "pair-again",
        PairingView::Working
        | PairingView::Compare { .. }
        | PairingView::Type { .. }
        | PairingView::Allow => "pair-leave",
    }
}

fn focus(id: Option<&str>) {
    let document = web_sys::window().and_then(|w| w.document());
    let element = document.and_then(|d| d.get_element_by_id(id?));
    if let Some(element) = element.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Two groups of three, as they are read aloud; screen readers hear the digits one by one.
fn shown(digits: &str) -> Html {
    let (head, tail) = digits.split_at_checked(DIGITS / 2).unwrap_or((digits, ""));
    let spoken: String = digits.chars().flat_map(|c| [c, ' ']).collect();
    html! { <p class="digits" dir="ltr" role="img" aria-label={spoken}>{ head }{ " " }{ tail }</p> }
}

#[derive(Properties, PartialEq)]
struct EnterDigitsProps {
    sentence: String,
    busy: bool,
    on_digits: Callback<String>,
    /// The way out, beside the button.
    leave: Html,
}

#[component]
fn EnterDigits(props: &EnterDigitsProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let text = use_state(String::new);
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(digits(&field_text(&event), DIGITS)))
    };
    let complete = text.len() == DIGITS;
    let onsubmit = {
        let (text, on_digits, busy) = (text.clone(), props.on_digits.clone(), props.busy);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if text.len() == DIGITS && !busy {
                on_digits.emit((*text).clone());
            }
        })
    };
    html! {
        <form {onsubmit}>
            <div class="field">
                <label for="passkey">{ &props.sentence }</label>
                <input id="passkey" class="digits" type="text" inputmode="numeric" autocomplete="off" maxlength="12" dir="ltr"
                    required=true aria-describedby="passkey-hint" value={(*text).clone()} {oninput} />
                <small id="passkey-hint">{ t!(w, "pair-enter-hint") }</small>
            </div>
            <div class="row"><Submit id="passkey-send" label={t!(w, "pair-send")} busy={props.busy} disabled={!complete} />{ props.leave.clone() }</div>
        </form>
    }
}

/// At most so many digits of what was typed, in whichever of the numerals of the languages here; the rest is left out.
pub(super) fn digits(typed: &str, most: usize) -> String {
    let plain = |c: char| match c {
        '0'..='9' => Some(c),
        // Arabic-Indic and Extended Arabic-Indic digits: their last four bits are their value.
        '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => char::from_digit(u32::from(c) & 0xF, 10),
        _ => None,
    };
    typed.chars().filter_map(plain).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn digits_of_both_languages_are_taken_and_nothing_else() {
        assert_eq!(digits("042 517", 6), "042517");
        assert_eq!(digits("٠٤٢٥١٧", 6), "042517");
        assert_eq!(digits("۰۴۲۵۱۷", 6), "042517");
        assert_eq!(digits("12345678", 6), "123456");
        assert_eq!(digits("passkey", 6), "");
    }
}
