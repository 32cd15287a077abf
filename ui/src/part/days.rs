//! Days as a table, where only their summaries are given: everything the chart shows, readable row by row.

use salus_wire::view::RecordView;
use yew::prelude::*;

use super::day_rows::day_rows;
use crate::state::{Same, use_shared};
use crate::t;

/// Properties of [`DaysTable`].
#[derive(Properties, PartialEq)]
pub struct DaysTableProps {
    /// The record.
    pub record: Same<RecordView>,
}

/// The newest days first. A day is one of UTC, whatever the time here.
#[component]
pub fn DaysTable(props: &DaysTableProps) -> Html {
    let shared = use_shared();
    let (w, record) = (&shared.words, &props.record);
    let mut utc = shared.clock();
    utc.offset = 0;
    let caption = t!(w, "table-days-count", n = record.days.len());
    day_rows(&utc, record.category, &record.days, caption, t!(w, "table-days-day"))
}
