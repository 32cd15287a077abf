//! Days as a table, where only their summaries are given: everything the chart shows, readable row by row.

use salus_wire::view::RecordView;
use yew::prelude::*;

use crate::format::count;
use crate::state::use_shared;
use crate::t;

/// Properties of [`DaysTable`].
#[derive(Properties, PartialEq)]
pub struct DaysTableProps {
    /// The record.
    pub record: std::rc::Rc<RecordView>,
}

/// The newest days first. A day is one of UTC, whatever the time here.
#[component]
pub fn DaysTable(props: &DaysTableProps) -> Html {
    let shared = use_shared();
    let (w, record) = (&shared.words, &props.record);
    let mut utc = shared.clock();
    utc.offset = 0;
    // An en dash stands for no value.
    let mean = |mean: &Option<String>| mean.clone().unwrap_or_else(|| "\u{2013}".into());
    html! {
        <div class="table" tabindex="0" role="region" aria-label={t!(w, "table-days-title", what = w.category(record.category))}>
            <table>
                <caption>{ t!(w, "table-days-count", n = record.days.len()) }</caption>
                <thead><tr>
                    <th scope="col">{ t!(w, "table-days-day") }</th>
                    <th scope="col">{ t!(w, "table-days-what") }</th>
                    <th scope="col" class="number">{ t!(w, "table-days-values") }</th>
                    <th scope="col" class="number">{ t!(w, "table-days-lowest") }</th>
                    <th scope="col" class="number">{ t!(w, "table-days-average") }</th>
                    <th scope="col" class="number">{ t!(w, "table-days-highest") }</th>
                    <th scope="col" class="number">{ t!(w, "table-days-covered") }</th>
                </tr></thead>
                <tbody>{ for record.days.iter().map(|day| html! {
                    <tr>
                        <th scope="row">{ utc.date(day.start) }</th>
                        <td>{ w.quantity(day.quantity) }<small>{ w.unit(day.quantity) }</small></td>
                        <td class="number"><bdi>{ count(day.count) }</bdi></td>
                        <td class="number"><bdi>{ &day.min }</bdi></td>
                        <td class="number"><bdi>{ mean(&day.mean) }</bdi></td>
                        <td class="number"><bdi>{ &day.max }</bdi></td>
                        <td class="number"><bdi>{ format!("{}\u{a0}%", day.coverage) }</bdi></td>
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}
