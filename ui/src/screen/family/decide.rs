//! What I have to decide for somebody: a change that waits, what others permitted, what is still under way, and what ends soon. What is
//! said is recorded for good, so each word is asked for in a sentence.

use salus_wire::command::{ApproveChange, ObjectChange};
use salus_wire::view::{FamilyView, HelpedView};
use yew::prelude::*;

use super::ending::Ending;
use super::given::GivenList;
use super::place::{Stage, staged, to_decide};
use super::said::waiting;
use crate::part::Question;
use crate::state::{use_act, use_shared};
use crate::t;

/// What is said of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Agree,
    Object,
}

#[derive(Properties, PartialEq)]
pub(super) struct DecideProps {
    pub(super) helped: HelpedView,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Decide(props: &DecideProps) -> Html {
    let shared = use_shared();
    let (w, helped) = (&shared.words, &props.helped);
    let asking = use_state(|| None::<Word>);
    let done = {
        let (asking, changed) = (asking.clone(), props.changed.clone());
        Callback::from(move |_: FamilyView| {
            asking.set(None);
            changed.emit(());
        })
    };
    let agree = use_act::<ApproveChange>(done.clone());
    let object = use_act::<ObjectChange>(done);
    let ask = |word: Option<Word>| {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(word))
    };
    let (circle, name) = (helped.circle, helped.person.clone());
    let (mine, under_way) = (staged(&helped.given, Stage::Mine), staged(&helped.given, Stage::UnderWay));
    let asked = helped.guardian || helped.helpers.iter().any(|helper| helper.you);
    let change = helped.waiting.as_ref().filter(|_| asked);
    let question = change.zip(*asking).map(|(change, word)| {
        let (said, change, name) = (waiting(&shared, change), change.change, name.clone());
        match word {
            Word::Agree => html! {
                <Question class="main" title={t!(w, "change-agree-title", name = name)} yes={t!(w, "change-agree-yes")} no={t!(w, "family-remove-no")}
                    busy={agree.busy} failure={agree.failure.clone()} on_no={ask(None)}
                    on_yes={agree.starter().reform(move |()| ApproveChange { circle, change })}>
                    <p>{ said }</p>
                    <p>{ t!(w, "word-final") }</p>
                </Question>
            },
            Word::Object => html! {
                <Question title={t!(w, "change-object-title", name = name)} yes={t!(w, "change-object-yes")} no={t!(w, "family-remove-no")}
                    busy={object.busy} failure={object.failure.clone()} on_no={ask(None)}
                    on_yes={object.starter().reform(move |()| ObjectChange { circle, change })}>
                    <p>{ said }</p>
                    <p>{ t!(w, "change-object-sentence") }{ " " }{ t!(w, "word-final") }</p>
                </Question>
            },
        }
    });
    html! {
        <>
            <section data-part="decide">
                <h3>{ t!(w, "family-decide") }</h3>
                if to_decide(helped) == 0 { <p class="quiet">{ t!(w, "relative-decide-none") }</p> }
                if let Some(change) = change {
                    <div class="stack" data-change={change.change.to_string()}>
                        <p>{ waiting(&shared, change) }</p>
                        <div class="row">
                            if change.may_agree {
                                <button type="button" class="main" onclick={ask(Some(Word::Agree)).reform(|_: MouseEvent| ())}>{ t!(w, "given-agree") }</button>
                            }
                            <button type="button" onclick={ask(Some(Word::Object)).reform(|_: MouseEvent| ())}>{ t!(w, "family-object") }</button>
                        </div>
                    </div>
                }
                if !mine.is_empty() { <GivenList {circle} person={name.clone()} given={mine} changed={props.changed.clone()} /> }
            </section>
            if !under_way.is_empty() {
                <section data-part="under-way">
                    <h3>{ t!(w, "family-under-way") }</h3>
                    <GivenList {circle} person={name} given={under_way} changed={props.changed.clone()} />
                </section>
            }
            if asked { <Ending helped={helped.clone()} /> }
            if let Some(question) = question { { question } }
        </>
    }
}
