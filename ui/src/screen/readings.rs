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
pub(super) mod through;
pub(super) mod view;

use salus_wire::Category;
use salus_wire::command::{GetOverview, GetRecord, GetTrend};
use salus_wire::view::ReadingView;
use yew::prelude::*;
use yew_router::prelude::*;

use super::in_order;
use crate::part::{About, Empty, Move, Notice, OwnSummary, Series, Waiting, Whose, unanswered};
use crate::route::Route;
use crate::state::{Change, Shared, use_ask, use_shared};
use crate::t;
use crate::words::Words;
use delete::Delete;
use notes::Notes;
use settled::use_settled;
use through::{bar, lengths, said_span, step};
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
    // The same one as long as it leads to the same: what holds it is not drawn anew with every other part of the screen.
    let on_move = {
        let view = view.clone();
        use_callback((limits, clock.offset), move |asked: Move, (limits, offset)| {
            // A handle remembers every value that was looked up in it: one for this time alone.
            let view = view.clone();
            view.set(view.moved(asked, *limits, *offset));
        })
    };
    let on_length = {
        let view = view.clone();
        let offset = clock.offset;
        Callback::from(move |length: Length| view.set(view.of_length(length, limits, offset)))
    };
    let noting = use_state(|| None::<(About, Option<String>)>);
    let on_note = {
        let noting = noting.setter();
        use_callback(category, move |row: ReadingView, category| {
            if let Some(category) = *category {
                noting.set(Some((About::Reading(category, row.at), row.note)));
            }
        })
    };
    let add = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.dispatch(Change::Typing(shared.typing.opened())))
    };
    html! {
        <>
            <h1>{ t!(w, "record-title") }</h1>
            { unanswered(&overview) }
            { match (category, held.as_deref()) {
                (_, None) => Html::default(),
                (None, Some(_)) => html! { <Empty title={t!(w, "home-empty")} hint={t!(w, "record-empty-hint")} /> },
                (Some(category), Some(held)) => html! { <>
                    { categories(&shared, held, category, &chosen) }
                    { lengths(&shared, "record-length", &Length::ALL, view.length(clock.offset), &on_length) }
                    { bar(&shared, *view, steps(w, *view, limits, &on_move)) }
                    if let Some(failure) = asked.failure.clone() { <Notice {failure} again={asked.again.clone()} /> }
                    if let Some((record, said)) = record {
                        <Series key={slug(category)} whose={Whose::Own} record={record.clone()} span={said} view={Some((view.from, view.to))}
                            {usual} {on_move} {on_note} days={asked_view.has_days().then_some((asked_view.from, asked_view.to))} />
                        <OwnSummary {record} />
                    } else if asked.failure.is_none() {
                        <Waiting />
                    }
                    <Notes view={asked_view} {noting} />
                </> },
            } }
            <section class="ways">
                <h2>{ t!(w, "record-ways") }</h2>
                <div class="row">
                    <button type="button" onclick={add}>{ t!(w, "entry-title") }</button>
                    <Link<Route> to={Route::Import} classes="button">{ t!(w, "record-import") }</Link<Route>>
                    <Link<Route> to={Route::Backups} classes="button">{ t!(w, "record-export") }</Link<Route>>
                </div>
                if let (Some(category), Some(_)) = (category, held.as_deref()) { <Delete {category} /> }
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

/// The ways from what is shown to something else.
fn steps(w: &Words, view: View, limits: Limits, on_move: &Callback<Move>) -> Html {
    let (is_first, is_last) = (view.is_first(limits), view.is_last(limits));
    html! {
        <>
            { step(on_move, "earlier", t!(w, "record-earlier"), Move::Earlier, is_first) }
            { step(on_move, "later", t!(w, "record-later"), Move::Later, is_last) }
            { step(on_move, "closer", t!(w, "record-closer"), Move::CLOSER, false) }
            { step(on_move, "wider", t!(w, "record-wider"), Move::WIDER, false) }
            { step(on_move, "first", t!(w, "record-first"), Move::First, is_first) }
            { step(on_move, "last", t!(w, "record-last"), Move::Last, is_last) }
        </>
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
