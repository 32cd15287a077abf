//! Clinical summaries: a sentence, the figures behind it, and what is missing. Words and figures come from the application; the page
//! computes none of them.
//!
//! - [`OwnSummary`]: under a section of the patient's own record
//! - [`Glance`]: on top of an opened record, for the clinician's first minute
//! - [`foreseen_glance`]: the same, as the patient sees it before it is opened
//! - [`summary`]: either, once it was answered

mod glucose;
mod lacks;
mod news;
mod pressure;
mod profile;
mod variability;

use std::rc::Rc;

use salus_wire::command::{GetClinical, GetOpenedClinical};
use salus_wire::view::{ClinicalSummary, ClinicalView, FirstMinuteView, Outcome, RecordView, ShortView};
use salus_wire::{Category, GrantId, UnixMillis};
use yew::prelude::*;

use super::{Icon, Notice, Whose, icon};
use crate::format::{DAY, HOUR, MINUTE};
use crate::state::{Same, Shared, use_ask, use_shared};
use crate::t;
use lacks::{short_sentence, worth_saying};
use news::News;

/// How often a summary of heartbeats is asked for anew: it looks at a month of them.
const BEATS_EVERY: i64 = 10 * MINUTE;
/// A day of pressures begins and ends at four in the morning.
const NIGHT: i64 = 4 * HOUR;

/// True for a category that a convention sums up.
const fn sums_up(category: Category) -> bool {
    matches!(category, Category::BloodPressure | Category::Glucose | Category::HeartRate)
}

/// True for a category that holds a vital sign of the early warning score.
const fn is_vital(category: Category) -> bool {
    matches!(
        category,
        Category::BloodPressure
            | Category::HeartRate
            | Category::OxygenSaturation
            | Category::BodyTemperature
            | Category::Respiration
    )
}

/// Properties of [`OwnSummary`].
#[derive(Properties, PartialEq)]
pub struct OwnSummaryProps {
    /// The section's record: what is new in it says when to ask again.
    pub record: Same<RecordView>,
}

/// What the convention makes of a category of the own record; nothing where there is none, or nothing to say yet.
#[component]
pub fn OwnSummary(props: &OwnSummaryProps) -> Html {
    let shared = use_shared();
    let category = props.record.category;
    let command = sums_up(category).then_some(GetClinical { category, until: None });
    let asked = use_ask(command, beat(&props.record));
    html! {
        <>
            if let Some(failure) = &asked.failure { <Notice failure={failure.clone()} again={asked.again.clone()} /> }
            if let Some(view) = &asked.answer {
                if worth_saying(&view.summary) { { summary(&shared, view, Whose::Own) } }
            }
        </>
    }
}

/// What changes when a summary may have.
fn beat(record: &RecordView) -> u32 {
    let at = record.latest.as_ref().map_or(0, |latest| latest.at);
    let (every, count) = match record.category {
        Category::HeartRate => (BEATS_EVERY, 0),
        _ => (1_000, record.total),
    };
    u32::try_from(at.div_euclid(every).rem_euclid(1 << 31)).unwrap_or(0).wrapping_add(count)
}

/// Properties of [`Glance`].
#[derive(Properties, PartialEq)]
pub struct GlanceProps {
    /// The permission that was opened.
    pub id: GrantId,
    /// What it covers.
    pub categories: Vec<Category>,
    /// True where only daily summaries were opened: conventions need single readings.
    pub daily: bool,
}

/// What to know in the first minute: each convention's sentence, then the vital signs.
#[component]
pub fn Glance(props: &GlanceProps) -> Html {
    let shared = use_shared();
    let summed = props.categories.iter().copied().filter(|c| sums_up(*c));
    let summaries = html! { <>{ for summed.map(|category| html! {
        <OpenedSummary key={format!("{category:?}")} id={props.id} {category} />
    }) }</> };
    let hours = t!(shared.words, "clinical-reader-clock");
    glance(&shared, &props.categories, props.daily, summaries, hours, html! { <News id={props.id} /> })
}

/// The frame of a glance; nothing where no category is summed up and none is a vital sign.
fn glance(
    shared: &Shared,
    categories: &[Category],
    daily: bool,
    summaries: Html,
    hours: String,
    news: Html,
) -> Html {
    let w = &shared.words;
    let by_the_clock = categories.iter().any(|c| sums_up(*c));
    let vital = categories.iter().any(|c| is_vital(*c));
    if !by_the_clock && !vital {
        return Html::default();
    }
    html! {
        <section class="glance" aria-labelledby="glance-title">
            <h2 id="glance-title">{ t!(w, "clinical-glance") }</h2>
            if daily {
                <p class="quiet">{ t!(w, "clinical-daily") }</p>
            } else {
                { summaries }
                if by_the_clock { <p class="quiet">{ hours }{ " " }{ t!(w, "clinical-no-finding") }</p> }
                if vital { { news } }
            }
        </section>
    }
}

