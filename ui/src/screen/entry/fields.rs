//! The choices of what was measured, and what all fields have in common: the error beside each, and where the focus goes.

use salus_wire::Category;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::draft::{Draft, Field, Wrong};
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
pub(super) fn chosen_in(
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
