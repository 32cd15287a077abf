//! Codes given out that nobody has used: when each was made, and taking it back.

use salus_wire::CodeId;
use salus_wire::command::{ListGivenCodes, TakeBackCode};
use salus_wire::view::{CodeFor, GivenCodeView};
use yew::prelude::*;

use crate::part::{Icon, Notice, Question, icon};
use crate::state::{use_act, use_ask, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(crate) struct GivenCodesProps {
    /// Which of them are shown.
    pub(crate) whom: CodeFor,
    /// They are asked for anew when it changes.
    pub(crate) turn: u32,
    /// Called with one that was taken back.
    pub(crate) on_taken: Callback<CodeId>,
}

#[component]
pub(crate) fn GivenCodes(props: &GivenCodesProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let asking = use_state(|| None::<GivenCodeView>);
    let taken = use_state(|| 0_u32);
    // Far from each other, so that one that goes up and one that goes down are never as before.
    let beat = shared.beats.permissions.wrapping_add(props.turn).wrapping_add(taken.wrapping_mul(1 << 16));
    let asked = use_ask(Some(ListGivenCodes {}), beat);
    let done = {
        let (asking, taken, on_taken) = (asking.clone(), taken.clone(), props.on_taken.clone());
        Callback::from(move |_: Vec<GivenCodeView>| {
            if let Some(code) = &*asking {
                on_taken.emit(code.id);
            }
            asking.set(None);
            taken.set(taken.wrapping_add(1));
        })
    };
    let take = use_act::<TakeBackCode>(done);
    let ask = |code: Option<GivenCodeView>| {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(code.clone()))
    };
    let all: Vec<GivenCodeView> = asked.answer.iter().flat_map(|all| all.iter()).cloned().collect();
    let shown: Vec<GivenCodeView> = all.into_iter().filter(|code| code.whom == props.whom).collect();
    let question = (*asking).as_ref().map(|code| {
        let id = code.id;
        let sentence = match code.whom {
            CodeFor::Patient => t!(w, "given-codes-patient"),
            CodeFor::Relative => t!(w, "given-codes-relative"),
        };
        html! {
            <Question title={t!(w, "given-codes-question")} yes={t!(w, "given-codes-yes")} no={t!(w, "given-codes-no")}
                busy={take.busy} failure={take.failure.clone()} on_no={ask(None)}
                on_yes={take.starter().reform(move |()| TakeBackCode { id })}>
                <p>{ sentence }</p>
                <p>{ t!(w, "given-codes-tell") }</p>
            </Question>
        }
    });
    html! {
        <>
            <div role="status" class="stack">
                if *taken > 0 { <p class="line">{ icon(Icon::Check) }<span>{ t!(w, "given-codes-taken") }</span></p> }
            </div>
            if let Some(failure) = &asked.failure { <Notice failure={failure.clone()} again={asked.again.clone()} /> }
            if !shown.is_empty() {
                <section data-given-codes="true">
                    <h2>{ t!(w, "given-codes-title") }</h2>
                    <ul class="entries">{ for shown.into_iter().map(|code| html! {
                        <li key={code.id.to_string()}>
                            if !code.note.is_empty() {
                                <p class="strong"><bdi>{ code.note.clone() }</bdi></p>
                            } else if code.whom == CodeFor::Patient {
                                <p class="strong">{ t!(w, "inbox-no-note") }</p>
                            }
                            <p class="quiet">{ t!(w, "given-codes-made", when = clock.moment(code.made)) }</p>
                            <div class="row"><button type="button" onclick={ask(Some(code)).reform(|_: MouseEvent| ())}>{ t!(w, "given-codes-take") }</button></div>
                        </li>
                    }) }</ul>
                </section>
            }
            if let Some(question) = question { { question } }
        </>
    }
}
