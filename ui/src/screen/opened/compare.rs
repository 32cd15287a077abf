//! Two times of one category side by side: the difference in a sentence, then the figures, then both pictures on one axis.

mod times;

use std::rc::Rc;

use salus_wire::command::ComparePeriods;
use salus_wire::view::{ComparedView, ComparisonView, Standing, SummaryView};
use salus_wire::{Category, GrantId, UnixMillis};
use yew::prelude::*;

use self::times::{PRESETS, Typed, end_of, preset};
use crate::format::count;
use crate::part::{Chart, Icon, Notice, Waiting, field_text, icon};
use crate::state::{Shared, use_ask, use_shared};
use crate::t;

/// How wide each chart is asked for.
const CHART_WIDTH: u16 = 480;
/// Where there is no figure.
const NONE: &str = "\u{2013}";

#[derive(Properties, PartialEq)]
pub(super) struct CompareProps {
    /// The permission that was opened.
    pub(super) id: GrantId,
    /// What was opened; voltages are not compared.
    pub(super) categories: Vec<Category>,
    /// The data window.
    pub(super) window: (UnixMillis, UnixMillis),
}

/// Which times.
#[derive(Clone, PartialEq)]
enum Chosen {
    /// So many days, and as many before them.
    Last(i64),
    /// Four dates.
    Own(Typed),
}

/// The section.
#[component]
pub(super) fn Compare(props: &CompareProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let comparable: Vec<Category> =
        props.categories.iter().copied().filter(|c| *c != Category::Electrocardiogram).collect();
    let category = use_state(|| comparable.first().copied());
    let chosen = use_state(|| Chosen::Last(PRESETS[0]));
    let end = end_of(props.window, clock.now, clock.offset);
    let times = match &*chosen {
        Chosen::Last(days) => Some(preset(end, *days)),
        Chosen::Own(typed) => typed.periods(clock.offset),
    };
    let command = (*category).zip(times).map(|(category, (first, second))| ComparePeriods {
        id: props.id,
        category,
        first,
        second,
        width: CHART_WIDTH,
    });
    let asked = use_ask(command, 0);
    let Some(of) = *category else { return Html::default() };
    let on_category = {
        let (category, all) = (category.clone(), comparable.clone());
        Callback::from(move |event: Event| {
            let text = field_text(&event);
            category.set(all.iter().copied().find(|c| format!("{c:?}") == text));
        })
    };
    let pick = |to: Chosen| {
        let chosen = chosen.clone();
        Callback::from(move |_: Event| chosen.set(to.clone()))
    };
    html! {
        <section class="compare" aria-labelledby="compare-title">
            <h2 id="compare-title">{ t!(w, "compare-title") }</h2>
            <div class="row fields no-print">
                if comparable.len() > 1 {
                    <p class="field"><label for="compare-what">{ t!(w, "compare-what") }</label>
                        <select id="compare-what" onchange={on_category}>
                            { for comparable.iter().map(|c| html! { <option value={format!("{c:?}")} selected={*c == of}>{ w.category(*c) }</option> }) }
                        </select></p>
                }
                <fieldset>
                    <legend>{ t!(w, "compare-when") }</legend>
                    <div class="segments">
                        { for PRESETS.into_iter().map(|days| html! {
                            <label><input type="radio" name="compare-days" value={days.to_string()} checked={*chosen == Chosen::Last(days)} onchange={pick(Chosen::Last(days))} />
                                <span>{ t!(w, "compare-days", n = days) }</span></label>
                        }) }
                        <label><input type="radio" name="compare-days" value="own" checked={matches!(&*chosen, Chosen::Own(_))}
                            onchange={pick(Chosen::Own(Typed::of(preset(end, PRESETS[0]), clock.offset)))} /><span>{ t!(w, "compare-own") }</span></label>
                    </div>
                </fieldset>
            </div>
            if let Chosen::Own(typed) = &*chosen { { dates(&shared, &chosen, typed) } }
            if times.is_none() { <p class="caution" role="alert">{ icon(Icon::Warning) }{ t!(w, "compare-wrong") }</p> }
            <div>
                if let Some(failure) = &asked.failure { <Notice failure={failure.clone()} again={asked.again.clone()} /> }
                if times.is_some() {
                    { match &asked.answer {
                        // Of another category while the newer answer is on its way.
                        Some(view) if view.category == of => side_by_side(&shared, view),
                        _ if asked.failure.is_none() => html! { <Waiting /> },
                        _ => Html::default(),
                    } }
                }
            </div>
        </section>
    }
}

