//! What somebody whom I help has measured lately, and a page of it; in memory only.

use std::rc::Rc;

use salus_wire::command::{GetFamily, OpenRelative};
use salus_wire::view::{HelpedRecordView, HelpedView, HelperView};
use salus_wire::{Category, CircleId, ErrorCode, Failure, UnixMillis};
use yew::prelude::*;
use yew_router::prelude::*;

use super::super::reports::{PrintOpened, Source};
use crate::format::{DAY, day_start};
use crate::part::{Band, Empty, LeaveOpening, Notice, Series, Whose, WorkProgress};
use crate::route::Route;
use crate::state::{Shared, use_ask, use_shared};
use crate::t;

/// How wide the charts are asked for.
const CHART_WIDTH: u16 = 720;
/// How many days can be read at a time: a week first, so that no more is opened than is looked at; a glucose profile is of two.
const DAYS: [i64; 3] = [7, 14, 30];

/// Properties of [`Helped`].
#[derive(Properties, PartialEq)]
pub struct HelpedProps {
    /// Whose circle, hexadecimal.
    pub circle: String,
}

/// The screen.
#[component]
pub fn Helped(props: &HelpedProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let days = use_state(|| DAYS[0]);
    // Counts what was asked for here: another one begins with nothing of the one before.
    let turn = use_state(|| 0_u32);
    let again = {
        let turn = turn.clone();
        Callback::from(move |_: MouseEvent| turn.set(turn.wrapping_add(1)))
    };
    let family = use_ask(Some(GetFamily {}), 0);
    let Ok(circle) = props.circle.parse::<CircleId>() else {
        return html! { <>{ back(&shared) }{ refused(&shared, Failure::new(ErrorCode::NotYours), true) }</> };
    };
    let helped = family.answer.as_ref().and_then(|view| known(&view.helped, circle)).cloned();
    let me = helped.as_ref().and_then(|helped| helped.helpers.iter().find(|helper| helper.you)).cloned();
    let name = helped.map(|helped| helped.person);
    html! {
        <>
            { back(&shared) }
            if let Some(name) = name.clone() { <Band name={name.clone()} /><h1>{ t!(w, "family-reading-title", name = name) }</h1> }
            if let Some(me) = &me { { reach(&shared, me) } }
            <fieldset class="choices">
                <legend>{ t!(w, "record-span") }</legend>
                <div class="segments">{ for DAYS.into_iter().map(|n| {
                    let onchange = { let days = days.clone(); Callback::from(move |_: Event| days.set(n)) };
                    html! { <label><input type="radio" name="helped-days" value={n.to_string()} checked={*days == n} {onchange} /><span>{ span_name(&shared, n) }</span></label> }
                }) }</div>
            </fieldset>
            <Reading key={format!("{} {}", *days, *turn)} {circle} {name} days={*days} {again} />
        </>
    }
}

/// The one whose readings these are; of a helper's and a guardian's part of the same person, the helper's.
pub(super) fn known(all: &[HelpedView], circle: CircleId) -> Option<&HelpedView> {
    let of = || all.iter().filter(move |helped| helped.circle == circle);
    of().find(|helped| !helped.guardian).or_else(|| of().next())
}

fn back(shared: &Shared) -> Html {
    html! { <p><Link<Route> to={Route::Family} classes="back">{ t!(shared.words, "family-back") }</Link<Route>></p> }
}

fn span_name(shared: &Shared, days: i64) -> String {
    let w = &shared.words;
    match days {
        7 => t!(w, "reports-week"),
        14 => t!(w, "family-fortnight"),
        _ => t!(w, "reports-month"),
    }
}

/// What can be read at all: that what is not here may be there.
fn reach(shared: &Shared, me: &HelperView) -> Html {
    let (w, limits) = (&shared.words, &me.limits);
    if limits.categories.is_empty() || limits.data_from <= 0 {
        return Html::default();
    }
    let date = shared.clock().date(limits.data_from);
    html! { <p class="quiet" id="helped-reach">{ t!(w, "family-reading-reach", what = w.categories(&limits.categories), date = date) }</p> }
}

/// Why nothing is shown; `first` where no name stands above it.
fn refused(shared: &Shared, failure: Failure, first: bool) -> Html {
    let title = t!(shared.words, "opened-refused");
    html! { <>if first { <h1>{ title }</h1> } else { <h2>{ title }</h2> }<Notice {failure} /></> }
}

