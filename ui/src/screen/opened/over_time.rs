//! One category of an opened record over time: a day, a week, a month, a year, closer, wider, earlier, later. Drawn from what was opened,
//! and nobody is asked anything anew. What is usual for the patient, by what was opened, is a band in it, as on their own screen.

use std::rc::Rc;

use salus_wire::command::{GetOpenedRecord, GetOpenedTrend};
use salus_wire::view::{Period, RecordView, TREND_DAYS, TREND_LEAST_DAYS, TrendSpan, TrendView};
use salus_wire::{Category, GrantId, Quantity, UnixMillis};
use yew::prelude::*;

use super::steps::{cut, moved, of_length, offered};
use crate::format::DAY;
use crate::part::{Chart, Move, Notice, Waiting};
use crate::screen::readings::settled::use_settled;
use crate::screen::readings::through::{bar, lengths, step};
use crate::screen::readings::view::{Length, Limits, View};
use crate::state::{use_ask, use_shared};
use crate::t;
use crate::words::Words;

/// How wide the chart is asked for.
const CHART_WIDTH: u16 = 720;
/// How long a view stands before it is asked for: keys that repeat ask once.
const ASK_MS: u32 = 90;
/// The longest time that is shown at once.
const LONGEST: i64 = 366 * DAY;

/// True where there is something to look at more closely: not of days alone, and not of voltages, which are drawn as a strip.
pub(super) fn has_time(record: &RecordView) -> bool {
    record.total > 0 && record.days.is_empty() && record.category != Category::Electrocardiogram
}

#[derive(Properties, PartialEq)]
pub(super) struct OverTimeProps {
    /// The permission that was opened.
    pub(super) id: GrantId,
    /// All of the category, as it was opened.
    pub(super) record: Rc<RecordView>,
}

/// A button, and behind it the picture that moves.
#[component]
pub(super) fn OverTime(props: &OverTimeProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let offset = shared.clock().offset;
    let (category, whole) = (props.record.category, whole(&props.record));
    let limits = Limits { first: props.record.chart.from, end: props.record.chart.to };
    let is_open = use_state(|| false);
    let view = use_state_eq(|| whole);
    let shown = cut(*view, limits);
    let View { from, to } = use_settled(shown, ASK_MS);
    let period = Period { from, to };
    let command = is_open.then_some(GetOpenedRecord { id: props.id, category, period, width: CHART_WIDTH });
    let asked = use_ask(command, 0);
    let usual = use_ask(is_open.then_some(GetOpenedTrend { id: props.id, category }), 0);
    let usual_days = usual.answer.as_deref().and_then(|view| compared_with(view, limits.first));
    let usual_days = usual_days.map(|(from, to)| shared.clock().span(from, to));
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    // As on the patient's own screen: the same one as long as it leads to the same.
    let on_move = {
        let view = view.clone();
        use_callback((limits, offset), move |asked: Move, (limits, offset)| {
            let view = view.clone();
            view.set(moved(*view, asked, *limits, *offset));
        })
    };
    let on_whole = {
        let view = view.clone();
        Callback::from(move |_: MouseEvent| view.set(whole))
    };
    let on_length = {
        let view = view.clone();
        Callback::from(move |length: Length| view.set(of_length(*view, length, limits, offset)))
    };
    // Where no more than a day of it was permitted there is nothing to choose.
    let offered = offered(limits, offset);
    let label = match *is_open {
        true => t!(w, "opened-over-time-close"),
        false => t!(w, "opened-over-time", what = w.categories(&[category])),
    };
    html! {
        <div class="stack no-print" data-over-time={format!("{category:?}")}>
            <div class="row"><button type="button" class="small" aria-expanded={is_open.to_string()} onclick={toggle}>{ label }</button></div>
            if *is_open {
                if offered.len() > 1 {
                    { lengths(&shared, &format!("opened-length-{category:?}"), &offered, view.length(offset), &on_length) }
                }
                { bar(&shared, shown, steps(w, shown, limits, &on_move, on_whole)) }
                if let Some(failure) = &asked.failure { <Notice failure={failure.clone()} again={asked.again.clone()} /> }
                else if let Some(failure) = &usual.failure { <Notice failure={failure.clone()} again={usual.again.clone()} /> }
                if let Some(record) = &asked.answer {
                    <Chart record={record.clone()} view={Some((shown.from, shown.to))} usual={usual.answer.clone()} {usual_days} {on_move} />
                    if let Some(few) = usual.answer.as_deref().and_then(few_days) {
                        <p class="quiet" data-band="few">{ t!(w, "opened-usual-few", n = few, least = TREND_LEAST_DAYS) }</p>
                    }
                    <p class="quiet">{ t!(w, "opened-over-time-hint") }</p>
                } else if asked.failure.is_none() {
                    <Waiting />
                }
            }
        </div>
    }
}

/// All that was opened; of more than a year the last one, from where the person goes on.
fn whole(record: &RecordView) -> View {
    let (from, to) = (record.chart.from, record.chart.to);
    View { from: from.max(to.saturating_sub(LONGEST)), to }
}

