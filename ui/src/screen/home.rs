//! Today: one section per category. Sentence first, number second, chart third.

use salus_wire::command::GetRecord;
use salus_wire::view::RecordView;
use salus_wire::{Category, UnixMillis};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::format::{DAY, HOUR, MINUTE, day_start};
use crate::part::{Empty, Notice, Series, Waiting, Whose};
use crate::route::Route;
use crate::state::{Asked, use_ask, use_shared};
use crate::t;

/// How wide the charts are asked for; the page draws them at the width it has.
const CHART_WIDTH: u16 = 720;

/// How far back the screen looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Hour,
    /// Whole days, today the last.
    Days(i64),
}

impl Span {
    /// Start, inclusive, and end, exclusive. The last hour moves on in steps, so that it is not asked for at every draw.
    fn bounds(self, now: UnixMillis, offset: i32) -> (UnixMillis, UnixMillis) {
        match self {
            Span::Hour => {
                let to = (now.div_euclid(5 * MINUTE) + 1) * 5 * MINUTE;
                (to - HOUR, to)
            }
            Span::Days(n) => {
                let to = day_start(now, offset) + DAY;
                (to - n * DAY, to)
            }
        }
    }
}

/// The screen.
#[component]
pub fn Home() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let chosen = use_state(|| Span::Days(1));
    let clock = shared.clock();
    let (from, to) = chosen.bounds(clock.now, clock.offset);
    let heart_rate = use_category(Category::HeartRate, from, to);
    let blood_pressure = use_category(Category::BloodPressure, from, to);
    let all = [&blood_pressure, &heart_rate];
    let failure = all.iter().find_map(|a| a.failure.clone());
    let waiting = failure.is_none() && all.iter().any(|a| a.answer.is_none());
    let empty = all.iter().all(|a| a.answer.as_ref().is_some_and(|r| r.total == 0));
    let span = match *chosen {
        Span::Hour => t!(w, "span-hour"),
        Span::Days(1) => t!(w, "span-today"),
        Span::Days(n) => t!(w, "span-days", n = n),
    };
    html! {
        <>
            <h1>{ t!(w, "home-title", date = clock.date(clock.now)) }</h1>
            <div class="segments" role="radiogroup" aria-label={t!(w, "home-span")}>
                { for [Span::Hour, Span::Days(1), Span::Days(7), Span::Days(30)].into_iter().map(|span| {
                    let onchange = { let chosen = chosen.clone(); Callback::from(move |_: Event| chosen.set(span)) };
                    let (value, label) = match span {
                        Span::Hour => ("hour".to_owned(), t!(w, "home-hour")),
                        Span::Days(1) => ("1".to_owned(), t!(w, "home-day")),
                        Span::Days(n) => (n.to_string(), t!(w, "home-days", n = n)),
                    };
                    html! { <label><input type="radio" name="span" {value} checked={*chosen == span} {onchange} /><span>{ label }</span></label> }
                }) }
            </div>
            if let Some(failure) = failure { <Notice {failure} /> }
            if waiting { <Waiting /> }
            if empty {
                <Empty title={t!(w, "home-empty", span = span.clone())} hint={t!(w, "home-empty-hint")}>
                    <p><Link<Route> to={Route::Devices} classes="button main">{ t!(w, "home-add-device") }</Link<Route>></p>
                </Empty>
            } else {
                { for all.into_iter().filter_map(|a| a.answer.clone()).map(|record| html! { <Series whose={Whose::Own} {record} span={span.clone()} /> }) }
            }
        </>
    }
}

#[hook]
fn use_category(category: Category, from: UnixMillis, to: UnixMillis) -> Asked<RecordView> {
    let beat = use_shared().beats.readings;
    use_ask(Some(GetRecord { category, from, to, width: CHART_WIDTH }), beat)
}
