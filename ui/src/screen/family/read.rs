//! Reading what somebody made on a computer of theirs, a family code or a request to get back, and comparing its digits with them.

use salus_wire::command::{CheckFamilyCode, CheckRecoveryRequest};
use salus_wire::view::RelativeView;
use yew::prelude::*;

use crate::part::{CodePicture, Notice, Outcome, Submit, TextFile, field_text};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

/// A text, and whom it stands for.
pub(super) type Found = (String, RelativeView);

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A relative's code.
    Code,
    /// A request for a new key.
    Request,
}

#[derive(Properties, PartialEq)]
pub(super) struct ReadCodeProps {
    pub(super) id: &'static str,
    /// Of the field for a file: a screen shows several.
    pub(super) file: &'static str,
    pub(super) what: What,
    /// Called with what was read, and with nothing as soon as another text is typed.
    pub(super) on_read: Callback<Option<Found>>,
    /// Said above the field.
    #[prop_or_default]
    pub(super) children: Html,
}

#[component]
pub(super) fn ReadCode(props: &ReadCodeProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let code = use_state(String::new);
    // Whose it is, once it was read.
    let read = use_state(|| None::<String>);
    let done = {
        let (code, read, on_read) = (code.clone(), read.clone(), props.on_read.clone());
        Callback::from(move |view: RelativeView| {
            read.set(Some(view.name.clone()));
            on_read.emit(Some((code.trim().to_owned(), view)));
        })
    };
    let check_code = use_act::<CheckFamilyCode>(done.clone());
    let check_request = use_act::<CheckRecoveryRequest>(done);
    let set_code = {
        let (code, read, on_read) = (code.clone(), read.clone(), props.on_read.clone());
        Callback::from(move |text: String| {
            read.set(None);
            on_read.emit(None);
            code.set(text);
        })
    };
    let onsubmit = {
        let (as_code, as_request) = (check_code.starter(), check_request.starter());
        let (code, what) = (code.clone(), props.what);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let code = code.trim().to_owned();
            match what {
                What::Code => as_code.emit(CheckFamilyCode { code }),
                What::Request => as_request.emit(CheckRecoveryRequest { code }),
            }
        })
    };
    let label = match props.what {
        What::Code => t!(w, "family-add-code"),
        What::Request => t!(w, "guard-request"),
    };
    let said = (*read).clone().map(|name| match props.what {
        What::Code => t!(w, "check-code", name = name),
        What::Request => t!(w, "check-request", name = name),
    });
    html! {
        <form {onsubmit}>
            { props.children.clone() }
            <p class="field">
                <label for={props.id}>{ label }</label>
                <textarea id={props.id} rows="4" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="8192" value={(*code).clone()}
                    oninput={set_code.reform(|e: InputEvent| field_text(&e))} />
            </p>
            <TextFile id={props.file} label={t!(w, "share-code-file")} on_text={set_code.clone()} />
            <CodePicture id={format!("{}-picture", props.id)} on_text={set_code} />
            if let Some(failure) = check_code.failure.clone().or(check_request.failure.clone()) { <Notice {failure} /> }
            if read.is_none() { <div class="row"><Submit label={t!(w, "share-code-check")} busy={check_code.busy || check_request.busy} disabled={code.trim().is_empty()} /></div> }
            <Outcome {said} />
        </form>
    }
}

/// A request for a new key that was read here: whose it is, that its digits were compared, and the passphrase to say so.
#[derive(Clone)]
pub(super) struct Request {
    /// What was read.
    pub(super) who: UseStateHandle<Option<Found>>,
    /// How often one was done with: the field begins anew each time.
    pub(super) turn: UseStateHandle<u32>,
    /// The digits are the same.
    pub(super) same: UseStateHandle<bool>,
    pub(super) passphrase: UseStateHandle<String>,
}

/// Nothing read yet.
#[hook]
pub(super) fn use_request() -> Request {
    Request {
        who: use_state(|| None::<Found>),
        turn: use_state(|| 0_u32),
        same: use_state(|| false),
        passphrase: use_state(String::new),
    }
}

impl Request {
    /// Takes what is read; another text has other digits.
    pub(super) fn on_read(&self) -> Callback<Option<Found>> {
        let (who, same) = (self.who.clone(), self.same.clone());
        Callback::from(move |found: Option<Found>| {
            same.set(false);
            who.set(found);
        })
    }

    /// The text and the passphrase, once something was read.
    pub(super) fn said(&self) -> Option<(String, String)> {
        let (code, _) = (*self.who).clone()?;
        Some((code, (*self.passphrase).clone()))
    }

    /// Something is missing.
    pub(super) fn lacks(&self) -> bool {
        !*self.same || self.passphrase.is_empty()
    }

    /// Done: nothing of it stays on the screen.
    pub(super) fn forget(&self) {
        self.turn.set(self.turn.wrapping_add(1));
        self.who.set(None);
        self.passphrase.set(String::new());
    }
}

/// The digits, and that the person reads the same.
pub(super) fn compare(shared: &Shared, name: &str, digits: &str, same: &UseStateHandle<bool>) -> Html {
    let w = &shared.words;
    let onchange = {
        let same = same.clone();
        Callback::from(move |_: Event| same.set(!*same))
    };
    html! {
        <>
            <p>{ t!(w, "family-compare", name = name.to_owned()) }</p>
            <p class="lead strong"><bdi dir="ltr">{ digits.to_owned() }</bdi></p>
            <label class="choice"><input type="checkbox" checked={**same} {onchange} /><span>{ t!(w, "family-same", name = name.to_owned()) }</span></label>
        </>
    }
}

/// The passphrase, again.
pub(super) fn again(shared: &Shared, id: &'static str, passphrase: &UseStateHandle<String>) -> Html {
    let oninput = {
        let passphrase = passphrase.clone();
        Callback::from(move |event: InputEvent| passphrase.set(field_text(&event)))
    };
    html! {
        <p class="field">
            <label for={id}>{ t!(shared.words, "confirm-passphrase") }</label>
            <input {id} type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto" value={(**passphrase).clone()} {oninput} />
        </p>
    }
}
