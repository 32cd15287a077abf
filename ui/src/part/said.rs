//! What is said of a record in words: its main quantity, one sentence, the newest value.

use salus_wire::measure::spoken::rounded;
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

/// Whether a sensor sent so many values by itself, all the time: a heart rate, a sensor's glucose, and oxygen and breathing where values are
/// so many that the sentence does not count them.
pub(super) const fn sent(quantity: Quantity, count: u32) -> bool {
    match quantity {
        Quantity::HeartRate | Quantity::InterstitialGlucose => true,
        Quantity::OxygenSaturation | Quantity::RespiratoryRate => count > FEW,
        _ => false,
    }
}

/// How much there is of what sensors send all the time, in percent.
fn covered(record: &RecordView) -> Option<u8> {
    let main = summary(record, main_quantity(record))?;
    sent(main.quantity, main.count).then_some(main.coverage)
}

/// The same in words: a glucose sensor sends every few minutes, and is held to that.
pub(super) fn coverage(w: &Words, record: &RecordView) -> Option<String> {
    let percent = covered(record)?;
    Some(match main_quantity(record) {
        Quantity::InterstitialGlucose => t!(w, "figure-coverage-sensor", percent = percent),
        _ => t!(w, "figure-coverage", percent = percent),
    })
}

/// One sentence that a person can repeat to somebody else.
pub(super) fn sentence(w: &Words, record: &RecordView, whose: Whose, span: &str) -> String {
    let said = match record.category {
        Category::Electrocardiogram => (record.total > 0).then(String::new),
        Category::BloodPressure => pressure(w, record),
        _ => summary(record, main_quantity(record)).map(|s| between(w, s)),
    };
    let Some(said) = said else {
        return match record.total {
            0 => t!(w, "sentence-none", span = span),
            n => t!(
                w,
                "sentence-beside",
                what = w.category(record.category),
                span = span,
                n = n,
                count = count(n)
            ),
        };
    };
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
    let (least, most) = (rounded(&s.min, s.quantity), rounded(&s.max, s.quantity));
    let alike = least == most;
    let most = w.amount(&most, s.quantity);
    let said = if alike { most } else { t!(w, "said-range", min = least, max = most) };
    if s.count > FEW {
        return said;
    }
    t!(w, "said-from", n = s.count, count = count(s.count), said = said)
}

/// The newest value and the quantity that it is of. A single sample of an electrocardiogram says nothing.
#[must_use]
pub fn newest(category: Category, reading: &ReadingView) -> Option<(String, Quantity)> {
    let here = |q: &Quantity| reading.values.iter().any(|v| v.quantity == *q);
    let quantity = category.drawn().iter().copied().find(here)?;
    match category {
        Category::Electrocardiogram => None,
        Category::BloodPressure => {
            let [s, d] = [Quantity::Systolic, Quantity::Diastolic].map(|q| value_of(reading, q));
            Some((format!("{s}/{d}"), quantity))
        }
        _ => Some((rounded(&value_of(reading, quantity), quantity), quantity)),
    }
}

/// The values of a reading that a person could type, with their units: "128/79 mmHg · Pulse 61 per minute". What stands
/// beside the main one is said in the unit in which it was typed or sent.
#[must_use]
pub fn amounts(w: &Words, category: Category, reading: &ReadingView) -> String {
    let main = newest(category, reading);
    let in_main = |q: Quantity| {
        let pressure = main.is_some() && category == Category::BloodPressure;
        main.as_ref().is_some_and(|(_, m)| *m == q) || (pressure && category.drawn().contains(&q))
    };
    let mut said: Vec<String> = main.iter().map(|(v, q)| w.amount(v, *q)).collect();
    for quantity in category.typed().iter().copied().filter(|q| !in_main(*q)) {
        let of = |wanted: &dyn Fn(Quantity) -> bool| reading.values.iter().find(|v| wanted(v.quantity));
        let value = of(&|q| q.original_of() == Some(quantity)).or_else(|| of(&|q| q == quantity));
        let name = w.quantity(quantity);
        said.extend(value.and_then(|v| match v.quantity.is_coded() {
            true => w.coded(category, quantity, &v.value).map(|word| format!("{name}: {word}")),
            false => Some(format!("{name} {}", w.amount(&rounded(&v.value, v.quantity), v.quantity))),
        }));
    }
    said.extend(originals(w, category, reading));
    said.join(" · ")
}

#[cfg(test)]
mod tests {
    use salus_wire::Quality;
    use salus_wire::view::{ChartView, ProvenanceView, ValueView};

    use super::*;

