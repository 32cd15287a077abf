//! Days as a table, by the person's own clock: everything that a chart of weeks or of a year shows, readable row by row.

use salus_wire::command::SumDays;
use salus_wire::{Category, UnixMillis};
use yew::prelude::*;

use super::{Notice, Waiting};
use crate::format::count;
use crate::state::{use_ask, use_shared};
use crate::t;

/// Properties of [`OwnDays`].
#[derive(Properties, PartialEq)]
pub struct OwnDaysProps {
    /// Which series.
    pub category: Category,
    /// Start of the span, inclusive.
    pub from: UnixMillis,
    /// End of the span, exclusive.
    pub to: UnixMillis,
}

/// The newest days first; a day without a value has no row.
#[component]
pub fn OwnDays(props: &OwnDaysProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let OwnDaysProps { category, from, to } = *props;
    let asked = use_ask(Some(SumDays { category, from, to }), shared.beats.readings);
    if let Some(failure) = asked.failure.clone() {
        return html! { <Notice {failure} /> };
    }
    let Some(days) = &asked.answer else { return html! { <Waiting /> } };
    // An en dash stands for no value.
    let mean = |mean: &Option<String>| mean.clone().unwrap_or_else(|| "\u{2013}".into());
    html! {
        <div class="table" tabindex="0" role="region" aria-label={t!(w, "table-days-title", what = w.category(category))}>
            <table>
                <caption>{ t!(w, "own-days-count", n = days.len()) }</caption>
                <thead><tr>
                    <th scope="col">{ t!(w, "own-days-day") }</th>
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
