//! The form: what, how much, when, a note. Each error stands beside its field, and a refusal loses nothing that was typed.

use salus_wire::command::TypeReading;
use salus_wire::view::ReadingView;
use salus_wire::{Category, Quantity};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::draft::{Draft, Field, LONGEST_NOTE, Wrong, categories, other, refused, required};
use crate::format::field_moment;
use crate::part::{Dialog, Icon, Notice, Submit, field_text, icon};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct FormProps {
    pub(super) on_close: Callback<()>,
    /// The category, whether its other unit was used, and the reading as it is stored.
    pub(super) on_stored: Callback<(Category, bool, ReadingView)>,
}

#[component]
pub(super) fn Form(props: &FormProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let last = shared.typing.last;
    let draft = use_state(|| {
        let category = last.unwrap_or(Category::BloodPressure);
        Draft::new(category, shared.typing.other_unit.contains(&category))
    });
    let wrong = use_state(Vec::<(Field, Wrong)>::new);
    // Each turn moves the focus: to the first field, or to the first wrong one.
    let focus = use_state(|| (0_u32, None::<String>));
    let store = {
        let (category, other_unit, on_stored) = (draft.category, draft.other_unit, props.on_stored.clone());
        use_act::<TypeReading>(Callback::from(move |reading| on_stored.emit((category, other_unit, reading))))
    };
    let refusal = store.failure.as_ref().map(|f| (f.clone(), refused(f)));
    let mut errors = (*wrong).clone();
    errors.extend(refusal.iter().filter_map(|(_, field)| *field));
    {
        let first = errors.first().map(|(field, _)| id(*field));
        use_effect_with((store.failure.clone(), wrong.clone()), move |_| {
            if let Some(id) = first {
                focus_on(&id);
            }
        });
    }
    use_effect_with((*focus).clone(), |(_, id)| {
        if let Some(id) = id {
            focus_on(id);
        }
    });
    let choose = {
        let (draft, wrong, focus, typing) =
            (draft.clone(), wrong.clone(), focus.clone(), shared.typing.clone());
        Callback::from(move |(category, go_on): (Category, bool)| {
            let other_unit = typing.other_unit.contains(&category);
            draft.set(Draft { category, other_unit, ..(*draft).clone() });
            wrong.set(vec![]);
            if let Some(first) = category.typed().first().filter(|_| go_on) {
                focus.set((focus.0 + 1, Some(id(Field::Value(*first)))));
            }
        })
    };
    let onkeydown = {
        let (choose, category) = (choose.clone(), draft.category);
        Callback::from(move |event: KeyboardEvent| {
            let chosen = by_key(&event, category);
            if let Some(category) = chosen {
                event.prevent_default();
                choose.emit((category, true));
            }
        })
    };
    let onsubmit = {
        let (draft, wrong, start) = (draft.clone(), wrong.clone(), store.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match draft.reading(clock.now, clock.offset) {
                Ok(command) => {
                    wrong.set(vec![]);
                    start.emit(command);
                }
                Err(found) => wrong.set(found),
            }
        })
    };
    let when = draft.when.clone().unwrap_or_else(|| field_moment(clock.now, clock.offset));
    html! {
        <Dialog title={t!(w, "entry-title")} on_close={props.on_close.clone()}>
            <form class="entry" {onsubmit} {onkeydown} novalidate=true>
                <fieldset class="choices kinds">
                    <legend>{ t!(w, "entry-what") }</legend>
                    { for categories().into_iter().enumerate().map(|(i, c)| kind(&shared, c, i + 1, &draft, last.is_none(), &choose)) }
                </fieldset>
                <div class="row fields values">
                    { for draft.category.typed().iter().map(|q| value(&shared, &draft, *q, &errors, last.is_some())) }
                    { units(&shared, &draft) }
                </div>
                if draft.category == Category::BloodPressure { <p class="quiet hint">{ t!(w, "entry-pressure-hint") }</p> }
                <div class="row fields">
                    <p class="field"><label for="entry-when">{ t!(w, "entry-when") }</label>
                        <input id="entry-when" type="datetime-local" placeholder="2026-11-22T14:05" value={when} oninput={changing(&draft, |d, text| d.when = Some(text))}
                            aria-invalid={invalid(&errors, Field::When)} aria-describedby="entry-when-wrong" />
                        { beside(&shared, &errors, Field::When) }</p>
                    <p class="field wide"><label for="entry-note">{ t!(w, "entry-note") }</label>
                        <input id="entry-note" type="text" dir="auto" maxlength={LONGEST_NOTE.to_string()} autocomplete="off" value={draft.note.clone()}
                            oninput={changing(&draft, |d, text| d.note = text)} aria-describedby="entry-note-wrong" />
                        { beside(&shared, &errors, Field::Note) }</p>
                </div>
                if let Some((failure, None)) = refusal { <Notice {failure} /> }
                <div class="row">
                    <Submit id="entry-store" label={t!(w, "entry-store")} busy={store.busy} />
                    <button type="button" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ t!(w, "entry-close") }</button>
                </div>
            </form>
        </Dialog>
    }
}

/// What a key chooses: a digit where it types nothing or with Alt; Enter on a choice goes on to its field.
fn by_key(event: &KeyboardEvent, now: Category) -> Option<Category> {
    let target = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
    let on_choice = target.as_ref().is_some_and(|t| t.name() == "kind");
    let free = target.as_ref().is_none_or(|t| t.type_() == "radio");
    let held = event.ctrl_key() || event.meta_key();
    if event.key() == "Enter" && on_choice {
        return Some(now);
    }
    let digit = event.key().parse::<usize>().ok().filter(|_| !held && (free || event.alt_key()))?;
    categories().get(digit.checked_sub(1)?).copied()
}

fn kind(
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

fn value(
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
fn units(shared: &Shared, draft: &UseStateHandle<Draft>) -> Html {
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
fn beside(shared: &Shared, errors: &[(Field, Wrong)], field: Field) -> Html {
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

fn invalid(errors: &[(Field, Wrong)], field: Field) -> Option<&'static str> {
    errors.iter().any(|(f, _)| *f == field).then_some("true")
}

fn id(field: Field) -> String {
    match field {
        Field::Value(quantity) => format!("entry-{quantity:?}"),
        Field::When => "entry-when".into(),
        Field::Note => "entry-note".into(),
    }
}

fn focus_on(id: &str) {
    let element = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id(id));
    if let Some(element) = element.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// A change of the form by what a field holds.
fn changing(
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
