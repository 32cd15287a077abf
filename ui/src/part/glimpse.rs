//! What an opening comes to in a line, in words: in the list of patients, on top of an opened record, and in the patient's look through a
//! permission.

use salus_wire::measure::spoken::rounded;
use salus_wire::view::{GlimpseView, RangeRule, RangeView, Standing};
use yew::prelude::*;

use super::{Icon, icon};
use crate::format::count;
use crate::state::Shared;
use crate::t;
use crate::words::Words;

/// How new it is, how complete, and what is out of range by which rule.
pub fn first_look(shared: &Shared, g: &GlimpseView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    html! {
        <dl class="terms first-look">
            if let Some(last) = g.last {
                <dt>{ t!(w, "patients-last") }</dt>
                <dd>{ clock.moment(last) }</dd>
            }
            <dt>{ t!(w, "patients-coverage") }</dt>
            <dd>{ coverage(w, g) }</dd>
            <dt>{ t!(w, "patients-range") }</dt>
            <dd>{ ranges(w, g) }</dd>
        </dl>
    }
}

/// "9 of 14 days"
pub(crate) fn coverage(w: &Words, g: &GlimpseView) -> String {
    t!(w, "patients-days", n = count(g.days.into()), total = count(g.of_days.into()))
}

/// What is out of range first, each with its rule.
pub(crate) fn ranges(w: &Words, g: &GlimpseView) -> Html {
    if g.ranges.is_empty() {
        return html! { <>{ t!(w, "patients-range-short") }</> };
    }
    let (within, out): (Vec<_>, Vec<_>) = g.ranges.iter().partition(|r| r.standing == Standing::Within);
    html! {
        <>
            { for out.into_iter().map(|r| html! { <p class="caution">{ icon(Icon::Warning) }<span>{ range_words(w, r) }</span></p> }) }
            { for within.into_iter().map(|r| html! { <p class="quiet"><span>{ range_words(w, r) }</span></p> }) }
        </>
    }
}

/// "Blood pressure 141/88 mmHg: at or above 135/85 (home, ESH)."
fn range_words(w: &Words, r: &RangeView) -> String {
    let (what, value) = (w.category(r.category), w.amount(&rounded(&r.value, r.quantity), r.quantity));
    let range = w.amount(&rounded(&r.range, r.quantity), r.quantity);
    match (r.rule, r.standing) {
        (RangeRule::HomePressure, Standing::Above) => {
            t!(w, "range-home-high", what = what, value = value, range = range)
        }
        (RangeRule::HomePressure, Standing::Within | Standing::Below) => {
            t!(w, "range-home", what = what, value = value, range = range)
        }
        (RangeRule::OwnUsual, Standing::Above) => {
            t!(w, "range-own-above", what = what, value = value, range = range)
        }
        (RangeRule::OwnUsual, Standing::Below) => {
            t!(w, "range-own-below", what = what, value = value, range = range)
        }
        (RangeRule::OwnUsual, Standing::Within) => {
            t!(w, "range-own", what = what, value = value, range = range)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use salus_wire::{Category, Quantity};

    use super::*;
    use crate::words::LANGUAGES;

    #[test]
    fn where_a_value_lies_is_said_with_its_figures_and_by_which_rule() {
        for language in LANGUAGES {
            let words = Words::of(language.tag);
            let mut said = BTreeSet::new();
            for rule in [RangeRule::HomePressure, RangeRule::OwnUsual] {
                for standing in [Standing::Below, Standing::Within, Standing::Above] {
                    let range = RangeView {
                        category: Category::BloodPressure,
                        quantity: Quantity::Systolic,
                        rule,
                        standing,
                        value: "141/88".into(),
                        range: "135/85".into(),
                    };
                    let text = range_words(&words, &range);
                    assert!(text.contains("141/88") && text.contains("135/85"), "{}: {text}", language.tag);
                    said.insert(text);
                }
            }
            // A week at home is high or not; there is nothing below it.
            assert_eq!(said.len(), 5, "{}: {said:?}", language.tag);
        }
    }
}
