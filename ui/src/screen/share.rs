//! Share with a clinician: the code, who it is as proven, what and how long, what they will see, passphrase, done.

mod choices;
mod choose;
mod groups;
pub(super) mod limit;
mod request;
mod window;

use choices::{Choices, Kept};
use choose::Choose;
use groups::{Groups, typed};
use salus_wire::command::{CheckCode, GetDraft, IssuePermission};
use salus_wire::view::{
    ClinicianView, DraftKind, LinkKind, PermissionDraft, PermissionView, PreviewView, SeenOf,
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{
    CodePicture, FirstMinute, Notice, SeenBy, Submit, TextFile, WorkProgress, condition, field_text,
};
use crate::route::Route;
use crate::state::{let_go, use_act, use_kept, use_linked, use_shared};
use crate::{bridge, t};

/// How far the person has come. Every step can be taken back until the last.
#[derive(Clone, PartialEq)]
enum Step {
    Code,
    Choose(ClinicianView),
    Confirm(ClinicianView, PermissionDraft, PreviewView),
    Done(PermissionView),
    /// Nothing is given to the person of this name.
    Refused(String),
}

/// The screen.
#[component]
pub fn Share() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let step = use_state(|| Step::Code);
    let code = use_state(String::new);
    let clock = shared.clock();
    let choices = use_state(|| Choices::new(clock.now, clock.offset));
    // A link that the person looks at comes before what they had begun.
    let linked = use_mut_ref(|| false);
    {
        let (code, choices, linked) = (code.clone(), choices.clone(), linked.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                let kept = bridge::invoke(GetDraft { kind: DraftKind::Permission }).await;
                if let Some(text) = kept.ok().and_then(|k| k.text).filter(|_| !*linked.borrow()) {
                    let kept = Kept::of_text(&text, &choices);
                    code.set(kept.code);
                    choices.set(kept.choices);
                }
            });
        });
    }
    {
        let (code, step) = (code.clone(), step.clone());
        let put = Callback::from(move |text: String| {
            *linked.borrow_mut() = true;
            code.set(text);
            step.set(Step::Code);
        });
        use_linked(LinkKind::Code, put);
    }
    let kept = Kept { code: (*code).clone(), choices: (*choices).clone() };
    use_kept(DraftKind::Permission, kept.to_text());
    let go = |to: Step| {
        let step = step.clone();
        Callback::from(move |()| step.set(to.clone()))
    };
    let checked = {
        let (step, choices, clock) = (step.clone(), choices.clone(), clock.clone());
        Callback::from(move |who: ClinicianView| {
            choices.set(choices.begun(who.asks.as_ref(), clock.now, clock.offset));
            step.set(Step::Choose(who));
        })
    };
    // Forgotten here, and told to nobody.
    let refuse = {
        let (step, code, choices, clock) = (step.clone(), code.clone(), choices.clone(), clock.clone());
        Callback::from(move |name: String| {
            let_go(DraftKind::Permission);
            code.set(String::new());
            choices.set(Choices::new(clock.now, clock.offset));
            step.set(Step::Refused(name));
        })
    };
    let set_code = {
        let code = code.clone();
        Callback::from(move |text: String| {
            if text.trim().is_empty() {
                let_go(DraftKind::Permission);
            }
            code.set(text);
        })
    };
    let number = match &*step {
        Step::Code => 1_u32,
        Step::Choose(_) => 2,
        Step::Confirm(..) => 3,
        Step::Done(_) | Step::Refused(_) => 4,
    };
    html! {
        <>
            if number < 4 { <p class="overline">{ t!(w, "first-step", n = number, total = 3) }</p> }
            { match &*step {
                Step::Code => html! { <EnterCode code={(*code).clone()} on_code={set_code} {checked} /> },
                Step::Choose(who) => {
                    let refuse = { let name = who.name.clone(); refuse.reform(move |()| name.clone()) };
                    let previewed = { let (step, who) = (step.clone(), who.clone()); Callback::from(move |(draft, view)| step.set(Step::Confirm(who.clone(), draft, view))) };
                    html! { <Choose who={who.clone()} code={(*code).clone()} choices={choices.clone()} back={go(Step::Code)} {refuse} {previewed} /> }
                }
                Step::Confirm(who, draft, view) => {
                    let issued = { let step = step.clone(); Callback::from(move |p| { let_go(DraftKind::Permission); step.set(Step::Done(p)); }) };
                    html! { <Confirm draft={draft.clone()} view={view.clone()} back={go(Step::Choose(who.clone()))} {issued} /> }
                }
                Step::Refused(name) => html! {
                    <>
                        <h1>{ t!(w, "share-nothing") }</h1>
                        <p>{ t!(w, "share-nothing-hint", name = name.clone()) }</p>
                        <p><Link<Route> to={Route::Home} classes="button main">{ t!(w, "nav-home") }</Link<Route>></p>
                    </>
                },
                Step::Done(p) => html! {
                    <>
                        <h1>{ t!(w, "share-done", name = p.clinician.name.clone()) }</h1>
                        <div class="entries"><div class="entry">{ super::permissions::permission(&shared, p) }</div></div>
                        <p>{ t!(w, "share-done-hint") }</p>
                        <p><Link<Route> to={Route::Permissions} classes="button main">{ t!(w, "nav-permissions") }</Link<Route>></p>
                    </>
                },
            } }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct EnterCodeProps {
    code: String,
    on_code: Callback<String>,
    checked: Callback<ClinicianView>,
}

#[component]
fn EnterCode(props: &EnterCodeProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let check = use_act::<CheckCode>(props.checked.clone());
    let onsubmit = {
        let (start, code) = (check.starter(), props.code.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(CheckCode { code: code.trim().to_owned() });
        })
    };
    let on_pick = {
        let (start, on_code) = (check.starter(), props.on_code.clone());
        Callback::from(move |code: String| {
            on_code.emit(code.clone());
            start.emit(CheckCode { code });
        })
    };
    let typed = typed(&props.code);
    html! {
        <>
        <form {onsubmit}>
            <h1>{ t!(w, "share-code-title") }</h1>
            <p>{ t!(w, "share-code-hint") }</p>
            <p class="field">
                <label for="code">{ t!(w, "share-code-label") }</label>
                <textarea id="code" rows="5" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="65536" value={typed.clone()}
                    oninput={props.on_code.reform(|e: InputEvent| field_text(&e))} />
            </p>
            <TextFile label={t!(w, "share-code-file")} on_text={props.on_code.clone()} />
            <CodePicture on_text={props.on_code.clone()} />
            if let Some(failure) = &check.failure { <Notice failure={failure.clone()} /> }
            <div class="row"><Submit id="next" label={t!(w, "share-code-check")} busy={check.busy} disabled={typed.trim().is_empty()} /></div>
        </form>
        <Groups busy={check.busy} {on_pick} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ConfirmProps {
    draft: PermissionDraft,
    view: PreviewView,
    back: Callback<()>,
    issued: Callback<PermissionView>,
}

#[component]
fn Confirm(props: &ConfirmProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let passphrase = use_state(String::new);
    let issue = use_act::<IssuePermission>(props.issued.clone());
    let onsubmit = {
        let (start, draft, passphrase) = (issue.starter(), props.draft.clone(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(IssuePermission { draft: draft.clone(), passphrase: (*passphrase).clone() });
        })
    };
    let oninput = {
        let passphrase = passphrase.clone();
        Callback::from(move |event: InputEvent| passphrase.set(field_text(&event)))
    };
    let name = props.view.clinician.name.clone();
    let clock = shared.clock();
    // The sentences are of what was measured: that ends now, whatever the permission goes on to cover.
    let measured = clock.span(props.draft.data_from, props.draft.data_to.min(clock.now));
    let span = t!(w, "span-of", span = measured);
    html! {
        <>
            <h1>{ t!(w, "preview-title", name = name.clone()) }</h1>
            <p>{ t!(w, "preview-hint", name = name.clone()) }</p>
            <SeenBy name={name.clone()} records={props.view.records.clone()} {span} daily={props.draft.condition.is_daily()}>
                <FirstMinute of={SeenOf::Drafted { draft: props.draft.clone() }} name={name.clone()}
                    categories={props.draft.categories.clone()} on_duty={props.view.clinician.on_duty} />
            </SeenBy>
            <h2>{ t!(w, "confirm-title") }</h2>
            <blockquote dir="auto">{ &props.view.sentence }</blockquote>
            { for props.view.condition.iter().map(|c| condition(&shared, c)) }
            <form {onsubmit}>
                <p class="field">
                    <label for="confirm">{ t!(w, "confirm-passphrase") }</label>
                    <input id="confirm" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto" value={(*passphrase).clone()} {oninput} />
                </p>
                if let Some(failure) = &issue.failure { <Notice failure={failure.clone()} /> }
                if issue.busy { <WorkProgress work="issue_permission" label={t!(w, "confirm-working")} /> }
                <div class="row">
                    <Submit id="issue" label={t!(w, "confirm-issue", name = name)} busy={issue.busy} disabled={passphrase.is_empty()} />
                    <button type="button" disabled={issue.busy} onclick={props.back.reform(|_: MouseEvent| ())}>{ t!(w, "back") }</button>
                </div>
            </form>
        </>
    }
}