#[derive(Properties, PartialEq)]
struct ReadingProps {
    circle: CircleId,
    /// As the family has it, once that is known.
    name: Option<String>,
    days: i64,
    /// Reads once more.
    again: Callback<MouseEvent>,
}

/// One reading of it, from its beginning.
#[component]
fn Reading(props: &ReadingProps) -> Html {
    let shared = use_shared();
    let (w, clock, circle) = (&shared.words, shared.clock(), props.circle);
    // Held still while it is on the screen: a question that moves on would be asked for ever.
    let to = use_state(|| clock.now);
    let from = day_start(*to, clock.offset) - (props.days - 1) * DAY;
    let asked = use_ask(Some(OpenRelative { circle, from, to: *to + 1, width: CHART_WIDTH }), 0);
    match (&asked.answer, &asked.failure) {
        (Some(view), _) => html! {
            <>
                // Whose it is stands above already, but where the family cannot be read.
                if props.name.is_none() { <Band name={view.person.clone()} /><h1>{ t!(w, "family-reading-title", name = view.person.clone()) }</h1> }
                { page(&shared, view, circle, (from, *to), &props.again) }
            </>
        },
        (None, Some(failure)) => html! {
            <>
                if failure.code == ErrorCode::Cancelled {
                    <h2>{ t!(w, "opening-stopped") }</h2><p role="status">{ t!(w, "family-reading-stopped") }</p>
                } else {
                    { refused(&shared, failure.clone(), props.name.is_none()) }
                }
                { once_more(&shared, &props.again) }
            </>
        },
        (None, None) => {
            html! { <><WorkProgress work="open_relative" label={t!(w, "family-reading-working")} /><LeaveOpening /></> }
        }
    }
}

fn once_more(shared: &Shared, again: &Callback<MouseEvent>) -> Html {
    html! { <div class="row"><button type="button" id="read-again" onclick={again.clone()}>{ t!(shared.words, "family-reading-again") }</button></div> }
}

fn page(
    shared: &Shared,
    view: &HelpedRecordView,
    circle: CircleId,
    (from, to): (UnixMillis, UnixMillis),
    again: &Callback<MouseEvent>,
) -> Html {
    let (w, name) = (&shared.words, view.person.clone());
    if view.records.iter().all(|record| record.total == 0) {
        return html! {
            <Empty title={t!(w, "report-empty")} hint={t!(w, "family-reading-none", name = name)}>{ once_more(shared, again) }</Empty>
        };
    }
    let span = shared.clock().span(from, to);
    let categories: Vec<Category> = view.records.iter().map(|record| record.category).collect();
    html! {
        <>
            <p class="quiet">{ t!(w, "family-reading-hint", name = name.clone()) }</p>
            { for view.records.iter().map(|record| html! {
                <Series whose={Whose::Patient} record={Rc::new(record.clone())} span={t!(w, "span-of", span = span.clone())} />
            }) }
            <PrintOpened source={Source::Relative(circle)} {name} {categories} daily={false} />
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::helped;
    use crate::words::{LANGUAGES, Words};

    #[test]
    fn each_time_has_a_name_of_its_own_in_each_language() {
        for language in LANGUAGES {
            let shared = Shared { words: Words::of(language.tag), ..Shared::default() };
            let names: std::collections::BTreeSet<String> =
                DAYS.into_iter().map(|days| span_name(&shared, days)).collect();
            assert_eq!(names.len(), DAYS.len(), "{}: {names:?}", language.tag);
        }
    }

    #[test]
    fn a_helpers_part_goes_before_a_guardians_of_the_same_person() {
        let as_guardian = HelpedView { guardian: true, helpers: vec![], ..helped(1, "Maria", vec![]) };
        let all = [as_guardian.clone(), helped(2, "Josef", vec![]), helped(1, "Maria", vec![])];
        let found = known(&all, CircleId([1; 32])).map(|one| (one.person.as_str(), one.guardian));
        assert_eq!(found, Some(("Maria", false)));
        assert!(known(&[as_guardian], CircleId([1; 32])).is_some_and(|one| one.guardian));
        assert!(known(&all, CircleId([9; 32])).is_none());
    }
}
