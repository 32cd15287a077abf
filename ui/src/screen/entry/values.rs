//! The values of the form, each with its label and its unit: those asked for at once, and those behind "More values".

use salus_wire::Quantity;
use yew::prelude::*;

use super::draft::{Draft, Field, Wrong, other, own_unit, usual};
use super::fields::{beside, changing, chosen_in, id, invalid};
use crate::state::Shared;
use crate::t;

/// One value, or one code with its words to choose from.
pub(super) fn value(
    shared: &Shared,
    draft: &UseStateHandle<Draft>,
    quantity: Quantity,
    errors: &[(Field, Wrong)],
    autofocus: bool,
) -> Html {
    let w = &shared.words;
    let field = Field::Value(quantity);
    let name = id(field);
    let category = draft.category;
    // What stands behind "More" is said to be optional there.
    let optional = category.asked().contains(&quantity) && !usual(category).contains(&quantity);
    let label =
        if optional { t!(w, "entry-optional", what = w.quantity(quantity)) } else { w.quantity(quantity) };
    let own = own_unit(category, quantity);
    // Beside the others of the first row it keeps its place.
    let unit_said = own.is_none() || category.asked().contains(&quantity);
    let first = category.typed().first() == Some(&quantity);
    html! {
        <p class="field" key={name.clone()}>
            <label for={name.clone()}>{ label }if unit_said { { " " }<small>{ w.unit(draft.typed_as(quantity)) }</small> }</label>
            if quantity.is_coded() {
                { code(shared, draft, quantity, &name) }
            } else {
                <span class="amount">
                    <input id={name.clone()} type="text" inputmode="decimal" dir="ltr" maxlength="20" autocomplete="off" autofocus={autofocus && first}
                        value={draft.text(quantity).to_owned()} aria-invalid={invalid(errors, field)} aria-describedby={format!("{name}-wrong")}
                        oninput={changing(draft, move |d, text| { d.texts.insert(quantity, text); })} />
                    { for own.map(|other| unit(shared, draft, quantity, other)) }
                </span>
            }
            { beside(shared, errors, field) }
        </p>
    }
}

/// The words of a code; the first stands for nothing said.
fn code(shared: &Shared, draft: &UseStateHandle<Draft>, quantity: Quantity, name: &str) -> Html {
    let w = &shared.words;
    let chosen = draft.text(quantity).to_owned();
    let words =
        (1..=u8::MAX).map(|n| n.to_string()).map_while(|n| Some((w.coded(draft.category, quantity, &n)?, n)));
    html! {
        <select id={name.to_owned()} onchange={chosen_in(draft, move |d, code| { d.texts.insert(quantity, code); })}>
            <option value="" selected={chosen.is_empty()}>{ t!(w, "entry-not-said") }</option>
            { for words.map(|(word, n)| html! { <option value={n.clone()} selected={chosen == n}>{ word }</option> }) }
        </select>
    }
}

/// The two units of a value that does not go with the first one's.
fn unit(shared: &Shared, draft: &UseStateHandle<Draft>, quantity: Quantity, other: Quantity) -> Html {
    let w = &shared.words;
    let now = draft.typed_as(quantity);
    let onchange =
        chosen_in(draft, move |d, ucum| d.choose_unit(if ucum == other.ucum() { other } else { quantity }));
    html! {
        <select id={format!("{}-unit", id(Field::Value(quantity)))} aria-label={t!(w, "entry-unit-of", what = w.quantity(quantity))} {onchange}>
            { for [quantity, other].into_iter().map(|q| html! { <option value={q.ucum()} selected={q == now}>{ w.unit(q) }</option> }) }
        </select>
    }
}

/// The choice of unit of the first value and those that share it, where there are two.
pub(super) fn units(shared: &Shared, draft: &UseStateHandle<Draft>) -> Html {
    let Some(stored) = draft.category.typed().first().copied() else { return Html::default() };
    let Some(other) = other(stored) else { return Html::default() };
    let w = &shared.words;
    let now = draft.typed_as(stored);
    html! {
        <div class="segments" role="radiogroup" aria-label={t!(w, "entry-unit")}>
            { for [stored, other].into_iter().map(|quantity| {
                let onchange = chosen_in(draft, move |d, _| d.choose_unit(quantity));
                html! { <label><input type="radio" name="unit" value={quantity.ucum()} checked={now == quantity} {onchange} /><span>{ w.unit(quantity) }</span></label> }
            }) }
        </div>
    }
}

/// The values that a form does not ask for at first, behind a line that names them.
pub(super) fn more(
    shared: &Shared,
    draft: &UseStateHandle<Draft>,
    errors: &[(Field, Wrong)],
    open: &UseStateHandle<bool>,
) -> Html {
    let (w, quantities) = (&shared.words, draft.category.more());
    if quantities.is_empty() {
        return Html::default();
    }
    // A field that is wrong is never hidden.
    let shown = **open || errors.iter().any(|(f, _)| quantities.iter().any(|q| *f == Field::Value(*q)));
    let names: Vec<String> = quantities.iter().map(|q| w.quantity(*q)).collect();
    let onclick = {
        let open = open.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            open.set(!shown);
        })
    };
    html! {
        <details class="more" open={shown}>
            <summary id="entry-more" {onclick}><span>{ t!(w, "entry-more") }if !shown { <small>{ names.join(" · ") }</small> }</span></summary>
            <div class="values">{ for quantities.iter().map(|q| value(shared, draft, *q, errors, false)) }</div>
        </details>
    }
}
