//! Readings from a file: choose, look at exactly what would come, keep it or not; and take a whole import out again.

mod past;
mod preview;

use salus_wire::DeviceId;
use salus_wire::command::{ChooseImport, KeepImport, LeaveImport, StopWork};
use salus_wire::view::{ImportPreviewView, ImportView};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::format::count;
use crate::part::{Busy, Icon, Notice, WorkProgress, icon};
use crate::route::Route;
use crate::state::{use_act, use_shared};
use crate::t;
use past::Past;
use preview::preview;

/// The screen.
#[component]
pub fn Import() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let shown = use_state(|| None::<ImportPreviewView>);
    let kept = use_state(|| None::<ImportView>);
    let turn = use_state(|| 0_u32);
    // What was once begun to be kept is no longer there to be kept: a part of it is in the list below.
    let begun = use_state(|| None::<DeviceId>);
    let choose = {
        let (shown, kept) = (shown.clone(), kept.clone());
        use_act::<ChooseImport>(Callback::from(move |view| {
            kept.set(None);
            shown.set(Some(view));
        }))
    };
    let keep = {
        let (shown, kept, turn) = (shown.clone(), kept.clone(), turn.clone());
        use_act::<KeepImport>(Callback::from(move |view| {
            shown.set(None);
            kept.set(Some(view));
            turn.set(turn.wrapping_add(1));
        }))
    };
    let leave = {
        let shown = shown.clone();
        use_act::<LeaveImport>(Callback::from(move |()| shown.set(None)))
    };
    let stop = use_act::<StopWork>(Callback::noop());
    let on_stop = stop.starter().reform(|_: MouseEvent| StopWork {});
    let busy = choose.busy || keep.busy;
    // Somebody who closed the dialog did not fail at anything.
    let failure = choose.failure.clone().or(keep.failure.clone());
    let failure = failure.filter(|f| f.code != salus_wire::ErrorCode::Cancelled || keep.failure.is_some());
    html! {
        <>
            <p><Link<Route> to={Route::Readings} classes="back">{ t!(w, "import-back") }</Link<Route>></p>
            <h1>{ t!(w, "import-title") }</h1>
            if let Some(view) = &*kept {
                <p class="proven" role="status">{ icon(Icon::Check) }{ t!(w, "import-kept", n = view.readings, count = count(view.readings)) }</p>
            }
            if let Some(failure) = failure { <Notice {failure} /> }
            if choose.busy { <WorkProgress work="choose_import" label={t!(w, "import-reading")} /> }
            if keep.busy { <WorkProgress work="keep_import" label={t!(w, "import-keeping")} /> }
            if let Some(view) = (*shown).clone().filter(|v| !choose.busy && (keep.busy || *begun != Some(v.id))) {
                { preview(&shared, &view) }
                <div class="row">
                    if view.readings > 0 {
                        <Busy id="import-keep" class="main" label={t!(w, "import-keep", n = view.readings, count = count(view.readings))} {busy}
                            onclick={{ let (id, begun, start) = (view.id, begun.clone(), keep.starter()); Callback::from(move |_: MouseEvent| { begun.set(Some(id)); start.emit(KeepImport { id }); }) }} />
                    }
                    <Busy id="import-leave" label={t!(w, "import-leave")} {busy} onclick={leave.starter().reform(|_: MouseEvent| LeaveImport {})} />
                    if keep.busy { <button type="button" onclick={on_stop}>{ t!(w, "work-stop") }</button> }
                </div>
            } else {
                <p>{ t!(w, "import-hint") }</p>
                <ul class="points">
                    <li>{ t!(w, "import-own") }</li>
                    <li>{ t!(w, "import-table") }</li>
                    <li>{ t!(w, "import-fhir") }</li>
                </ul>
                <p class="quiet">{ t!(w, "import-not") }</p>
                <div class="row">
                    <Busy id="import-choose" class="main" label={t!(w, "import-choose")} {busy} onclick={choose.starter().reform(|_: MouseEvent| ChooseImport {})} />
                    if choose.busy { <button type="button" onclick={on_stop}>{ t!(w, "work-stop") }</button> }
                </div>
            }
            <Past turn={*turn} />
        </>
    }
}
