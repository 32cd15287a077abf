//! Published thresholds: thin rules with their names, each where nothing was measured; where values fill the picture only the figure stands
//! on the rule, and its name below the picture. A name over values hides both.

use salus_wire::Quantity;
use salus_wire::measure::Threshold;
use salus_wire::view::{ChartView, ColumnView};
use yew::prelude::*;

use super::picture::{Picture, Point, begins_empty};
use crate::t;
use crate::words::Words;

/// A part of a picture, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// One threshold that lies in what is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rule {
    /// Where it lies.
    y: f64,
    /// Its figure alone.
    value: String,
    /// Its figure and its name.
    name: String,
    /// Where the name has room: its left end and its base line.
    place: Option<(f64, f64)>,
}

/// The thresholds of a chart, each with where its name has room.
pub(super) fn rules(
    w: &Words,
    chart: &ChartView,
    picture: &Picture,
    points: &[Point],
    rem: f64,
) -> Vec<Rule> {
    let mut known: Vec<(Threshold, f64)> = Vec::new();
    for rule in chart.lines.iter().flat_map(|line| line.quantity.thresholds()) {
        if (chart.low..=chart.high).contains(&rule.1) && !known.contains(rule) {
            known.push(*rule);
        }
    }
    if known.is_empty() {
        return Vec::new();
    }
    let mut taken = drawn(chart, picture, points, rem);
    let mut rules = Vec::new();
    for (threshold, at) in known {
        let (y, value) = (picture.y(at), at.to_string());
        let name = match threshold {
            Threshold::HomePressure => t!(w, "rule-home-pressure", value = value.clone()),
            Threshold::GlucoseLow => t!(w, "rule-glucose-low", value = value.clone()),
            Threshold::GlucoseHigh => t!(w, "rule-glucose-high", value = value.clone()),
        };
        let free = room(picture, y, width(&name, rem), begins_empty(chart), rem)
            .into_iter()
            .find(|(area, _)| !taken.iter().any(|other| other.meets(area)));
        taken.extend(free.map(|(area, _)| area));
        rules.push(Rule { y, value, name, place: free.map(|(area, base)| (area.left, base)) });
    }
    rules
}

/// How long a name is at most, at the smallest size of the page's text.
fn width(name: &str, rem: f64) -> f64 {
    name.chars().map(|_| rem * 0.5).sum()
}

/// Where a name could stand: above its rule before below it, and first where pictures are often empty. Nowhere where it is too long.
fn room(picture: &Picture, y: f64, width: f64, begins_empty: bool, rem: f64) -> Vec<(Area, f64)> {
    let (left, right) = (picture.left, picture.width - picture.right);
    let base = picture.height - picture.bottom;
    let (start, middle, end) = (left, f64::midpoint(left, right) - width / 2.0, right - width);
    let starts = if begins_empty { [start, end, middle] } else { [end, start, middle] };
    let above = (y - rem * 0.95, y - rem * 0.05, y - rem * 0.25);
    let below = (y + rem * 0.05, y + rem * 1.05, y + rem * 0.8);
    let wide = width <= right - left;
    let fits = |(area, _): &(Area, f64)| wide && area.top >= 0.0 && area.bottom <= base;
    [above, below]
        .into_iter()
        .flat_map(|(top, bottom, line)| {
            starts.map(|left| (Area { left, right: left + width, top, bottom }, line))
        })
        .filter(fits)
        .collect()
}

/// What is drawn: every column, the lines between those of a run, and what joins the two of a pressure.
fn drawn(chart: &ChartView, picture: &Picture, points: &[Point], rem: f64) -> Vec<Area> {
    let r = rem * 0.25;
    let around = |left: f64, right: f64, one: f64, other: f64| Area {
        left: left - r,
        right: right + r,
        top: one.min(other) - r,
        bottom: one.max(other) + r,
    };
    let column =
        |c: &ColumnView| around(picture.x(c.at), picture.x(c.at), picture.y(c.min), picture.y(c.max));
    let between = |(a, b): (&ColumnView, &ColumnView)| {
        around(picture.x(a.at), picture.x(b.at), picture.y(a.last), picture.y(b.min))
    };
    let stem = |point: &Point| {
        let of = |wanted| point.values.iter().find(|(q, _)| *q == wanted).map(|(_, c)| picture.y(c.last));
        let (high, low) = (of(Quantity::Systolic)?, of(Quantity::Diastolic)?);
        Some(around(picture.x(point.at), picture.x(point.at), high, low))
    };
    let mut all: Vec<Area> = points.iter().filter_map(stem).collect();
    for run in chart.lines.iter().flat_map(|line| &line.runs) {
        all.extend(run.iter().map(column));
        all.extend(run.iter().zip(run.iter().skip(1)).map(between));
    }
    all
}

