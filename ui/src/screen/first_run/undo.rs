//! Taking away again what the first run made, as long as nothing is in it.

use salus_wire::command::UndoProfile;
use salus_wire::view::AppView;
use yew::prelude::*;

use super::steps::Move;
use crate::part::{Busy, Dialog, Notice};
use crate::state::{Change, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct UndoRecordProps {
    /// Whose record it is.
    pub(super) name: String,
    pub(super) go: Callback<Move>,
}

#[component]
pub(super) fn UndoRecord(props: &UndoRecordProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let asking = use_state(|| false);
    let undo = {
        let (shared, go) = (shared.clone(), props.go.clone());
        use_act::<UndoProfile>(Callback::from(move |app: AppView| {
            shared.dispatch(Change::App(Ok(app)));
            go.emit(Move::Undone);
        }))
    };
    let ask = |to: bool| {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(to))
    };
    let name = props.name.clone();
    html! {
        <>
            <div class="row"><button type="button" id="undo-record" class="link" onclick={ask(true).reform(|_: MouseEvent| ())}>{ t!(w, "first-undo") }</button></div>
            if *asking {
                <Dialog title={t!(w, "first-undo-title", name = name)} on_close={ask(false)}>
                    <p>{ t!(w, "first-undo-sentence") }</p>
                    if let Some(failure) = &undo.failure { <Notice failure={failure.clone()} /> }
                    <div class="row">
                        <Busy id="undo-record-yes" class="danger" label={t!(w, "first-undo-yes")} busy={undo.busy}
                            onclick={undo.starter().reform(|_: MouseEvent| UndoProfile {})} />
                        <button type="button" autofocus=true disabled={undo.busy} onclick={ask(false).reform(|_: MouseEvent| ())}>{ t!(w, "first-undo-no") }</button>
                    </div>
                </Dialog>
            }
        </>
    }
}
