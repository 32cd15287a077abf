//! The test with the paper: a backup is restored for a moment, read whole, and removed again.

use salus_wire::UnixMillis;
use salus_wire::command::{RehearseBackup, StopWork};
use salus_wire::view::RehearsalView;
use yew::prelude::*;

use crate::part::{Icon, Notice, Submit, WorkProgress, field_text, icon};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct RehearseProps {
    pub(super) rehearsed: Option<UnixMillis>,
    pub(super) due: bool,
    pub(super) done: Callback<()>,
}

#[component]
pub(super) fn Rehearse(props: &RehearseProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let key = use_state(String::new);
    let found = use_state(|| None::<RehearsalView>);
    let rehearse = {
        let (key, found, done) = (key.clone(), found.clone(), props.done.clone());
        use_act::<RehearseBackup>(Callback::from(move |view| {
            key.set(String::new());
            found.set(Some(view));
            done.emit(());
        }))
    };
    let stop = use_act::<StopWork>(Callback::noop());
    let onsubmit = {
        let (start, key) = (rehearse.starter(), key.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(RehearseBackup { key: (*key).clone() });
        })
    };
    let oninput = {
        let key = key.clone();
        Callback::from(move |event: InputEvent| key.set(field_text(&event)))
    };
    html! {
        <form {onsubmit}>
            <h2>{ t!(w, "rehearse-title") }</h2>
            <p>{ t!(w, "rehearse-why") }</p>
            if props.due {
                <p class="caution">{ icon(Icon::Warning) }{ t!(w, "rehearse-due") }</p>
            }
            if let Some(at) = props.rehearsed { <p class="quiet">{ icon(Icon::Check) }{ t!(w, "rehearse-last", when = clock.moment(at)) }</p> }
            <p class="field">
                <label for="rehearse-key">{ t!(w, "field-recovery-key") }</label>
                <input id="rehearse-key" type="text" dir="ltr" autocomplete="off" spellcheck="false" autocapitalize="characters" maxlength="120"
                    value={(*key).clone()} {oninput} readonly={rehearse.busy} />
            </p>
            if let Some(failure) = &rehearse.failure { <Notice failure={failure.clone()} /> }
            if rehearse.busy {
                <WorkProgress work="rehearse_backup" label={t!(w, "rehearse-working")} />
            } else if let Some(view) = &*found {
                <p class="proven" role="status">{ icon(Icon::Check) }{ t!(w, "rehearse-done", when = clock.moment(view.at), n = view.readings) }</p>
            }
            <div class="row">
                <Submit id="rehearse" label={t!(w, "rehearse-start")} busy={rehearse.busy} disabled={key.is_empty()} />
                if rehearse.busy { <button type="button" onclick={stop.starter().reform(|_: MouseEvent| StopWork {})}>{ t!(w, "work-stop") }</button> }
            </div>
        </form>
    }
}
