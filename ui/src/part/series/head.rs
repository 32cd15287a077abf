//! What a series says before its picture: a part of its own, so that a picture that moves has none of it said again.

use std::rc::Rc;

use salus_wire::view::{RecordView, TrendView};
use salus_wire::{Level, Quality, UnixMillis};
use yew::prelude::*;

use super::Whose;
use crate::part::readings::originals;
use crate::part::said::{amounts, coverage, newest, sentence};
use crate::part::variability::variability;
use crate::part::{Icon, icon, trend};
use crate::state::{Same, Shared, use_shared};
use crate::t;
use crate::words::Words;

#[derive(Properties, PartialEq)]
pub(super) struct HeadProps {
    pub(super) whose: Whose,
    pub(super) record: Same<RecordView>,
    pub(super) span: String,
    pub(super) trend: Option<Rc<TrendView>>,
    /// When the day began: "today" is another one tomorrow.
    pub(super) today: UnixMillis,
}

/// Sentence first, number second.
#[component]
pub(super) fn Head(props: &HeadProps) -> Html {
    let shared = use_shared();
    let (w, record) = (&shared.words, &props.record);
    html! {
        <>
            <p class="overline">{ w.category(record.category) }</p>
            <h2>{ sentence(w, record, props.whose, &props.span) }</h2>
            { for props.trend.iter().map(|view| trend(&shared, view)) }
            { figures(&shared, record) }
            { variability(&shared, record) }
            if record.damaged > 0 { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "series-damaged", n = record.damaged) }</p> }
            if !record.days.is_empty() { <p class="quiet">{ t!(w, "figure-days") }</p> }
            else if let Some(level) = record.summed { <p class="quiet">{ summed(w, level) }</p> }
        </>
    }
}

/// That the picture comes from summaries, and of what length.
fn summed(w: &Words, level: Level) -> String {
    match level {
        Level::Minute => t!(w, "figure-summed-minutes"),
        Level::Hour => t!(w, "figure-summed-hours"),
        Level::Day => t!(w, "figure-summed-days"),
    }
}

/// The newest value, large, then where it came from.
fn figures(shared: &Shared, record: &RecordView) -> Html {
    let w = &shared.words;
    let Some(latest) = &record.latest else { return Html::default() };
    // A shared record may leave out which device it was.
    let when = shared.clock().moment(latest.at);
    let (main, others) = (newest(record.category, latest), amounts(w, record.category, latest));
    let sent = originals(w, record.category, latest);
    let source = match latest.device.as_str() {
        "" if latest.quality.has(Quality::TYPED) && sent.is_none() => {
            t!(w, "figure-latest-typed", when = when)
        }
        "" => t!(w, "figure-latest-bare", when = when),
        device => t!(w, "figure-latest", when = when, device = device.to_owned()),
    };
    let coverage = coverage(w, record);
    html! {
        <div class="figures">
            if let Some((value, quantity)) = main {
                <p class="figure"><bdi dir="ltr">{ value }</bdi><small>{ w.unit(quantity) }</small></p>
            } else if !others.is_empty() {
                <p class="strong">{ others }</p>
            }
            <p class="quiet">
                { source }
                if let Some(sent) = sent { { t!(w, "list-comma") }{ sent } }
                if let Some(note) = &latest.note { <br /><bdi>{ note }</bdi> }
                if let Some(coverage) = coverage { <br />{ coverage } }
            </p>
        </div>
    }
}
