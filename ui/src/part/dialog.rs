//! A modal question in the platform's own dialog: focus is kept inside, Escape closes it, and focus returns to where it was.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// The question.
    pub title: String,
    /// Called when it is closed without an answer.
    pub on_close: Callback<()>,
    /// The sentence and the buttons.
    pub children: Html,
}

/// An open modal dialog; leave it out of the tree to close it.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.get().and_then(|n| n.dyn_into::<HtmlDialogElement>().ok());
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
            }
            // Only a dialog that is closed, not merely taken away, gives the focus back.
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let on_cancel = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            on_close.emit(());
        })
    };
    // A web view may close it by itself, without asking first.
    let on_closed = props.on_close.reform(|_: Event| ());
    html! {
        <dialog ref={node} aria-labelledby="dialog-title" oncancel={on_cancel} onclose={on_closed}>
            <h2 id="dialog-title">{ &props.title }</h2>
            { props.children.clone() }
        </dialog>
    }
}
