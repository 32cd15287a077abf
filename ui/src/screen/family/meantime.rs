//! After a recovery: what was measured in the record of the meantime, taken over into this one.

use salus_wire::command::{StopWork, TakeOverMeantime};
use salus_wire::view::{FamilyView, MeantimeView};
use yew::prelude::*;

use crate::part::{Icon, Notice, Submit, WorkProgress, field_text, icon};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct MeantimeProps {
    pub(super) meantime: MeantimeView,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Meantime(props: &MeantimeProps) -> Html {
    let shared = use_shared();
    let (w, clock, view) = (&shared.words, shared.clock(), &props.meantime);
    let passphrase = use_state(String::new);
    let take = {
        let (passphrase, changed) = (passphrase.clone(), props.changed.clone());
        use_act::<TakeOverMeantime>(Callback::from(move |_: FamilyView| {
            passphrase.set(String::new());
            changed.emit(());
        }))
    };
    let stop = use_act::<StopWork>(Callback::noop());
    let onsubmit = {
        let (start, passphrase) = (take.starter(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(TakeOverMeantime { passphrase: (*passphrase).clone() });
        })
    };
    let oninput = {
        let passphrase = passphrase.clone();
        Callback::from(move |event: InputEvent| passphrase.set(field_text(&event)))
    };
    html! {
        <section id="meantime">
            <h2>{ t!(w, "meantime-title") }</h2>
            <p>{ t!(w, "meantime-hint") }</p>
            if let Some(at) = view.taken {
                <p role="status">{ icon(Icon::Check) }{ t!(w, "meantime-taken", when = clock.moment(at), n = view.readings) }</p>
            }
            if view.waits { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "meantime-waits") }</p> }
            if view.damaged > 0 { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "meantime-damaged", n = view.damaged) }</p> }
            if view.deleted > 0 { <p class="quiet">{ t!(w, "meantime-deleted", n = view.deleted) }</p> }
            <form {onsubmit}>
                <p class="field">
                    <label for="meantime-passphrase">{ t!(w, "meantime-passphrase") }</label>
                    <input id="meantime-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto"
                        value={(*passphrase).clone()} {oninput} disabled={take.busy} />
                </p>
                if let Some(failure) = &take.failure { <Notice failure={failure.clone()} /> }
                if take.busy { <WorkProgress work="take_over_meantime" label={t!(w, "meantime-working")} /> }
                <div class="row">
                    <Submit id="take-over-meantime" label={t!(w, "meantime-start")} busy={take.busy} disabled={passphrase.is_empty()} />
                    if take.busy {
                        <button type="button" onclick={stop.starter().reform(|_: MouseEvent| StopWork {})}>{ t!(w, "work-stop") }</button>
                    }
                </div>
            </form>
        </section>
    }
}
