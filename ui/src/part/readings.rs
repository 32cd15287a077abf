//! Readings as a table: everything the chart shows, readable row by row.

use salus_wire::view::{ReadingView, RecordView};
use salus_wire::{Category, Quality, Quantity};
use yew::prelude::*;

use crate::format::count;
use crate::state::{Same, use_shared};
use crate::t;
use crate::words::Words;

/// Values of one quantity in one reading that a cell still lists; of more it says how many.
const MOST_LISTED: usize = 8;

/// Properties of [`ReadingsTable`].
#[derive(Properties, PartialEq)]
pub struct ReadingsTableProps {
    /// The record.
    pub record: Same<RecordView>,
    /// Asked to write a note on a reading; of somebody else's record nobody can.
    #[prop_or_default]
    pub on_note: Option<Callback<ReadingView>>,
}

/// The newest rows first.
#[component]
pub fn ReadingsTable(props: &ReadingsTableProps) -> Html {
    let shared = use_shared();
    let (w, record) = (&shared.words, &props.record);
    let columns = columns(w, record);
    let clock = shared.clock();
    // A shared record leaves out which device it was: a column for it would be empty.
    let named = record.rows.iter().any(|row| !row.device.is_empty());
    let shown = u32::try_from(record.rows.len()).unwrap_or(u32::MAX);
    html! {
        <div class="table readings" tabindex="0" role="region" aria-label={t!(w, "table-title", what = w.category(record.category))}>
            <table>
                <caption>{ t!(w, "table-count", shown = count(shown), total = count(record.total)) }</caption>
                <thead><tr>
                    <th scope="col">{ t!(w, "table-when") }</th>
                    { for columns.iter().map(|q| html! {
                        <th scope="col" class={class(*q)}>{ w.quantity(*q) }<small>{ w.unit(*q) }</small></th>
                    }) }
                    if named { <th scope="col">{ t!(w, "table-from") }</th> }
                    <th scope="col">{ t!(w, "table-notes") }</th>
                </tr></thead>
                <tbody>{ for record.rows.iter().map(|row| html! {
                    <tr>
                        <th scope="row">{ clock.moment(row.at) }</th>
                        { for columns.iter().map(|q| html! { <td class={class(*q)}><bdi>{ cell(w, record.category, row, *q) }</bdi></td> }) }
                        if named { <td><bdi>{ &row.device }</bdi></td> }
                        <td class="remarks">
                            { notes(w, record.category, row) }{ super::provenance::provenance(&shared, row) }
                            { for props.on_note.iter().map(|on_note| note_button(w, row, &clock.moment(row.at), on_note)) }
                        </td>
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}

/// Says in its name of which reading the note is: a table has many of these.
fn note_button(w: &Words, row: &ReadingView, when: &str, on_note: &Callback<ReadingView>) -> Html {
    let onclick = {
        let (on_note, row) = (on_note.clone(), row.clone());
        Callback::from(move |_: MouseEvent| on_note.emit(row.clone()))
    };
    let said = if row.note.is_some() { t!(w, "note-change") } else { t!(w, "note-write") };
    html! { <button type="button" class="small" data-note="reading" aria-label={format!("{said}: {when}")} {onclick}>{ said.clone() }</button> }
}

const fn class(quantity: Quantity) -> Option<&'static str> {
    if quantity.is_coded() { None } else { Some("number") }
}

/// The quantities that occur, drawn ones first. Values in another unit stand in the notes, codes only where words are
/// known for them, and what merely orders samples nowhere.
fn columns(w: &Words, record: &RecordView) -> Vec<Quantity> {
    let drawn = record.category.drawn();
    let rest = Quantity::ALL.iter().filter(|q| !drawn.contains(q));
    let shown = |q: &Quantity| {
        let mut values = record.rows.iter().flat_map(|r| &r.values).filter(|v| v.quantity == *q);
        match *q {
            Quantity::SampleInterval => false,
            q if q.original_of().is_some() => false,
            q if q.is_coded() => values.any(|v| w.coded(record.category, q, &v.value).is_some()),
            _ => values.next().is_some(),
        }
    };
    drawn.iter().chain(rest).copied().filter(shown).collect()
}

fn cell(w: &Words, category: Category, row: &ReadingView, quantity: Quantity) -> String {
    let values: Vec<&str> =
        row.values.iter().filter(|v| v.quantity == quantity).map(|v| v.value.as_str()).collect();
    match values.as_slice() {
        [] => NONE.into(),
        [code] if quantity.is_coded() => w.coded(category, quantity, code).unwrap_or_else(|| NONE.into()),
        few if few.len() <= MOST_LISTED => few.join(&t!(w, "list-comma")),
        many => t!(w, "table-values", n = many.len()),
    }
}

/// An en dash stands for no value.
const NONE: &str = "\u{2013}";

/// The text of one quantity; an en dash when there is none.
#[must_use]
pub(super) fn value_of(row: &ReadingView, quantity: Quantity) -> String {
    row.values.iter().find(|v| v.quantity == quantity).map_or_else(|| NONE.into(), |v| v.value.clone())
}

/// "16.0/10.5 kPa": the drawn values as they were sent or typed in another unit.
fn original(w: &Words, category: Category, row: &ReadingView) -> Option<String> {
    let drawn = |q: Quantity| q.original_of().is_some_and(|stored| category.drawn().contains(&stored));
    let sent: Vec<_> = row.values.iter().filter(|v| drawn(v.quantity)).collect();
    let values: Vec<&str> = sent.iter().map(|v| v.value.as_str()).collect();
    Some(w.amount(&values.join("/"), sent.first()?.quantity))
}

/// "sent as 16.0/10.5 kPa", of the drawn values.
pub(super) fn originals(w: &Words, category: Category, row: &ReadingView) -> Option<String> {
    original(w, category, row).map(|value| as_sent(w, row, value))
}

/// "sent as 154.33 lb, Height 68.9 in", of all values that were in another unit.
fn all_originals(w: &Words, category: Category, row: &ReadingView) -> Option<String> {
    let others = row
        .values
        .iter()
        .filter(|v| v.quantity.original_of().is_some_and(|stored| !category.drawn().contains(&stored)));
    let others = others.map(|v| format!("{} {}", w.quantity(v.quantity), w.amount(&v.value, v.quantity)));
    let all: Vec<String> = original(w, category, row).into_iter().chain(others).collect();
    (!all.is_empty()).then(|| as_sent(w, row, all.join(&t!(w, "list-comma"))))
}

fn as_sent(w: &Words, row: &ReadingView, value: String) -> String {
    if row.quality.has(Quality::TYPED) {
        t!(w, "quality-typed-as", value = value)
    } else {
        t!(w, "quality-sent-as", value = value)
    }
}

fn notes(w: &Words, category: Category, row: &ReadingView) -> Html {
    let flags = [
        (Quality::NO_CONTACT, t!(w, "quality-no-contact")),
        (Quality::MOVEMENT, t!(w, "quality-movement")),
        (Quality::CUFF_LOOSE, t!(w, "quality-cuff-loose")),
        (Quality::IRREGULAR_PULSE, t!(w, "quality-irregular-pulse")),
        (Quality::BAD_POSITION, t!(w, "quality-bad-position")),
        (Quality::PULSE_RANGE, t!(w, "quality-pulse-range")),
        (Quality::LOW_SIGNAL, t!(w, "quality-low-signal")),
        (Quality::QUESTIONABLE, t!(w, "quality-questionable")),
        (Quality::PROVISIONAL, t!(w, "quality-provisional")),
        (Quality::NO_DEVICE_TIME, t!(w, "quality-no-device-time")),
        (Quality::CLOCK_CORRECTED, t!(w, "quality-clock-corrected")),
        (Quality::LINK_OPEN, t!(w, "quality-link-open")),
        (Quality::TYPED, t!(w, "quality-typed")),
        (Quality::BACKFILLED, t!(w, "quality-backfilled")),
        (Quality::IMPORTED, t!(w, "quality-imported")),
    ];
    let mut said: Vec<String> =
        flags.into_iter().filter(|(flag, _)| row.quality.has(*flag)).map(|(_, words)| words).collect();
    let sent = all_originals(w, category, row);
    if sent.is_none() && row.quality.has(Quality::CONVERTED) {
        said.push(t!(w, "quality-converted"));
    }
    html! {
        <>
            { said.join(&t!(w, "list-comma")) }
            if let Some(sent) = sent { <small class="line-of-its-own">{ sent }</small> }
            if let Some(note) = &row.note { <small class="line-of-its-own">{ t!(w, "quality-note", text = note.clone()) }</small> }
        </>
    }
}
