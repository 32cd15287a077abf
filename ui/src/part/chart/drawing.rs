//! The drawn parts of a chart: axes, lines and dots, stems, and the words below.

use salus_wire::measure::spoken::rounded;
use salus_wire::view::{ChartView, ColumnView, LineView, MiddleView, TrendView};
use salus_wire::{Category, Quantity, UnixMillis};
use yew::prelude::*;

use super::outline::Outline;
use super::picture::{Picture, Point, gaps};
use crate::format::{DAY, MINUTE, day_start};
use crate::state::Shared;
use crate::t;
use crate::words::Words;

pub(super) fn axes(shared: &Shared, chart: &ChartView, picture: &Picture, rem: f64) -> Html {
    let base = picture.height - picture.bottom;
    let clock = shared.clock();
    let span = chart.to - chart.from;
    // Where more than one day is shown, midnight says which day begins.
    let midnight = |at| span > DAY && day_start(at, clock.offset) == at;
    let label = |at: UnixMillis| match span {
        n if n > 2 * DAY || midnight(at) => clock.short_date(at),
        n if n <= 2 * MINUTE => clock.time_seconds(at),
        _ => clock.time(at),
    };
    let room = if span > 2 * DAY || span <= 2 * MINUTE { 4.5 } else { 3.6 };
    html! {
        <g class="axes">
            { for chart.value_ticks.iter().map(|v| html! {
                <>
                    <line x1={picture.left.to_string()} x2={(picture.width - picture.right).to_string()}
                        y1={picture.y(*v).to_string()} y2={picture.y(*v).to_string()} />
                    <text x={(picture.left - rem * 0.4).to_string()} y={(picture.y(*v) + rem * 0.28).to_string()} text-anchor="end">{ *v }</text>
                </>
            }) }
            { for picture.spaced(&chart.time_ticks, rem * room).into_iter().map(|at| html! {
                <>
                    <line x1={picture.x(*at).to_string()} x2={picture.x(*at).to_string()} y1={base.to_string()} y2={(base + rem * 0.3).to_string()} />
                    <text x={picture.x(*at).to_string()} y={(base + rem * 1.3).to_string()} text-anchor="middle">{ label(*at) }</text>
                </>
            }) }
        </g>
    }
}

/// The usual range of a line.
fn usual_of(usual: Option<&TrendView>, quantity: Quantity) -> Option<&MiddleView> {
    usual?.lines.iter().find(|line| line.quantity == quantity)?.usual.as_ref()
}

/// The person's own usual range of each line, behind everything. A day's steps are no part of a picture of single values.
pub(super) fn bands(chart: &ChartView, picture: &Picture, usual: Option<&TrendView>) -> Html {
    let drawn = chart.lines.iter().enumerate().filter(|(_, line)| line.quantity != Quantity::Steps);
    let band = |(i, line): (usize, &LineView)| {
        let middle = usual_of(usual, line.quantity)?;
        let (low, high) = (middle.low.parse::<f64>().ok()?, middle.high.parse::<f64>().ok()?);
        let (top, base) = (picture.y(high), picture.y(low));
        // One that lies outside what is drawn is no line at its edge.
        let seen = high >= chart.low && low <= chart.high;
        seen.then(|| html! {
            <rect class={format!("usual usual-{i}")} x={picture.left.to_string()} y={top.to_string()}
                width={(picture.width - picture.left - picture.right).max(0.0).to_string()} height={(base - top).max(1.0).to_string()} />
        })
    };
    html! { <g class="bands">{ for drawn.filter_map(band) }</g> }
}

/// What the bands are, in words; `days` as for [`usual_said`].
pub(super) fn usual_words(
    shared: &Shared,
    chart: &ChartView,
    usual: Option<&TrendView>,
    days: Option<String>,
) -> Html {
    match usual_said(&shared.words, chart, usual, days) {
        Some(said) => html! { <p class="quiet" data-band="usual">{ said }</p> },
        None => Html::default(),
    }
}

/// What the bands are: the range of who looks, or of somebody else and of which days.
fn usual_said(
    w: &Words,
    chart: &ChartView,
    usual: Option<&TrendView>,
    days: Option<String>,
) -> Option<String> {
    let said = |line: &LineView| {
        let middle = usual_of(usual, line.quantity).filter(|_| line.quantity != Quantity::Steps)?;
        let range = t!(
            w,
            "trend-range",
            low = rounded(&middle.low, line.quantity),
            high = w.amount(&rounded(&middle.high, line.quantity), line.quantity)
        );
        Some(if chart.lines.len() > 1 { format!("{} {range}", w.quantity(line.quantity)) } else { range })
    };
    let all: Vec<String> = chart.lines.iter().filter_map(said).collect();
    if all.is_empty() {
        return None;
    }
    let range = all.join(&t!(w, "list-comma"));
    Some(match days {
        None => t!(w, "chart-usual", range = range),
        Some(days) => t!(w, "chart-usual-patient", span = days, range = range),
    })
}

