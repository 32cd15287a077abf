//! A chart as an SVG scene: thin line, gaps left empty and said, points reachable one by one. Time reads left to right in every language.

use std::rc::Rc;

use salus_wire::view::{ColumnView, RecordView};
use salus_wire::{Category, Quantity, UnixMillis};
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use super::picture::{Picture, Point, gaps, points};
use crate::format::{DAY, MINUTE, as_f64, day_start};
use crate::state::{Shared, use_shared};
use crate::t;

/// The page's text in CSS pixels at 100 %; `html` in base.css holds the same.
const TEXT_PX: f64 = 17.0;

/// Properties of [`Chart`].
#[derive(Properties, PartialEq)]
pub struct ChartProps {
    /// The record.
    pub record: Rc<RecordView>,
}

/// A chart of one category.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let shared = use_shared();
    let node = use_node_ref();
    let width = use_state(|| 680.0_f64);
    let cursor = use_state(|| None::<usize>);
    {
        let (node, width) = (node.clone(), width.clone());
        use_effect_with((), move |()| watch_width(node, move |w| width.set(w)));
    }
    let chart = &props.record.chart;
    let rem = TEXT_PX * f64::from(shared.settings.text_size.clamp(100, 200)) / 100.0;
    let picture = Picture::new(chart, *width, rem);
    let points = Rc::new(points(&chart.lines));
    let chosen = cursor.and_then(|i| points.get(i.min(points.len().saturating_sub(1))));
    let onkeydown = {
        let (cursor, count) = (cursor.clone(), points.len());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = step(&event.key(), *cursor, count) {
                event.prevent_default();
                cursor.set(next);
            }
        })
    };
    let onpointermove = {
        let (cursor, points, picture) = (cursor.clone(), points.clone(), picture.clone());
        Callback::from(move |event: PointerEvent| {
            let x = f64::from(event.offset_x());
            let near = |p: &Point| (picture.x(p.at) - x).abs();
            let nearest = points.iter().enumerate().min_by(|a, b| near(a.1).total_cmp(&near(b.1)));
            cursor.set(nearest.map(|(i, _)| i));
        })
    };
    let w = &shared.words;
    let label = t!(w, "chart-label", what = w.category(props.record.category), n = points.len());
    html! {
        <figure class="chart" ref={node}>
            <svg class="scene" direction="ltr" role="group" tabindex="0" aria-label={label} {onkeydown} {onpointermove}
                width={picture.width.to_string()} height={picture.height.to_string()}
                viewBox={format!("0 0 {} {}", picture.width, picture.height)}>
                { axes(&shared, &props.record, &picture, rem) }
                { for chart.lines.iter().enumerate().map(|(i, line)| html! {
                    <g class={format!("line line-{i}")}>
                        { for line.runs.iter().map(|run| match (props.record.category, run.as_slice()) {
                            (Category::HeartRate, [_, _, ..]) => html! { <path d={picture.path(run)} /> },
                            _ => dots(&picture, run, rem * if i == 0 { 0.22 } else { 0.2 }),
                        }) }
                    </g>
                }) }
                if props.record.category == Category::BloodPressure { { stems(&picture, &points) } }
                if let Some(point) = chosen {
                    <line class="cursor" x1={picture.x(point.at).to_string()} x2={picture.x(point.at).to_string()}
                        y1={picture.top.to_string()} y2={(picture.height - picture.bottom).to_string()} />
                }
            </svg>
            <figcaption>
                <output class={if chosen.is_some() { "reading-at" } else { "reading-at hint" }} aria-live="polite">
                    { chosen.map_or_else(|| t!(w, "chart-hint"), |p| describe(&shared, p)) }
                </output>
                { legend(&shared, &props.record) }
                { gap_words(&shared, &props.record) }
            </figcaption>
        </figure>
    }
}

