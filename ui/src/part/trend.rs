//! How today, or the week, compares with the person's own earlier days; and how much of the last days holds readings. A sentence
//! first, never a judgement.

use salus_wire::measure::spoken::rounded;
use salus_wire::view::{Compared, CoveredDayView, TREND_LEAST_DAYS, TrendLineView, TrendSpan, TrendView};
use salus_wire::{Category, Quantity};
use yew::prelude::*;

use super::said::sent;
use crate::format::count;
use crate::state::Shared;
use crate::t;
use crate::words::Words;

/// The sentence, and the range that it is about; what is missing where there are too few days.
pub fn trend(shared: &Shared, view: &TrendView) -> Html {
    let w = &shared.words;
    let Some(main) = view.lines.first() else { return Html::default() };
    let range = range(w, view);
    let said = match (view.compared, view.span) {
        (Some(Compared::Usual), TrendSpan::Today) => t!(w, "trend-today-usual"),
        (Some(Compared::Lower), TrendSpan::Today) => t!(w, "trend-today-lower"),
        (Some(Compared::Higher), TrendSpan::Today) => t!(w, "trend-today-higher"),
        (Some(Compared::Apart), TrendSpan::Today) => t!(w, "trend-today-apart"),
        (Some(Compared::Usual), TrendSpan::Week) => t!(w, "trend-week-usual", value = value(w, view)),
        (Some(Compared::Lower), TrendSpan::Week) => t!(w, "trend-week-lower", value = value(w, view)),
        (Some(Compared::Higher), TrendSpan::Week) => t!(w, "trend-week-higher", value = value(w, view)),
        (Some(Compared::Apart), TrendSpan::Week) => t!(w, "trend-week-apart", value = value(w, view)),
        (None, _) if main.usual.is_none() => {
            let (days, least) = (main.days, TREND_LEAST_DAYS);
            return html! { <p class="quiet" data-trend="few">{ t!(w, "trend-few", n = days, least = least) }</p> };
        }
        (None, _) => t!(w, "trend-nothing"),
    };
    let compared = view.compared.map_or_else(|| "nothing".to_owned(), |c| format!("{c:?}"));
    html! { <p data-trend={compared}>{ said }{ " " }{ t!(w, "trend-middle", range = range) }</p> }
}

/// "128/79 mmHg" of what is compared.
fn value(w: &Words, view: &TrendView) -> String {
    let of = |q: Quantity| view.lines.iter().find(|l| l.quantity == q)?.value.clone();
    if view.category == Category::BloodPressure {
        let pair = of(Quantity::Systolic).zip(of(Quantity::Diastolic));
        return pair.map(|(s, d)| w.amount(&format!("{s}/{d}"), Quantity::Systolic)).unwrap_or_default();
    }
    let main = view.lines.first();
    main.and_then(|l| Some(w.amount(&rounded(l.value.as_deref()?, l.quantity), l.quantity)))
        .unwrap_or_default()
}

/// "124/76 to 131/82 mmHg": what is usual.
fn range(w: &Words, view: &TrendView) -> String {
    let usual = |line: &TrendLineView| line.usual.clone();
    let of = |q: Quantity| view.lines.iter().find(|l| l.quantity == q).and_then(usual);
    let (low, high, quantity) = match (of(Quantity::Systolic), of(Quantity::Diastolic)) {
        (Some(s), Some(d)) => {
            (format!("{}/{}", s.low, d.low), format!("{}/{}", s.high, d.high), Quantity::Systolic)
        }
        _ => match view.lines.first().and_then(|l| Some((usual(l)?, l.quantity))) {
            Some((middle, quantity)) => {
                (rounded(&middle.low, quantity), rounded(&middle.high, quantity), quantity)
            }
            None => return String::new(),
        },
    };
    t!(w, "trend-range", low = low, high = w.amount(&high, quantity))
}

