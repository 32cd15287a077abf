//! What was imported before. Each can be taken out as a whole, after a question.

use salus_wire::command::{ListImports, StopWork, UndoImport};
use salus_wire::view::{ImportState, ImportView};
use yew::prelude::*;

use super::preview::group_words;
use crate::format::count;
use crate::part::{Busy, Dialog, Icon, Notice, WorkProgress, icon};
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct PastProps {
    /// Changes when something was imported.
    pub(super) turn: u32,
}

#[component]
pub(super) fn Past(props: &PastProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let undone = use_state(|| 0_u32);
    let beat = shared.beats.readings.wrapping_add(props.turn).wrapping_add(*undone);
    let listed = use_ask(Some(ListImports {}), beat);
    let asked = use_state(|| None::<ImportView>);
    let undo = {
        let (asked, undone) = (asked.clone(), undone.clone());
        use_act::<UndoImport>(Callback::from(move |_| {
            asked.set(None);
            undone.set(undone.wrapping_add(1));
        }))
    };
    let stop = use_act::<StopWork>(Callback::noop());
    let close = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(None))
    };
    let all: Vec<ImportView> = listed.answer.as_ref().map(|a| a.to_vec()).unwrap_or_default();
    if all.is_empty() {
        return html! { if let Some(failure) = listed.failure.clone() { <Notice {failure} again={listed.again.clone()} /> } };
    }
    html! {
        <section class="past">
            <h2>{ t!(w, "import-past") }</h2>
            <ul class="entries">{ for all.iter().map(|import| {
                let onclick = { let (asked, import) = (asked.clone(), import.clone()); Callback::from(move |_: MouseEvent| asked.set(Some(import.clone()))) };
                html! { <li key={import.id.to_string()} data-state={format!("{:?}", import.state)}>
                    { entry(&shared, import) }
                    if import.state != ImportState::Undone {
                        <div class="row"><button type="button" class="small" {onclick}>{ t!(w, "import-undo") }</button></div>
                    }
                </li> }
            }) }</ul>
            if let Some(import) = &*asked {
                <Dialog title={t!(w, "import-undo-title")} on_close={close.clone()}>
                    <p>{ t!(w, "import-undo-sentence", when = shared.clock().moment(import.at)) }</p>
                    <p>{ t!(w, "import-undo-opened") }</p>
                    <p>{ t!(w, "import-undo-laptops") }</p>
                    if let Some(failure) = &undo.failure { <Notice failure={failure.clone()} /> }
                    if undo.busy { <WorkProgress work="undo_import" label={t!(w, "import-undoing")} /> }
                    <div class="row">
                        <Busy id="import-undo-yes" class="danger" label={t!(w, "import-undo-yes")} busy={undo.busy}
                            onclick={{ let id = import.id; undo.starter().reform(move |_: MouseEvent| UndoImport { id }) }} />
                        if undo.busy {
                            <button type="button" onclick={stop.starter().reform(|_: MouseEvent| StopWork {})}>{ t!(w, "work-stop") }</button>
                        } else {
                            <button type="button" autofocus=true onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "import-undo-no") }</button>
                        }
                    </div>
                </Dialog>
            }
        </section>
    }
}

fn entry(shared: &Shared, import: &ImportView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let (picture, said) = match import.state {
        ImportState::Kept => {
            (Icon::Check, t!(w, "import-state-kept", n = import.readings, count = count(import.readings)))
        }
        ImportState::Unfinished => (Icon::Warning, t!(w, "import-state-unfinished")),
        ImportState::HalfUndone => (Icon::Warning, t!(w, "import-state-half-undone")),
        ImportState::Undone => {
            (Icon::Stop, t!(w, "import-state-undone", n = import.readings, count = count(import.readings)))
        }
    };
    html! {
        <>
            <p class="line">{ icon(picture) }<span>{ said }</span></p>
            <p class="quiet">{ clock.moment(import.at) }</p>
            <ul class="counts">{ for import.groups.iter().map(|group| html! { <li>{ group_words(shared, group) }</li> }) }</ul>
        </>
    }
}