/// Four dates, each with a label that says which.
fn dates(shared: &Shared, chosen: &UseStateHandle<Chosen>, typed: &Typed) -> Html {
    let w = &shared.words;
    let field = |at: usize, label: String| {
        let (chosen, typed) = (chosen.clone(), typed.clone());
        let value = typed.0[at].clone();
        let oninput = Callback::from(move |event: InputEvent| {
            let mut next = typed.clone();
            next.0[at] = field_text(&event);
            chosen.set(Chosen::Own(next));
        });
        let id = format!("compare-{at}");
        html! { <p class="field"><label for={id.clone()}>{ label }</label><input {id} type="date" {value} {oninput} /></p> }
    };
    html! {
        <div class="row fields no-print">
            { field(0, t!(w, "compare-first-from")) }
            { field(1, t!(w, "compare-first-to")) }
            { field(2, t!(w, "compare-second-from")) }
            { field(3, t!(w, "compare-second-to")) }
        </div>
    }
}

fn side_by_side(shared: &Shared, view: &Rc<ComparisonView>) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let spans = [&view.first, &view.second].map(|side| clock.span(side.chart.from, side.chart.to));
    if view.lines.is_empty() {
        return html! { <p class="lead" role="status">{ t!(w, "compare-none", first = spans[0].clone(), second = spans[1].clone()) }</p> };
    }
    html! {
        <div class="stack">
            <div class="stack" role="status">{ for view.lines.iter().map(|line| html! { <p class="lead">{ sentence(shared, line) }</p> }) }</div>
            <p class="quiet">{ t!(w, "compare-limits") }</p>
            <div class="table" tabindex="0" role="region" aria-label={t!(w, "compare-table")}>
                <table>
                    <thead><tr>
                        <th scope="col">{ t!(w, "table-days-what") }</th>
                        <th scope="col">{ t!(w, "compare-first", span = spans[0].clone()) }</th>
                        <th scope="col">{ t!(w, "compare-second", span = spans[1].clone()) }</th>
                    </tr></thead>
                    <tbody>{ for view.lines.iter().map(|line| html! {
                        <tr>
                            <th scope="row">{ w.quantity(line.quantity) }{ " " }<small>{ w.unit(line.quantity) }</small></th>
                            <td>{ figures(shared, line.first.as_ref()) }</td>
                            <td>{ figures(shared, line.second.as_ref()) }</td>
                        </tr>
                    }) }</tbody>
                </table>
            </div>
            <div class="pair">
                { for [(&view.first, &spans[0]), (&view.second, &spans[1])].into_iter().map(|(side, span)| html! {
                    <div class="stack"><h3>{ span.clone() }</h3><Chart record={Rc::new(side.clone())} /></div>
                }) }
            </div>
        </div>
    }
}

/// "Systolic pressure was 6 mmHg lower in the second period: 128 against 134, means of 12 and 14 values."
fn sentence(shared: &Shared, line: &ComparedView) -> String {
    let w = &shared.words;
    let what = w.quantity(line.quantity);
    let mean = |side: &SummaryView| w.amount(&side.mean, line.quantity);
    let (first, second) = match (&line.first, &line.second) {
        (Some(first), Some(second)) => (first, second),
        (None, Some(second)) => {
            return t!(w, "compare-only-second", what = what, mean = mean(second), n = second.count);
        }
        (Some(first), None) => {
            return t!(w, "compare-only-first", what = what, mean = mean(first), n = first.count);
        }
        (None, None) => return String::new(),
    };
    let (n, m) = (count(first.count), count(second.count));
    let (a, b) = (mean(first), mean(second));
    match (&line.difference, line.standing) {
        (Some(by), Some(Standing::Below)) => {
            let by = w.amount(by, line.quantity);
            t!(w, "compare-lower", what = what, by = by, first = a, second = b, n = n, m = m)
        }
        (Some(by), Some(Standing::Above)) => {
            let by = w.amount(by, line.quantity);
            t!(w, "compare-higher", what = what, by = by, first = a, second = b, n = n, m = m)
        }
        (Some(_), Some(Standing::Within)) => t!(w, "compare-same", what = what, first = a, n = n, m = m),
        // No exact difference: the figures stand for themselves.
        _ => t!(w, "compare-figures", what = what, first = a, second = b, n = n, m = m),
    }
}

/// "128 (112 to 141), 12 values"
fn figures(shared: &Shared, side: Option<&SummaryView>) -> String {
    let w = &shared.words;
    side.map_or_else(
        || NONE.to_owned(),
        |s| {
            let (mean, low, high) = (isolated(&s.mean), isolated(&s.min), isolated(&s.max));
            t!(w, "compare-cell", mean = mean, low = low, high = high, n = s.count)
        },
    )
}

/// A number in its own direction inside any sentence.
fn isolated(number: &str) -> String {
    format!("\u{2068}{number}\u{2069}")
}
