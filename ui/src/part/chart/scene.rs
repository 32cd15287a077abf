//! What of a chart stays as it is while somebody reads it: what is drawn, and the words below. Parts of their own, so that a cursor that
//! moves over them, or a screen that is drawn anew around them, has none of it made again.

use std::rc::Rc;

use salus_wire::view::TrendView;
use salus_wire::{Category, Quantity, UnixMillis};
use yew::prelude::*;

use super::drawing::{axes, bands, gap_words, legend, line, stems, usual_words};
use super::drawn::Drawn;
use super::picture::Picture;
use super::rules::{self, Rule};
use super::strip;
use crate::state::{Same, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct SceneProps {
    pub(super) category: Category,
    pub(super) drawn: Same<Drawn>,
    pub(super) picture: Picture,
    /// The page's text in pixels.
    pub(super) rem: f64,
    /// What is usual for the person.
    pub(super) usual: Option<Rc<TrendView>>,
    /// Published thresholds.
    pub(super) rules: Rc<Vec<Rule>>,
}

/// Everything in the picture but the cursor.
#[component]
pub(super) fn Scene(props: &SceneProps) -> Html {
    let shared = use_shared();
    let (chart, picture, rem) = (&props.drawn.chart, &props.picture, props.rem);
    html! {
        <>
            { bands(chart, picture, props.usual.as_deref()) }
            { axes(&shared, chart, picture, rem) }
            { rules::lines(&props.rules, picture) }
            { for chart.lines.iter().enumerate().map(|(i, l)| line(picture, l, i, rem)) }
            if props.category == Category::BloodPressure { { stems(picture, &props.drawn.points) } }
            { rules::names(&shared.words, &props.rules, picture, rem) }
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct BelowProps {
    pub(super) category: Category,
    pub(super) drawn: Same<Drawn>,
    /// What is usual for the person.
    pub(super) usual: Option<Rc<TrendView>>,
    /// Of which days that is, where the person is not who looks.
    pub(super) usual_days: Option<String>,
    /// Published thresholds.
    pub(super) rules: Rc<Vec<Rule>>,
    /// What is said of empty time at the edges.
    pub(super) empty: AttrValue,
    /// When the day began: "today" is another one tomorrow.
    pub(super) today: UnixMillis,
}

/// The words below it.
#[component]
pub(super) fn Below(props: &BelowProps) -> Html {
    let shared = use_shared();
    let (w, chart) = (&shared.words, &props.drawn.chart);
    html! {
        <>
            { legend(&shared, &chart.lines) }
            { rules::below(&props.rules) }
            { usual_words(&shared, chart, props.usual.as_deref(), props.usual_days.clone()) }
            { gap_words(&shared, props.category, &chart.lines) }
            if !props.empty.is_empty() { <p class="quiet" data-empty="edges">{ &props.empty }</p> }
            if props.category == Category::Electrocardiogram { <p class="quiet">{ t!(w, "chart-strip", n = strip::SECONDS, unit = w.unit(Quantity::EcgVoltage)) }</p> }
        </>
    }
}
