//! The fields of the form, each with its label, its unit and its error.

use salus_wire::{Category, Quantity};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::draft::{Draft, Field, Wrong, other, required};
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

/// One value.
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
    let label = if required(draft.category).contains(&quantity) {
        w.quantity(quantity)
    } else {
        t!(w, "entry-optional", what = w.quantity(quantity))
    };
    let first = draft.category.typed().first() == Some(&quantity);
    html! {
        <p class="field" key={name.clone()}>
            <label for={name.clone()}>{ label }{ " " }<small>{ w.unit(draft.typed_as(quantity)) }</small></label>
            <input id={name.clone()} type="text" inputmode="decimal" dir="ltr" maxlength="20" autocomplete="off" autofocus={autofocus && first}
                value={draft.text(quantity).to_owned()} aria-invalid={invalid(errors, field)} aria-describedby={format!("{name}-wrong")}
                oninput={changing(draft, move |d, text| { d.texts.insert(quantity, text); })} />
            { beside(shared, errors, field) }
        </p>
    }
}

/// The choice of unit, where there are two.
pub(super) fn units(shared: &Shared, draft: &UseStateHandle<Draft>) -> Html {
    let Some(stored) = draft.category.typed().first().copied() else { return Html::default() };
    let Some(other) = other(stored) else { return Html::default() };
    let w = &shared.words;
    html! {
        <div class="segments" role="radiogroup" aria-label={t!(w, "entry-unit")}>
            { for [(stored, false), (other, true)].into_iter().map(|(quantity, is_other)| {
                let onchange = { let draft = draft.clone(); Callback::from(move |_: Event| draft.set(Draft { other_unit: is_other, ..(*draft).clone() })) };
                html! { <label><input type="radio" name="unit" value={quantity.ucum()} checked={draft.other_unit == is_other} {onchange} /><span>{ w.unit(quantity) }</span></label> }
            }) }
        </div>
    }
}

/// What is wrong with a field, beside it. The place is always there, so that screen readers hear it being filled.
pub(super) fn beside(shared: &Shared, errors: &[(Field, Wrong)], field: Field) -> Html {
    let w = &shared.words;
    let found = errors.iter().find(|(f, _)| *f == field).map(|(_, wrong)| match wrong {
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
    let draft = draft.clone();
    Callback::from(move |event: InputEvent| {
        let mut next = (*draft).clone();
        change(&mut next, field_text(&event));
        draft.set(next);
    })
}
