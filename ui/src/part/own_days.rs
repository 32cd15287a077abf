//! Days as a table, by the person's own clock: everything that a chart of weeks or of a year shows, readable row by row.

use salus_wire::command::SumDays;
use salus_wire::{Category, UnixMillis};
use yew::prelude::*;

use super::day_rows::day_rows;
use super::unanswered;
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
    // Of a span whose newer days do not come, none are shown.
    let Some(days) = asked.answer.as_ref().filter(|_| asked.failure.is_none()) else {
        return unanswered(&asked);
    };
    let caption = t!(w, "own-days-count", n = days.len());
    day_rows(&clock, category, days, caption, t!(w, "own-days-day"))
}
