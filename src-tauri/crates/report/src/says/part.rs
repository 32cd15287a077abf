//! One category of a visit's page: its sentence, its figures, and what its picture shows in words.

use fluent_bundle::FluentArgs;
use salus_wire::measure::spoken::{isolated, rounded};
use salus_wire::{Category, Quantity};

use crate::content::{Figure, Part, SketchLine};
use crate::words::{Words, count, t};

/// Up to so many values a sentence says how many there were, as on the screen.
const FEW: u32 = 100;

/// One sentence that a person can repeat to somebody else; the screen's.
pub(crate) fn sentence(w: &Words, part: &Part, span: &str) -> String {
    let said = match part.category {
        Category::Electrocardiogram => (part.total > 0).then(String::new),
        Category::BloodPressure => pressure(w, part),
        _ => main(part).map(|figure| between(w, figure)),
    };
    let Some(said) = said else {
        return match part.total {
            0 => t!(w, "sentence-none", span = span.to_owned()),
            n => t!(
                w,
                "sentence-beside",
                what = w.category(part.category),
                span = span.to_owned(),
                n = n,
                count = count(n)
            ),
        };
    };
    let mut args = FluentArgs::new();
    args.set("span", span.to_owned());
    args.set("said", said);
    w.of_category(part.category, &args)
}

/// The figures behind it, a line for each quantity.
pub(crate) fn figures(w: &Words, part: &Part) -> Vec<String> {
    let one = |f: &Figure| {
        let mut args = FluentArgs::new();
        args.set("what", w.quantity(f.quantity));
        args.set("min", isolated(&f.min));
        args.set("max", w.amount(&f.max, f.quantity));
        args.set("mean", isolated(&f.mean));
        args.set("n", f.count);
        args.set("count", count(f.count));
        args.set("percent", f.coverage);
        // A glucose sensor sends every few minutes: its coverage is no share of minutes.
        let key = match f.quantity {
            Quantity::InterstitialGlucose => "report-figures-sensor",
            _ => "report-figures",
        };
        w.text(key, Some(&args))
    };
    part.figures.iter().filter(|f| f.count > 0 && f.quantity != Quantity::EcgVoltage).map(one).collect()
}

/// What the picture shows, for whoever does not see it.
pub(crate) fn picture(w: &Words, part: &Part, span: &str) -> String {
    let gaps: usize = part.sketch.lines.iter().map(breaks).max().unwrap_or(0);
    let said = figures(w, part).join(" ");
    t!(w, "report-picture", what = w.category(part.category), span = span.to_owned(), said = said, n = gaps)
}

/// How often a line ends and begins again.
fn breaks(line: &SketchLine) -> usize {
    line.runs.len().saturating_sub(1)
}

/// "128/79 mmHg on average, from 3 readings".
fn pressure(w: &Words, part: &Part) -> Option<String> {
    let of = |quantity| part.figures.iter().find(|f| f.quantity == quantity && f.count > 0);
    let (s, d) = (of(Quantity::Systolic)?, of(Quantity::Diastolic)?);
    let value = w.amount(&format!("{}/{}", s.mean, d.mean), Quantity::Systolic);
    Some(t!(w, "said-average", n = s.count, count = count(s.count), value = value))
}

/// "between 36.4 and 37.1 °C, from 3 readings".
fn between(w: &Words, f: &Figure) -> String {
    let (least, most) = (rounded(&f.min, f.quantity), rounded(&f.max, f.quantity));
    let alike = least == most;
    let most = w.amount(&most, f.quantity);
    let said = if alike { most } else { t!(w, "said-range", min = least, max = most) };
    if f.count > FEW {
        return said;
    }
    t!(w, "said-from", n = f.count, count = count(f.count), said = said)
}

/// The figure that the category is about: the first drawn quantity that has values, of glucose the one with the most.
fn main(part: &Part) -> Option<&Figure> {
    let drawn = part.category.drawn();
    let with_values = part.figures.iter().filter(|f| f.count > 0 && drawn.contains(&f.quantity));
    match part.category {
        Category::Glucose => with_values.max_by_key(|f| f.count),
        _ => with_values.min_by_key(|f| drawn.iter().position(|d| *d == f.quantity)),
    }
}
