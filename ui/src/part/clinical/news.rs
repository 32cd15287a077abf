//! The early warning score of an opened record: what was measured, what a clinician types, and the points. Nothing is chosen for the
//! clinician but the first scale of the saturation, and nothing is scored in part.

use salus_wire::GrantId;
use salus_wire::command::ScoreNews;
use salus_wire::view::{
    Alertness, Breathing, NewsPart, NewsRisk, NewsScoreView, NewsTyped, NewsView, Outcome, SaturationScale,
    VitalView,
};
use yew::prelude::*;

use super::Notice;
use super::lacks::lack_list;
use crate::part::{Submit, field_text};
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;
use crate::words::Words;

/// Properties of [`News`].
#[derive(Properties, PartialEq)]
pub(super) struct NewsProps {
    /// The permission that was opened.
    pub(super) id: GrantId,
}

/// The vital signs, the form, the score.
#[component]
pub(super) fn News(props: &NewsProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let id = props.id;
    let asked = use_ask(Some(ScoreNews { id, typed: None }), 0);
    let alertness = use_state(|| None::<Alertness>);
    let breathing = use_state(|| None::<Breathing>);
    let scale = use_state(|| SaturationScale::One);
    let scored = use_state(|| None::<NewsView>);
    let act = {
        let scored = scored.clone();
        use_act::<ScoreNews>(Callback::from(move |view: NewsView| scored.set(Some(view))))
    };
    let typed = (*alertness).zip(*breathing).map(|(alertness, breathing)| NewsTyped {
        alertness,
        breathing,
        scale: *scale,
    });
    // A score stands beside what it was made of: another choice takes it away, also one that was made meanwhile.
    let fits = |view: &&NewsView| view.score.enough().is_none_or(|score| Some(score.typed) == typed);
    let choose_alertness = {
        let (alertness, scored) = (alertness.clone(), scored.clone());
        Callback::from(move |event: Event| {
            alertness.set(ALERTNESS.into_iter().find(|a| name_of(*a) == field_text(&event)));
            scored.set(None);
        })
    };
    let onsubmit = {
        let go = act.starter();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if typed.is_some() {
                go.emit(ScoreNews { id, typed });
            }
        })
    };
    html! {
        <details class="more news">
            <summary>{ t!(w, "news-title") }</summary>
            <div class="stack">
                if let Some(failure) = &asked.failure { <Notice failure={failure.clone()} again={asked.again.clone()} /> }
                if let Some(view) = &asked.answer { { vitals(&shared, view, t!(w, "news-no-vitals")) } }
                <form {onsubmit}>
                    <p>{ t!(w, "news-typed") }</p>
                    <p class="field">
                        <label for="news-alertness">{ t!(w, "news-alertness") }</label>
                        <select id="news-alertness" onchange={choose_alertness}>
                            <option value="" selected={alertness.is_none()}>{ t!(w, "news-choose") }</option>
                            { for ALERTNESS.into_iter().map(|a| html! {
                                <option value={name_of(a)} selected={*alertness == Some(a)}>{ alertness_words(w, a) }</option>
                            }) }
                        </select>
                    </p>
                    { choice(&t!(w, "news-breathing"), "breathing", &[
                        (Breathing::Air, "air", t!(w, "news-air")), (Breathing::Oxygen, "oxygen", t!(w, "news-oxygen")),
                    ], *breathing, { let (breathing, scored) = (breathing.clone(), scored.clone()); Callback::from(move |b| { breathing.set(Some(b)); scored.set(None); }) }) }
                    { choice(&t!(w, "news-scale"), "scale", &[
                        (SaturationScale::One, "one", t!(w, "news-scale-one")), (SaturationScale::Two, "two", t!(w, "news-scale-two")),
                    ], Some(*scale), { let (scale, scored) = (scale.clone(), scored.clone()); Callback::from(move |s| { scale.set(s); scored.set(None); }) }) }
                    if let Some(failure) = &act.failure { <Notice failure={failure.clone()} /> }
                    <div class="row"><Submit id="news-score" label={t!(w, "news-score")} busy={act.busy} disabled={typed.is_none()} /></div>
                </form>
                <div role="status" aria-live="polite" class="told">{ for scored.iter().filter(fits).map(|view| score(&shared, view)) }</div>
                <p class="quiet">{ t!(w, "news-limits") }</p>
            </div>
        </details>
    }
}

/// In the order of the chart.
const ALERTNESS: [Alertness; 5] =
    [Alertness::Alert, Alertness::Confusion, Alertness::Voice, Alertness::Pain, Alertness::Unresponsive];