/// A reader's glance before anything was opened: the same sentences, what is missing included. Only what a reader types is left to them.
/// Whose record it is, is named where it is not that of who looks.
pub fn foreseen_glance(
    shared: &Shared,
    view: &FirstMinuteView,
    categories: &[Category],
    name: &str,
    person: Option<&str>,
) -> Html {
    let w = &shared.words;
    let summaries = html! { <>{ for view.clinical.iter().map(|one| summary(shared, &Rc::new(one.clone()), Whose::Patient)) }</> };
    let hours = t!(w, "minute-clock", name = name.to_owned());
    let news = view.news.as_ref().map(|news| news::foreseen(shared, news, name, person)).unwrap_or_default();
    glance(shared, categories, view.news.is_none(), summaries, hours, news)
}

#[derive(Properties, PartialEq)]
struct OpenedSummaryProps {
    id: GrantId,
    category: Category,
}

/// One category of an opened record: asked for when it is opened, of what was opened.
#[component]
fn OpenedSummary(props: &OpenedSummaryProps) -> Html {
    let shared = use_shared();
    let OpenedSummaryProps { id, category } = *props;
    let asked = use_ask(Some(GetOpenedClinical { id, category, until: None }), 0);
    html! {
        <>
            if let Some(failure) = &asked.failure { <Notice failure={failure.clone()} again={asked.again.clone()} /> }
            if let Some(view) = &asked.answer { { summary(&shared, view, Whose::Patient) } }
        </>
    }
}

/// One summary: sentence, figures, what is missing.
pub fn summary(shared: &Shared, view: &Rc<ClinicalView>, whose: Whose) -> Html {
    let w = &shared.words;
    let body = match &view.summary {
        ClinicalSummary::Pressure(Outcome::Enough(found)) => pressure::pressure(shared, found, whose),
        ClinicalSummary::Glucose(Outcome::Enough(found)) => {
            html! { <glucose::Glucose view={Rc::new(found.clone())} {whose} /> }
        }
        ClinicalSummary::Variability(Outcome::Enough(found)) => {
            variability::variability(shared, found, whose)
        }
        ClinicalSummary::Pressure(Outcome::NotEnough(short))
        | ClinicalSummary::Glucose(Outcome::NotEnough(short))
        | ClinicalSummary::Variability(Outcome::NotEnough(short)) => {
            missing(shared, view.category, short, whose)
        }
    };
    html! {
        <div class="clinical" data-category={format!("{:?}", view.category)}>
            { body }
            if whose == Whose::Own && is_enough(&view.summary) { <p class="quiet">{ t!(w, "clinical-no-finding") }</p> }
            if view.damaged > 0 { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "series-damaged", n = view.damaged) }</p> }
        </div>
    }
}

/// True where there are figures; a clinician reads once below all of them that they are no diagnosis.
const fn is_enough(summary: &ClinicalSummary) -> bool {
    matches!(
        summary,
        ClinicalSummary::Pressure(Outcome::Enough(_))
            | ClinicalSummary::Glucose(Outcome::Enough(_))
            | ClinicalSummary::Variability(Outcome::Enough(_))
    )
}

/// Not enough: what there is and what is missing, and for the patient the next step.
fn missing(shared: &Shared, category: Category, short: &ShortView, whose: Whose) -> Html {
    let w = &shared.words;
    let step = match (whose, category) {
        (Whose::Own, Category::BloodPressure) => Some(t!(w, "clinical-next-pressure")),
        _ => None,
    };
    html! {
        <>
            <p class="quiet" data-outcome="not-enough">{ short_sentence(shared, category, short) }</p>
            if let Some(step) = step { <p class="quiet">{ step }</p> }
        </>
    }
}

/// The dates of a span. A day of pressures ends in the night after it, which has another date.
fn dates(shared: &Shared, category: Category, from: UnixMillis, to: UnixMillis) -> String {
    let night = if category == Category::BloodPressure { NIGHT } else { 0 };
    shared.clock().span(from, to - night)
}

/// "this week", or "in the days from 1 November to 7 November": when a week of pressures was.
fn when(shared: &Shared, from: UnixMillis, to: UnixMillis) -> String {
    let w = &shared.words;
    if to > shared.clock().now - DAY {
        t!(w, "clinical-this-week")
    } else {
        t!(w, "clinical-in-days", span = dates(shared, Category::BloodPressure, from, to))
    }
}

#[cfg(test)]
mod tests;
