//! A chart as an SVG scene: thin line, gaps left empty and said, points reachable one by one. Time reads left to right in every language.

mod drawing;
mod picture;
mod strip;

use std::rc::Rc;

use salus_wire::view::{ChartView, RecordView};
use salus_wire::{Category, Quantity};
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use super::said::main_quantity;
use crate::format::as_f64;
use crate::state::{Shared, use_shared};
use crate::t;
use drawing::{axes, gap_words, legend, line, stems};
use picture::{Picture, Point, points};

/// The page's text in CSS pixels at 100 %; `html` in base.css holds the same.
pub(super) const TEXT_PX: f64 = 17.0;

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
    let pointer = use_mut_ref(|| None::<(i32, i32)>);
    {
        let (node, width) = (node.clone(), width.clone());
        use_effect_with((), move |()| watch_width(node, move |w| width.set(w)));
    }
    let category = props.record.category;
    let chart = use_memo(props.record.clone(), |record| scene(record));
    let rem = TEXT_PX * f64::from(shared.settings.text_size.clamp(100, 200)) / 100.0;
    let picture = Picture::new(&chart, *width, rem);
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
        let (cursor, points, picture, pointer) = (cursor.clone(), points.clone(), picture.clone(), pointer);
        Callback::from(move |event: PointerEvent| {
            // A pointer that lies still is told of again when what is under it moves: the arrow keys' choice stays.
            let here = Some((event.screen_x(), event.screen_y()));
            let before = pointer.replace(here);
            if before.is_none() || before == here {
                return;
            }
            let x = f64::from(event.offset_x());
            let near = |p: &Point| (picture.x(p.at) - x).abs();
            let nearest = points.iter().enumerate().min_by(|a, b| near(a.1).total_cmp(&near(b.1)));
            cursor.set(nearest.map(|(i, _)| i));
        })
    };
    let w = &shared.words;
    let label = t!(w, "chart-label", what = w.category(category), n = points.len());
    html! {
        <figure class="chart" ref={node}>
            <svg class="scene" direction="ltr" role="group" tabindex="0" aria-label={label} {onkeydown} {onpointermove}
                width={picture.width.to_string()} height={picture.height.to_string()}
                viewBox={format!("0 0 {} {}", picture.width, picture.height)}>
                { axes(&shared, &chart, &picture, rem) }
                { for chart.lines.iter().enumerate().map(|(i, l)| line(&picture, l, i, rem)) }
                if category == Category::BloodPressure { { stems(&picture, &points) } }
                if let Some(point) = chosen {
                    <line class="cursor" x1={picture.x(point.at).to_string()} x2={picture.x(point.at).to_string()}
                        y1={picture.top.to_string()} y2={(picture.height - picture.bottom).to_string()} />
                }
            </svg>
            <figcaption>
                <output class={if chosen.is_some() { "reading-at" } else { "reading-at hint" }} aria-live="polite">
                    { chosen.map_or_else(|| t!(w, "chart-hint"), |p| describe(&shared, category, p)) }
                </output>
                { legend(&shared, &chart.lines) }
                { gap_words(&shared, category, &chart.lines) }
                if category == Category::Electrocardiogram { <p class="quiet">{ t!(w, "chart-strip", n = strip::SECONDS, unit = w.unit(Quantity::EcgVoltage)) }</p> }
            </figcaption>
        </figure>
    }
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
fn scene(record: &RecordView) -> ChartView {
    let mut chart = match record.category {
        Category::Electrocardiogram => strip::strip(record).unwrap_or_else(|| record.chart.clone()),
        _ => record.chart.clone(),
    };
    let main = main_quantity(record);
    chart.lines.retain(|l| !l.runs.is_empty() && l.quantity.ucum() == main.ucum());
    chart.lines.sort_by_key(|l| l.quantity != main);
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
