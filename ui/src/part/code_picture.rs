//! Taking a code from a picture, in place of typing it.

use salus_wire::ErrorCode;
use salus_wire::command::ReadCodePicture;
use yew::prelude::*;

use super::{Busy, Icon, Notice, icon};
use crate::state::{use_act, use_shared};
use crate::t;

/// Properties of [`CodePicture`].
#[derive(Properties, PartialEq)]
pub struct CodePictureProps {
    /// Called with the code, as if it had been typed.
    pub on_text: Callback<String>,
    /// Another identifier, where a screen can show two.
    #[prop_or(AttrValue::Static("code-picture"))]
    pub id: AttrValue,
}

/// Chooses a screenshot or a photo and puts the code in it where it would be typed. What is asked after typing is asked after this.
#[component]
pub fn CodePicture(props: &CodePictureProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let done = use_state(|| false);
    let read = {
        let (done, on_text) = (done.clone(), props.on_text.clone());
        use_act::<ReadCodePicture>(Callback::from(move |code: String| {
            done.set(true);
            on_text.emit(code);
        }))
    };
    let onclick = {
        let (done, start) = (done.clone(), read.starter());
        Callback::from(move |_: MouseEvent| {
            done.set(false);
            start.emit(ReadCodePicture {});
        })
    };
    // Somebody who closed the dialog did not fail at anything.
    let failure = read.failure.clone().filter(|failure| failure.code != ErrorCode::Cancelled);
    html! {
        <div class="stack">
            <div class="row"><Busy id={props.id.clone()} label={t!(w, "code-picture")} busy={read.busy} {onclick} /></div>
            <small>{ t!(w, "code-picture-hint") }</small>
            if *done { <p role="status">{ icon(Icon::Check) }{ t!(w, "code-picture-done") }</p> }
            if let Some(failure) = failure { <Notice {failure} /> }
        </div>
    }
}
