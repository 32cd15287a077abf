//! One category of a record: sentence first, number second, chart third, table on request.

use std::rc::Rc;

use salus_wire::view::{ReadingView, RecordView, TrendView};
use salus_wire::{Level, Quality, UnixMillis};
use yew::prelude::*;

use super::readings::originals;
use super::said::{amounts, covered, newest, sentence};
use super::{Chart, DaysTable, Icon, Move, OwnDays, ReadingsTable, icon, trend, week};
use crate::state::{Shared, use_shared};
use crate::t;
use crate::words::Words;

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
    pub record: Rc<RecordView>,
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
    let (w, record) = (&shared.words, &props.record);
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
            <p class="overline">{ w.category(record.category) }</p>
            <h2>{ sentence(w, record, props.whose, &props.span) }</h2>
            { for props.trend.iter().map(|view| trend(&shared, view)) }
            { figures(&shared, record) }
            { super::variability::variability(&shared, record) }
            if record.damaged > 0 { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "series-damaged", n = record.damaged) }</p> }
            if daily { <p class="quiet">{ t!(w, "figure-days") }</p> }
            else if let Some(level) = record.summed { <p class="quiet">{ summed(w, level) }</p> }
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
    let coverage = covered(record);
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
                if let Some(coverage) = coverage { <br />{ t!(w, "figure-coverage", percent = coverage) } }
            </p>
        </div>
    }
}
