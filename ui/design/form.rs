//! Buttons, fields and questions.

use salus_ui::part::{
    About, Busy, CodePicture, CodeWords, CopyText, Icon, KeyGroups, NoteBox, Outcome, PartLink, Parts,
    PassphraseField, Question, Submit, TextFile, WordList, WorkProgress, icon,
};
use salus_ui::route::Route;
use salus_wire::view::{KeptNoteView, RecoveryKeyView};
use yew::prelude::*;

use crate::sample::KNOWN_WORK;

/// Every kind, ready, busy and not to be pressed.
#[component]
pub(crate) fn Buttons() -> Html {
    let pressed = Callback::from(|_: MouseEvent| ());
    html! {
        <section id="buttons">
            <h2>{ "Buttons say what happens" }</h2>
            <div class="row">
                <button type="button" class="main">{ "Give this permission" }</button>
                <button type="button">{ "Back" }</button>
                <button type="button" class="stop">{ "Stop this permission" }</button>
                <button type="button" class="danger">{ "Stop it now" }</button>
                <button type="button" class="small">{ "Show as a table" }</button>
                <button type="button" class="link">{ "Use the recovery key instead" }</button>
                <a href="#buttons" class="button">{ "A link that looks like one" }</a>
            </div>
            <div class="row">
                <button type="button" class="main" disabled=true>{ "Something is missing" }</button>
                <Busy class="main" label="Ready" busy=false onclick={pressed.clone()} />
                <Busy label="Waits for another one" busy=true onclick={pressed} />
                <button type="button" aria-disabled="true" aria-busy="true">{ "Working…" }</button>
            </div>
            <form onsubmit={|e: SubmitEvent| e.prevent_default()}>
                <div class="row">
                    <Submit label="The main button of a form" />
                    <Submit label="With something missing" disabled=true />
                    <Submit label="Waits too" busy=true />
                </div>
            </form>
            <div data-example="work">
                <WorkProgress work={KNOWN_WORK} label="Long work whose length is known" />
                <WorkProgress work="another_command" label="Long work whose length is not known yet" />
            </div>
        </section>
    }
}

/// Every kind of field; what is wrong stands below it.
#[component]
pub(crate) fn Fields() -> Html {
    let passphrase = use_state(|| "lantern otter velvet ninth".to_owned());
    let on_text = {
        let passphrase = passphrase.clone();
        Callback::from(move |text| passphrase.set(text))
    };
    let groups = ["7KQ2", "M9XA", "3TFD", "P0VN", "8WJC", "R5EH"].map(str::to_owned).to_vec();
    html! {
        <section id="fields">
            <h2>{ "Fields" }</h2>
            <p class="field"><label for="text-field">{ "Your name" }</label><input id="text-field" type="text" value="Maria Example" /><small>{ "A hint that says what it is for." }</small></p>
            <p class="field"><label for="wrong-field">{ "Upper value" }</label>
                <input id="wrong-field" type="text" inputmode="decimal" aria-invalid="true" aria-describedby="wrong-words" value="900" />
                <span class="wrong" id="wrong-words">{ icon(Icon::Warning) }<span>{ "No living body gives this value." }</span></span></p>
            <div class="row fields">
                <p class="field"><label for="date-field">{ "From" }</label><input id="date-field" type="date" value="2026-11-18" /></p>
                <p class="field"><label for="time-field">{ "At" }</label><input id="time-field" type="time" value="13:30" /></p>
                <p class="field"><label for="choice-field">{ "For what" }</label><select id="choice-field"><option>{ "Treatment" }</option><option>{ "Follow-up" }</option></select></p>
            </div>
            <p class="field"><label for="off-field">{ "Not to be changed now" }</label><input id="off-field" type="text" disabled=true value="while it works" /></p>
            <p class="field"><label for="long-field">{ "A code, pasted" }</label><textarea id="long-field" rows="3" dir="ltr" spellcheck="false" value="SC1-7KQ2M9XA3TFDP0VN" /></p>
            <PassphraseField label="A new passphrase" text={(*passphrase).clone()} name="Maria Example" {on_text} />
            <fieldset class="choices">
                <legend>{ "Some of several" }</legend>
                <label class="choice"><input type="checkbox" checked=true /><span>{ "Blood pressure" }</span></label>
                <label class="choice"><input type="checkbox" /><span>{ "Heart rate" }</span></label>
                <label class="choice slim"><input type="checkbox" /><span>{ "A small one, beside a field" }</span></label>
            </fieldset>
            <fieldset class="choices tall">
                <legend>{ "One of several" }</legend>
                <label class="choice"><input type="radio" name="one-of" checked=true /><span><strong>{ "For me" }</strong><br />{ "with what that means" }</span></label>
                <label class="choice"><input type="radio" name="one-of" /><span><strong>{ "For my patients" }</strong><br />{ "with what that means" }</span></label>
            </fieldset>
            <div class="segments" role="radiogroup" aria-label="Of which days">
                { for ["Last hour", "Today", "7 days", "A year"].into_iter().map(|label| html! {
                    <label><input type="radio" name="segments" value={label} checked={label == "Today"} /><span>{ label }</span></label>
                }) }
            </div>
            <TextFile id="example-file" label="Or from a file" on_text={Callback::from(|_: String| ())} />
            <CodePicture on_text={Callback::from(|_: String| ())} />
            <CopyText id="example-text" label="A text to hand over" text="SC1-7KQ2M9XA3TFDP0VN" file="salus-example.txt" />
            <KeyGroups view={RecoveryKeyView { groups }} />
            <CodeWords id="example-words" label="A code to read out" file="salus-example.txt"
                code="letter advice cage absurd amount doctor acoustic avoid letter advice cage above" />
            <WordList id="example-heard" label="What was understood" words={["letter", "advise", "cage"].map(str::to_owned).to_vec()} wrong={Some(1_usize)} />
        </section>
    }
}

