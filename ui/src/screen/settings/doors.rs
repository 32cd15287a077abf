//! What opens the record, said in words, and the three things that a person does about it: one form at a time.

use salus_wire::command::GetDoors;
use salus_wire::view::{DoorsView, PassphraseDoor};
use yew::prelude::*;

use super::new_passphrase::NewPassphrase;
use crate::part::{Icon, Notice, icon};
use crate::screen::recovery_key::{NewKey, TryKey};
use crate::state::{Shared, use_ask, use_shared};
use crate::t;

/// Which form is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Passphrase,
    Key,
    Try,
}

/// What was done last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    Passphrase,
    Key,
    Tried,
}

#[component]
pub(super) fn DoorsSection() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let form = use_state(|| None::<Form>);
    let done = use_state(|| None::<Done>);
    let beat = use_state(|| 0_u32);
    let doors = use_ask(Some(GetDoors {}), *beat + shared.beats.readings);
    let open = |which: Form| {
        let (form, done) = (form.clone(), done.clone());
        Callback::from(move |_: MouseEvent| {
            done.set(None);
            form.set(Some(which));
        })
    };
    let finished = |what: Done| {
        let (form, done, beat) = (form.clone(), done.clone(), beat.clone());
        Callback::from(move |()| {
            form.set(None);
            done.set(Some(what));
            beat.set(*beat + 1);
        })
    };
    let close = {
        let form = form.clone();
        Callback::from(move |()| form.set(None))
    };
    let said = (*done).map(|done| match done {
        Done::Passphrase => t!(w, "doors-passphrase-changed"),
        Done::Key => t!(w, "doors-key-changed"),
        Done::Tried => t!(w, "doors-key-works"),
    });
    html! {
        <section class="doors" aria-labelledby="doors-title">
            <h2 id="doors-title">{ t!(w, "doors-title") }</h2>
            if let Some(failure) = &doors.failure { <Notice failure={failure.clone()} again={doors.again.clone()} /> }
            if let Some(doors) = &doors.answer { { state(&shared, doors) } }
            <div role="status" class="told">if let Some(said) = said { <p class="line">{ icon(Icon::Check) }<span>{ said }</span></p> }</div>
            if let Some(which) = *form {
                <h3>{ match which {
                    Form::Passphrase => t!(w, "doors-change-passphrase"),
                    Form::Key => t!(w, "doors-new-key"),
                    Form::Try => t!(w, "doors-try-key"),
                } }</h3>
            }
            { match *form {
                Some(Form::Passphrase) => html! { <NewPassphrase done={finished(Done::Passphrase)} {close} /> },
                Some(Form::Key) => html! { <NewKey done={finished(Done::Key)} {close} /> },
                Some(Form::Try) => html! { <TryKey done={finished(Done::Tried)} {close} /> },
                None => html! {
                    <div class="row">
                        <button type="button" id="change-passphrase" onclick={open(Form::Passphrase)}>{ t!(w, "doors-change-passphrase") }</button>
                        <button type="button" id="try-key" onclick={open(Form::Try)}>{ t!(w, "doors-try-key") }</button>
                        <button type="button" id="new-key" onclick={open(Form::Key)}>{ t!(w, "doors-new-key") }</button>
                    </div>
                },
            } }
        </section>
    }
}

/// What opens the record now, and what somebody tried to slip in.
fn state(shared: &Shared, doors: &DoorsView) -> Html {
    let w = &shared.words;
    let passphrase = match doors.passphrase {
        PassphraseDoor::Absent => t!(w, "doors-absent"),
        PassphraseDoor::Alone => t!(w, "doors-alone"),
        PassphraseDoor::Soon => t!(w, "doors-soon"),
        PassphraseDoor::WithKeyring => t!(w, "doors-with-keyring"),
    };
    html! {
        <>
            <p>{ passphrase }</p>
            if doors.recovery_key { <p>{ t!(w, "doors-key") }</p> }
            if let Some(guardians) = doors.guardians {
                <p>{ t!(w, "doors-guardians", needed = guardians.needed, of = guardians.of) }</p>
            }
            if doors.refused > 0 {
                <p class="line">{ icon(Icon::Warning) }<span>{ t!(w, "doors-refused", n = doors.refused) }</span></p>
            }
        </>
    }
}
