//! A chart as an SVG scene: thin line, gaps and empty edges left empty and said, points reachable one by one. Time reads left to right in every language.
//! The person's own usual range is a quiet band, a published threshold a thin rule with its name.

pub(super) mod drawing;
mod edges;
mod moves;
mod picture;
mod rules;
mod strip;

use std::rc::Rc;

use salus_wire::view::{ChartView, RecordView, TrendView};
use salus_wire::{Category, Quantity, UnixMillis};
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use super::said::main_quantity;
use crate::format::as_f64;
use crate::state::{Shared, use_shared};
use crate::t;
use drawing::{axes, bands, gap_words, legend, line, stems, usual_words};
pub use moves::Move;
use moves::{Drag, Wheel, beyond, of_key};
use picture::{Picture, Point, points};

/// The page's text in CSS pixels at 100 %; `html` in base.css holds the same.
pub(super) const TEXT_PX: f64 = 17.0;

/// Properties of [`Chart`].
#[derive(Properties, PartialEq)]
pub struct ChartProps {
    /// The record.
    pub record: Rc<RecordView>,
    /// The time to draw, from and to, where it is another one than the record's: what is known of it is drawn until the rest comes.
    #[prop_or_default]
    pub view: Option<(UnixMillis, UnixMillis)>,
    /// What is usual for the person.
    #[prop_or_default]
    pub usual: Option<Rc<TrendView>>,
    /// Of which days that is, in words, where the person is not who looks.
    #[prop_or_default]
    pub usual_days: Option<String>,
    /// Asked to show another time.
    #[prop_or_default]
    pub on_move: Option<Callback<Move>>,
}