const fn name_of(alertness: Alertness) -> &'static str {
    match alertness {
        Alertness::Alert => "alert",
        Alertness::Confusion => "confusion",
        Alertness::Voice => "voice",
        Alertness::Pain => "pain",
        Alertness::Unresponsive => "unresponsive",
    }
}

fn alertness_words(w: &Words, alertness: Alertness) -> String {
    match alertness {
        Alertness::Alert => t!(w, "news-is-alert"),
        Alertness::Confusion => t!(w, "news-is-confused"),
        Alertness::Voice => t!(w, "news-is-voice"),
        Alertness::Pain => t!(w, "news-is-pain"),
        Alertness::Unresponsive => t!(w, "news-is-unresponsive"),
    }
}

/// One of two.
fn choice<T: Copy + PartialEq + 'static>(
    legend: &str,
    name: &'static str,
    options: &[(T, &'static str, String)],
    chosen: Option<T>,
    on: Callback<T>,
) -> Html {
    html! {
        <fieldset>
            <legend>{ legend.to_owned() }</legend>
            { for options.iter().map(|(value, id, label)| {
                let value = *value;
                let onchange = on.reform(move |_: Event| value);
                html! { <label class="choice"><input type="radio" name={format!("news-{name}")} value={*id} checked={chosen == Some(value)} {onchange} /><span>{ label }</span></label> }
            }) }
        </fieldset>
    }
}

/// What a reader will find there, before anything was opened: the vital signs, and that the rest is theirs to type. `person` as for
/// [`super::foreseen_glance`].
pub(super) fn foreseen(shared: &Shared, view: &NewsView, name: &str, person: Option<&str>) -> Html {
    let w = &shared.words;
    let name = name.to_owned();
    let typed = match person {
        None => t!(w, "minute-news", name = name),
        Some(person) => t!(w, "minute-news-of", name = name, person = person.to_owned()),
    };
    html! {
        <details class="more news">
            <summary>{ t!(w, "news-title") }</summary>
            <div class="stack">
                { vitals(shared, view, t!(w, "minute-no-vitals")) }
                <p>{ typed }</p>
                <p class="quiet">{ t!(w, "news-limits") }</p>
            </div>
        </details>
    }
}

/// What was measured when, and whether it belongs to one set; `none` is said where there is nothing.
fn vitals(shared: &Shared, view: &NewsView, none: String) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    if view.vitals.is_empty() {
        return html! { <p class="quiet">{ none }</p> };
    }
    let in_set = |v: &VitalView| if v.in_set { t!(w, "news-in-set") } else { t!(w, "news-not-in-set") };
    html! {
        <div class="table" tabindex="0" role="region" aria-label={t!(w, "news-vitals")}>
            <table>
                <caption>{ t!(w, "news-vitals") }</caption>
                <tbody>{ for view.vitals.iter().map(|v| html! {
                    <tr>
                        <th scope="row">{ w.quantity(v.quantity) }</th>
                        <td class="number">{ w.amount(&v.value, v.quantity) }</td>
                        <td>{ clock.moment(v.at) }</td>
                        <td>{ in_set(v) }</td>
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}

fn score(shared: &Shared, view: &NewsView) -> Html {
    let w = &shared.words;
    match &view.score {
        Outcome::Enough(score) => html! {
            <>
                <h3>{ t!(w, "news-is", total = score.total, risk = risk(w, score)) }</h3>
                <p>{ t!(w, "news-points", list = w.list(&score.points.iter().map(|p| format!("{} {}", part(w, p.part), p.points)).collect::<Vec<_>>())) }</p>
                <p class="quiet">{ t!(w, "news-when", span = shared.clock().between(score.from, score.to)) }</p>
            </>
        },
        Outcome::NotEnough(short) => html! { <p>{ t!(w, "news-short", there = lack_list(w, short)) }</p> },
    }
}

fn risk(w: &Words, score: &NewsScoreView) -> String {
    match score.risk {
        NewsRisk::Low => t!(w, "news-low"),
        NewsRisk::LowMedium => t!(w, "news-low-medium"),
        NewsRisk::Medium => t!(w, "news-medium"),
        NewsRisk::High => t!(w, "news-high"),
    }
}

fn part(w: &Words, part: NewsPart) -> String {
    match part {
        NewsPart::Respiration => t!(w, "news-part-respiration"),
        NewsPart::Saturation => t!(w, "news-part-saturation"),
        NewsPart::Breathing => t!(w, "news-part-breathing"),
        NewsPart::Systolic => t!(w, "news-part-systolic"),
        NewsPart::Pulse => t!(w, "news-part-pulse"),
        NewsPart::Alertness => t!(w, "news-part-alertness"),
        NewsPart::Temperature => t!(w, "news-part-temperature"),
    }
}
