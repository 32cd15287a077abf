//! Families: who helps me, whom I help, and a code for somebody whom I am to help.

mod add;
mod clinicians;
mod code;
mod emergencies;
mod form;
mod give;
mod given;
mod guard;
mod guardian;
mod handover;
mod helped;
mod less;
mod lost;
mod meantime;
mod name;
mod openings;
mod own;
mod read;
mod record;
mod regain;
mod relative;
mod relatives;
mod resting;
mod rules;
mod said;
mod springs;
mod tick;

pub use give::GiveFor;
pub use record::Helped;
pub use relative::RelativePage;

use salus_wire::command::GetFamily;
use salus_wire::view::{RegainedView, Role};
use yew::prelude::*;

use super::recovery_key::KeyNeedNote;
use crate::part::{BackupNeedNote, Notice, Waiting};
use crate::state::{use_ask, use_shared};
use crate::t;

pub(super) use code::HelpSomebody;
use guard::GettingBack;
use lost::Lost;
use meantime::Meantime;
use own::Own;
use regain::{Regain, Regained};
use relative::Relative;
use relatives::{Relatives, several};
use springs::Attest;

/// The screen.
#[component]
pub fn Family() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    let asked = use_ask(Some(GetFamily {}), shared.beats.permissions.wrapping_add(*turn));
    let changed = {
        let turn = turn.clone();
        Callback::from(move |()| turn.set(turn.wrapping_add(1)))
    };
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
    let patient = role == Some(Role::Patient);
    html! {
        <>
            <h1>{ t!(w, "family-title") }</h1>
            // Where the day of somebody who only helps begins.
            if role == Some(Role::Family) { <KeyNeedNote /><BackupNeedNote /> }
            if let Some(failure) = &asked.failure { <Notice failure={failure.clone()} /> }
            if asked.answer.is_none() && asked.failure.is_none() { <Waiting /> }
            if let Some(view) = &asked.answer {
                if several(&view.helped) {
                    <Relatives helped={view.helped.clone()} />
                } else {
                    { for view.helped.iter().map(|helped| html! { <Relative key={format!("{}-{}", helped.circle, helped.guardian)} helped={helped.clone()} changed={changed.clone()} /> }) }
                }
                if patient {
                    if let Some(parts) = &view.parts { <Regain parts={parts.clone()} {done} changed={changed.clone()} /> }
                    if let Some(meantime) = &view.meantime { <Meantime meantime={meantime.clone()} changed={changed.clone()} /> }
                    <Own own={view.own.clone()} changed={changed.clone()} />
                    <GettingBack own={view.own.clone()} changed={changed.clone()} />
                    if view.own.is_none() { <Lost request={view.recovery.clone()} changed={changed.clone()} /> }
                }
                if role == Some(Role::Clinician) { <Attest /> }
                <HelpSomebody waiting={view.codes} {changed} />
            }
        </>
    }
}
