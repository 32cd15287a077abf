//! What of a device is not in the record, by reason: a warning where something is wrong, and none for copies.

use salus_wire::view::{DeviceView, SetAside, SetAsideView};
use yew::prelude::*;

use crate::format::count;
use crate::part::{Icon, icon};
use crate::state::Shared;
use crate::t;
use crate::words::Words;

/// Nothing where nothing was set aside.
pub(super) fn set_aside(shared: &Shared, d: &DeviceView) -> Html {
    let w = &shared.words;
    let (copies, others): (Vec<SetAsideView>, Vec<SetAsideView>) =
        d.set_aside.iter().copied().partition(|s| s.reason == SetAside::Replayed);
    let sum = |all: &[SetAsideView]| all.iter().fold(0_u32, |sum, s| sum.saturating_add(s.count));
    let (again, aside) = (sum(&copies), sum(&others));
    let mut said = vec![t!(w, "device-quarantined", n = aside)];
    said.extend(others.iter().map(|s| reason(w, *s)));
    let said = said.join(" ");
    html! {
        <>
            if others.iter().any(|s| is_wrong(s.reason)) {
                <p class="caution">{ icon(Icon::Warning) }<span>{ said }</span></p>
            } else if aside > 0 {
                <p class="quiet">{ said }</p>
            }
            if again > 0 { <p class="quiet">{ t!(w, "device-copies", n = again, count = count(again)) }</p> }
        </>
    }
}

/// False where the device did what it should.
const fn is_wrong(reason: SetAside) -> bool {
    !matches!(
        reason,
        SetAside::Replayed
            | SetAside::NoValue
            | SetAside::NotThePatient
            | SetAside::Unsupported
            | SetAside::Earlier
    )
}

fn reason(w: &Words, s: SetAsideView) -> String {
    let n = count(s.count);
    match s.reason {
        SetAside::Malformed => t!(w, "aside-malformed", count = n),
        SetAside::Replayed => t!(w, "device-copies", n = s.count, count = n),
        SetAside::Impossible => t!(w, "aside-impossible", count = n),
        SetAside::TooFrequent => t!(w, "aside-too-frequent", count = n),
        SetAside::NoValue => t!(w, "aside-no-value", count = n),
        SetAside::AboveRange => t!(w, "aside-above-range", count = n),
        SetAside::BelowRange => t!(w, "aside-below-range", count = n),
        SetAside::Unresolved => t!(w, "aside-unresolved", count = n),
        SetAside::Reserved => t!(w, "aside-reserved", count = n),
        SetAside::NotThePatient => t!(w, "aside-not-the-patient", count = n),
        SetAside::Unsupported => t!(w, "aside-unsupported", count = n),
        SetAside::Doubted => t!(w, "aside-doubted", count = n),
        SetAside::NoRoom => t!(w, "aside-no-room", count = n),
        SetAside::Earlier => t!(w, "aside-earlier", count = n),
    }
}
