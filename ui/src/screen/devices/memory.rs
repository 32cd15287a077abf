//! What a device kept in its memory while it was away: that it is being fetched, how far, and how it ended; stopping that, and wanting
//! it after all.

use salus_wire::command::{FetchMemory, StopFetching};
use salus_wire::view::{DeviceView, MemoryView};
use yew::prelude::*;

use crate::format::count;
use crate::part::{Busy, Notice};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct DeviceMemoryProps {
    pub(super) device: DeviceView,
    /// Called when the application took an order.
    pub(super) on_done: Callback<()>,
}

/// Nothing of a device without a memory, or that was not asked yet.
#[component]
pub(super) fn DeviceMemory(props: &DeviceMemoryProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let done = props.on_done.reform(|_: DeviceView| ());
    let stop = use_act::<StopFetching>(done.clone());
    let fetch = use_act::<FetchMemory>(done);
    let Some(view) = props.device.memory else { return Html::default() };
    let (step, said) = sentence(&shared, view);
    let device = props.device.id;
    let stopping = matches!(view, MemoryView::Stopping { .. });
    // One button that stays where it is, so that the keyboard does not lose its place.
    let (label, busy, onclick) = match view {
        MemoryView::Stopped { .. } => (
            t!(w, "device-memory-again"),
            fetch.busy,
            fetch.starter().reform(move |_: MouseEvent| FetchMemory { device }),
        ),
        _ => (
            t!(w, "device-memory-stop"),
            stop.busy || stopping,
            stop.starter().reform(move |_: MouseEvent| StopFetching { device }),
        ),
    };
    let failure = stop.failure.clone().or(fetch.failure.clone());
    html! {
        <>
            <p class="quiet" data-memory={step}>{ said }</p>
            if let MemoryView::Fetching { arrived, counted: Some(all) } = view {
                <progress max={all.to_string()} value={arrived.min(all).to_string()} aria-hidden="true" />
            }
            if can_act(view) { <div class="row"><Busy class="small" {label} {busy} {onclick} /></div> }
            if let Some(failure) = failure { <Notice {failure} /> }
        </>
    }
}

/// True while there is something to stop, or to begin again.
const fn can_act(view: MemoryView) -> bool {
    matches!(view, MemoryView::Fetching { .. } | MemoryView::Stopping { .. } | MemoryView::Stopped { .. })
}

/// The name of the step, and what is said of it.
fn sentence(shared: &Shared, view: MemoryView) -> (&'static str, String) {
    let w = &shared.words;
    match view {
        MemoryView::Fetching { arrived: 0, counted: None } => ("fetching", t!(w, "device-memory-asked")),
        // A device that knows no filter counts what it sends again, too: never more than all.
        MemoryView::Fetching { arrived, counted: Some(all) } => {
            ("fetching", t!(w, "device-memory-counted", count = count(arrived.min(all)), all = count(all)))
        }
        MemoryView::Fetching { arrived, counted: None } => {
            ("fetching", t!(w, "device-memory-fetching", arrived = arrived, count = count(arrived)))
        }
        MemoryView::Fetched { arrived } => {
            ("fetched", t!(w, "device-memory-fetched", arrived = arrived, count = count(arrived)))
        }
        MemoryView::Unfinished { arrived } => {
            ("unfinished", t!(w, "device-memory-unfinished", arrived = arrived, count = count(arrived)))
        }
        MemoryView::Refused => ("refused", t!(w, "device-memory-refused")),
        MemoryView::Stopping { .. } => ("stopping", t!(w, "device-memory-stopping")),
        MemoryView::Stopped { arrived } => {
            ("stopped", t!(w, "device-memory-stopped", arrived = arrived, count = count(arrived)))
        }
    }
}
