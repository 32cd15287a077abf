//! The line about variability under the heart-rate figures: a figure with what was left out, never a judgement.

use salus_wire::view::{BeatKind, RecordView};
use yew::prelude::*;

use crate::state::Shared;
use crate::t;

/// One quiet line; nothing when the span holds no intervals between beats.
pub(super) fn variability(shared: &Shared, record: &RecordView) -> Html {
    let w = &shared.words;
    let Some(v) = &record.variability else { return Html::default() };
    let minutes = v.window_minutes;
    let rmssd = match (&v.rmssd, v.kind) {
        (Some(rmssd), BeatKind::Heart) => {
            t!(w, "variability-heart", value = rmssd.mean.clone(), minutes = minutes, percent = v.rejected)
        }
        (Some(rmssd), BeatKind::Pulse) => {
            t!(w, "variability-pulse", value = rmssd.mean.clone(), minutes = minutes, percent = v.rejected)
        }
        (None, BeatKind::Heart) => {
            t!(w, "variability-heart-none", minutes = minutes, least = v.least_valid, percent = v.rejected)
        }
        (None, BeatKind::Pulse) => {
            t!(w, "variability-pulse-none", minutes = minutes, least = v.least_valid, percent = v.rejected)
        }
    };
    let sdnn = v.sdnn.as_ref().map(|s| t!(w, "variability-day", value = s.mean.clone()));
    html! { <p class="quiet">{ rmssd }if let Some(sdnn) = sdnn { {" "}{ sdnn } }</p> }
}