/// A chart of one category.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let shared = use_shared();
    let (node, scene_node) = (use_node_ref(), use_node_ref());
    let width = use_state(|| 680.0_f64);
    // By its time: what is shown may move under it.
    let cursor = use_state(|| None::<UnixMillis>);
    let pointer = use_mut_ref(|| None::<(i32, i32)>);
    let drag = use_mut_ref(|| None::<Drag>);
    {
        let (node, width) = (node.clone(), width.clone());
        use_effect_with((), move |()| watch_width(node, move |w| width.set(w)));
    }
    {
        let scene_node = scene_node.clone();
        use_effect_with(props.on_move.clone(), move |on_move| {
            let wheel = scene_node.cast::<Element>().zip(on_move.clone());
            let wheel = wheel.and_then(|(scene, on_move)| Wheel::over(scene, on_move));
            move || drop(wheel)
        });
    }
    let category = props.record.category;
    let chart = use_memo((props.record.clone(), props.view), |(record, view)| scene(record, *view));
    let rem = TEXT_PX * f64::from(shared.settings.text_size.clamp(100, 200)) / 100.0;
    let picture = Picture::new(&chart, *width, rem);
    let points = Rc::new(points(&chart.lines));
    let place = cursor.filter(|at| (chart.from..=chart.to).contains(at)).and_then(|at| nearest(&points, at));
    let chosen = place.and_then(|i| points.get(i));
    let onkeydown = {
        let (cursor, points, on_move) = (cursor.clone(), points.clone(), props.on_move.clone());
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            let held = event.ctrl_key() || event.meta_key();
            if let Some(on_move) = &on_move {
                let asked = of_key(&key, event.shift_key(), held).or_else(|| {
                    beyond(&key, place, points.len())
                        .filter(|_| !held && !event.shift_key() && !event.alt_key())
                });
                if let Some(asked) = asked {
                    event.prevent_default();
                    return on_move.emit(asked);
                }
            }
            if let Some(next) = step(&key, place, points.len()) {
                event.prevent_default();
                cursor.set(next.and_then(|i| points.get(i)).map(|p| p.at));
            }
        })
    };
    let onpointermove = {
        let (cursor, points, picture, pointer) = (cursor.clone(), points.clone(), picture.clone(), pointer);
        let (drag, on_move, scene) = (drag.clone(), props.on_move.clone(), scene_node.clone());
        Callback::from(move |event: PointerEvent| {
            let pulls = drag.borrow().filter(|drag| drag.pointer == event.pointer_id());
            if let (Some(before), Some(on_move)) = (pulls, &on_move) {
                let now = before.at(event.client_x());
                *drag.borrow_mut() = Some(now);
                if let (true, false, Some(scene)) = (now.moves, before.moves, scene.cast::<Element>()) {
                    // So that it goes on outside the chart; without it, it ends there.
                    let _ = scene.set_pointer_capture(now.pointer);
                }
                let across = picture.width - picture.left - picture.right;
                if let Some(asked) = now.asks(event.client_x(), across) {
                    cursor.set(None);
                    return on_move.emit(asked);
                }
            }
            // A pointer that lies still is told of again when what is under it moves: the arrow keys' choice stays.
            let here = Some((event.screen_x(), event.screen_y()));
            let before = pointer.replace(here);
            if before.is_none() || before == here {
                return;
            }
            let x = f64::from(event.offset_x());
            let near = |p: &&Point| (picture.x(p.at) - x).abs();
            let nearest = points.iter().min_by(|a, b| near(a).total_cmp(&near(b)));
            cursor.set(nearest.map(|p| p.at));
        })
    };
    let onpointerdown = {
        let (drag, shown) = (drag.clone(), (chart.from, chart.to));
        let may = props.on_move.is_some();
        Callback::from(move |event: PointerEvent| {
            let pressed = may && event.is_primary() && event.button() == 0;
            let (pointer, x) = (event.pointer_id(), event.client_x());
            *drag.borrow_mut() = pressed.then_some(Drag { pointer, x, shown, moves: false });
        })
    };
    let let_go = Callback::from(move |_: PointerEvent| *drag.borrow_mut() = None);
    let moves = props.on_move.is_some().then_some("moves");
    let w = &shared.words;
    // While another time is on its way nobody knows yet what is empty in it.
    let settled = props.view.is_none_or(|view| view == (props.record.chart.from, props.record.chart.to));
    let empty = if settled { edges::said(&shared, &props.record, &chart, &points) } else { Vec::new() };
    let label = t!(w, "chart-label", what = w.category(category), n = points.len());
    let label = std::iter::once(label).chain(empty.iter().cloned()).collect::<Vec<_>>().join(" ");
    let hint = || if props.on_move.is_some() { t!(w, "chart-hint-moves") } else { t!(w, "chart-hint") };
    let usual = props.usual.as_deref();
    let thresholds = rules::rules(w, &chart, &picture, &points, rem);
    html! {
        <figure class="chart" ref={node}>
            <svg class={classes!("scene", moves)} ref={scene_node} direction="ltr" role="group" tabindex="0" aria-label={label} {onkeydown}
                {onpointerdown} {onpointermove} onpointerup={let_go.clone()} onpointercancel={let_go.clone()} onpointerleave={let_go}
                width={picture.width.to_string()} height={picture.height.to_string()}
                viewBox={format!("0 0 {} {}", picture.width, picture.height)}>
                { bands(&chart, &picture, usual) }
                { axes(&shared, &chart, &picture, rem) }
                { rules::lines(&thresholds, &picture) }
                { for chart.lines.iter().enumerate().map(|(i, l)| line(&picture, l, i, rem)) }
                if category == Category::BloodPressure { { stems(&picture, &points) } }
                { rules::names(w, &thresholds, &picture, rem) }
                if let Some(point) = chosen {
                    <line class="cursor" x1={picture.x(point.at).to_string()} x2={picture.x(point.at).to_string()}
                        y1={picture.top.to_string()} y2={(picture.height - picture.bottom).to_string()} />
                }
            </svg>
            <figcaption>
                <output class={if chosen.is_some() { "reading-at" } else { "reading-at hint" }} aria-live="polite">
                    { chosen.map_or_else(hint, |p| describe(&shared, category, p)) }
                </output>
                { legend(&shared, &chart.lines) }
                { rules::below(&thresholds) }
                { usual_words(&shared, &chart, usual, props.usual_days.clone()) }
                { gap_words(&shared, category, &chart.lines) }
                if !empty.is_empty() { <p class="quiet" data-empty="edges">{ empty.join(" ") }</p> }
                if category == Category::Electrocardiogram { <p class="quiet">{ t!(w, "chart-strip", n = strip::SECONDS, unit = w.unit(Quantity::EcgVoltage)) }</p> }
            </figcaption>
        </figure>
    }
}

/// The point that is nearest to an instant.
fn nearest(points: &[Point], at: UnixMillis) -> Option<usize> {
    points.iter().enumerate().min_by_key(|(_, p)| p.at.abs_diff(at)).map(|(i, _)| i)
}