/// One quantity: what is alone is a dot, what belongs together a line, what is dense a shape; where there is room, each value is marked.
/// All runs are in one path of each kind: a picture of many gaps has no more parts than one without.
pub(super) fn line(picture: &Picture, line: &LineView, index: usize, rem: f64) -> Html {
    let r = rem * if index == 0 { 0.22 } else { 0.2 };
    let Outline { line: stroked, shape } = Outline::of(picture, &line.runs);
    let marked = line.runs.iter().filter(|run| run.len() == 1 || picture.sparse(run, rem));
    html! {
        <g class={format!("line line-{index}")}>
            if !shape.is_empty() { <path class="dense" d={shape} /> }
            if !stroked.is_empty() { <path d={stroked} /> }
            { for marked.map(|run| dots(picture, run, r)) }
        </g>
    }
}

fn dots(picture: &Picture, run: &[ColumnView], r: f64) -> Html {
    html! { <>{ for run.iter().map(|c| html! {
        <circle cx={picture.x(c.at).to_string()} cy={picture.y(c.last).to_string()} r={r.to_string()} />
    }) }</> }
}

/// Systolic and diastolic of one measurement belong together.
pub(super) fn stems(picture: &Picture, points: &[Point]) -> Html {
    let of =
        |p: &Point, q| p.values.iter().find(|(quantity, _)| *quantity == q).map(|(_, c)| picture.y(c.last));
    html! { <g class="stems">{ for points.iter().filter_map(|p| {
        let (high, low) = (of(p, Quantity::Systolic)?, of(p, Quantity::Diastolic)?);
        let x = picture.x(p.at).to_string();
        Some(html! { <line x1={x.clone()} x2={x} y1={(high + 5.0).to_string()} y2={(low - 5.0).max(high + 5.0).to_string()} /> })
    }) }</g> }
}

pub(super) fn legend(shared: &Shared, lines: &[LineView]) -> Html {
    if lines.len() < 2 {
        return Html::default();
    }
    html! {
        <ul class="legend">{ for lines.iter().enumerate().map(|(i, line)| html! {
            <li>
                <svg class={format!("swatch line line-{i}")} viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4" /></svg>
                { shared.words.quantity(line.quantity) }
            </li>
        }) }</ul>
    }
}

/// Says how many gaps there are and which is the longest, where a sensor is worn. Between values taken by hand there
/// is no gap: nobody measures all day.
pub(super) fn gap_words(shared: &Shared, category: Category, lines: &[LineView]) -> Html {
    let worn = |line: &&LineView| continuous(category) && line.runs.iter().any(|run| run.len() > 1);
    let Some(line) = lines.first().filter(worn) else { return Html::default() };
    let gaps: Vec<_> = gaps(line).into_iter().filter(|(from, to)| to - from >= MINUTE).collect();
    let Some((from, to)) = gaps.iter().copied().max_by_key(|(from, to)| to - from) else {
        return Html::default();
    };
    let clock = shared.clock();
    let w = &shared.words;
    html! { <p class="quiet">{ t!(w, "chart-gaps", n = gaps.len(), span = clock.between(from, to), length = clock.length(to - from)) }</p> }
}

/// Whether sensors of this category send by themselves all the time.
pub(crate) const fn continuous(category: Category) -> bool {
    match category {
        Category::HeartRate
        | Category::OxygenSaturation
        | Category::Glucose
        | Category::Respiration
        | Category::Surroundings => true,
        Category::BloodPressure
        | Category::BodyTemperature
        | Category::BodyWeight
        | Category::Activity
        | Category::Electrocardiogram => false,
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{TrendLineView, TrendSpan};

    use super::*;
    use crate::words::LANGUAGES;

    #[test]
    fn whose_range_a_band_is_of_and_of_which_days_is_said() {
        let quantity = Quantity::HeartRate;
        let chart = ChartView {
            from: 0,
            to: 1,
            low: 40.0,
            high: 120.0,
            value_ticks: vec![],
            time_ticks: vec![],
            lines: vec![LineView { quantity, runs: vec![] }],
        };
        let middle = MiddleView { low: "61".into(), median: "66".into(), high: "70".into() };
        let of = |usual: Option<MiddleView>| TrendView {
            category: Category::HeartRate,
            span: TrendSpan::Today,
            lines: vec![TrendLineView { quantity, value: None, count: 0, usual, days: 28 }],
            compared: None,
            week: vec![],
            begins: None,
            damaged: 0,
        };
        for language in LANGUAGES {
            let w = Words::of(language.tag);
            let said = |view: &TrendView, days: Option<&str>| {
                usual_said(&w, &chart, Some(view), days.map(str::to_owned))
            };
            let own = said(&of(Some(middle.clone())), None).unwrap();
            let theirs = said(&of(Some(middle.clone())), Some("1 to 28 November")).unwrap();
            assert!(own != theirs && theirs.contains("1 to 28 November"), "{}: {theirs}", language.tag);
            assert!([&own, &theirs].iter().all(|text| text.contains("61") && text.contains("70")));
            assert_eq!(
                said(&of(None), Some("1 to 28 November")),
                None,
                "too few days: no band, and no words of one"
            );
        }
    }
}
