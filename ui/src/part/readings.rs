//! Readings as a table: everything the chart shows, readable row by row.

use salus_wire::view::{ReadingView, RecordView};
use salus_wire::{Category, Quality, Quantity};
use yew::prelude::*;

use crate::format::count;
use crate::state::{Shared, use_shared};
use crate::t;

/// Properties of [`ReadingsTable`].
#[derive(Properties, PartialEq)]
pub struct ReadingsTableProps {
    /// The record.
    pub record: std::rc::Rc<RecordView>,
}

/// The newest rows first.
#[component]
pub fn ReadingsTable(props: &ReadingsTableProps) -> Html {
    let shared = use_shared();
    let (w, record) = (&shared.words, &props.record);
    let columns = columns(record.category);
    let clock = shared.clock();
    let shown = u32::try_from(record.rows.len()).unwrap_or(u32::MAX);
    html! {
        <div class="table" tabindex="0" role="region" aria-label={t!(w, "table-title", what = w.category(record.category))}>
            <table>
                <caption>{ t!(w, "table-count", shown = count(shown), total = count(record.total)) }</caption>
                <thead><tr>
                    <th scope="col">{ t!(w, "table-when") }</th>
                    { for columns.iter().map(|q| html! {
                        <th scope="col" class="number">{ w.quantity(*q) }<small>{ w.unit(*q) }</small></th>
                    }) }
                    <th scope="col">{ t!(w, "table-from") }</th>
                    <th scope="col">{ t!(w, "table-notes") }</th>
                </tr></thead>
                <tbody>{ for record.rows.iter().map(|row| html! {
                    <tr>
                        <th scope="row">{ clock.moment(row.at) }</th>
                        { for columns.iter().map(|q| html! { <td class="number">{ value_of(row, *q) }</td> }) }
                        <td><bdi>{ &row.device }</bdi></td>
                        <td>{ notes(&shared, row.quality) }{ super::provenance::provenance(&shared, row) }</td>
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}

fn columns(category: Category) -> &'static [Quantity] {
    match category {
        Category::BloodPressure => &[Quantity::Systolic, Quantity::Diastolic, Quantity::PulseRate],
        _ => &[Quantity::HeartRate],
    }
}

/// The text of one quantity; an en dash when there is none.
#[must_use]
pub(super) fn value_of(row: &ReadingView, quantity: Quantity) -> String {
    row.values.iter().find(|v| v.quantity == quantity).map_or_else(|| "\u{2013}".into(), |v| v.value.clone())
}

fn notes(shared: &Shared, quality: Quality) -> String {
    let w = &shared.words;
    let flags = [
        (Quality::NO_CONTACT, t!(w, "quality-no-contact")),
        (Quality::MOVEMENT, t!(w, "quality-movement")),
        (Quality::CUFF_LOOSE, t!(w, "quality-cuff-loose")),
        (Quality::IRREGULAR_PULSE, t!(w, "quality-irregular-pulse")),
        (Quality::BAD_POSITION, t!(w, "quality-bad-position")),
        (Quality::PULSE_RANGE, t!(w, "quality-pulse-range")),
        (Quality::CONVERTED, t!(w, "quality-converted")),
        (Quality::NO_DEVICE_TIME, t!(w, "quality-no-device-time")),
        (Quality::CLOCK_CORRECTED, t!(w, "quality-clock-corrected")),
        (Quality::LINK_OPEN, t!(w, "quality-link-open")),
        (Quality::TYPED, t!(w, "quality-typed")),
        (Quality::BACKFILLED, t!(w, "quality-backfilled")),
    ];
    let said: Vec<String> =
        flags.into_iter().filter(|(flag, _)| quality.has(*flag)).map(|(_, words)| words).collect();
    said.join(&t!(w, "list-comma"))
}
