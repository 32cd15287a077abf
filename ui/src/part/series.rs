//! One category of a record: sentence first, number second, chart third, table on request.

use std::rc::Rc;

use salus_wire::view::{RecordView, SummaryView};
use salus_wire::{Category, Quantity};
use yew::prelude::*;

use super::readings::value_of;
use super::{Chart, ReadingsTable};
use crate::state::{Shared, use_shared};
use crate::t;

/// Whose readings a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The reader's own: "your heart rate".
    Own,
    /// A patient's: "heart rate".
    Patient,
}

/// Properties of [`Series`].
#[derive(Properties, PartialEq)]
pub struct SeriesProps {
    /// Whose readings.
    pub whose: Whose,
    /// The record.
    pub record: Rc<RecordView>,
    /// "today", "from 1 to 7 November": the span in words.
    pub span: String,
}

/// One category's section.
#[component]
pub fn Series(props: &SeriesProps) -> Html {
    let shared = use_shared();
    let (w, record) = (&shared.words, &props.record);
    let table = use_state(|| false);
    let toggle = {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.set(!*table))
    };
    let (pressed, label) =
        if *table { ("true", t!(w, "show-chart")) } else { ("false", t!(w, "show-table")) };
    html! {
        <section class="series" data-category={format!("{:?}", record.category)}>
            <p class="overline">{ w.category(record.category) }</p>
            <h2>{ sentence(&shared, record, props.whose, &props.span) }</h2>
            { figures(&shared, record) }
            { super::variability::variability(&shared, record) }
            if record.total > 0 {
                if *table { <ReadingsTable record={record.clone()} /> } else { <Chart record={record.clone()} /> }
                <button type="button" class="small" aria-pressed={pressed} onclick={toggle}>{ label }</button>
            }
        </section>
    }
}

fn summary(record: &RecordView, quantity: Quantity) -> Option<&SummaryView> {
    record.summary.iter().find(|s| s.quantity == quantity && s.count > 0)
}

/// One sentence that a person can repeat to somebody else.
fn sentence(shared: &Shared, record: &RecordView, whose: Whose, span: &str) -> String {
    let w = &shared.words;
    let own = whose == Whose::Own;
    match record.category {
        Category::HeartRate => match summary(record, Quantity::HeartRate) {
            Some(s) if s.min == s.max && own => {
                t!(w, "sentence-heart-rate-one", span = span, value = s.min.clone())
            }
            Some(s) if s.min == s.max => {
                t!(w, "sentence-heart-rate-one-other", span = span, value = s.min.clone())
            }
            Some(s) if own => {
                t!(w, "sentence-heart-rate", span = span, min = s.min.clone(), max = s.max.clone())
            }
            Some(s) => {
                t!(w, "sentence-heart-rate-other", span = span, min = s.min.clone(), max = s.max.clone())
            }
            None => t!(w, "sentence-none", span = span),
        },
        Category::BloodPressure => {
            match (summary(record, Quantity::Systolic), summary(record, Quantity::Diastolic)) {
                (Some(s), Some(d)) => {
                    let value = format!("\u{2066}{}/{}\u{2069}", s.mean, d.mean);
                    if own {
                        t!(w, "sentence-blood-pressure", span = span, n = s.count, value = value)
                    } else {
                        t!(w, "sentence-blood-pressure-other", span = span, n = s.count, value = value)
                    }
                }
                _ => t!(w, "sentence-none", span = span),
            }
        }
        _ => t!(w, "sentence-none", span = span),
    }
}

/// The newest value, large, then where it came from.
fn figures(shared: &Shared, record: &RecordView) -> Html {
    let w = &shared.words;
    let Some(latest) = &record.latest else { return Html::default() };
    let (value, unit) = match record.category {
        Category::BloodPressure => (
            format!("{}/{}", value_of(latest, Quantity::Systolic), value_of(latest, Quantity::Diastolic)),
            w.unit(Quantity::Systolic),
        ),
        _ => (value_of(latest, Quantity::HeartRate), w.unit(Quantity::HeartRate)),
    };
    // A shared record may leave out which device it was.
    let when = shared.clock().moment(latest.at);
    let source = match latest.device.as_str() {
        "" => t!(w, "figure-latest-bare", when = when),
        device => t!(w, "figure-latest", when = when, device = device.to_owned()),
    };
    let coverage = summary(record, Quantity::HeartRate).map(|s| s.coverage);
    html! {
        <div class="figures">
            <p class="figure"><bdi dir="ltr">{ value }</bdi><small>{ unit }</small></p>
            <p class="quiet">
                { source }
                if let Some(coverage) = coverage { <br />{ t!(w, "figure-coverage", percent = coverage) } }
            </p>
        </div>
    }
}
