//! On a laptop that was added: how far the record has come over, and bringing both up to date now.

use salus_wire::command::{StopWork, SyncLaptops};
use salus_wire::view::LaptopHistoryView;
use yew::prelude::*;

use super::use_laptops;
use crate::format::count;
use crate::part::{Busy, Notice, WorkProgress};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct HistoryProps {
    pub(super) history: LaptopHistoryView,
    pub(super) can_give: u8,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn History(props: &HistoryProps) -> Html {
    let shared = use_shared();
    let (w, history) = (&shared.words, props.history);
    let sync = use_laptops::<SyncLaptops>(props.changed.clone());
    let stop = use_act::<StopWork>(Callback::noop());
    let said = if history.paused {
        t!(w, "laptops-paused", taken = count(history.taken), left = count(history.left))
    } else if history.left > 0 {
        t!(w, "laptops-coming", taken = count(history.taken), left = count(history.left))
    } else {
        t!(w, "laptops-whole")
    };
    html! {
        <section>
            <h2>{ t!(w, "laptops-history-title") }</h2>
            <p role="status">{ said }</p>
            <p class="quiet">{ t!(w, "laptops-can-give", n = props.can_give) }</p>
            if let Some(failure) = &sync.failure { <Notice failure={failure.clone()} /> }
            if sync.busy { <WorkProgress work="sync_laptops" label={t!(w, "laptops-syncing")} /> }
            <div class="row">
                <Busy id="sync-laptops" label={t!(w, "laptops-sync")} busy={sync.busy} onclick={sync.starter().reform(|_: MouseEvent| SyncLaptops {})} />
                if sync.busy { <button type="button" id="sync-stop" onclick={stop.starter().reform(|_: MouseEvent| StopWork {})}>{ t!(w, "work-stop") }</button> }
            </div>
        </section>
    }
}