/// Where an arrow key leads; `None` for other keys.
pub(super) fn step(key: &str, at: Option<usize>, count: usize) -> Option<Option<usize>> {
    let last = count.checked_sub(1)?;
    Some(match key {
        "ArrowRight" => Some(at.map_or(0, |i| (i + 1).min(last))),
        "ArrowLeft" => Some(at.map_or(last, |i| i.saturating_sub(1))),
        "Home" => Some(0),
        "End" => Some(last),
        "Escape" => None,
        _ => return None,
    })
}

fn describe(shared: &Shared, category: Category, point: &Point) -> String {
    let (w, clock) = (&shared.words, shared.clock());
    let values: Vec<String> = point
        .values
        .iter()
        .map(|(quantity, c)| {
            let value =
                if c.min < c.max { format!("{}\u{2013}{}", c.min, c.max) } else { c.last.to_string() };
            format!("{} {}", w.quantity(*quantity), w.amount(&value, *quantity))
        })
        .collect();
    let when = match category {
        Category::Electrocardiogram => clock.time_seconds(point.at),
        _ => clock.moment(point.at),
    };
    format!("{when}: {}", values.join(&t!(w, "list-comma")))
}

/// The scene of a record: of an electrocardiogram its newest seconds. Lines that hold nothing, or are in another unit than
/// the main one, are left out: one axis holds one unit.
fn scene(record: &RecordView, view: Option<(UnixMillis, UnixMillis)>) -> ChartView {
    let mut chart = match record.category {
        Category::Electrocardiogram => strip::strip(record).unwrap_or_else(|| record.chart.clone()),
        _ => within(record.chart.clone(), view),
    };
    let main = main_quantity(record);
    chart.lines.retain(|l| !l.runs.is_empty() && l.quantity.ucum() == main.ucum());
    chart.lines.sort_by_key(|l| l.quantity != main);
    chart
}

/// What of a chart lies in another time than its own.
fn within(mut chart: ChartView, view: Option<(UnixMillis, UnixMillis)>) -> ChartView {
    let Some((from, to)) = view.filter(|view| *view != (chart.from, chart.to)) else { return chart };
    (chart.from, chart.to) = (from, to);
    chart.time_ticks.retain(|at| (from..=to).contains(at));
    for line in &mut chart.lines {
        for run in &mut line.runs {
            run.retain(|column| (from..to).contains(&column.at));
        }
        line.runs.retain(|run| !run.is_empty());
    }
    chart
}

/// Tells the width of an element now and whenever it changes, until dropped.
pub(super) fn watch_width(node: NodeRef, on_width: impl Fn(f64) + 'static) -> impl FnOnce() + 'static {
    let element = node.cast::<Element>();
    let watched = element.clone();
    let changed = Closure::<dyn Fn()>::new(move || {
        if let Some(element) = &watched {
            on_width(as_f64(i64::from(element.client_width())).max(200.0));
        }
    });
    let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok();
    if let (Some(observer), Some(element)) = (&observer, &element) {
        observer.observe(element);
    }
    move || {
        if let Some(observer) = observer {
            observer.disconnect();
        }
        drop(changed);
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{ColumnView, LineView};

    use super::*;

    #[test]
    fn another_time_shows_what_is_known_of_it_and_no_more() {
        let column = |at| ColumnView { at, min: 1.0, max: 2.0, last: 1.5 };
        let runs = vec![vec![column(0), column(100)], vec![column(500)], vec![column(900)]];
        let chart = ChartView {
            from: 0,
            to: 1000,
            low: 0.0,
            high: 3.0,
            value_ticks: vec![],
            time_ticks: vec![0, 500, 1000],
            lines: vec![LineView { quantity: Quantity::HeartRate, runs }],
        };
        assert_eq!(within(chart.clone(), None), chart);
        let moved = within(chart, Some((100, 600)));
        assert_eq!((moved.from, moved.to, moved.time_ticks), (100, 600, vec![500]));
        assert_eq!(moved.lines[0].runs, [vec![column(100)], vec![column(500)]]);
    }

    #[test]
    fn the_cursor_stays_at_its_time_when_the_points_are_others() {
        let point = |at| Point { at, values: vec![] };
        let points: Vec<_> = [0, 60, 120, 300].map(point).to_vec();
        assert_eq!(
            (nearest(&points, 130), nearest(&points, 10_000), nearest(&[], 1)),
            (Some(2), Some(3), None)
        );
    }
}
