//! Paths as a web view reads them: what lies in a shape, where a line leads, and how long the text is.

use salus_wire::view::{ChartView, LineView};
use salus_wire::{Quantity, UnixMillis};

use super::shape::{HALF, apart};
use super::*;
use crate::part::chart::picture::{gaps, points};

fn column(at: UnixMillis, min: f64, max: f64) -> ColumnView {
    ColumnView { at, min, max, last: max }
}

fn chart(to: UnixMillis, runs: Vec<Vec<ColumnView>>) -> ChartView {
    ChartView {
        from: 0,
        to,
        low: 50.0,
        high: 150.0,
        value_ticks: vec![],
        time_ticks: vec![],
        lines: vec![LineView { quantity: Quantity::HeartRate, runs }],
    }
}

/// A year's columns: nights low and days up and down, the same each time.
fn year() -> Vec<ColumnView> {
    let mut seed = 7_u32;
    let mut chance = |of: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from((seed >> 16) % of)
    };
    (0..720)
        .map(|at| {
            let min = 55.0 + chance(30);
            column(at, min, min + chance(if at % 5 == 0 { 2 } else { 60 }))
        })
        .collect()
}

/// The corners of every shape in a path, in tenths of a pixel.
fn corners(path: &str) -> Vec<Vec<(i32, i32)>> {
    let shapes = path.split('Z').filter(|shape| !shape.is_empty());
    let of = |shape: &str| {
        let tenths = |text: &str| tenths(text.trim().parse::<f64>().expect("a number"));
        let begins = shape.strip_prefix('M').expect("a beginning");
        let steps = begins.find(['h', 'v']).expect("steps");
        let (x, y) = begins[..steps].split_once(' ').expect("a place");
        let mut all = vec![(tenths(x), tenths(y))];
        let mut rest = &begins[steps..];
        while !rest.is_empty() {
            let end = rest[1..].find(['h', 'v']).map_or(rest.len(), |i| i + 1);
            let (by, (x, y)) = (tenths(&rest[1..end]), all[all.len() - 1]);
            all.push(if rest.starts_with('h') { (x + by, y) } else { (x, y + by) });
            rest = &rest[end..];
        }
        all
    };
    shapes.map(of).collect()
}

/// True for a place in a shape or on its edge: edges are upright or level, so those to the left of it are counted.
fn holds(corners: &[(i32, i32)], (x, y): (i32, i32)) -> bool {
    let next = corners.iter().cycle().skip(1);
    // Between two tenths, so that no corner lies there; at an edge one of both sides is in it.
    let count = |x: f64, y: f64| {
        let crossed = corners.iter().zip(next.clone()).filter(|(a, b)| {
            let (low, high) = (f64::from(a.1.min(b.1)), f64::from(a.1.max(b.1)));
            a.0 == b.0 && f64::from(a.0) < x && low < y && y < high
        });
        crossed.count()
    };
    let near = [-0.5, 0.5];
    near.iter().any(|dx| near.iter().any(|dy| count(f64::from(x) + dx, f64::from(y) + dy) % 2 == 1))
}

#[test]
fn extremes_reach_the_picture_and_gaps_stay_empty() {
    let runs = vec![vec![column(0, 60.0, 60.0), column(10, 55.0, 140.0)], vec![column(500, 70.0, 70.0)]];
    let view = chart(1_000, runs);
    let picture = Picture::new(&view, 600.0, 16.0);
    let drawn = Outline::of(&picture, &view.lines[0].runs);
    assert!(drawn.line.contains(&format!("V{:.1}", picture.y(140.0))), "{drawn:?}");
    assert_eq!((drawn.line.matches('M').count(), drawn.shape.as_str()), (1, ""), "a value alone is a dot");
    assert_eq!(gaps(&view.lines[0]), vec![(10, 500)]);
    assert_eq!(points(&view.lines).len(), 3);
}

