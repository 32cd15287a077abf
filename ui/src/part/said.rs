//! What is said of a record in words: its main quantity, one sentence, the newest value.

use salus_wire::view::{ReadingView, RecordView, SummaryView};
use salus_wire::{Category, Quantity};

use super::Whose;
use super::readings::{originals, value_of};
use crate::format::count;
use crate::t;
use crate::words::{FluentArgs, Words};

/// Up to so many values a sentence says how many there were; of a strap's thousands it would tell nothing.
const FEW: u32 = 100;

/// The summary of a quantity that has values.
pub(super) fn summary(record: &RecordView, quantity: Quantity) -> Option<&SummaryView> {
    record.summary.iter().find(|s| s.quantity == quantity && s.count > 0)
}

/// The drawn quantity that the section is about: the first that has values. A glucose sensor goes before the finger
/// pricks that it is checked with.
pub(super) fn main_quantity(record: &RecordView) -> Quantity {
    let drawn = record.category.drawn();
    let with_values = drawn.iter().copied().filter(|q| summary(record, *q).is_some());
    let main = match record.category {
        Category::Glucose => with_values.max_by_key(|q| summary(record, *q).map(|s| s.count)),
        _ => with_values.min_by_key(|q| drawn.iter().position(|d| d == q)),
    };
    main.or(drawn.first().copied()).unwrap_or(Quantity::HeartRate)
}

/// One sentence that a person can repeat to somebody else.
pub(super) fn sentence(w: &Words, record: &RecordView, whose: Whose, span: &str) -> String {
    let said = match record.category {
        Category::Electrocardiogram => (record.total > 0).then(String::new),
        Category::BloodPressure => pressure(w, record),
        _ => summary(record, main_quantity(record)).map(|s| between(w, s)),
    };
    let Some(said) = said else { return t!(w, "sentence-none", span = span) };
    let mut args = FluentArgs::new();
    args.set("span", span.to_owned());
    args.set("said", said);
    let attribute = match whose {
        Whose::Own => "own",
        Whose::Patient => "other",
    };
    w.of_category(record.category, attribute, Some(&args))
}

/// "128/79 mmHg on average, from 3 readings".
fn pressure(w: &Words, record: &RecordView) -> Option<String> {
    let (s, d) = (summary(record, Quantity::Systolic)?, summary(record, Quantity::Diastolic)?);
    let value = w.amount(&format!("{}/{}", s.mean, d.mean), Quantity::Systolic);
    Some(t!(w, "said-average", n = s.count, count = count(s.count), value = value))
}

/// "between 36.4 and 37.1 °C, from 3 readings".
fn between(w: &Words, s: &SummaryView) -> String {
    let most = w.amount(&s.max, s.quantity);
    let said = if s.min == s.max { most } else { t!(w, "said-range", min = s.min.clone(), max = most) };
    if s.count > FEW {
        return said;
    }
    t!(w, "said-from", n = s.count, count = count(s.count), said = said)
}

/// The newest value and the quantity that it is of. A single sample of an electrocardiogram says nothing.
pub(super) fn newest(category: Category, reading: &ReadingView) -> Option<(String, Quantity)> {
    let here = |q: &Quantity| reading.values.iter().any(|v| v.quantity == *q);
    let quantity = category.drawn().iter().copied().find(here)?;
    match category {
        Category::Electrocardiogram => None,
        Category::BloodPressure => {
            let [s, d] = [Quantity::Systolic, Quantity::Diastolic].map(|q| value_of(reading, q));
            Some((format!("{s}/{d}"), quantity))
        }
        _ => Some((value_of(reading, quantity), quantity)),
    }
}

/// The main values of a reading with their units: "128/79 mmHg · Pulse 61 per minute".
#[must_use]
pub fn amounts(w: &Words, category: Category, reading: &ReadingView) -> String {
    let mut said: Vec<String> = newest(category, reading).iter().map(|(v, q)| w.amount(v, *q)).collect();
    let more = category.typed().iter().filter(|q| !category.drawn().contains(q));
    for quantity in more {
        let value = reading.values.iter().find(|v| v.quantity == *quantity);
        said.extend(value.map(|v| format!("{} {}", w.quantity(*quantity), w.amount(&v.value, *quantity))));
    }
    said.extend(originals(w, category, reading));
    said.join(" · ")
}
