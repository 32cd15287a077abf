//! The records on this computer: whose there are, turning to another, beginning one, and another name for this one.

use salus_wire::command::{AddProfile, ChooseProfile, ListProfiles, RenameProfile};
use salus_wire::view::{AppView, ProfileEntryView, ProfileView, Role};
use yew::prelude::*;

use crate::part::{Busy, Notice, Submit, band_of, field_text};
use crate::state::{Change, use_act, use_ask, use_shared};
use crate::t;

/// Properties of [`Others`].
#[derive(Properties, PartialEq)]
pub struct OthersProps {
    /// True to offer beginning another record.
    pub add: bool,
}

/// The other records, each a button with its colour and name.
#[component]
pub fn Others(props: &OthersProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let here = shared.app.as_ref().and_then(|a| a.profile.clone());
    let asked = use_ask(Some(ListProfiles {}), 0);
    let turned = {
        let shared = shared.clone();
        Callback::from(move |app: AppView| shared.dispatch(Change::App(Ok(app))))
    };
    let choose = use_act::<ChooseProfile>(turned.clone());
    let add = use_act::<AddProfile>(turned);
    let busy = choose.busy || add.busy;
    let listed = asked.answer.as_ref().map(|a| a.to_vec()).unwrap_or_default();
    let others: Vec<ProfileEntryView> = listed.into_iter().filter(|entry| !entry.current).collect();
    html! {
        <section class="people">
            if !others.is_empty() {
                <h2>{ t!(w, "people-others") }</h2>
                <ul class="entries">{ for others.iter().map(|entry| {
                    let id = entry.id.clone();
                    let onclick = choose.starter().reform(move |_: MouseEvent| ChooseProfile { id: id.clone() });
                    html! { <li key={entry.id.clone()}><button type="button" class={classes!("person", format!("band-{}", band_of(&entry.profile.name)))} {onclick} aria-disabled={busy.then_some("true")}>
                        { t!(w, "people-turn-to", name = entry.profile.name.clone()) }
                    </button></li> }
                }) }</ul>
            }
            if let Some(failure) = choose.failure.as_ref().or(add.failure.as_ref()) { <Notice failure={failure.clone()} /> }
            if props.add && here.is_some() {
                <p>{ t!(w, "people-apart") }</p>
                <div class="row"><Busy id="add-person" label={t!(w, "people-add")} busy={busy} onclick={add.starter().reform(|_: MouseEvent| AddProfile {})} /></div>
            }
        </section>
    }
}

/// Beside a record that does not open: taking one out of a backup, as another record.
#[component]
pub fn FromBackup() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let add = {
        let shared = shared.clone();
        use_act::<AddProfile>(Callback::from(move |app: AppView| {
            shared.dispatch(Change::FromBackup);
            shared.dispatch(Change::App(Ok(app)));
        }))
    };
    html! {
        <section class="people" id="from-backup">
            <p>{ t!(w, "locked-damaged") }</p>
            if let Some(failure) = &add.failure { <Notice failure={failure.clone()} /> }
            <div class="row"><Busy id="have-backup" label={t!(w, "restore-have")} busy={add.busy} onclick={add.starter().reform(|_: MouseEvent| AddProfile {})} /></div>
        </section>
    }
}

/// Properties of [`Rename`].
#[derive(Properties, PartialEq)]
pub struct RenameProps {
    /// Whose record this is.
    pub profile: ProfileView,
}

/// Another name for the open record.
#[component]
pub fn Rename(props: &RenameProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let name = use_state(|| props.profile.name.clone());
    let rename = {
        let shared = shared.clone();
        use_act::<RenameProfile>(Callback::from(move |app| shared.dispatch(Change::App(Ok(app)))))
    };
    let onsubmit = {
        let (start, name) = (rename.starter(), name.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(RenameProfile { name: name.trim().to_owned() });
        })
    };
    let oninput = {
        let name = name.clone();
        Callback::from(move |event: InputEvent| name.set(field_text(&event)))
    };
    let same = name.trim().is_empty() || name.trim() == props.profile.name;
    html! {
        <form {onsubmit}>
            <p class="field">
                <label for="rename">{ t!(w, "people-name") }</label>
                <input id="rename" type="text" maxlength="80" required=true value={(*name).clone()} {oninput} />
                // A clinician gives no permissions.
                if props.profile.role != Role::Clinician { <small>{ t!(w, "people-name-hint") }</small> }
            </p>
            if let Some(failure) = &rename.failure { <Notice failure={failure.clone()} /> }
            <div class="row"><Submit id="rename-save" label={t!(w, "people-rename")} busy={rename.busy} disabled={same} /></div>
        </form>
    }
}
