//! The form: what, how much, when, a note. Each error stands beside its field, and a refusal loses nothing that was typed.

use salus_wire::Category;
use salus_wire::command::TypeReading;
use salus_wire::view::{DraftKind, ReadingView};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::draft::{Draft, Field, LONGEST_NOTE, Wrong, categories, refused};
use super::fields::{beside, changing, focus_on, id, invalid, kind};
use super::values::{more, units, value};
use crate::format::field_moment;
use crate::part::{Dialog, Notice, Submit};
use crate::state::{Units, use_act, use_kept, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct FormProps {
    /// What was not finished before.
    pub(super) before: Option<Draft>,
    pub(super) on_close: Callback<()>,
    /// The category, the units as they were chosen, and the reading as it is stored.
    pub(super) on_stored: Callback<(Category, Units, ReadingView)>,
}

#[component]
pub(super) fn Form(props: &FormProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let last = shared.typing.last;
    let before = props.before.clone();
    let draft = use_state(|| {
        if let Some(before) = before {
            return before;
        }
        let category = last.unwrap_or(Category::BloodPressure);
        Draft::new(category, shared.typing.units.clone())
    });
    use_kept(DraftKind::Reading, draft.to_keep());
    let open = {
        let more = draft.has_more();
        use_state(move || more)
    };
    let wrong = use_state(Vec::<(Field, Wrong)>::new);
    // Each turn moves the focus: to the first field, or to the first wrong one.
    let focus = use_state(|| (0_u32, None::<String>));
    let store = {
        let (category, units, on_stored) = (draft.category, draft.units.clone(), props.on_stored.clone());
        use_act::<TypeReading>(Callback::from(move |reading| {
            on_stored.emit((category, units.clone(), reading))
        }))
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
        let (draft, wrong, focus, open) = (draft.clone(), wrong.clone(), focus.clone(), open.clone());
        Callback::from(move |(category, go_on): (Category, bool)| {
            let next = Draft { category, ..(*draft).clone() };
            open.set(next.has_more());
            draft.set(next);
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
                    { for draft.category.asked().iter().map(|q| value(&shared, &draft, *q, &errors, last.is_some())) }
                </div>
                <div class="row unit">
                    { units(&shared, &draft) }
                    if draft.category == Category::BloodPressure { <p class="quiet hint">{ t!(w, "entry-pressure-hint") }</p> }
                </div>
                { more(&shared, &draft, &errors, &open) }
                <div class="row fields">
                    <p class="field long"><label for="entry-when">{ t!(w, "entry-when") }</label>
                        <input id="entry-when" type="datetime-local" dir="ltr" placeholder="2026-11-22 14:05" value={when} oninput={changing(&draft, |d, text| d.when = Some(text))}
                            aria-invalid={invalid(&errors, Field::When)} aria-describedby="entry-when-wrong" />
                        { beside(&shared, &errors, Field::When) }</p>
                    <p class="field long"><label for="entry-note">{ t!(w, "entry-note") }</label>
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
    let target = event.target();
    let in_list = target.as_ref().is_some_and(|t| t.has_type::<HtmlSelectElement>());
    let target = target.and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
    let on_choice = target.as_ref().is_some_and(|t| t.name() == "kind");
    let free = !in_list && target.as_ref().is_none_or(|t| t.type_() == "radio");
    let held = event.ctrl_key() || event.meta_key();
    if event.key() == "Enter" && on_choice {
        return Some(now);
    }
    let digit = event.key().parse::<usize>().ok().filter(|_| !held && (free || event.alt_key()))?;
    categories().get(digit.checked_sub(1)?).copied()
}
