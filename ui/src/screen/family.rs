//! Families: who helps me, whom I help, and a code for somebody whom I am to help.

mod add;
mod authority;
mod before;
mod clinicians;
mod code;
mod decide;
mod emergencies;
mod ending;
mod foreseen;
mod form;
mod give;
mod given;
mod guard;
mod guardian;
mod handover;
mod helped;
mod less;
mod lets;
mod lost;
mod meantime;
mod mine;
mod name;
mod notes;
mod openings;
mod own;
mod own_given;
mod place;
mod read;
mod record;
mod regain;
mod relative;
mod relatives;
mod resting;
mod review;
mod rules;
mod said;
mod springs;
mod tick;
mod watched;

pub use give::GiveFor;
pub use record::Helped;
pub use relative::RelativePage;

use salus_wire::command::GetFamily;
use salus_wire::view::{FamilyView, HelpedView, RegainedView, Role};
use yew::prelude::*;

use super::recovery_key::KeyNeedNote;
use crate::part::{BackupNeedNote, Empty, unanswered};
use crate::state::{Asked, use_ask, use_shared};
use crate::t;

pub(super) use code::HelpSomebody;
use mine::Mine;
use place::Place;
use regain::Regained;
use relative::Relative;
use relatives::{Relatives, several};
use springs::Attest;

/// The families, asked for anew whenever permissions change, and whenever the callback says that something here changed them.
#[hook]
pub(super) fn use_family() -> (Asked<FamilyView>, Callback<()>) {
    let shared = use_shared();
    let turn = use_state(|| 0_u32);
    let asked = use_ask(Some(GetFamily {}), shared.beats.permissions.wrapping_add(*turn));
    (asked, Callback::from(move |()| turn.set(turn.wrapping_add(1))))
}

/// Properties of [`Family`].
#[derive(Properties, PartialEq)]
pub struct FamilyProps {
    /// Which part of a patient's own family the address names.
    #[prop_or_default]
    pub part: Option<String>,
}

/// The screen.
#[component]
pub fn Family(props: &FamilyProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let (asked, changed) = use_family();
    // Its recovery key is shown this one time: nothing that changes meanwhile takes it away.
    let regained = use_state(|| None::<RegainedView>);
    let done = {
        let regained = regained.clone();
        Callback::from(move |view: RegainedView| regained.set(Some(view)))
    };
    if let Some(view) = &*regained {
        return html! { <Regained view={view.clone()} /> };
    }
    let role = shared.app.as_ref().and_then(|a| a.profile.as_ref()).map(|p| p.role);
    html! {
        <>
            <h1>{ t!(w, "family-title") }</h1>
            // Where the day of somebody who only helps begins.
            if role == Some(Role::Family) { <KeyNeedNote /><BackupNeedNote /> }
            { unanswered(&asked) }
            if let Some(view) = &asked.answer {
                if role == Some(Role::Patient) {
                    <Mine view={view.clone()} part={props.part.clone()} {done} {changed} />
                } else {
                    { people(&view.helped, &changed) }
                    if view.helped.is_empty() && role == Some(Role::Family) {
                        <Empty title={t!(w, "family-nobody")} hint={t!(w, "family-nobody-hint")} />
                    }
                    if role == Some(Role::Clinician) { <Attest /> }
                    <HelpSomebody waiting={view.codes} {changed} />
                }
            }
        </>
    }
}

/// Those whom this person helps: the one, at what waits; or a way to each.
fn people(helped: &[HelpedView], changed: &Callback<()>) -> Html {
    if several(helped) {
        return html! { <Relatives helped={helped.to_vec()} /> };
    }
    html! { <>{ for helped.iter().map(|helped| html! {
        <Relative key={format!("{}-{}", helped.circle, helped.guardian)} helped={helped.clone()} place={Place::Decide} changed={changed.clone()} />
    }) }</> }
}
