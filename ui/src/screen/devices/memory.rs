//! What a device kept in its memory while it was away: that it is being fetched, how far, and how it ended.

use salus_wire::view::{DeviceView, MemoryView};
use yew::prelude::*;

use crate::format::count;
use crate::state::Shared;
use crate::t;

/// Nothing of a device without a memory, or that was not asked yet.
pub(super) fn memory(shared: &Shared, d: &DeviceView) -> Html {
    let w = &shared.words;
    let (step, said) = match d.memory {
        None => return Html::default(),
        Some(MemoryView::Fetching { arrived: 0, counted: None }) => {
            ("fetching", t!(w, "device-memory-asked"))
        }
        // A device that knows no filter counts what it sends again, too: never more than all.
        Some(MemoryView::Fetching { arrived, counted: Some(all) }) => {
            ("fetching", t!(w, "device-memory-counted", count = count(arrived.min(all)), all = count(all)))
        }
        Some(MemoryView::Fetching { arrived, counted: None }) => {
            ("fetching", t!(w, "device-memory-fetching", arrived = arrived, count = count(arrived)))
        }
        Some(MemoryView::Fetched { arrived }) => {
            ("fetched", t!(w, "device-memory-fetched", arrived = arrived, count = count(arrived)))
        }
        Some(MemoryView::Unfinished { arrived }) => {
            ("unfinished", t!(w, "device-memory-unfinished", arrived = arrived, count = count(arrived)))
        }
        Some(MemoryView::Refused) => ("refused", t!(w, "device-memory-refused")),
    };
    html! { <p class="quiet" data-memory={step}>{ said }</p> }
}