/// Parts of a long screen, and what a check came to.
#[component]
pub(crate) fn Ways() -> Html {
    let said = use_state(|| None::<String>);
    let check = {
        let said = said.clone();
        Callback::from(move |_: MouseEvent| said.set(Some("This is a code of Leila Example.".to_owned())))
    };
    let part = |name, label: &str, stands: &str| PartLink {
        name,
        to: Route::Family,
        label: label.to_owned(),
        stands: stands.to_owned(),
    };
    let all = vec![
        part("decide", "To decide", "1 thing waits for you"),
        part("seeing", "Who can see Maria Example's readings now", "Nobody"),
        part("code", "Help somebody else", ""),
    ];
    html! {
        <section id="ways">
            <h2>{ "Parts of a screen, and what a check came to" }</h2>
            <Parts label="What there is about Maria Example" {all} here="decide" />
            <div class="row"><button type="button" onclick={check}>{ "Check a code" }</button></div>
            <Outcome said={(*said).clone()} />
        </section>
    }
}

/// A question in a dialog, and one that is asked in its place on the screen.
#[component]
pub(crate) fn Dialogs() -> Html {
    let open = use_state(|| false);
    let turn = |to: bool| {
        let open = open.clone();
        Callback::from(move |()| open.set(to))
    };
    let noting = use_state(|| None::<Option<String>>);
    let write = |before: Option<&str>| {
        let (noting, before) = (noting.clone(), before.map(str::to_owned));
        Callback::from(move |_: MouseEvent| noting.set(Some(before.clone())))
    };
    let put_away = {
        let noting = noting.clone();
        Callback::from(move |()| noting.set(None))
    };
    let digits = "482 915";
    html! {
        <section id="dialogs">
            <h2>{ "Questions" }</h2>
            <div class="row">
                <button type="button" id="open-dialog" onclick={turn(true).reform(|_: MouseEvent| ())}>{ "Ask in a dialog" }</button>
                <button type="button" id="open-note" onclick={write(None)}>{ "Write a note" }</button>
                <button type="button" id="open-kept-note" onclick={write(Some("After a long walk."))}>{ "Change a note" }</button>
            </div>
            <blockquote>{ "Dr Ines Clarke may open your blood pressure of 1 to 30 November until 14 December." }</blockquote>
            <p class="digits" dir="ltr">{ digits }</p>
            if let Some(before) = &*noting {
                <NoteBox about={About::Day("2026-11-18".into())} before={before.clone()} on_done={put_away.reform(|_: (About, KeptNoteView)| ())} on_close={put_away.clone()} />
            }
            if *open {
                <Question title="Stop the permission of Dr Ines Clarke?" yes="Stop Dr Ines Clarke's permission" no="Keep it" busy=false
                    on_yes={turn(false)} on_no={turn(false)}>
                    <p>{ "Dr Ines Clarke can then open no new readings of your blood pressure." }</p>
                </Question>
            }
        </section>
    }
}
