//! A helper's power goes on, once the person has looked at it again. With the passphrase: whoever finds the record open, the helper too,
//! lengthens nothing.

use salus_wire::command::ConfirmReview;
use salus_wire::view::{FamilyView, HelperView};
use yew::prelude::*;

use crate::part::{Dialog, Notice, Submit, field_text};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct ReviewProps {
    /// Whose power rests until then.
    pub(super) helper: HelperView,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Review(props: &ReviewProps) -> Html {
    let shared = use_shared();
    let (w, seat) = (&shared.words, props.helper.seat);
    let asking = use_state(|| false);
    let passphrase = use_state(String::new);
    let done = {
        let (asking, changed) = (asking.clone(), props.changed.clone());
        Callback::from(move |_: FamilyView| {
            asking.set(false);
            changed.emit(());
        })
    };
    let review = use_act::<ConfirmReview>(done);
    let ask = {
        let (asking, passphrase) = (asking.clone(), passphrase.clone());
        Callback::from(move |on: bool| {
            passphrase.set(String::new());
            asking.set(on);
        })
    };
    let oninput = {
        let passphrase = passphrase.clone();
        Callback::from(move |event: InputEvent| passphrase.set(field_text(&event)))
    };
    let onsubmit = {
        let (passphrase, go) = (passphrase.clone(), review.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            go.emit(ConfirmReview { seat, passphrase: (*passphrase).clone() });
        })
    };
    html! {
        <>
            <button type="button" class="main" onclick={ask.reform(|_: MouseEvent| true)}>{ t!(w, "family-review") }</button>
            if *asking {
                <Dialog title={t!(w, "family-review-title", name = props.helper.name.clone())} on_close={ask.reform(|()| false)}>
                    <form {onsubmit}>
                        <p>{ t!(w, "family-review-sentence") }</p>
                        <p class="field">
                            <label for="review-passphrase">{ t!(w, "laptop-passphrase") }</label>
                            <input id="review-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto"
                                value={(*passphrase).clone()} {oninput} autofocus=true />
                        </p>
                        if let Some(failure) = review.failure.as_ref().filter(|_| !review.busy) { <Notice failure={failure.clone()} /> }
                        <div class="row">
                            <Submit id="review-yes" label={t!(w, "family-review")} busy={review.busy} disabled={passphrase.is_empty()} />
                            <button type="button" onclick={ask.reform(|_: MouseEvent| false)}>{ t!(w, "family-review-no") }</button>
                        </div>
                    </form>
                </Dialog>
            }
        </>
    }
}