#[test]
fn no_extreme_is_lost_in_a_shape() {
    // As wide as usual, twice as wide, and with several columns on a pixel, as after a step to what is wider.
    for width in [680.0, 1_300.0, 250.0] {
        let view = chart(720, vec![year()]);
        let picture = Picture::new(&view, width, 16.0);
        let drawn = Outline::of(&picture, &view.lines[0].runs);
        let shapes = corners(&drawn.shape);
        assert_eq!((drawn.line.as_str(), shapes.len()), ("", 1), "{width}");
        for column in &view.lines[0].runs[0] {
            let bar = Bar::of(&picture, column);
            for y in [bar.top, i32::midpoint(bar.top, bar.base), bar.base] {
                assert!(holds(&shapes[0], (bar.x, y)), "{width}: {bar:?}");
            }
        }
        let highest = shapes[0].iter().map(|corner| corner.1).min();
        let most = year().iter().map(|c| c.max).fold(0.0, f64::max);
        assert_eq!(highest, Some(tenths(picture.y(most)) - HALF), "and nothing is higher than the highest");
    }
}

#[test]
fn a_dense_picture_is_one_closed_shape_of_little_text() {
    let view = chart(720, vec![year()]);
    let shape = Outline::of(&Picture::new(&view, 680.0, 16.0), &view.lines[0].runs).shape;
    assert_eq!((shape.matches('M').count(), shape.matches('Z').count()), (1, 1));
    assert!(shape.len() < 720 * SHAPE_TEXT, "{}", shape.len());
    assert!(!shape.contains(['L', 'H', 'V']), "steps are said by how far they go");
}

#[test]
fn between_dense_runs_it_stays_empty() {
    let mut all = year();
    let later = all.split_off(500);
    all.truncate(300);
    let view = chart(720, vec![all, later]);
    let picture = Picture::new(&view, 680.0, 16.0);
    let drawn = Outline::of(&picture, &view.lines[0].runs);
    let shapes = corners(&drawn.shape);
    assert_eq!((drawn.line.as_str(), shapes.len()), ("", 2));
    let (end, next) = (tenths(picture.x(299)) + HALF, tenths(picture.x(500)) - HALF);
    assert_eq!(shapes[0].iter().map(|corner| corner.0).max(), Some(end));
    assert_eq!(shapes[1].iter().map(|corner| corner.0).min(), Some(next));
}

#[test]
fn a_line_leads_to_a_shape_and_on_from_it() {
    let mut run: Vec<_> = year().into_iter().take(200).collect();
    // 100 columns further on values come one by one.
    run.extend((0..5).map(|i| column(300 + i * 50, 70.0, 70.0)));
    let view = chart(720, vec![run]);
    let picture = Picture::new(&view, 680.0, 16.0);
    let drawn = Outline::of(&picture, &view.lines[0].runs);
    assert_eq!(corners(&drawn.shape).len(), 1);
    let end = Bar::of(&picture, &view.lines[0].runs[0][199]);
    let mut begins = String::new();
    Line::default().to(&mut begins, end.x, end.last);
    assert!(drawn.line.starts_with(&begins), "{} {begins}", drawn.line);
    assert_eq!(drawn.line.split(' ').count(), 12, "six places: {}", drawn.line);
}

#[test]
fn values_that_lie_apart_or_do_not_spread_are_a_line() {
    let apart = (0..100).map(|i| column(i * 7, 60.0, 90.0)).collect();
    let flat = (0..720).map(|i| column(i, 60.0, if i % 3 == 0 { 80.0 } else { 60.0 })).collect();
    // The last one lies apart by a hair: no part of it is drawn in another way for being a tenth of a pixel closer.
    for (run, width) in [(apart, 680.0), (flat, 680.0), (year(), 1_520.0)] {
        let view = chart(720, vec![run]);
        let drawn = Outline::of(&Picture::new(&view, width, 16.0), &view.lines[0].runs);
        assert_eq!((drawn.shape.as_str(), drawn.line.matches('M').count()), ("", 1));
    }
}

#[test]
fn bars_that_do_not_reach_one_another_are_joined() {
    let bar = |x, top, base| Bar { x, top, base, last: base };
    let joined = apart(&[bar(0, 50, 60), bar(10, 90, 95), bar(20, 20, 30), bar(24, 10, 22)]);
    assert_eq!(
        joined,
        [bar(0, 50, 60), Bar { top: 60, ..bar(10, 0, 95) }, Bar { top: 10, base: 60, ..bar(20, 0, 30) }]
    );
}
