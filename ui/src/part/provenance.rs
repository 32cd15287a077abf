//! Where a reading comes from, in words, folded away beside it.

use salus_wire::view::{LinkView, MeasuredView, ProvenanceView, ReadingView, TimeView};
use yew::prelude::*;

use crate::state::Shared;
use crate::t;

/// Shorter differences of a clock are said as one minute.
const MINUTE: u64 = 60_000;

/// The details of one row.
pub(super) fn provenance(shared: &Shared, row: &ReadingView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let said = match &row.provenance {
        ProvenanceView::Typed { entered } => vec![t!(w, "from-typed", when = clock.moment(*entered))],
        ProvenanceView::Imported { entered } => vec![t!(w, "from-file", when = clock.moment(*entered))],
        ProvenanceView::Measured(m) => {
            let mut said = vec![by(shared, &row.device, m), link(shared, m.link), time(shared, m.time)];
            if m.backfilled {
                said.push(t!(w, "from-memory", when = clock.moment(m.arrived)));
            }
            if m.typed {
                said.push(t!(w, "from-typed-on-device"));
            }
            said
        }
    };
    html! {
        <details class="provenance">
            <summary>{ t!(w, "from-summary") }</summary>
            { for said.into_iter().map(|sentence| html! { <p>{ sentence }</p> }) }
        </details>
    }
}

/// Which device, as far as it is known. A shared record calls it by its model, which is then said once, and leaves out a
/// device that was added after the permission was given.
fn by(shared: &Shared, name: &str, m: &MeasuredView) -> String {
    let w = &shared.words;
    let firmware = m.firmware.as_ref().map(|f| t!(w, "from-firmware", version = f.clone()));
    let named = (!name.is_empty()).then(|| name.to_owned());
    let model = m.model.clone().filter(|model| model != name);
    let parts: Vec<String> = named.into_iter().chain(model).chain(firmware).collect();
    if parts.is_empty() {
        return t!(w, "from-device-unnamed");
    }
    t!(w, "from-device", device = parts.join(&t!(w, "list-comma")))
}

fn link(shared: &Shared, link: LinkView) -> String {
    let w = &shared.words;
    match link {
        LinkView::Encrypted => t!(w, "from-link-encrypted"),
        LinkView::Open => t!(w, "from-link-open"),
        LinkView::Unknown => t!(w, "from-link-unknown"),
    }
}

fn time(shared: &Shared, time: TimeView) -> String {
    let w = &shared.words;
    match time {
        TimeView::Device => t!(w, "from-clock-device"),
        TimeView::Corrected { behind: None } => t!(w, "from-clock-corrected"),
        TimeView::Corrected { behind: Some(behind) } => {
            let by = i64::try_from(behind.unsigned_abs().max(MINUTE)).unwrap_or(i64::MAX);
            let length = shared.clock().length(by);
            if behind < 0 {
                t!(w, "from-clock-ahead", length = length)
            } else {
                t!(w, "from-clock-behind", length = length)
            }
        }
        TimeView::Arrival => t!(w, "from-clock-arrival"),
        TimeView::ArrivalInstead => t!(w, "from-clock-instead"),
    }
}