/// The last seven days: of what a sensor sends how much of each day it covers, of what is measured by hand how often it was.
pub fn week(shared: &Shared, view: &TrendView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    if view.lines.is_empty() || view.week.iter().all(|day| day.count == 0) {
        return Html::default();
    }
    let worn = worn(view);
    let title = if worn { t!(w, "week-covered") } else { t!(w, "week-counted") };
    html! {
        <div class="week" role="group" aria-label={title.clone()}>
            <p class="quiet">{ title }</p>
            <ul>{ for view.week.iter().rev().map(|day| {
                let percent = percent(day);
                let said = match (worn, day.count) {
                    (_, 0) => t!(w, "week-none"),
                    (true, _) => t!(w, "week-percent", percent = percent),
                    (false, n) => t!(w, "week-readings", n = n, count = count(n)),
                };
                html! { <li class={classes!((day.count == 0).then_some("none"))}>
                    <span>{ clock.weekday(day.start) }</span>
                    if worn { <meter min="0" max="100" value={percent.to_string()} aria-hidden="true" /> }
                    <span class="strong">{ said }</span>
                </li> }
            }) }</ul>
        </div>
    }
}

/// Whether a sensor sends what the days are about: pricks of a finger are counted, also where others wear one.
fn worn(view: &TrendView) -> bool {
    let most = view.week.iter().map(|day| day.count).max().unwrap_or(0);
    view.lines.first().is_some_and(|main| sent(main.quantity, most))
}

/// How much of a day is covered, in percent, rounded down; at least 1 with a value.
fn percent(day: &CoveredDayView) -> u32 {
    if day.count == 0 {
        return 0;
    }
    let percent = u64::from(day.minutes) * 100 / u64::from(day.of.max(1));
    u32::try_from(percent.clamp(1, 100)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use salus_wire::view::MiddleView;

    use super::*;

    fn line(quantity: Quantity, value: &str, [low, high]: [&str; 2]) -> TrendLineView {
        let usual = Some(MiddleView { low: low.into(), median: low.into(), high: high.into() });
        TrendLineView { quantity, value: Some(value.into()), count: 3, usual, days: 28 }
    }

    fn view(category: Category, lines: Vec<TrendLineView>) -> TrendView {
        TrendView {
            category,
            span: TrendSpan::Week,
            lines,
            compared: Some(Compared::Usual),
            week: vec![],
            begins: None,
            damaged: 0,
        }
    }

    #[test]
    fn a_pressure_is_said_as_one_value_and_one_range() {
        let w = Words::of("en");
        let plain = |text: String| text.replace(['\u{2068}', '\u{2069}'], "").replace('\u{a0}', " ");
        let pressure = view(
            Category::BloodPressure,
            vec![
                line(Quantity::Systolic, "128", ["124", "131"]),
                line(Quantity::Diastolic, "79", ["76", "82"]),
            ],
        );
        assert_eq!(plain(value(&w, &pressure)), "128/79 mmHg");
        assert_eq!(plain(range(&w, &pressure)), "124/76 to 131/82 mmHg");
        let heart = view(Category::HeartRate, vec![line(Quantity::HeartRate, "72", ["64", "75"])]);
        assert_eq!(plain(range(&w, &heart)), "64 to 75 per minute");
        assert_eq!(range(&w, &view(Category::HeartRate, vec![])), "");
    }

    #[test]
    fn what_a_sensor_sends_is_a_share_of_the_day_and_what_is_measured_by_hand_is_counted() {
        let worn = |category, quantity, count| {
            let week = vec![CoveredDayView { start: 0, count, minutes: 1, of: 1440 }];
            worn(&TrendView { week, ..view(category, vec![line(quantity, "99", ["90", "110"])]) })
        };
        assert!(worn(Category::Glucose, Quantity::InterstitialGlucose, 96));
        assert!(!worn(Category::Glucose, Quantity::CapillaryGlucose, 4));
        assert!(worn(Category::OxygenSaturation, Quantity::OxygenSaturation, 900));
        assert!(!worn(Category::OxygenSaturation, Quantity::OxygenSaturation, 3));
        assert!(!worn(Category::BloodPressure, Quantity::Systolic, 4));
    }

    #[test]
    fn a_day_with_one_value_is_covered_by_a_percent_at_least() {
        let day = |count, minutes| CoveredDayView { start: 0, count, minutes, of: 1440 };
        assert_eq!([day(0, 0), day(1, 1), day(9, 720), day(9, 5000)].map(|d| percent(&d)), [0, 1, 50, 100]);
    }
}
