//! Naming those who can help me to get back: a code for each, the digits, and how many of them it takes.

use salus_wire::command::{CheckFamilyCode, NameGuardians};
use salus_wire::view::{FEWEST_GUARDIANS, FamilyView, MOST_GUARDIANS, RelativeView};
use yew::prelude::*;

use super::tick::choice;
use crate::part::{Icon, Notice, Submit, TextFile, WorkProgress, field_text, icon};
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

/// Somebody whose code was read and whose digits were compared.
type Chosen = (String, RelativeView);

#[component]
pub(super) fn NameThem(props: &NameThemProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let code = use_state(String::new);
    let who = use_state(|| None::<RelativeView>);
    let chosen = use_state(Vec::<Chosen>::new);
    let needed = use_state(|| 2_u16);
    let passphrase = use_state(String::new);
    let check = {
        let who = who.clone();
        use_act::<CheckFamilyCode>(Callback::from(move |view| who.set(Some(view))))
    };
    let name_them = {
        let (chosen, passphrase, changed) = (chosen.clone(), passphrase.clone(), props.changed.clone());
        use_act::<NameGuardians>(Callback::from(move |_: FamilyView| {
            chosen.set(Vec::new());
            passphrase.set(String::new());
            changed.emit(());
        }))
    };
    let set_code = {
        let (code, who) = (code.clone(), who.clone());
        Callback::from(move |text: String| {
            who.set(None);
            code.set(text);
        })
    };
    let look = {
        let (start, code) = (check.starter(), code.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(CheckFamilyCode { code: code.trim().to_owned() });
        })
    };
    let same = {
        let (code, who, chosen) = (code.clone(), who.clone(), chosen.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(view) = (*who).clone() else { return };
            let text = code.trim().to_owned();
            let mut next = (*chosen).clone();
            next.retain(|(known, _)| *known != text);
            next.push((text, view));
            chosen.set(next);
            who.set(None);
            code.set(String::new());
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
                <form onsubmit={look}>
                    <p class="field">
                        <label for="guardian-code">{ t!(w, "family-add-code") }</label>
                        <textarea id="guardian-code" rows="4" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="8192" value={(*code).clone()}
                            oninput={set_code.reform(|e: InputEvent| field_text(&e))} />
                    </p>
                    <TextFile id="guardian-file" label={t!(w, "share-code-file")} on_text={set_code} />
                    if let Some(failure) = &check.failure { <Notice failure={failure.clone()} /> }
                    if let Some(view) = &*who {
                        <p>{ t!(w, "family-compare", name = view.name.clone()) }</p>
                        <p class="lead strong"><bdi dir="ltr">{ &view.digits }</bdi></p>
                        <div class="row"><button type="button" class="main" onclick={same}>{ t!(w, "family-same", name = view.name.clone()) }</button></div>
                    } else {
                        <div class="row"><Submit label={t!(w, "share-code-check")} busy={check.busy} disabled={code.trim().is_empty()} /></div>
                    }
                </form>
            }
            if chosen.len() >= FEWEST_GUARDIANS {
                <form {onsubmit}>
                    { choice("guardians-needed", t!(w, "back-how-many"), possible, *needed, set_needed) }
                    if props.circle { <p>{ t!(w, "family-add-waits") }</p> }
                    <p class="field">
                        <label for="guardians-passphrase">{ t!(w, "confirm-passphrase") }</label>
                        <input id="guardians-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto" value={(*passphrase).clone()}
                            oninput={{ let passphrase = passphrase.clone(); Callback::from(move |event: InputEvent| passphrase.set(field_text(&event))) }} />
                    </p>
                    if let Some(failure) = &name_them.failure { <Notice failure={failure.clone()} /> }
                    if name_them.busy { <WorkProgress work="name_guardians" label={t!(w, "working")} /> }
                    <div class="row"><Submit id="name-guardians" label={t!(w, "back-yes")} busy={name_them.busy} disabled={!enough || passphrase.is_empty()} /></div>
                </form>
            }
        </details>
    }
}