/// The rules themselves, behind the values.
pub(super) fn lines(rules: &[Rule], picture: &Picture) -> Html {
    let (left, right) = (picture.left.to_string(), (picture.width - picture.right).to_string());
    html! {
        <g class="rules">{ for rules.iter().map(|rule| html! {
            <line x1={left.clone()} x2={right.clone()} y1={rule.y.to_string()} y2={rule.y.to_string()} />
        }) }</g>
    }
}

/// Their names, or where there is no room their figures, before the values. Time goes left to right, the names as their language does.
pub(super) fn names(w: &Words, rules: &[Rule], picture: &Picture, rem: f64) -> Html {
    let rtl = w.language.rtl;
    let (direction, at_left) = if rtl { ("rtl", "end") } else { ("ltr", "start") };
    let right = picture.width - picture.right;
    html! {
        <g class="rules">{ for rules.iter().map(|rule| match rule.place {
            Some((x, y)) => html! {
                <text x={x.to_string()} y={y.to_string()} text-anchor={at_left} direction={direction}>{ &rule.name }</text>
            },
            None => html! {
                <text x={right.to_string()} y={(rule.y - rem * 0.25).to_string()} text-anchor="end">{ &rule.value }</text>
            },
        }) }</g>
    }
}

/// The names that have no room in the picture.
pub(super) fn below(rules: &[Rule]) -> Html {
    let without: Vec<&Rule> = rules.iter().filter(|rule| rule.place.is_none()).collect();
    if without.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="legend" data-rules="below">{ for without.into_iter().map(|rule| html! {
            <li>
                <svg class="swatch rules" viewBox="0 0 12 12" aria-hidden="true"><line x1="0" x2="12" y1="6" y2="6" /></svg>
                <bdi>{ &rule.name }</bdi>
            </li>
        }) }</ul>
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::UnixMillis;
    use salus_wire::view::LineView;

    use super::super::picture::points;
    use super::*;
    use crate::words::LANGUAGES;

    const REM: f64 = 17.0;

    /// Pressures at these times, each with these two values.
    fn pressures(times: &[UnixMillis], systolic: f64, diastolic: f64) -> ChartView {
        let line = |quantity, value: f64| LineView {
            quantity,
            runs: times
                .iter()
                .map(|at| vec![ColumnView { at: *at, min: value, max: value, last: value }])
                .collect(),
        };
        ChartView {
            from: 0,
            to: 1000,
            low: 60.0,
            high: 160.0,
            value_ticks: vec![],
            time_ticks: vec![],
            lines: vec![line(Quantity::Systolic, systolic), line(Quantity::Diastolic, diastolic)],
        }
    }

    fn of(w: &Words, chart: &ChartView, width: f64) -> (Vec<Rule>, Picture) {
        let picture = Picture::new(chart, width, REM);
        (rules(w, chart, &picture, &points(&chart.lines), REM), picture)
    }

    #[test]
    fn a_name_stands_where_nothing_was_measured() {
        for language in LANGUAGES {
            let w = Words::of(language.tag);
            let chart = pressures(&[900, 950, 1000], 136.0, 86.0);
            let (found, picture) = of(&w, &chart, 680.0);
            assert_eq!(found.len(), 2, "{}", language.tag);
            for rule in &found {
                let (x, _) = rule.place.expect("room");
                assert!(x + width(&rule.name, REM) < picture.x(900), "{}: {rule:?}", language.tag);
                assert!(rule.name.contains(&rule.value));
            }
            assert_ne!(found[0].place, found[1].place);
        }
    }

    #[test]
    fn where_values_fill_the_picture_the_name_stands_below_it() {
        let w = Words::of("en");
        let often: Vec<UnixMillis> = (0..50).map(|n| n * 20).collect();
        // The stems of each pressure cross the rule of 135 from side to side, and lie below that of 85 nowhere.
        let (found, _) = of(&w, &pressures(&often, 150.0, 90.0), 680.0);
        assert_eq!(found.iter().map(|rule| rule.place.is_some()).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_name_that_is_longer_than_the_picture_stands_below_it() {
        let w = Words::of("en");
        let (found, _) = of(&w, &pressures(&[0], 120.0, 70.0), 200.0);
        assert!(!found.is_empty() && found.iter().all(|rule| rule.place.is_none()));
    }

    #[test]
    fn a_line_between_two_values_is_drawn_too() {
        let w = Words::of("en");
        let column = |at, value: f64| ColumnView { at, min: value, max: value, last: value };
        let runs = vec![vec![column(0, 100.0), column(1000, 180.0)]];
        let chart = ChartView {
            lines: vec![LineView { quantity: Quantity::InterstitialGlucose, runs }],
            high: 200.0,
            ..pressures(&[], 0.0, 0.0)
        };
        let (found, _) = of(&w, &chart, 680.0);
        assert_eq!(found.iter().map(|rule| rule.value.as_str()).collect::<Vec<_>>(), ["70", "180"]);
        assert!(found[0].place.is_some(), "nothing lies so low: {found:?}");
    }
}
