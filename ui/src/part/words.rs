//! The words of a code, numbered: to be read out and typed elsewhere, or as they were understood here.

use yew::prelude::*;

use super::copy::HandOver;

/// Properties of [`WordList`].
#[derive(Properties, PartialEq)]
pub struct WordListProps {
    /// What it is.
    pub label: String,
    /// The words, in their order.
    pub words: Vec<String>,
    /// The one that is none, counted from 0.
    #[prop_or_default]
    pub wrong: Option<usize>,
    /// Its identifier.
    pub id: AttrValue,
    /// The list itself.
    #[prop_or_default]
    pub node: NodeRef,
}

/// Words with their numbers, from left to right in every language: the list has the letters of one.
#[component]
pub fn WordList(props: &WordListProps) -> Html {
    let label = format!("{}-label", props.id);
    let word = |(i, word): (usize, &String)| {
        let wrong = (props.wrong == Some(i)).then_some("wrong");
        html! { <li class={classes!(wrong)}><code lang="en">{ word }</code></li> }
    };
    html! {
        <div class="stack">
            <p class="strong" id={label.clone()}>{ &props.label }</p>
            <ol class="words" id={props.id.clone()} ref={props.node.clone()} dir="ltr" aria-labelledby={label}>
                { for props.words.iter().enumerate().map(word) }
            </ol>
        </div>
    }
}

/// Properties of [`CodeWords`].
#[derive(Properties, PartialEq)]
pub struct CodeWordsProps {
    /// What it is.
    pub label: String,
    /// The code, with a space between its words.
    pub code: String,
    /// The name of the file to save it as.
    pub file: &'static str,
    /// Its identifier.
    pub id: AttrValue,
}

/// The words of a code that is shown, with "Copy" and "Save as a file".
#[component]
pub fn CodeWords(props: &CodeWordsProps) -> Html {
    let node = use_node_ref();
    let words: Vec<String> = props.code.split_whitespace().map(str::to_owned).collect();
    html! {
        <div class="copy">
            <WordList id={props.id.clone()} label={props.label.clone()} {words} node={node.clone()} />
            <HandOver {node} text={props.code.clone()} file={props.file} />
        </div>
    }
}
