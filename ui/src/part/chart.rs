//! A chart as an SVG scene: thin line, gaps and empty edges left empty and said, points reachable one by one. Time reads left to right in every language.
//! The person's own usual range is a quiet band, a published threshold a thin rule with its name.

pub(super) mod drawing;
mod drawn;
mod edges;
mod frame;
mod moves;
mod outline;
mod picture;
mod rules;
mod scene;
mod strip;

use std::rc::Rc;

use salus_wire::view::{RecordView, TrendView};
use salus_wire::{Category, UnixMillis};
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use crate::format::{MINUTE, as_f64, day_start};
use crate::state::{Same, Shared, use_shared};
use crate::t;
use drawn::Drawn;
use frame::{newest, use_frame};
pub use moves::Move;
use moves::{Drag, Wheel, beyond, join, of_key};
use picture::{Picture, Point};
use scene::{Below, Scene};

/// The page's text in CSS pixels at 100 %; `html` in base.css holds the same.
pub(super) const TEXT_PX: f64 = 17.0;

/// Properties of [`Chart`].
#[derive(Properties, PartialEq)]
pub struct ChartProps {
    /// The record.
    pub record: Same<RecordView>,
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
    // Told of anew whenever the words below grow by a line: only another width is another picture.
    let width = use_state_eq(|| 680.0_f64);
    // By its time: what is shown may move under it.
    let cursor = use_state_eq(|| None::<UnixMillis>);
    let pointer = use_mut_ref(|| None::<(i32, i32)>);
    let drag = use_mut_ref(|| None::<Drag>);
    let point_at = use_frame(newest, cursor.setter().to_callback());
    let framed = use_frame(join, props.on_move.clone().unwrap_or_default());
    let on_move = props.on_move.is_some().then_some(framed);
    {
        let (node, width) = (node.clone(), width.clone());
        use_effect_with((), move |()| watch_width(node, move |w| width.set(w)));
    }
    {
        let scene_node = scene_node.clone();
        use_effect_with(on_move.clone(), move |on_move| {
            let wheel = scene_node.cast::<Element>().zip(on_move.clone());
            let wheel = wheel.and_then(|(scene, on_move)| Wheel::over(scene, on_move));
            move || drop(wheel)
        });
    }
    let category = props.record.category;
    let drawn = use_memo((props.record.clone(), props.view), |(record, view)| Drawn::of(record, *view));
    let drawn = Same::from(drawn);
    let rem = TEXT_PX * f64::from(shared.settings.text_size.clamp(100, 200)) / 100.0;
    let picture = Picture::new(&drawn.chart, *width, rem);
    let place = (*cursor).and_then(|at| drawn.nearest(at));
    let chosen = place.and_then(|i| drawn.points.get(i));
    let onkeydown = {
        let (cursor, drawn, on_move) = (cursor.setter(), drawn.clone(), on_move.clone());
        Callback::from(move |event: KeyboardEvent| {
            let (key, points) = (event.key(), &drawn.points);
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
        let (drawn, picture) = (drawn.clone(), picture.clone());
        let (drag, on_move, scene) = (drag.clone(), on_move.clone(), scene_node.clone());
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
                    point_at.emit(None);
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
            let nearest = drawn.points.iter().min_by(|a, b| near(a).total_cmp(&near(b)));
            point_at.emit(nearest.map(|p| p.at));
        })
    };
    let onpointerdown = {
        let (drag, shown) = (drag.clone(), (drawn.chart.from, drawn.chart.to));
        let may = props.on_move.is_some();
        Callback::from(move |event: PointerEvent| {
            let pressed = may && event.is_primary() && event.button() == 0;
            let (pointer, x) = (event.pointer_id(), event.client_x());
            *drag.borrow_mut() = pressed.then_some(Drag { pointer, x, shown, moves: false });
        })
    };
    let let_go = Callback::from(move |_: PointerEvent| *drag.borrow_mut() = None);
    let moves = props.on_move.is_some().then_some("moves");
    let (w, clock) = (&shared.words, shared.clock());
    // While another time is on its way nobody knows yet what is empty in it.
    let settled = props.view.is_none_or(|view| view == (props.record.chart.from, props.record.chart.to));
    let minute = clock.now.div_euclid(MINUTE);
    let words = use_memo(
        (props.record.clone(), drawn.clone(), settled, minute, w.clone(), clock.offset),
        |(record, drawn, settled, ..)| Said::of(&shared, record, drawn, *settled),
    );
    let rules = use_memo((drawn.clone(), picture.clone(), rem, w.clone()), |(drawn, picture, rem, w)| {
        rules::rules(w, &drawn.chart, picture, &drawn.points, *rem)
    });
    let hint = || if props.on_move.is_some() { t!(w, "chart-hint-moves") } else { t!(w, "chart-hint") };
    html! {
        <figure class="chart" ref={node}>
            <svg class={classes!("scene", moves)} ref={scene_node} direction="ltr" role="group" tabindex="0" aria-label={words.label.clone()} {onkeydown}
                {onpointerdown} {onpointermove} onpointerup={let_go.clone()} onpointercancel={let_go.clone()} onpointerleave={let_go}
                width={picture.width.to_string()} height={picture.height.to_string()}
                viewBox={format!("0 0 {} {}", picture.width, picture.height)}>
                <Scene {category} drawn={drawn.clone()} picture={picture.clone()} {rem} usual={props.usual.clone()} rules={rules.clone()} />
                if let Some(point) = chosen {
                    <line class="cursor" x1={picture.x(point.at).to_string()} x2={picture.x(point.at).to_string()}
                        y1={picture.top.to_string()} y2={(picture.height - picture.bottom).to_string()} />
                }
            </svg>
            <figcaption>
                <output class={if chosen.is_some() { "reading-at" } else { "reading-at hint" }} aria-live="polite">
                    { chosen.map_or_else(hint, |p| describe(&shared, category, p)) }
                </output>
                <Below {category} drawn={drawn.clone()} usual={props.usual.clone()} usual_days={props.usual_days.clone()} {rules} empty={words.empty.clone()}
                    today={day_start(clock.now, clock.offset)} />
            </figcaption>
        </figure>
    }
}

/// What is said of a picture as a whole.
struct Said {
    /// Its name.
    label: AttrValue,
    /// The sentences about empty time at its edges.
    empty: AttrValue,
}

impl Said {
    fn of(shared: &Shared, record: &RecordView, drawn: &Drawn, settled: bool) -> Self {
        let w = &shared.words;
        let empty = if settled { edges::said(shared, record, drawn) } else { Vec::new() };
        let label = t!(w, "chart-label", what = w.category(record.category), n = drawn.points.len());
        let label = std::iter::once(label).chain(empty.iter().cloned()).collect::<Vec<_>>().join(" ");
        Self { label: label.into(), empty: empty.join(" ").into() }
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
