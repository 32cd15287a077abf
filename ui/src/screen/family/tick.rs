//! Fields that the forms of families share: categories to tick, and a choice of numbers.

use salus_wire::Category;
use yew::prelude::*;

use crate::state::Shared;

/// Puts a category in, or takes it out.
pub(super) fn toggle(all: &mut Vec<Category>, category: Category) {
    match all.iter().position(|c| *c == category) {
        Some(at) => {
            all.remove(at);
        }
        None => all.push(category),
    }
}

/// Categories to tick; `tick` is called with the one that was.
pub(super) fn ticks(
    shared: &Shared,
    legend: String,
    offered: &[Category],
    chosen: &[Category],
    tick: &Callback<Category>,
) -> Html {
    html! {
        <fieldset class="choices">
            <legend>{ legend }</legend>
            { for offered.iter().copied().map(|category| {
                let onchange = tick.reform(move |_: Event| category);
                html! { <label class="choice"><input type="checkbox" checked={chosen.contains(&category)} {onchange} /><span>{ shared.words.category(category) }</span></label> }
            }) }
        </fieldset>
    }
}

/// A choice among numbers, each with its words.
pub(super) fn choice(
    id: &'static str,
    label: String,
    offered: Vec<(u16, String)>,
    chosen: u16,
    onchange: Callback<Event>,
) -> Html {
    html! {
        <p class="field">
            <label for={id}>{ label }</label>
            <select {id} {onchange}>{ for offered.into_iter().map(|(n, words)| html! {
                <option value={n.to_string()} selected={n == chosen}>{ words }</option>
            }) }</select>
        </p>
    }
}

/// What is usually offered, with what holds now among it.
pub(super) fn offered(usual: impl IntoIterator<Item = u16>, now: u16) -> Vec<u16> {
    let mut all: Vec<u16> = usual.into_iter().chain([now]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_now_can_be_chosen_whatever_is_usual() {
        assert_eq!(offered([7, 14], 5), [5, 7, 14]);
        assert_eq!(offered([7, 14], 14), [7, 14]);
        assert_eq!(offered(1..=1, 3), [1, 3]);
    }

    #[test]
    fn a_second_tick_takes_it_out_again() {
        let mut all = Vec::new();
        for category in [Category::HeartRate, Category::BloodPressure, Category::HeartRate] {
            toggle(&mut all, category);
        }
        assert_eq!(all, [Category::BloodPressure]);
    }
}
