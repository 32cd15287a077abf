//! The record: one category at a time, over a day, a week, a month, a year or any other time; with notes, and the ways in and out.
//!
//! ```text
//! view (state) ---------------------> drawn at once from what is known
//!    '- stands for a moment --------> asked of the application
//!    '- stands for half a second ---> in the page's address, so that it can be kept, and found again after a lock
//! ```

mod delete;
mod notes;
pub(super) mod settled;
pub(super) mod view;

use salus_wire::Category;
use salus_wire::command::{GetOverview, GetRecord, GetTrend};
use salus_wire::view::ReadingView;
use yew::prelude::*;
use yew_router::prelude::*;

use super::in_order;
use crate::format::day_start;
use crate::part::{About, Empty, Icon, Move, Notice, OwnSummary, Series, Waiting, Whose, icon};
use crate::route::Route;
use crate::state::{Change, Shared, use_ask, use_shared};
use crate::t;
use crate::words::Words;
use delete::Delete;
use notes::Notes;
use settled::use_settled;
use view::{Length, Limits, View};

/// How wide the charts are asked for; the page draws them at the width it has.
const CHART_WIDTH: u16 = 720;
/// How long a view stands before it is asked for: keys that repeat ask once.
const ASK_MS: u32 = 90;
/// How long it stands before it is in the address. Web views refuse more than a hundred changes in half a minute.
const KEEP_MS: u32 = 500;

/// The address of a category, and of a time in it.
pub(super) fn address(category: Category, at: Option<(String, String)>) -> Route {
    let category = slug(category);
    match at {
        Some((span, from)) => Route::ReadingsAt { category, span, from },
        None => Route::ReadingsOf { category },
    }
}

/// Its name in the address, as on the wire.
fn slug(category: Category) -> String {
    serde_json::to_value(category).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn of_slug(slug: &str) -> Option<Category> {
    serde_json::from_value(serde_json::Value::String(slug.to_owned())).ok()
}

/// Properties of [`Readings`].
#[derive(Properties, PartialEq)]
pub struct ReadingsProps {
    /// Which category the address names.
    #[prop_or_default]
    pub category: Option<String>,
    /// Which time it names: a length, and when it begins.
    #[prop_or_default]
    pub at: Option<(String, String)>,
}

/// The screen.
#[component]
pub fn Readings(props: &ReadingsProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let clock = shared.clock();
    let named = props.category.as_deref().and_then(of_slug);
    let at = props.at.as_ref().and_then(|(span, from)| View::of_address(span, from, clock.offset));
    let chosen = use_state_eq(|| named);
    let view = use_state_eq(|| at.unwrap_or_else(|| View::ending(Length::Week, clock.now, clock.offset)));
    let overview = use_ask(Some(GetOverview {}), shared.beats.readings);
    let held = overview.answer.as_ref().map(|a| in_order(&a.iter().map(|o| o.category).collect::<Vec<_>>()));
    // One that holds nothing any more is no longer shown.
    let category = (*chosen)
        .filter(|c| held.as_ref().is_none_or(|held| held.contains(c)))
        .or_else(|| held.as_ref().and_then(|held| held.first().copied()));
    let asked_view = use_settled(*view, ASK_MS);
    let command = category.map(|category| {
        let View { from, to } = asked_view;
        GetRecord { category, from, to, width: CHART_WIDTH }
    });
    let asked = use_ask(command, shared.beats.readings);
    let trend = use_ask(category.map(|category| GetTrend { category }), shared.beats.readings);
    // While another time is on its way, the sentence is of the one that was answered.
    let record = asked.answer.clone().filter(|r| Some(r.category) == category).map(|record| {
        let (from, to) = (record.chart.from, record.chart.to);
        (record, t!(w, "span-of", span = said_span(&shared, View { from, to })))
    });
    let usual = trend.answer.clone().filter(|t| Some(t.category) == category);
    let limits = Limits::new(usual.as_ref().and_then(|t| t.begins), clock.now, clock.offset);
    use_address(category, *view, clock.offset);
    let on_move = {
        let view = view.clone();
        let offset = clock.offset;
        Callback::from(move |asked: Move| view.set(view.moved(asked, limits, offset)))
    };
    let noting = use_state(|| None::<(About, Option<String>)>);
    let on_note = {
        let noting = noting.clone();
        Callback::from(move |row: ReadingView| {
            if let Some(category) = category {
                noting.set(Some((About::Reading(category, row.at), row.note)));
            }
        })
    };
    let add = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.dispatch(Change::Typing(shared.typing.opened())))
    };
    let span = said_span(&shared, *view);
    html! {
        <>
            <h1>{ t!(w, "record-title") }</h1>
            if let Some(failure) = overview.failure.clone() { <Notice {failure} /> }
            { match (category, held.as_deref()) {
                (_, None) if overview.failure.is_none() => html! { <Waiting /> },
                (_, None) => Html::default(),
                (None, Some(_)) => html! { <Empty title={t!(w, "home-empty")} hint={t!(w, "record-empty-hint")} /> },
                (Some(category), Some(held)) => html! { <>
                    { categories(&shared, held, category, &chosen) }
                    { lengths(&shared, &view, limits) }
                    { bar(&shared, *view, limits, &span, &on_move) }
                    if let Some(failure) = asked.failure.clone() { <Notice {failure} /> }
                    if let Some((record, said)) = record {
                        <Series key={slug(category)} whose={Whose::Own} record={record.clone()} span={said} view={Some((view.from, view.to))}
                            {usual} {on_move} {on_note} days={asked_view.has_days().then_some((asked_view.from, asked_view.to))} />
                        <OwnSummary {record} />
                    } else if asked.failure.is_none() {
                        <Waiting />
                    }
                    <Notes view={asked_view} {noting} />
                    <Delete {category} />
                </> },
            } }
            <section class="ways">
                <h2>{ t!(w, "record-ways") }</h2>
                <div class="row">
                    <button type="button" onclick={add}>{ t!(w, "entry-title") }</button>
                    <Link<Route> to={Route::Import} classes="button">{ t!(w, "record-import") }</Link<Route>>
                    <Link<Route> to={Route::Backups} classes="button">{ t!(w, "record-export") }</Link<Route>>
                </div>
            </section>
        </>
    }
}

