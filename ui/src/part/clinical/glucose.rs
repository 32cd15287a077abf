//! Fourteen days of a glucose sensor: time in range, goals, and the profile by time of day as a picture or a table.

use std::rc::Rc;

use salus_wire::Quantity;
use salus_wire::view::{GlucoseProfileView, Goal, GoalSet, GoalView, GoalsView, Permille};
use yew::prelude::*;

use super::profile::{Profile, ProfileTable};
use super::{Icon, Whose, icon};
use crate::state::{Shared, use_shared};
use crate::t;
use crate::words::Words;

/// Properties of [`Glucose`].
#[derive(Properties, PartialEq)]
pub(super) struct GlucoseProps {
    /// The profile.
    pub(super) view: Rc<GlucoseProfileView>,
    /// Whose it is.
    pub(super) whose: Whose,
}

/// One profile.
#[component]
pub(super) fn Glucose(props: &GlucoseProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let view = &props.view;
    let set = use_state(|| GoalSet::Adult);
    let table = use_state(|| false);
    let toggle = {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.set(!*table))
    };
    let (pressed, label) =
        if *table { ("true", t!(w, "show-chart")) } else { ("false", t!(w, "show-table")) };
    let ranges = &view.ranges;
    let caption = t!(w, "clinical-ranges", span = shared.clock().span(view.from, view.to));
    let rows = [
        (t!(w, "clinical-range-very-high"), ranges.very_high),
        (t!(w, "clinical-range-high"), ranges.high),
        (t!(w, "clinical-range-in"), ranges.in_range),
        (t!(w, "clinical-range-low"), ranges.low),
        (t!(w, "clinical-range-very-low"), ranges.very_low),
    ];
    html! {
        <>
            <h3>{ sentence(w, view, props.whose) }</h3>
            <p>{ t!(w, "clinical-glucose-mean", mean = w.amount(&view.mean, Quantity::InterstitialGlucose),
                molar = w.amount(&view.mean_molar, Quantity::InterstitialGlucoseMolar),
                gmi = view.gmi.clone(), gmi_molar = view.gmi_molar.clone(), variation = view.variation.to_string()) }</p>
            <div class="table" tabindex="0" role="region" aria-label={caption.clone()}>
                <table class="ranges">
                    <caption>{ caption }</caption>
                    <tbody>{ for rows.into_iter().map(|(name, share)| html! {
                        <tr>
                            <th scope="row">{ name }</th>
                            <td class="number"><bdi dir="ltr">{ percent(share) }</bdi></td>
                            <td aria-hidden="true"><svg class="share" viewBox="0 0 1000 8" preserveAspectRatio="none"><rect width={share.0.min(1_000).to_string()} height="8" /></svg></td>
                        </tr>
                    }) }</tbody>
                </table>
            </div>
            { sets(&shared, &set) }
            { for view.goals.iter().filter(|goals| goals.set == *set).map(|all| goals(w, all)) }
            if *table { <ProfileTable view={view.clone()} /> } else { <Profile view={view.clone()} /> }
            <button type="button" class="small" aria-pressed={pressed} onclick={toggle}>{ label }</button>
            <p class="quiet">{ t!(w, "clinical-glucose-rule", active = percent(view.active), minutes = view.step_minutes, n = view.values, left = view.left_out) }{ " " }{ t!(w, "clinical-glucose-limits") }</p>
        </>
    }
}

fn sentence(w: &Words, view: &GlucoseProfileView, whose: Whose) -> String {
    let share = percent(view.ranges.in_range);
    match whose {
        Whose::Own => t!(w, "clinical-glucose-own", share = share),
        Whose::Patient => t!(w, "clinical-glucose-other", share = share),
    }
}

/// Whose goals: a choice of the reader's, which nothing stores.
fn sets(shared: &Shared, chosen: &UseStateHandle<GoalSet>) -> Html {
    let w = &shared.words;
    html! {
        <div class="segments" role="radiogroup" aria-label={t!(w, "clinical-goals-for")}>
            { for [(GoalSet::Adult, "adult", t!(w, "clinical-goals-adult")), (GoalSet::Older, "older", t!(w, "clinical-goals-older"))].into_iter().map(|(set, value, label)| {
                let onchange = { let chosen = chosen.clone(); Callback::from(move |_: Event| chosen.set(set)) };
                html! { <label><input type="radio" name="goals" {value} checked={**chosen == set} {onchange} /><span>{ label }</span></label> }
            }) }
        </div>
    }
}

fn goals(w: &Words, all: &GoalsView) -> Html {
    html! {
        <ul class="goals">{ for all.goals.iter().map(|goal| {
            let (sign, word) = if goal.met { (Icon::Check, t!(w, "clinical-goal-met")) } else { (Icon::Warning, t!(w, "clinical-goal-not-met")) };
            html! { <li class={if goal.met { "with-icon" } else { "with-icon not-met" }}>{ icon(sign) }<span>{ goal_words(w, goal) }{ " " }<b>{ word }</b></span></li> }
        }) }</ul>
    }
}

/// "In range for more than 70.0 % of the time: 71.4 %."
fn goal_words(w: &Words, goal: &GoalView) -> String {
    let (bound, share) = (percent(goal.bound), percent(goal.share));
    match goal.goal {
        Goal::InRange => t!(w, "clinical-goal-in", bound = bound, share = share),
        Goal::BelowRange => t!(w, "clinical-goal-below", bound = bound, share = share),
        Goal::VeryLow => t!(w, "clinical-goal-very-low", bound = bound, share = share),
        Goal::AboveRange => t!(w, "clinical-goal-above", bound = bound, share = share),
        Goal::VeryHigh => t!(w, "clinical-goal-very-high", bound = bound, share = share),
        Goal::Variation => t!(w, "clinical-goal-variation", bound = bound, share = share),
    }
}

/// "71.4 %", kept together and in its own direction.
fn percent(share: Permille) -> String {
    format!("\u{2068}{share}\u{a0}%\u{2069}")
}
