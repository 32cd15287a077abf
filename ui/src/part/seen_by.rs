//! "See what Dr X will see": how many readings of each kind, and behind one press what their screen makes of them and the pictures.

use std::rc::Rc;

use salus_wire::view::RecordView;
use yew::prelude::*;

use super::{Series, Whose};
use crate::format::count;
use crate::state::use_shared;
use crate::t;

/// Properties of [`SeenBy`].
#[derive(Properties, PartialEq)]
pub struct SeenByProps {
    /// Who will see it.
    pub name: String,
    /// What there is now of what is permitted.
    pub records: Vec<RecordView>,
    /// Of which days, in words.
    pub span: String,
    /// Days are summed up, and no readings are seen.
    #[prop_or_default]
    pub daily: bool,
    /// What their screen says before the pictures.
    #[prop_or_default]
    pub children: Html,
}

/// The counts, and the pictures behind one press.
#[component]
pub fn SeenBy(props: &SeenByProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    html! {
        <>
            <ul class="counts">{ for props.records.iter().map(|record| {
                let (what, n) = (w.category(record.category), record.total);
                html! { <li>{ if props.daily {
                    t!(w, "preview-days", what = what, n = n, count = count(n))
                } else {
                    t!(w, "preview-count", what = what, n = n, count = count(n))
                } }</li> }
            }) }</ul>
            <details class="preview">
                <summary>{ t!(w, "preview-open", name = props.name.clone()) }</summary>
                <div class="frame">{ props.children.clone() }{ for props.records.iter().map(|record| html! {
                    <Series whose={Whose::Patient} record={Rc::new(record.clone())} span={props.span.clone()} />
                }) }</div>
            </details>
        </>
    }
}
