//! A clinician's code: be attested once, then make a fresh code for each patient.

mod asks;
mod given;

use asks::{Asks, asks_form};
pub(crate) use given::GivenCodes;
use salus_wire::command::{AddAttestation, AskForReadings, ListInbox, MakeCode};
use salus_wire::view::{CodeFor, CodeView};
use salus_wire::{CodeId, GrantId};
use yew::prelude::*;

use crate::part::{CopyText, Notice, Submit, TextFile, field_text, square};
use crate::state::{use_act, use_ask, use_shared};
use crate::t;

/// Properties of [`Code`].
#[derive(Properties, PartialEq)]
pub struct CodeProps {
    /// The permission that more is asked for than, hexadecimal.
    #[prop_or_default]
    pub more: Option<String>,
}

/// The screen.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let note = use_state(String::new);
    let asks = use_state(Asks::new);
    let inbox = use_ask(props.more.is_some().then_some(ListInbox {}), 0);
    {
        let (asks, note, clock) = (asks.clone(), note.clone(), shared.clock());
        use_effect_with((inbox.answer.clone(), props.more.clone()), move |(inbox, more)| {
            let id = more.as_ref().and_then(|id| id.parse::<GrantId>().ok());
            let known = inbox.iter().flat_map(|view| &view.shared).find(|s| Some(s.id) == id);
            if let Some(s) = known {
                asks.set(Asks::like(s, clock.now, clock.offset));
                let of_whom = if s.note.is_empty() { &s.patient } else { &s.note };
                note.set(of_whom.clone());
            }
        });
    }
    let attestation = use_state(String::new);
    let made = use_state(|| None::<CodeView>);
    let turn = use_state(|| 0_u32);
    let keep = {
        let (made, turn) = (made.clone(), turn.clone());
        Callback::from(move |view| {
            made.set(Some(view));
            turn.set(turn.wrapping_add(1));
        })
    };
    let on_taken = {
        let made = made.clone();
        Callback::from(move |taken: CodeId| {
            if matches!(&*made, Some(CodeView::Code { id, .. }) if *id == taken) {
                made.set(None);
            }
        })
    };
    let make = use_act::<MakeCode>(keep.clone());
    let ask = use_act::<AskForReadings>(keep.clone());
    let add = use_act::<AddAttestation>(keep);
    let on_make = {
        let (note, asks, plain, asking) = (note.clone(), asks.clone(), make.starter(), ask.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let note = note.trim().to_owned();
            match asks.view() {
                None => plain.emit(MakeCode { note }),
                Some(asks) => asking.emit(AskForReadings { note, asks }),
            }
        })
    };
    let on_note = {
        let note = note.clone();
        Callback::from(move |event: InputEvent| note.set(field_text(&event)))
    };
    let on_add = {
        let (attestation, start) = (attestation.clone(), add.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(AddAttestation { attestation: attestation.trim().to_owned() });
        })
    };
    let on_text = {
        let attestation = attestation.clone();
        Callback::from(move |text| attestation.set(text))
    };
    let on_attestation = on_text.reform(|event: InputEvent| field_text(&event));
    html! {
        <>
            <h1>{ t!(w, "code-title") }</h1>
            <p>{ t!(w, "code-why") }</p>
            <form onsubmit={on_make}>
                <p class="field">
                    <label for="note">{ t!(w, "code-note") }</label>
                    <input id="note" type="text" maxlength="80" value={(*note).clone()} oninput={on_note} />
                    <small>{ t!(w, "code-note-hint") }</small>
                </p>
                { asks_form(&shared, &asks, props.more.is_some()) }
                if let Some(failure) = make.failure.as_ref().or(ask.failure.as_ref()) { <Notice failure={failure.clone()} /> }
                <div class="row"><Submit id="make-code" label={t!(w, "code-make")} busy={make.busy || ask.busy}
                    disabled={asks.view().is_some_and(|asked| asked.check().is_err())} /></div>
            </form>
            { match &*made {
                None => Html::default(),
                Some(CodeView::Code { code, square: picture, attested_by, .. }) => html! {
                    <section>
                        <h2>{ t!(w, "code-ready") }</h2>
                        <p>{ t!(w, "code-ready-hint", member = attested_by.clone()) }</p>
                        if let Some(picture) = picture { { square(picture, t!(w, "code-square")) } }
                        <CopyText label={t!(w, "code-label")} text={code.clone()} file="salus-code.txt" />
                    </section>
                },
                Some(CodeView::Request { request }) => html! {
                    <section>
                        <h2>{ t!(w, "request-title") }</h2>
                        <p>{ t!(w, "request-hint") }</p>
                        <CopyText label={t!(w, "request-label")} text={request.clone()} file="salus-request.txt" />
                        <form onsubmit={on_add}>
                            <p class="field">
                                <label for="attestation">{ t!(w, "attestation-label") }</label>
                                <textarea id="attestation" rows="5" dir="ltr" spellcheck="false" value={(*attestation).clone()} oninput={on_attestation} />
                            </p>
                            <TextFile label={t!(w, "attestation-file")} {on_text} />
                            if let Some(failure) = &add.failure { <Notice failure={failure.clone()} /> }
                            <div class="row"><Submit id="add-attestation" label={t!(w, "attestation-add")} busy={add.busy} disabled={attestation.trim().is_empty()} /></div>
                        </form>
                    </section>
                },
            } }
            <GivenCodes whom={CodeFor::Patient} turn={*turn} {on_taken} />
        </>
    }
}