/// The days that what is usual is of: the four weeks before the day, or the week, that is compared with them, and nothing before what was
/// permitted. At noon, so that no day is another one where the clock was set in between.
fn compared_with(view: &TrendView, first: UnixMillis) -> Option<(UnixMillis, UnixMillis)> {
    const NOON: i64 = DAY / 2;
    let before = match view.span {
        TrendSpan::Today => view.week.first(),
        TrendSpan::Week => view.week.last(),
    }?;
    let noon = before.start + NOON;
    Some(((noon - TREND_DAYS * DAY).max(first), noon - DAY))
}

/// How many days there are where they are too few to say what is usual; of what has nothing usual, nothing. Nor of steps, whose days
/// have no band however many they are: a day's steps are no part of a picture of single values.
fn few_days(view: &TrendView) -> Option<u16> {
    let main = view.lines.iter().find(|line| line.quantity != Quantity::Steps)?;
    main.usual.is_none().then_some(main.days)
}

/// The ways from what is shown to something else.
fn steps(
    w: &Words,
    view: View,
    limits: Limits,
    on_move: &Callback<Move>,
    on_whole: Callback<MouseEvent>,
) -> Html {
    let (is_first, is_last) = (view.is_first(limits), view.is_last(limits));
    html! {
        <>
            { step(on_move, "earlier", t!(w, "record-earlier"), Move::Earlier, is_first) }
            { step(on_move, "later", t!(w, "record-later"), Move::Later, is_last) }
            { step(on_move, "closer", t!(w, "record-closer"), Move::CLOSER, false) }
            { step(on_move, "wider", t!(w, "record-wider"), Move::WIDER, is_first && is_last) }
            <button type="button" class="small" data-move="whole" onclick={on_whole}>{ t!(w, "opened-whole") }</button>
        </>
    }
}

/// What is shown at once can be asked for.
const _: () = assert!(LONGEST <= Period::LONGEST);

#[cfg(test)]
mod tests {
    use salus_wire::view::{ChartView, CoveredDayView, MiddleView, TrendLineView};

    use super::*;

    fn record(from: i64, to: i64) -> RecordView {
        let (low, high, value_ticks, time_ticks, lines) = (0.0, 1.0, vec![], vec![], vec![]);
        RecordView {
            category: Category::HeartRate,
            latest: None,
            summary: vec![],
            chart: ChartView { from, to, low, high, value_ticks, time_ticks, lines },
            rows: vec![],
            total: 3,
            variability: None,
            summed: None,
            damaged: 0,
            days: vec![],
        }
    }

    #[test]
    fn it_begins_with_all_of_it_and_of_years_with_the_last() {
        let month = whole(&record(10 * DAY, 40 * DAY));
        assert_eq!((month.from, month.to), (10 * DAY, 40 * DAY));
        let years = whole(&record(DAY, 1_000 * DAY));
        assert_eq!((years.from, years.to), (1_000 * DAY - LONGEST, 1_000 * DAY));
    }

    #[test]
    fn nothing_leads_out_of_what_was_permitted() {
        let opened = record(10 * DAY, 40 * DAY);
        let limits = Limits { first: opened.chart.from, end: opened.chart.to };
        for asked in [Move::Pan(-1.0), Move::Pan(1.0), Move::CLOSER, Move::First, Move::Last] {
            let view = View { from: 12 * DAY, to: 30 * DAY }.moved(asked, limits, 60);
            assert!(view.from >= limits.first && view.to <= limits.end, "{asked:?}: {view:?}");
        }
    }

    #[test]
    fn what_is_usual_is_of_the_four_weeks_before_and_of_nothing_before_the_permission() {
        let day = |n: i64| CoveredDayView { start: n * DAY, count: 1, minutes: 1, of: 1440 };
        let view = |span, usual: Option<MiddleView>| TrendView {
            category: Category::HeartRate,
            span,
            lines: vec![TrendLineView {
                quantity: Quantity::HeartRate,
                value: None,
                count: 0,
                usual,
                days: 6,
            }],
            compared: None,
            week: (34..=40).rev().map(day).collect(),
            begins: None,
            damaged: 0,
        };
        let today = view(TrendSpan::Today, None);
        let days = |(from, to): (i64, i64)| (from.div_euclid(DAY), to.div_euclid(DAY));
        assert_eq!(compared_with(&today, 0).map(days), Some((12, 39)));
        assert_eq!(compared_with(&view(TrendSpan::Week, None), 0).map(days), Some((6, 33)));
        assert_eq!(compared_with(&today, 30 * DAY).map(days), Some((30, 39)));
        assert_eq!(few_days(&today), Some(6));
        let middle = MiddleView { low: "61".into(), median: "66".into(), high: "70".into() };
        assert_eq!(few_days(&view(TrendSpan::Today, Some(middle))), None);
        let [line] = &today.lines[..] else { panic!("{:?}", today.lines) };
        let steps = TrendLineView { quantity: Quantity::Steps, days: 3, ..line.clone() };
        let of = |lines: Vec<TrendLineView>| few_days(&TrendView { lines, ..today.clone() });
        assert_eq!(of(vec![]), None);
        assert_eq!(of(vec![steps.clone()]), None, "more days of steps make no band");
        assert_eq!(of(vec![steps, line.clone()]), Some(6));
    }

    #[test]
    fn strips_and_days_are_not_looked_at_more_closely() {
        assert!(has_time(&record(0, DAY)));
        assert!(!has_time(&RecordView { total: 0, ..record(0, DAY) }));
        assert!(!has_time(&RecordView { category: Category::Electrocardiogram, ..record(0, DAY) }));
    }
}
