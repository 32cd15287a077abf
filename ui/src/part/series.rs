//! One category of a record: sentence first, number second, chart third, table on request.

mod head;

use std::rc::Rc;

use salus_wire::UnixMillis;
use salus_wire::view::{ReadingView, RecordView, TrendView};
use yew::prelude::*;

use super::{Chart, DaysTable, Move, OwnDays, ReadingsTable, week};
use crate::format::day_start;
use crate::state::{Same, use_shared};
use crate::t;
use head::Head;

/// Whose readings a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The reader's own: "your heart rate".
    Own,
    /// A patient's: "heart rate".
    Patient,
}

/// Properties of [`Series`].
#[derive(Properties, PartialEq)]
pub struct SeriesProps {
    /// Whose readings.
    pub whose: Whose,
    /// The record.
    pub record: Same<RecordView>,
    /// "today", "from 1 to 7 November": the span in words.
    pub span: String,
    /// How today, or the week, compares with the person's own earlier days: said, and drawn.
    #[prop_or_default]
    pub trend: Option<Rc<TrendView>>,
    /// What is usual for the person: drawn, where another time than today is shown.
    #[prop_or_default]
    pub usual: Option<Rc<TrendView>>,
    /// The time to draw while another one is on its way.
    #[prop_or_default]
    pub view: Option<(UnixMillis, UnixMillis)>,
    /// Asked to show another time.
    #[prop_or_default]
    pub on_move: Option<Callback<Move>>,
    /// Of a span of several days, which the table goes by: from and to.
    #[prop_or_default]
    pub days: Option<(UnixMillis, UnixMillis)>,
    /// Asked to write a note on a reading.
    #[prop_or_default]
    pub on_note: Option<Callback<ReadingView>>,
}

/// One category's section.
#[component]
pub fn Series(props: &SeriesProps) -> Html {
    let shared = use_shared();
    let (w, clock, record) = (&shared.words, shared.clock(), &props.record);
    let table = use_state(|| false);
    let toggle = {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.set(!*table))
    };
    let (pressed, label) =
        if *table { ("true", t!(w, "show-chart")) } else { ("false", t!(w, "show-table")) };
    let daily = !record.days.is_empty();
    // Without a value to draw there is no picture: a height or an HbA1c alone is read in the table.
    let drawn = record.total > 0 && record.chart.lines.iter().any(|line| !line.runs.is_empty());
    // One that moves over time stays, also where nothing was measured: whoever moves it by keys keeps the focus.
    let moves = props.on_move.is_some();
    let pictured = (drawn || moves) && !*table;
    html! {
        <section class={classes!("series", (record.total == 0).then_some("bare"))} data-category={format!("{:?}", record.category)}>
            <Head whose={props.whose} record={record.clone()} span={props.span.clone()} trend={props.trend.clone()}
                today={day_start(clock.now, clock.offset)} />
            if pictured {
                <Chart record={record.clone()} view={props.view} usual={props.usual.clone().or(props.trend.clone())} on_move={props.on_move.clone()} />
            }
            if record.total > 0 && (!pictured || !drawn) {
                if daily { <DaysTable record={record.clone()} /> }
                else if let Some((from, to)) = props.days.filter(|_| drawn) {
                    <OwnDays category={record.category} {from} {to} />
                    <details><summary>{ t!(w, "own-days-readings") }</summary>
                        <ReadingsTable record={record.clone()} on_note={props.on_note.clone()} />
                    </details>
                } else { <ReadingsTable record={record.clone()} on_note={props.on_note.clone()} /> }
            }
            if drawn || moves { <button type="button" class="small" aria-pressed={pressed} onclick={toggle}>{ label }</button> }
            { for props.trend.iter().map(|view| week(&shared, view)) }
        </section>
    }
}
