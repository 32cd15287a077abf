//! The readings come back: the parts that were given back, the backup file, and the new recovery key at the end.

use salus_wire::command::{ChooseProfile, ForgoReadings, RegainReadings, StopWork};
use salus_wire::view::{AppView, FamilyView, GivenPart, PartView, PartsView, RegainedView};
use yew::prelude::*;

use super::guard::named_or;
use crate::part::{Busy, Icon, KeyGroups, Notice, Submit, WorkProgress, field_text, icon};
use crate::state::{Change, Shared, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct RegainProps {
    pub(super) parts: PartsView,
    /// The record is there.
    pub(super) done: Callback<RegainedView>,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Regain(props: &RegainProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let passphrase = use_state(String::new);
    let regain = use_act::<RegainReadings>(props.done.clone());
    let stop = use_act::<StopWork>(Callback::noop());
    let forgo = use_act::<ForgoReadings>(props.changed.reform(|_: FamilyView| ()));
    let onsubmit = {
        let (start, passphrase) = (regain.starter(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(RegainReadings { passphrase: (*passphrase).clone() });
        })
    };
    let oninput = {
        let passphrase = passphrase.clone();
        Callback::from(move |event: InputEvent| passphrase.set(field_text(&event)))
    };
    let parts = &props.parts;
    html! {
        <section id="readings-back">
            <h2>{ t!(w, "parts-title") }</h2>
            <p>{ t!(w, "parts-hint") }</p>
            <ul class="entries" aria-live="polite">{ for parts.given.iter().enumerate().map(|(place, given)| said_of(&shared, place, given)) }</ul>
            if parts.needed > 0 { <p class="quiet">{ t!(w, "parts-needed", n = u32::from(parts.needed)) }</p> }
            if parts.enough {
                <form {onsubmit}>
                    <p>{ t!(w, "parts-enough") }</p>
                    <p class="field">
                        <label for="regain-passphrase">{ t!(w, "confirm-passphrase") }</label>
                        <input id="regain-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto"
                            value={(*passphrase).clone()} {oninput} readonly={regain.busy} />
                    </p>
                    if let Some(failure) = &regain.failure { <Notice failure={failure.clone()} /> }
                    if regain.busy { <WorkProgress work="regain_readings" label={t!(w, "restore-working")} /> }
                    <div class="row">
                        <Submit id="regain-readings" label={t!(w, "restore-choose")} busy={regain.busy} disabled={passphrase.is_empty()} />
                        if regain.busy {
                            <button type="button" onclick={stop.starter().reform(|_: MouseEvent| StopWork {})}>{ t!(w, "work-stop") }</button>
                        }
                    </div>
                </form>
            } else {
                <p role="status">{ t!(w, "parts-wait") }</p>
            }
            <details>
                <summary>{ t!(w, "parts-forgo") }</summary>
                <p>{ t!(w, "parts-forgo-hint") }</p>
                if let Some(failure) = &forgo.failure { <Notice failure={failure.clone()} /> }
                <div class="row"><Busy class="danger" id="forgo-readings" label={t!(w, "parts-forgo")} busy={forgo.busy}
                    onclick={forgo.starter().reform(|_: MouseEvent| ForgoReadings {})} /></div>
            </details>
        </section>
    }
}

fn said_of(shared: &Shared, place: usize, given: &PartView) -> Html {
    let w = &shared.words;
    let name = named_or(shared, &given.name);
    let (state, said) = match given.part {
        GivenPart::Fits => ("fits", t!(w, "parts-fits")),
        GivenPart::False => ("false", t!(w, "parts-false")),
        GivenPart::None => ("none", t!(w, "parts-names-only")),
    };
    let line = match given.part {
        GivenPart::Fits => html! { <p class="quiet">{ icon(Icon::Check) }{ said }</p> },
        GivenPart::False => html! { <p class="caution">{ icon(Icon::Warning) }{ said }</p> },
        GivenPart::None => html! { <p class="quiet">{ said }</p> },
    };
    html! { <li key={place.to_string()} data-part={state}><h3><bdi>{ name }</bdi></h3>{ line }</li> }
}

#[derive(Properties, PartialEq)]
pub(super) struct RegainedProps {
    pub(super) view: RegainedView,
}

/// The record is there: its new recovery key, which is shown this one time, and the way to it.
#[component]
pub(super) fn Regained(props: &RegainedProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = {
        let shared = shared.clone();
        use_act::<ChooseProfile>(Callback::from(move |app: AppView| shared.dispatch(Change::App(Ok(app)))))
    };
    let id = props.view.id.clone();
    html! {
        <section id="readings-regained">
            <h1>{ t!(w, "regained-title") }</h1>
            <p role="status">{ icon(Icon::Check) }{ t!(w, "regained-readings", n = props.view.readings) }</p>
            <p>{ t!(w, "regained-key") }</p>
            <KeyGroups view={props.view.key.clone()} />
            <p>{ t!(w, "key-where") }</p>
            <p>{ t!(w, "regained-parts") }</p>
            if let Some(failure) = &turn.failure { <Notice failure={failure.clone()} /> }
            <div class="row"><Busy class="main" id="open-regained" label={t!(w, "regained-open")} busy={turn.busy}
                onclick={turn.starter().reform(move |_: MouseEvent| ChooseProfile { id: id.clone() })} /></div>
        </section>
    }
}