/// Where an arrow key leads; `None` for other keys.
fn step(key: &str, at: Option<usize>, count: usize) -> Option<Option<usize>> {
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

fn describe(shared: &Shared, point: &Point) -> String {
    let w = &shared.words;
    let values: Vec<String> = point
        .values
        .iter()
        .map(|(quantity, c)| {
            let value =
                if c.min < c.max { format!("{}\u{2013}{}", c.min, c.max) } else { c.last.to_string() };
            format!("{} \u{2066}{value} {}\u{2069}", w.quantity(*quantity), w.unit(*quantity))
        })
        .collect();
    format!("{}: {}", shared.clock().moment(point.at), values.join(&t!(w, "list-comma")))
}

fn axes(shared: &Shared, record: &RecordView, picture: &Picture, rem: f64) -> Html {
    let chart = &record.chart;
    let base = picture.height - picture.bottom;
    let clock = shared.clock();
    let long = chart.to - chart.from > 2 * DAY;
    // Where more than one day is shown, midnight says which day begins.
    let midnight = |at| chart.to - chart.from > DAY && day_start(at, clock.offset) == at;
    let label = |at: UnixMillis| if long || midnight(at) { clock.short_date(at) } else { clock.time(at) };
    html! {
        <g class="axes">
            { for chart.value_ticks.iter().map(|v| html! {
                <>
                    <line x1={picture.left.to_string()} x2={(picture.width - picture.right).to_string()}
                        y1={picture.y(*v).to_string()} y2={picture.y(*v).to_string()} />
                    <text x={(picture.left - rem * 0.4).to_string()} y={(picture.y(*v) + rem * 0.28).to_string()} text-anchor="end">{ *v }</text>
                </>
            }) }
            { for picture.spaced(&chart.time_ticks, rem * if long { 4.5 } else { 3.6 }).into_iter().map(|at| html! {
                <>
                    <line x1={picture.x(*at).to_string()} x2={picture.x(*at).to_string()} y1={base.to_string()} y2={(base + rem * 0.3).to_string()} />
                    <text x={picture.x(*at).to_string()} y={(base + rem * 1.3).to_string()} text-anchor="middle">{ label(*at) }</text>
                </>
            }) }
        </g>
    }
}

fn dots(picture: &Picture, run: &[ColumnView], r: f64) -> Html {
    html! { <>{ for run.iter().map(|c| html! {
        <circle cx={picture.x(c.at).to_string()} cy={picture.y(c.last).to_string()} r={r.to_string()} />
    }) }</> }
}

/// Systolic and diastolic of one measurement belong together.
fn stems(picture: &Picture, points: &[Point]) -> Html {
    let of =
        |p: &Point, q| p.values.iter().find(|(quantity, _)| *quantity == q).map(|(_, c)| picture.y(c.last));
    html! { <g class="stems">{ for points.iter().filter_map(|p| {
        let (high, low) = (of(p, Quantity::Systolic)?, of(p, Quantity::Diastolic)?);
        let x = picture.x(p.at).to_string();
        Some(html! { <line x1={x.clone()} x2={x} y1={(high + 5.0).to_string()} y2={(low - 5.0).max(high + 5.0).to_string()} /> })
    }) }</g> }
}

fn legend(shared: &Shared, record: &RecordView) -> Html {
    if record.chart.lines.len() < 2 {
        return Html::default();
    }
    html! {
        <ul class="legend">{ for record.chart.lines.iter().enumerate().map(|(i, line)| html! {
            <li>
                <svg class={format!("swatch line line-{i}")} viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4" /></svg>
                { shared.words.quantity(line.quantity) }
            </li>
        }) }</ul>
    }
}

/// Says how many gaps there are and which is the longest.
fn gap_words(shared: &Shared, record: &RecordView) -> Html {
    let Some(line) = record.chart.lines.first().filter(|_| record.category == Category::HeartRate) else {
        return Html::default();
    };
    let gaps: Vec<_> = gaps(line).into_iter().filter(|(from, to)| to - from >= MINUTE).collect();
    let Some((from, to)) = gaps.iter().copied().max_by_key(|(from, to)| to - from) else {
        return Html::default();
    };
    let clock = shared.clock();
    let w = &shared.words;
    html! { <p class="quiet">{ t!(w, "chart-gaps", n = gaps.len(), span = clock.between(from, to), length = clock.length(to - from)) }</p> }
}

/// Tells the width of an element now and whenever it changes, until dropped.
fn watch_width(node: NodeRef, on_width: impl Fn(f64) + 'static) -> impl FnOnce() + 'static {
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