/// Keeps the view in the page's address, once it stands.
#[hook]
fn use_address(category: Option<Category>, view: View, offset: i32) {
    let standing = use_settled((category, view), KEEP_MS);
    let navigator = use_navigator();
    use_effect_with(standing, move |(category, view)| {
        if let (Some(category), Some(navigator)) = (category, navigator) {
            navigator.replace(&address(*category, Some(view.address(offset))));
        }
    });
}

/// What is shown, in words.
pub(super) fn said_span(shared: &Shared, view: View) -> String {
    let clock = shared.clock();
    let whole = |at| day_start(at, clock.offset) == at;
    if whole(view.from) && whole(view.to) {
        clock.span(view.from, view.to)
    } else {
        clock.between(view.from, view.to)
    }
}

fn categories(
    shared: &Shared,
    held: &[Category],
    now: Category,
    chosen: &UseStateHandle<Option<Category>>,
) -> Html {
    let w = &shared.words;
    html! {
        <div class="segments" role="radiogroup" aria-label={t!(w, "record-what")}>
            { for held.iter().copied().map(|category| {
                let onchange = { let chosen = chosen.clone(); Callback::from(move |_: Event| chosen.set(Some(category))) };
                html! { <label><input type="radio" name="record-category" value={slug(category)} checked={category == now} {onchange} /><span>{ w.category(category) }</span></label> }
            }) }
        </div>
    }
}

fn lengths(shared: &Shared, view: &UseStateHandle<View>, limits: Limits) -> Html {
    let (w, offset) = (&shared.words, shared.clock().offset);
    let now = view.length(offset);
    html! {
        <div class="segments" role="radiogroup" aria-label={t!(w, "record-span")}>
            { for Length::ALL.into_iter().map(|length| {
                let onchange = { let view = view.clone(); Callback::from(move |_: Event| view.set(view.of_length(length, limits, offset))) };
                html! { <label><input type="radio" name="record-length" value={length.slug()} checked={now == Some(length)} {onchange} /><span>{ length_name(w, length) }</span></label> }
            }) }
        </div>
    }
}

/// "Day", "Week" and so on.
pub(super) fn length_name(w: &Words, length: Length) -> String {
    match length {
        Length::Day => t!(w, "record-day"),
        Length::Week => t!(w, "record-week"),
        Length::Month => t!(w, "record-month"),
        Length::Year => t!(w, "record-year"),
    }
}

/// What is shown, and the buttons that show something else; a button that leads nowhere keeps its place.
fn bar(shared: &Shared, view: View, limits: Limits, span: &str, on_move: &Callback<Move>) -> Html {
    let w = &shared.words;
    let button = |name: &'static str, label: String, asked: Move, off: bool| {
        let onclick = on_move.reform(move |_: MouseEvent| asked);
        html! { <button type="button" class="small" data-move={name} {onclick} aria-disabled={off.to_string()}>{ label }</button> }
    };
    html! {
        <div class="over-time" role="group" aria-label={t!(w, "record-bar")}>
            <p class="strong" role="status">{ icon(Icon::Clock) }<span>{ span.to_owned() }</span></p>
            <div class="row">
                { button("earlier", t!(w, "record-earlier"), Move::Earlier, view.is_first(limits)) }
                { button("later", t!(w, "record-later"), Move::Later, view.is_last(limits)) }
                { button("closer", t!(w, "record-closer"), Move::CLOSER, false) }
                { button("wider", t!(w, "record-wider"), Move::WIDER, false) }
                { button("first", t!(w, "record-first"), Move::First, view.is_first(limits)) }
                { button("last", t!(w, "record-last"), Move::Last, view.is_last(limits)) }
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::DAY;

    #[test]
    fn every_category_comes_back_from_its_address() {
        for category in Category::ALL {
            assert_eq!(of_slug(&slug(*category)), Some(*category));
        }
        assert_eq!(slug(Category::BloodPressure), "blood_pressure");
        for none in ["", "mood", "BloodPressure", "blood pressure"] {
            assert_eq!(of_slug(none), None);
        }
    }

    #[test]
    fn the_address_of_a_view_says_all_of_it() {
        let view = View::ending(Length::Week, 20_000 * DAY, 0);
        let Route::ReadingsAt { category, span, from } = address(Category::Glucose, Some(view.address(0)))
        else {
            panic!("of a time")
        };
        assert_eq!((category.as_str(), span.as_str()), ("glucose", "week"));
        assert_eq!(View::of_address(&span, &from, 0), Some(view));
    }
}
