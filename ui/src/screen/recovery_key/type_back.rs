//! Two groups of the recovery key that was shown, typed back from the paper. What differs is named; the key is not shown with it.

use salus_wire::command::SetRecoveryKey;
use salus_wire::view::TypedGroup;
use salus_wire::{ErrorCode, Failure};
use yew::prelude::*;

use crate::part::{Icon, Notice, Submit, field_text, icon};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

/// The groups that are typed back, counted from 0: one in each half of the paper.
const ASKED: [u8; 2] = [2, 6];

#[derive(Properties, PartialEq)]
pub(crate) struct TypeBackProps {
    /// What it is good for.
    pub(crate) why: String,
    /// What the button does.
    pub(crate) label: String,
    /// Called once both are right.
    pub(crate) done: Callback<()>,
    /// Shows the key again.
    pub(crate) look_again: Callback<()>,
    /// Goes on without; not offered without it.
    #[prop_or_default]
    pub(crate) later: Option<Callback<()>>,
}

#[component]
pub(crate) fn TypeBack(props: &TypeBackProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let texts = use_state(|| [const { String::new() }; ASKED.len()]);
    let set = use_act::<SetRecoveryKey>(props.done.reform(|_| ()));
    let onsubmit = {
        let (start, texts) = (set.starter(), texts.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let typed = ASKED.iter().zip(texts.iter());
            let typed = typed.map(|(at, text)| TypedGroup { at: *at, text: text.clone() });
            start.emit(SetRecoveryKey { typed: typed.collect() });
        })
    };
    let failure = set.failure.as_ref().filter(|_| !set.busy);
    let wrong = failure.map(differing).unwrap_or_default();
    let field = |i: usize, at: u8| {
        let oninput = {
            let texts = texts.clone();
            Callback::from(move |event: InputEvent| {
                let mut next = (*texts).clone();
                if let Some(text) = next.get_mut(i) {
                    *text = field_text(&event);
                }
                texts.set(next);
            })
        };
        let (id, differs) = (format!("key-group-{}", at + 1), wrong.contains(&(at + 1)));
        html! {
            <p class="field">
                <label for={id.clone()}>{ t!(w, "doors-group", n = at + 1) }</label>
                <input id={id.clone()} type="text" dir="ltr" autocomplete="off" maxlength="16" required=true spellcheck="false" autocapitalize="off"
                    value={texts.get(i).cloned().unwrap_or_default()} aria-invalid={differs.then_some("true")} aria-describedby={format!("{id}-wrong")} {oninput} />
                <span class="wrong" id={format!("{id}-wrong")}>if differs { { icon(Icon::Warning) }{ t!(w, "doors-group-differs") } }</span>
            </p>
        }
    };
    html! {
        <form {onsubmit}>
            <p>{ &props.why }</p>
            <div class="row fields">{ for ASKED.iter().enumerate().map(|(i, at)| field(i, *at)) }</div>
            if let Some(failure) = failure { <Notice failure={named(&shared, failure)} /> }
            <div class="row">
                <Submit id="key-set" label={props.label.clone()} busy={set.busy} disabled={texts.iter().any(String::is_empty)} />
                <button type="button" onclick={props.look_again.reform(|_: MouseEvent| ())} disabled={set.busy}>{ t!(w, "doors-look-again") }</button>
                if let Some(later) = &props.later {
                    <button type="button" id="later" onclick={later.reform(|_: MouseEvent| ())} disabled={set.busy}>{ t!(w, "key-later") }</button>
                }
            </div>
        </form>
    }
}

/// The groups that are not as they were shown, counted from 1.
fn differing(failure: &Failure) -> Vec<u8> {
    let told = failure.detail.as_deref().filter(|_| failure.code == ErrorCode::GroupMistyped);
    told.into_iter().flat_map(|numbers| numbers.split(' ')).filter_map(|n| n.parse().ok()).collect()
}

/// The same with their names for the numbers.
fn named(shared: &Shared, failure: &Failure) -> Failure {
    let w = &shared.words;
    let names: Vec<String> = differing(failure).into_iter().map(|n| t!(w, "doors-group", n = n)).collect();
    if names.is_empty() { failure.clone() } else { Failure::with(failure.code, w.list(&names)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_that_differ_are_told_and_nothing_else_is_taken_for_one() {
        let told = |detail: &str| differing(&Failure::with(ErrorCode::GroupMistyped, detail));
        assert_eq!(told("3"), [3]);
        assert_eq!(told("3 7"), [3, 7]);
        assert!(told("").is_empty());
        assert!(differing(&Failure::new(ErrorCode::GroupMistyped)).is_empty());
        assert!(differing(&Failure::with(ErrorCode::KeyMistyped, "3")).is_empty());
    }

    #[test]
    fn a_refusal_names_the_groups_as_their_fields_are_named() {
        let shared = Shared::default();
        let both = named(&shared, &Failure::with(ErrorCode::GroupMistyped, "3 7"));
        let said =
            shared.words.error(both.code, both.detail.as_deref()).0.replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(said, "Not as it was shown: Group 3 and Group 7.");
        let other = Failure::new(ErrorCode::NotAsked);
        assert_eq!(named(&shared, &other), other);
    }

    #[test]
    fn one_group_of_each_half_is_asked_for() {
        // Nine groups, of which the last is a checksum.
        assert!(ASKED[0] < 4 && (4..9).contains(&ASKED[1]));
    }
}
