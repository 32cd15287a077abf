//! A code for somebody whom this person is to help, with the digits that both compare.

use salus_wire::CodeId;
use salus_wire::command::MakeFamilyCode;
use salus_wire::view::{CodeFor, FamilyCodeView};
use yew::prelude::*;

use crate::part::{Busy, CopyText, Notice, square};
use crate::screen::GivenCodes;
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(crate) struct HelpSomebodyProps {
    /// Codes given out that nobody has used.
    pub(crate) waiting: u32,
    pub(crate) changed: Callback<()>,
}

#[component]
pub(crate) fn HelpSomebody(props: &HelpSomebodyProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let made = use_state(|| None::<FamilyCodeView>);
    let make = {
        let (made, changed) = (made.clone(), props.changed.clone());
        use_act::<MakeFamilyCode>(Callback::from(move |view| {
            made.set(Some(view));
            changed.emit(());
        }))
    };
    let on_taken = {
        let (made, changed) = (made.clone(), props.changed.clone());
        Callback::from(move |taken: CodeId| {
            if made.as_ref().is_some_and(|view| view.id == taken) {
                made.set(None);
            }
            changed.emit(());
        })
    };
    html! {
        <>
        <section>
            <h2>{ t!(w, "family-help-title") }</h2>
            <p>{ t!(w, "family-help-hint") }</p>
            if props.waiting > 0 { <p class="quiet">{ t!(w, "family-codes-waiting", n = props.waiting) }</p> }
            if let Some(failure) = &make.failure { <Notice failure={failure.clone()} /> }
            if let Some(view) = &*made {
                if let Some(picture) = &view.square { { square(picture, t!(w, "code-square")) } }
                <CopyText id="family-code-text" label={t!(w, "family-code-label")} text={view.code.clone()} file="salus-family-code.txt" />
                <p>{ t!(w, "family-digits-hint") }</p>
                <p class="lead strong" id="family-digits"><bdi dir="ltr">{ &view.digits }</bdi></p>
            } else {
                <div class="row"><Busy id="make-family-code" label={t!(w, "family-code-make")} busy={make.busy}
                    onclick={make.starter().reform(|_: MouseEvent| MakeFamilyCode {})} /></div>
            }
        </section>
        <GivenCodes whom={CodeFor::Relative} turn={props.waiting} {on_taken} />
        </>
    }
}
