//! Who it is as proven; which categories, which readings, until when.

use salus_wire::command::{GetOverview, PreviewPermission};
use salus_wire::view::{ClinicianView, Condition, OverviewView, PermissionDraft, PreviewView};
use salus_wire::{Category, Failure};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::choices::Choices;
use super::limit::{self, Terms, detail_choice, when_choice};
use super::request::{beyond, request};
use super::window::{Readings, Until, Window, Wrong};
use crate::bridge;
use crate::part::{Icon, Notice, Submit, asked_days, field_text, icon, standing};
use crate::state::{Shared, use_ask, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct ChooseProps {
    pub(super) who: ClinicianView,
    pub(super) code: String,
    pub(super) choices: UseStateHandle<Choices>,
    pub(super) back: Callback<()>,
    pub(super) refuse: Callback<()>,
    pub(super) previewed: Callback<(PermissionDraft, PreviewView)>,
}

#[component]
pub(super) fn Choose(props: &ChooseProps) -> Html {
    let shared = use_shared();
    let clock = shared.clock();
    let choices = &props.choices;
    let overview = use_ask(Some(GetOverview {}), shared.beats.readings);
    let (held, others) = split(overview.answer.as_ref().map(|a| a.as_slice()).unwrap_or_default());
    let state = use_state(|| (false, None::<Failure>));
    let spans = choices.window.spans(clock.now, clock.offset);
    // Those on duty have a condition of their own, and see readings.
    let on_duty = props.who.on_duty;
    let condition = spans
        .ok()
        .filter(|_| !on_duty)
        .map_or(Ok(Condition::Whenever), |(_, access)| choices.condition.condition(access, clock.offset));
    let onsubmit = {
        let (state, previewed, code, categories) =
            (state.clone(), props.previewed.clone(), props.code.clone(), choices.categories.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (Ok(((data_from, data_to), (starts, ends))), Ok(condition), false) =
                (spans, condition, state.0)
            else {
                return;
            };
            let draft = PermissionDraft {
                code: code.trim().to_owned(),
                categories: categories.clone(),
                data_from,
                data_to,
                starts,
                ends,
                condition,
            };
            let (state, previewed) = (state.clone(), previewed.clone());
            state.set((true, None));
            spawn_local(async move {
                match bridge::invoke(PreviewPermission { draft: draft.clone() }).await {
                    Ok(view) => previewed.emit((draft, view)),
                    Err(failure) => state.set((false, Some(failure))),
                }
            });
        })
    };
    let w = &shared.words;
    let name = props.who.name.clone();
    let limited = {
        let choices = choices.clone();
        Callback::from(move |condition: Terms| choices.set(Choices { condition, ..(*choices).clone() }))
    };
    html! {
        <form {onsubmit}>
            <h1>{ t!(w, "choose-title", name = name.clone()) }</h1>
            <div class="proven">
                { icon(Icon::Check) }
                <div>
                    <p class="strong"><bdi>{ &props.who.name }</bdi></p>
                    { standing(&shared, &props.who) }
                    <p>{ if on_duty { t!(w, "choose-on-duty") } else { t!(w, "choose-proven") } }</p>
                </div>
            </div>
            { for props.who.asks.iter().map(|asked| request(&shared, &name, asked)) }
            <fieldset class="choices">
                <legend>{ t!(w, "choose-what", name = name.clone()) }</legend>
                { for held.iter().map(|c| category_choice(&shared, *c, choices)) }
                if !others.is_empty() {
                    <details open={others.iter().any(|c| choices.categories.contains(c))}><summary>{ t!(w, "choose-more") }</summary>
                        <p class="quiet">{ t!(w, "choose-more-hint") }</p>
                        <div class="choices">{ for others.iter().map(|c| category_choice(&shared, *c, choices)) }</div>
                    </details>
                }
            </fieldset>
            { readings_choice(&shared, choices) }
            if !on_duty { { detail_choice(&shared, &choices.condition, &limited, &name) } }
            { until_choice(&shared, choices, &name) }
            if !on_duty { { when_choice(&shared, &choices.condition, &limited, &name) } }
            { beyond(&shared, choices) }
            if let Err(wrong) = spans { <p class="caution" role="alert">{ icon(Icon::Warning) }{ wrong_words(&shared, wrong) }</p> }
            if let Err(wrong) = condition { <p class="caution" role="alert">{ icon(Icon::Warning) }{ limit::wrong_words(&shared, wrong) }</p> }
            if let Some(failure) = &state.1 { <Notice failure={failure.clone()} /> }
            <div class="row">
                <Submit id="next" label={t!(w, "choose-preview", name = name)} busy={state.0} disabled={choices.categories.is_empty() || spans.is_err() || condition.is_err()} />
                <button type="button" onclick={props.back.reform(|_: MouseEvent| ())}>{ t!(w, "back") }</button>
                <button type="button" id="refuse" onclick={props.refuse.reform(|_: MouseEvent| ())}>{ t!(w, "choose-nothing") }</button>
            </div>
        </form>
    }
}

/// What holds readings, and the rest. A record that holds nothing yet offers what most people begin with.
fn split(overview: &[OverviewView]) -> (Vec<Category>, Vec<Category>) {
    let mut held: Vec<Category> = overview.iter().map(|o| o.category).collect();
    if held.is_empty() {
        held = vec![Category::HeartRate, Category::BloodPressure];
    }
    Category::ALL.iter().partition(|c| held.contains(c))
}