    fn reading(values: &[(Quantity, &str)]) -> ReadingView {
        let value =
            |(quantity, value): &(Quantity, &str)| ValueView { quantity: *quantity, value: (*value).into() };
        ReadingView {
            at: 0,
            values: values.iter().map(value).collect(),
            quality: Quality(Quality::TYPED | Quality::CONVERTED),
            device: String::new(),
            note: None,
            provenance: ProvenanceView::Typed { entered: 0 },
        }
    }

    fn said(category: Category, values: &[(Quantity, &str)]) -> String {
        let text = amounts(&Words::of("en"), category, &reading(values));
        text.replace(['\u{2068}', '\u{2069}'], "").replace('\u{a0}', " ")
    }

    #[test]
    fn how_much_there_is_is_said_of_what_sensors_send_all_the_time() {
        use Quantity as Q;
        let record = |category: Category, quantity, count| {
            let (min, mean, max) = ("1".into(), "2".into(), "3".into());
            RecordView {
                category,
                latest: None,
                summary: vec![SummaryView { quantity, count, min, mean, max, coverage: 61 }],
                chart: ChartView {
                    from: 0,
                    to: 1,
                    low: 0.0,
                    high: 1.0,
                    value_ticks: vec![],
                    time_ticks: vec![],
                    lines: vec![],
                },
                rows: vec![],
                total: count,
                variability: None,
                summed: None,
                damaged: 0,
                days: vec![],
            }
        };
        let said = |category, quantity, count| covered(&record(category, quantity, count));
        assert_eq!(said(Category::HeartRate, Q::HeartRate, 3), Some(61));
        assert_eq!(said(Category::OxygenSaturation, Q::OxygenSaturation, 28_000), Some(61));
        assert_eq!(said(Category::Respiration, Q::RespiratoryRate, 900), Some(61));
        assert_eq!(said(Category::OxygenSaturation, Q::OxygenSaturation, 6), None, "six spot checks");
        assert_eq!(said(Category::Glucose, Q::InterstitialGlucose, 96), Some(61), "one in fifteen minutes");
        assert_eq!(said(Category::Glucose, Q::CapillaryGlucose, 4), None, "of a finger");
        assert_eq!(said(Category::BloodPressure, Q::Systolic, 200), None, "by hand");
        let words = Words::of("en");
        let text = |category, quantity| coverage(&words, &record(category, quantity, 288)).unwrap();
        let (heart, glucose) =
            (text(Category::HeartRate, Q::HeartRate), text(Category::Glucose, Q::InterstitialGlucose));
        assert!(heart.contains("61") && heart.contains("minutes"), "{heart}");
        assert!(
            glucose.contains("61") && !glucose.contains("minute"),
            "a sensor sends less often: {glucose}"
        );
    }

    #[test]
    fn a_pressure_is_said_once() {
        use Quantity::{Diastolic, MeanPressure, PulseRate, Systolic};
        let pressure = [(Systolic, "128"), (Diastolic, "79")];
        assert_eq!(said(Category::BloodPressure, &pressure), "128/79 mmHg");
        let all = [pressure.to_vec(), vec![(PulseRate, "61"), (MeanPressure, "95")]].concat();
        let whole = "128/79 mmHg · Pulse 61 per minute · Mean pressure 95 mmHg";
        assert_eq!(said(Category::BloodPressure, &all), whole);
        assert_eq!(said(Category::BloodPressure, &[(PulseRate, "61")]), "Pulse 61 per minute");
    }

    #[test]
    fn everything_that_was_typed_is_said_with_the_unit_it_was_typed_in() {
        use Quantity as Q;
        assert_eq!(
            said(Category::Glucose, &[(Q::GlycatedHaemoglobin, "6.54"), (Q::GlycatedHaemoglobinMolar, "48")]),
            "HbA1c 48 mmol/mol"
        );
        assert_eq!(
            said(
                Category::Glucose,
                &[(Q::InterstitialGlucose, "99"), (Q::CapillaryGlucose, "104"), (Q::MealContext, "3")]
            ),
            "104 mg/dL · Before or after a meal: fasting · Glucose, sensor 99 mg/dL"
        );
        assert_eq!(
            said(
                Category::BodyWeight,
                &[
                    (Q::BodyWeight, "70.003"),
                    (Q::BodyHeight, "175.0"),
                    (Q::BodyWeightPound, "154.33"),
                    (Q::BodyHeightInch, "68.9")
                ]
            ),
            "70.0 kg · Height 68.9 in · typed as 154.33 lb"
        );
        for category in Category::ALL {
            let values: Vec<_> = category.typed().iter().map(|q| (*q, "1")).collect();
            let all = said(*category, &values);
            let words = Words::of("en");
            for quantity in category.typed().iter().filter(|q| !category.drawn().contains(q)) {
                assert!(all.contains(&words.quantity(*quantity)), "{quantity:?}: {all}");
            }
        }
    }
}
