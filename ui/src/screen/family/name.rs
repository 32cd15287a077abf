//! Naming those who can help me to get back: a code for each, the digits, and how many of them it takes.

use salus_wire::command::NameGuardians;
use salus_wire::view::{FEWEST_GUARDIANS, FamilyView, MOST_GUARDIANS};
use yew::prelude::*;

use super::read::{Found, ReadCode, What, again};
use super::tick::choice;
use crate::part::{Icon, Notice, Submit, WorkProgress, field_text, icon};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct NameThemProps {
    /// Somebody was named already, and is replaced.
    pub(super) named: bool,
    /// There is a circle, so that it waits for 72 hours.
    pub(super) circle: bool,
    /// A change waits already; another one would take its place.
    pub(super) waits: bool,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn NameThem(props: &NameThemProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let who = use_state(|| None::<Found>);
    let turn = use_state(|| 0_u32);
    // Those whose codes were read and whose digits were compared.
    let chosen = use_state(Vec::<Found>::new);
    let needed = use_state(|| 2_u16);
    let passphrase = use_state(String::new);
    let name_them = {
        let (chosen, passphrase, changed) = (chosen.clone(), passphrase.clone(), props.changed.clone());
        use_act::<NameGuardians>(Callback::from(move |_: FamilyView| {
            chosen.set(Vec::new());
            passphrase.set(String::new());
            changed.emit(());
        }))
    };
    let on_read = {
        let who = who.clone();
        Callback::from(move |found: Option<Found>| who.set(found))
    };
    let same = {
        let (turn, who, chosen) = (turn.clone(), who.clone(), chosen.clone());
        Callback::from(move |_: MouseEvent| {
            let Some((code, view)) = (*who).clone() else { return };
            let mut next = (*chosen).clone();
            next.retain(|(known, _)| *known != code);
            next.push((code, view));
            chosen.set(next);
            who.set(None);
            turn.set(turn.wrapping_add(1));
        })
    };
    let onsubmit = {
        let (start, chosen, needed, passphrase) =
            (name_them.starter(), chosen.clone(), needed.clone(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(NameGuardians {
                codes: chosen.iter().map(|(code, _)| code.clone()).collect(),
                needed: u8::try_from(*needed).unwrap_or(u8::MAX),
                passphrase: (*passphrase).clone(),
            });
        })
    };
    let set_needed = {
        let needed = needed.clone();
        Callback::from(move |event: Event| {
            if let Ok(n) = field_text(&event).parse::<u16>() {
                needed.set(n);
            }
        })
    };
    let count = u16::try_from(chosen.len()).unwrap_or(u16::MAX);
    let possible: Vec<(u16, String)> =
        (2..=count.max(2)).map(|n| (n, t!(w, "back-of", n = u32::from(n)))).collect();
    let enough = chosen.len() >= FEWEST_GUARDIANS && *needed <= count;
    let summary = if props.named { t!(w, "back-rename") } else { t!(w, "back-name") };
    html! {
        <details>
            <summary>{ summary }</summary>
            <p>{ t!(w, "back-name-hint") }</p>
            if props.waits { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "family-add-replaces") }</p> }
            if !chosen.is_empty() {
                <ul>{ for chosen.iter().map(|(code, view)| {
                    let out = {
                        let (chosen, code) = (chosen.clone(), code.clone());
                        Callback::from(move |_: MouseEvent| chosen.set(chosen.iter().filter(|(known, _)| *known != code).cloned().collect()))
                    };
                    html! { <li key={code.clone()}><bdi>{ &view.name }</bdi>{ " " }<button type="button" onclick={out}>{ t!(w, "back-take-out", name = view.name.clone()) }</button></li> }
                }) }</ul>
            }
            if chosen.len() < MOST_GUARDIANS {
                <ReadCode key={turn.to_string()} id="guardian-code" file="guardian-file" what={What::Code} {on_read} />
                if let Some((_, view)) = &*who {
                    <p>{ t!(w, "family-compare", name = view.name.clone()) }</p>
                    <p class="lead strong"><bdi dir="ltr">{ &view.digits }</bdi></p>
                    <div class="row"><button type="button" class="main" onclick={same}>{ t!(w, "family-same", name = view.name.clone()) }</button></div>
                }
            }
            if chosen.len() >= FEWEST_GUARDIANS {
                <form {onsubmit}>
                    { choice("guardians-needed", t!(w, "back-how-many"), possible, *needed, set_needed) }
                    if props.circle { <p>{ t!(w, "family-add-waits") }</p> }
                    { again(&shared, "guardians-passphrase", &passphrase) }
                    if let Some(failure) = &name_them.failure { <Notice failure={failure.clone()} /> }
                    if name_them.busy { <WorkProgress work="name_guardians" label={t!(w, "working")} /> }
                    <div class="row"><Submit id="name-guardians" label={t!(w, "back-yes")} busy={name_them.busy} disabled={!enough || passphrase.is_empty()} /></div>
                </form>
            }
        </details>
    }
}