fn wrong_words(shared: &Shared, wrong: Wrong) -> String {
    let w = &shared.words;
    match wrong {
        Wrong::NoDate => t!(w, "window-no-date"),
        Wrong::Backwards => t!(w, "window-backwards"),
        Wrong::EndPassed => t!(w, "window-end-passed"),
        Wrong::TooLong => t!(w, "window-too-long"),
    }
}

fn category_choice(shared: &Shared, category: Category, choices: &UseStateHandle<Choices>) -> Html {
    let on = choices.categories.contains(&category);
    let onchange = {
        let choices = choices.clone();
        Callback::from(move |_: Event| {
            let mut next = (*choices).clone();
            next.toggle(category);
            choices.set(next);
        })
    };
    html! {
        <label class="choice"><input type="checkbox" name="category" value={format!("{category:?}")} checked={on} {onchange} />
            <span>{ shared.words.category(category) }</span></label>
    }
}

/// A change of the form's times.
fn changing<E: 'static>(
    choices: &UseStateHandle<Choices>,
    change: impl Fn(&mut Window, E) + 'static,
) -> Callback<E> {
    let choices = choices.clone();
    Callback::from(move |event| {
        let mut next = (*choices).clone();
        change(&mut next.window, event);
        choices.set(next);
    })
}

fn readings_choice(shared: &Shared, form: &UseStateHandle<Choices>) -> Html {
    let (w, window) = (&shared.words, &form.window);
    let asked = form.asked.as_ref().map(|asked| {
        let days = asked_days(w, asked.days_back, asked.days_ahead);
        (Readings::asked(asked), "asked", t!(w, "readings-asked", days = days))
    });
    let choices = [
        (Readings::WeekAndNew, "week", t!(w, "readings-week-and-new")),
        (Readings::TodayAndNew, "today", t!(w, "readings-today-and-new")),
        (Readings::Dates, "dates", t!(w, "readings-dates")),
    ];
    html! {
        <fieldset class="choices">
            <legend>{ t!(w, "choose-readings") }</legend>
            { for asked.into_iter().chain(choices).map(|(choice, value, label)| html! {
                <label class="choice"><input type="radio" name="readings" {value} checked={window.readings == choice}
                    onchange={changing(form, move |x, _: Event| x.readings = choice)} /><span>{ label }</span></label>
            }) }
            if window.readings == Readings::Dates {
                <div class="row fields">
                    <p class="field"><label for="from">{ t!(w, "readings-from") }</label>
                        <input id="from" type="date" placeholder="2026-11-01" value={window.from.clone()} oninput={changing(form, |x, e: InputEvent| x.from = field_text(&e))} /></p>
                    <p class="field"><label for="to">{ t!(w, "readings-to") }</label>
                        <input id="to" type="date" placeholder="2026-11-30" value={window.to.clone()} oninput={changing(form, |x, e: InputEvent| x.to = field_text(&e))} /></p>
                </div>
            }
        </fieldset>
    }
}

fn until_choice(shared: &Shared, form: &UseStateHandle<Choices>, name: &str) -> Html {
    let (w, window) = (&shared.words, &form.window);
    let usual = [Until::Days(1), Until::Days(14), Until::Days(30), Until::Date];
    let asked = form.asked.as_ref().map(|asked| Until::Days(i64::from(asked.lasts_days)));
    let choices = asked.into_iter().filter(|until| !usual.contains(until)).chain(usual);
    html! {
        <fieldset class="choices">
            <legend>{ t!(w, "choose-until", name = name.to_owned()) }</legend>
            { for choices.map(|choice| {
                let (value, label) = match choice {
                    Until::Days(n) => (n.to_string(), t!(w, "until-days", n = n)),
                    Until::Date => ("date".into(), t!(w, "until-date")),
                };
                html! { <label class="choice"><input type="radio" name="until" {value} checked={window.until == choice}
                    onchange={changing(form, move |x, _: Event| x.until = choice)} /><span>{ label }</span></label> }
            }) }
            if window.until == Until::Date {
                <div class="row fields">
                    <p class="field"><label for="end-date">{ t!(w, "until-end-date") }</label>
                        <input id="end-date" type="date" placeholder="2026-12-14" value={window.end_date.clone()} oninput={changing(form, |x, e: InputEvent| x.end_date = field_text(&e))} /></p>
                    <p class="field"><label for="end-time">{ t!(w, "until-end-time") }</label>
                        <input id="end-time" type="time" placeholder="18:00" value={window.end_time.clone()} oninput={changing(form, |x, e: InputEvent| x.end_time = field_text(&e))} /></p>
                </div>
            }
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_readings_comes_first_and_nothing_is_lost() {
        let (held, others) = split(&[]);
        assert_eq!(held, [Category::HeartRate, Category::BloodPressure]);
        assert_eq!(held.len() + others.len(), Category::ALL.len());
        let (held, others) = split(&[OverviewView { category: Category::BodyWeight, total: 3 }]);
        assert_eq!(held, [Category::BodyWeight]);
        assert!(others.contains(&Category::HeartRate) && !others.contains(&Category::BodyWeight));
    }
}
