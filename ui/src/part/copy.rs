//! Text to hand over: shown, copied, saved as a file; and text taken in from a file.

use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, HtmlAnchorElement, HtmlDocument, HtmlInputElement, HtmlTextAreaElement, Url,
};
use yew::prelude::*;

use crate::state::use_shared;
use crate::t;

/// The most octets of a file that is taken in as text.
const FILE_LIMIT: f64 = 65_536.0;

/// Properties of [`CopyText`].
#[derive(Properties, PartialEq)]
pub struct CopyTextProps {
    /// What it is.
    pub label: String,
    /// The text.
    pub text: String,
    /// The name of the file to save it as.
    pub file: &'static str,
    /// Another identifier, where a screen can show two.
    #[prop_or("copy-text")]
    pub id: &'static str,
}

/// A text with "Copy" and "Save as a file".
#[component]
pub fn CopyText(props: &CopyTextProps) -> Html {
    let node = use_node_ref();
    html! {
        <div class="copy">
            <label for={props.id}>{ &props.label }</label>
            <textarea id={props.id} ref={node.clone()} readonly=true rows="6" dir="ltr" spellcheck="false" value={props.text.clone()} />
            <HandOver {node} text={props.text.clone()} file={props.file} main=true />
        </div>
    }
}

/// Properties of [`HandOver`].
#[derive(Properties, PartialEq)]
pub(super) struct HandOverProps {
    /// What shows it.
    pub(super) node: NodeRef,
    /// The text of the file.
    pub(super) text: String,
    /// The name of the file to save it as.
    pub(super) file: &'static str,
    /// Whether copying it is what the screen is for.
    #[prop_or_default]
    pub(super) main: bool,
}

/// "Copy" and "Save as a file" for what is shown.
#[component]
pub(super) fn HandOver(props: &HandOverProps) -> Html {
    let shared = use_shared();
    let said = use_state(String::new);
    let copy = {
        let (node, said, words) = (props.node.clone(), said.clone(), shared.words.clone());
        Callback::from(move |_: MouseEvent| {
            if copy_from(&node) {
                said.set(t!(words, "copied"));
            }
        })
    };
    let save = {
        let (text, file, said, words) = (props.text.clone(), props.file, said.clone(), shared.words.clone());
        Callback::from(move |_: MouseEvent| {
            if save_as(&text, file).is_ok() {
                said.set(t!(words, "save-where"));
            }
        })
    };
    html! {
        <div class="row">
            <button type="button" class={classes!(props.main.then_some("main"))} onclick={copy}>{ t!(shared.words, "copy") }</button>
            <button type="button" onclick={save}>{ t!(shared.words, "save-file") }</button>
            <span role="status">{ (*said).clone() }</span>
        </div>
    }
}

/// Copies what is shown: the text of a field, or everything in anything else, which stays selected.
fn copy_from(node: &NodeRef) -> bool {
    match node.get().map(JsCast::dyn_into::<HtmlTextAreaElement>) {
        Some(Ok(area)) => {
            area.select();
            copy_selected()
        }
        Some(Err(shown)) => {
            let selection = web_sys::window().and_then(|w| w.get_selection().ok().flatten());
            selection.is_some_and(|all| all.select_all_children(&shown).is_ok()) && copy_selected()
        }
        None => false,
    }
}

fn copy_selected() -> bool {
    let document =
        web_sys::window().and_then(|w| w.document()).and_then(|d| d.dyn_into::<HtmlDocument>().ok());
    document.is_some_and(|d| d.exec_command("copy").unwrap_or(false))
}

fn save_as(text: &str, file: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("text/plain");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|w| w.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(file);
    link.click();
    Timeout::new(10_000, move || drop(Url::revoke_object_url(&url))).forget();
    Ok(())
}

/// Properties of [`TextFile`].
#[derive(Properties, PartialEq)]
pub struct TextFileProps {
    /// What to choose.
    pub label: String,
    /// Called with the file's text.
    pub on_text: Callback<String>,
    /// Another identifier, where a screen can show two.
    #[prop_or("text-file")]
    pub id: &'static str,
}

/// Takes in a small text file.
#[component]
pub fn TextFile(props: &TextFileProps) -> Html {
    let on_text = props.on_text.clone();
    let onchange = Callback::from(move |event: Event| {
        let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        let file = input.and_then(|i| i.files()).and_then(|f| f.get(0)).filter(|f| f.size() <= FILE_LIMIT);
        if let Some(file) = file {
            let on_text = on_text.clone();
            spawn_local(async move {
                if let Ok(text) = JsFuture::from(file.text()).await {
                    on_text.emit(text.as_string().unwrap_or_default());
                }
            });
        }
    });
    html! {
        <p class="field">
            <label for={props.id}>{ &props.label }</label>
            <input id={props.id} type="file" accept=".txt,.salus,text/plain" {onchange} />
        </p>
    }
}
