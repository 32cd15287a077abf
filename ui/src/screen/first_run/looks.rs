//! Language, text size, colours. Each choice applies at once; all of them are undone at once.

use salus_wire::command::SetSettings;
use yew::prelude::*;

use super::onward::Onward;
use super::steps::Move;
use crate::screen::SettingsForm;
use crate::state::{Change, use_latest, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct LooksProps {
    pub(super) go: Callback<Move>,
    pub(super) restore: Callback<()>,
    pub(super) helpers: Callback<()>,
}

#[component]
pub(super) fn Looks(props: &LooksProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let before = {
        let now = shared.settings.clone();
        use_state(move || now)
    };
    let (store, _) = {
        let shared = shared.clone();
        use_latest::<SetSettings>(Callback::from(move |stored| shared.dispatch(Change::Settings(stored))))
    };
    let undo = {
        let (shared, start, before) = (shared.clone(), store.clone(), before.clone());
        Callback::from(move |_: MouseEvent| {
            shared.dispatch(Change::Settings((*before).clone()));
            start.emit(SetSettings { settings: (*before).clone() });
        })
    };
    let changed = shared.settings != *before;
    let go = |by: Move| props.go.reform(move |()| by);
    html! {
        <div class="step">
            <h1>{ t!(w, "first-looks") }</h1>
            <p>{ t!(w, "first-looks-hint") }</p>
            <SettingsForm />
            <div role="status" class="told">
                if changed { <button type="button" id="undo-looks" onclick={undo}>{ t!(w, "first-looks-undo") }</button> }
            </div>
            <Onward meaning={t!(w, "first-looks-skip")} skip={go(Move::Skip)}>
                <button type="button" id="next" class="main" onclick={go(Move::Next).reform(|_: MouseEvent| ())}>{ t!(w, "next") }</button>
                <button type="button" id="have-backup" onclick={props.restore.reform(|_: MouseEvent| ())}>{ t!(w, "restore-have") }</button>
                <button type="button" id="have-helpers" onclick={props.helpers.reform(|_: MouseEvent| ())}>{ t!(w, "helpers-have") }</button>
            </Onward>
        </div>
    }
}
