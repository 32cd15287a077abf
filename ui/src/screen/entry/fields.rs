//! The fields of the form, each with its label, its unit and its error.

use salus_wire::{Category, Quantity};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::draft::{Draft, Field, Wrong, other, own_unit, usual};
use crate::part::{Icon, field_text, icon};
use crate::state::Shared;
use crate::t;

/// One choice of what was measured.
pub(super) fn kind(
    shared: &Shared,
    category: Category,
    digit: usize,
    draft: &Draft,
    autofocus: bool,
    choose: &Callback<(Category, bool)>,
) -> Html {
    let checked = draft.category == category;
    let onchange = choose.reform(move |_: Event| (category, false));
    // A click by hand goes on to the field; the arrow keys walk through the choices.
    let onclick = {
        let choose = choose.clone();
        Callback::from(move |event: MouseEvent| {
            if event.detail() > 0 {
                choose.emit((category, true));
            }
        })
    };
    html! {
        <label class="choice">
            <input type="radio" name="kind" value={format!("{category:?}")} {checked} {onchange} {onclick} autofocus={autofocus && checked} />
            <span>{ shared.words.category(category) }</span><kbd>{ digit }</kbd>
        </label>
    }
}

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

/// What is wrong with a field, beside it. The place is always there, so that screen readers hear it being filled.
pub(super) fn beside(shared: &Shared, errors: &[(Field, Wrong)], field: Field) -> Html {
    let w = &shared.words;
    let found = errors.iter().find(|(f, _)| *f == field).map(|(_, wrong)| match wrong {
        Wrong::Nothing => t!(w, "entry-nothing"),
        Wrong::Missing => t!(w, "entry-missing"),
        Wrong::NotANumber => t!(w, "entry-not-a-number"),
        Wrong::OutOfRange => t!(w, "entry-out-of-range"),
        Wrong::NoTime => t!(w, "entry-no-time"),
        Wrong::ToCome => t!(w, "entry-to-come"),
        Wrong::TooLong => t!(w, "entry-too-long"),
    });
    html! {
        <span class="wrong" id={format!("{}-wrong", id(field))} aria-live="polite">
            if let Some(found) = found { { icon(Icon::Warning) }{ found } }
        </span>
    }
}

/// For `aria-invalid`.
pub(super) fn invalid(errors: &[(Field, Wrong)], field: Field) -> Option<&'static str> {
    errors.iter().any(|(f, _)| *f == field).then_some("true")
}

/// A field's identifier.
pub(super) fn id(field: Field) -> String {
    match field {
        Field::Value(quantity) => format!("entry-{quantity:?}"),
        Field::When => "entry-when".into(),
        Field::Note => "entry-note".into(),
    }
}

/// Moves the focus.
pub(super) fn focus_on(id: &str) {
    let element = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id(id));
    if let Some(element) = element.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// A change of the form by what a field holds.
pub(super) fn changing(
    draft: &UseStateHandle<Draft>,
    change: impl Fn(&mut Draft, String) + 'static,
) -> Callback<InputEvent> {
    chosen_in(draft, change).reform(|event: InputEvent| event.into())
}

/// A change of the form by what was chosen in a field.
fn chosen_in(
    draft: &UseStateHandle<Draft>,
    change: impl Fn(&mut Draft, String) + 'static,
) -> Callback<Event> {
    let draft = draft.clone();
    Callback::from(move |event: Event| {
        let mut next = (*draft).clone();
        change(&mut next, field_text(&event));
        draft.set(next);
    })
}
