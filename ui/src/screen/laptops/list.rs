//! Each laptop, with its name, when it was added and last heard from; renaming it, and taking it out of the record.

use salus_wire::command::{RemoveLaptop, RenameLaptop};
use salus_wire::view::{LaptopView, MAX_LAPTOP_NAME};
use yew::prelude::*;

use super::use_laptops;
use crate::part::{Busy, Dialog, Icon, Notice, Submit, field_text, icon, whom};
use crate::state::{Shared, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct ListedProps {
    pub(super) laptops: Vec<LaptopView>,
    /// True on the laptop that the others are added and removed on.
    pub(super) first: bool,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Listed(props: &ListedProps) -> Html {
    let shared = use_shared();
    html! {
        <ul class="entries" id="laptops">{ for props.laptops.iter().map(|laptop| html! {
            <li key={laptop.number.to_string()}>
                <One laptop={laptop.clone()} first={props.first} changed={props.changed.clone()} named={name_of(&shared, laptop)} />
            </li>
        }) }</ul>
    }
}

/// A laptop's name; one that was never named is the first, or this one.
pub(in crate::screen) fn name_of(shared: &Shared, laptop: &LaptopView) -> String {
    let w = &shared.words;
    match (laptop.name.is_empty(), laptop.number) {
        (false, _) => laptop.name.clone(),
        (true, 0) => t!(w, "laptop-first"),
        (true, _) => t!(w, "laptop-nameless"),
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    laptop: LaptopView,
    named: String,
    first: bool,
    changed: Callback<()>,
}

#[component]
fn One(props: &OneProps) -> Html {
    let shared = use_shared();
    let (w, clock, laptop) = (&shared.words, shared.clock(), &props.laptop);
    let (naming, removing) = (use_state(|| false), use_state(|| false));
    let open = |state: &UseStateHandle<bool>| {
        let state = state.clone();
        Callback::from(move |_: MouseEvent| state.set(!*state))
    };
    let close = {
        let (naming, removing, changed) = (naming.clone(), removing.clone(), props.changed.clone());
        Callback::from(move |()| {
            naming.set(false);
            removing.set(false);
            changed.emit(());
        })
    };
    let here = laptop.removed.is_none();
    let mine = here && (props.first || laptop.this);
    html! {
        <>
            <h2><bdi>{ &props.named }</bdi>if laptop.this { {" "}<span class="tag">{ t!(w, "laptop-this") }</span> }</h2>
            <p class="quiet">{ match laptop.added {
                Some(at) => t!(w, "laptop-added", date = clock.date(at)),
                None => t!(w, "laptop-from-first"),
            } }</p>
            if let Some(at) = laptop.seen.filter(|_| here && !laptop.this) { <p class="quiet">{ t!(w, "laptop-seen", date = clock.date(at)) }</p> }
            if let Some(at) = laptop.removed {
                <p>{ t!(w, "laptop-removed", when = clock.moment(at)) }</p>
                if !laptop.shut_out { <p class="caution" role="status">{ icon(Icon::Warning) }{ t!(w, "laptop-not-shut-out") }</p> }
            }
            if *naming { <Rename number={laptop.number} name={laptop.name.clone()} close={close.clone()} /> }
            <div class="row">
                if mine && !*naming { <button type="button" onclick={open(&naming)}>{ t!(w, "laptop-rename") }</button> }
                // Not beside what saves a name.
                if here && props.first && !laptop.this && !*naming {
                    <button type="button" class="stop" id={format!("remove-laptop-{}", laptop.number)} onclick={open(&removing)}>{ t!(w, "laptop-remove") }</button>
                }
            </div>
            if *removing { <Remove laptop={laptop.clone()} name={props.named.clone()} keep=true {close} /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RenameProps {
    number: u8,
    name: String,
    close: Callback<()>,
}

#[component]
fn Rename(props: &RenameProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let name = use_state(|| props.name.clone());
    let rename = use_laptops::<RenameLaptop>(props.close.clone());
    let oninput = {
        let name = name.clone();
        Callback::from(move |event: InputEvent| name.set(field_text(&event)))
    };
    let onsubmit = {
        let (name, number, go) = (name.clone(), props.number, rename.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            go.emit(RenameLaptop { number, name: (*name).clone() });
        })
    };
    let id = format!("laptop-name-{}", props.number);
    html! {
        <form {onsubmit}>
            <p class="field">
                <label for={id.clone()}>{ t!(w, "laptop-name") }</label>
                <input {id} type="text" maxlength={MAX_LAPTOP_NAME.to_string()} required=true dir="auto" value={(*name).clone()} {oninput} autofocus=true />
            </p>
            if let Some(failure) = rename.failure.clone() { <Notice {failure} /> }
            <div class="row">
                <Submit label={t!(w, "laptop-rename-yes")} busy={rename.busy} disabled={name.trim().is_empty()} />
                <button type="button" onclick={props.close.reform(|_: MouseEvent| ())}>{ t!(w, "laptop-rename-no") }</button>
            </div>
        </form>
    }
}

/// Properties of [`Remove`].
#[derive(Properties, PartialEq)]
pub(in crate::screen) struct RemoveProps {
    pub(in crate::screen) laptop: LaptopView,
    pub(in crate::screen) name: String,
    /// Whether what it gave goes on, as long as the person says nothing else: of a lost laptop it does not.
    pub(in crate::screen) keep: bool,
    pub(in crate::screen) close: Callback<()>,
}

/// The question before a laptop is taken out, with what it does and what it cannot undo.
#[component]
pub(in crate::screen) fn Remove(props: &RemoveProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let passphrase = use_state(String::new);
    let gave = !props.laptop.gave.is_empty();
    let keep = use_state(|| props.keep);
    let onkeep = {
        let keep = keep.clone();
        Callback::from(move |_: Event| keep.set(!*keep))
    };
    let remove = use_laptops::<RemoveLaptop>(props.close.clone());
    let oninput = {
        let passphrase = passphrase.clone();
        Callback::from(move |event: InputEvent| passphrase.set(field_text(&event)))
    };
    let onsubmit = {
        let (passphrase, number, go) = (passphrase.clone(), props.laptop.number, remove.starter());
        let keep = gave && *keep;
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            go.emit(RemoveLaptop { number, keep, passphrase: (*passphrase).clone() });
        })
    };
    html! {
        <Dialog title={t!(w, "laptop-remove-title", name = props.name.clone())} on_close={props.close.clone()}>
            <form {onsubmit}>
                <p>{ t!(w, "laptop-remove-what") }</p>
                <p>{ t!(w, "laptop-remove-not") }</p>
                if gave {
                    <p>{ t!(w, "laptop-gave") }</p>
                    <ul class="points">{ for props.laptop.gave.iter().map(|p| html! {
                        <li>{ t!(w, "lost-permission", name = whom(w, &p.name), end = clock.moment(p.ends)) }</li>
                    }) }</ul>
                    <label class="choice"><input type="checkbox" id="laptop-keep" checked={*keep} onchange={onkeep} /><span>{ t!(w, "laptop-keep") }</span></label>
                    <p class="quiet">{ t!(w, "laptop-keep-why") }</p>
                }
                <p class="field">
                    <label for="laptop-passphrase">{ t!(w, "laptop-passphrase") }</label>
                    <input id="laptop-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto"
                        value={(*passphrase).clone()} {oninput} autofocus=true />
                </p>
                if let Some(failure) = remove.failure.clone() { <Notice {failure} /> }
                <div class="row">
                    <Submit class="danger" id="laptop-remove-yes" label={t!(w, "laptop-remove-yes")} busy={remove.busy} disabled={passphrase.is_empty()} />
                    <button type="button" onclick={props.close.reform(|_: MouseEvent| ())}>{ t!(w, "laptop-remove-no") }</button>
                </div>
            </form>
        </Dialog>
    }
}

/// Properties of [`LostLaptops`].
#[derive(Properties, PartialEq)]
pub(in crate::screen) struct LostLaptopsProps {
    pub(in crate::screen) laptops: Vec<LaptopView>,
    pub(in crate::screen) done: Callback<()>,
}

/// The laptops that could be the lost one.
#[component]
pub(in crate::screen) fn LostLaptops(props: &LostLaptopsProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let removing = use_state(|| None::<u8>);
    let close = {
        let (removing, done) = (removing.clone(), props.done.clone());
        Callback::from(move |()| {
            removing.set(None);
            done.emit(());
        })
    };
    let chosen = props.laptops.iter().find(|laptop| *removing == Some(laptop.number));
    html! {
        <>
            <ul class="points">{ for props.laptops.iter().map(|laptop| {
                let (removing, number) = (removing.clone(), laptop.number);
                let onclick = Callback::from(move |_: MouseEvent| removing.set(Some(number)));
                html! {
                    <li key={number.to_string()}><bdi>{ name_of(&shared, laptop) }</bdi>{" "}
                        <Busy class="stop" label={t!(w, "laptop-remove")} {onclick} /></li>
                }
            }) }</ul>
            if let Some(laptop) = chosen { <Remove laptop={laptop.clone()} name={name_of(&shared, laptop)} keep=false {close} /> }
        </>
    }
}
