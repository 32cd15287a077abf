//! Choosing what is on a card, and making it.

use salus_wire::Category;
use salus_wire::command::MakeCard;
use salus_wire::view::{MAX_CALL, MAX_ON_CARD};
use yew::prelude::*;

use crate::part::{Icon, Notice, Submit, WorkProgress, field_text, icon};
use crate::screen::in_order;
use crate::state::{use_act, use_shared};
use crate::t;

/// What is on a card unless the patient chooses otherwise.
const USUAL: [Category; 4] =
    [Category::BloodPressure, Category::HeartRate, Category::Glucose, Category::OxygenSaturation];

#[derive(Properties, PartialEq)]
pub(super) struct MakeProps {
    /// Whether there is a card that it takes the place of.
    pub(super) replaces: bool,
    pub(super) done: Callback<()>,
    pub(super) back: Callback<MouseEvent>,
}

#[component]
pub(super) fn Make(props: &MakeProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let chosen = use_state(|| USUAL.to_vec());
    let call = use_state(String::new);
    let passphrase = use_state(String::new);
    let make = use_act::<MakeCard>(props.done.reform(|_| ()));
    let onsubmit = {
        let (start, chosen) = (make.starter(), chosen.clone());
        let (call, passphrase) = (call.clone(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (categories, call) = ((*chosen).clone(), call.trim().to_owned());
            start.emit(MakeCard { categories, call, passphrase: (*passphrase).clone() });
        })
    };
    let typed = |field: &UseStateHandle<String>| {
        let field = field.clone();
        Callback::from(move |event: InputEvent| field.set(field_text(&event)))
    };
    let choice = |category: Category| {
        let on = chosen.contains(&category);
        let onchange = {
            let chosen = chosen.clone();
            Callback::from(move |_: Event| chosen.set(toggled(&chosen, category)))
        };
        html! {
            <label class="choice"><input type="checkbox" name="category" value={format!("{category:?}")} checked={on}
                disabled={!on && chosen.len() >= MAX_ON_CARD} {onchange} /><span>{ w.category(category) }</span></label>
        }
    };
    html! {
        <form {onsubmit}>
            if props.replaces { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "card-replace-hint") }</p> }
            <fieldset class="choices">
                <legend>{ t!(w, "card-what") }</legend>
                <p class="quiet">{ t!(w, "card-most", n = MAX_ON_CARD) }</p>
                { for in_order(Category::ALL).into_iter().map(choice) }
            </fieldset>
            <p class="field">
                <label for="card-call">{ t!(w, "card-call") }</label>
                <input id="card-call" type="text" dir="auto" maxlength={MAX_CALL.to_string()} value={(*call).clone()} oninput={typed(&call)} />
                <small>{ t!(w, "card-call-hint") }</small>
            </p>
            <p class="field">
                <label for="card-passphrase">{ t!(w, "confirm-passphrase") }</label>
                <input id="card-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto"
                    value={(*passphrase).clone()} oninput={typed(&passphrase)} />
            </p>
            if let Some(failure) = make.failure.as_ref().filter(|_| !make.busy) { <Notice failure={failure.clone()} /> }
            if make.busy { <WorkProgress work="issue_permission" label={t!(w, "card-working")} /> }
            <div class="row">
                <Submit id="card-make" label={t!(w, "card-make")} busy={make.busy} disabled={chosen.is_empty() || passphrase.is_empty()} />
                <button type="button" onclick={props.back.clone()} disabled={make.busy}>{ t!(w, "back") }</button>
            </div>
        </form>
    }
}

/// Takes a category in, or out again.
fn toggled(chosen: &[Category], category: Category) -> Vec<Category> {
    let mut next: Vec<Category> = chosen.iter().copied().filter(|c| *c != category).collect();
    if next.len() == chosen.len() {
        next.push(category);
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_taken_in_and_out_again() {
        let more = toggled(&USUAL, Category::BodyWeight);
        assert_eq!(more.len(), 5);
        assert_eq!(toggled(&more, Category::BodyWeight), USUAL);
        assert!(USUAL.len() <= MAX_ON_CARD);
    }
}
