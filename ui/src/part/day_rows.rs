//! Days as a table, row by row: everything that a chart of them shows.

use salus_wire::Category;
use salus_wire::view::DayView;
use yew::prelude::*;

use crate::format::{Clockface, count};
use crate::t;

/// The newest days first, each by this clock; a day without a value has no row. `caption` says how many, `day` whose days they are.
pub(super) fn day_rows(
    clock: &Clockface,
    category: Category,
    days: &[DayView],
    caption: String,
    day: String,
) -> Html {
    let w = &clock.words;
    // An en dash stands for no value.
    let mean = |mean: &Option<String>| mean.clone().unwrap_or_else(|| "\u{2013}".into());
    html! {
        <div class="table" tabindex="0" role="region" aria-label={t!(w, "table-days-title", what = w.category(category))}>
            <table>
                <caption>{ caption }</caption>
                <thead><tr>
                    <th scope="col">{ day }</th>
                    <th scope="col">{ t!(w, "table-days-what") }</th>
                    <th scope="col" class="number">{ t!(w, "table-days-values") }</th>
                    <th scope="col" class="number">{ t!(w, "table-days-lowest") }</th>
                    <th scope="col" class="number">{ t!(w, "table-days-average") }</th>
                    <th scope="col" class="number">{ t!(w, "table-days-highest") }</th>
                    <th scope="col" class="number">{ t!(w, "table-days-covered") }</th>
                </tr></thead>
                <tbody>{ for days.iter().map(|day| html! {
                    <tr>
                        <th scope="row">{ clock.date(day.start) }</th>
                        <td>{ w.quantity(day.quantity) }{ " " }<small>{ w.unit(day.quantity) }</small></td>
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
