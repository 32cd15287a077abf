//! The card as it is printed: a name, a code, and what a clinician has to do. Nothing of health.

use salus_wire::command::PrintCard;
use salus_wire::view::PrintView;
use yew::prelude::*;

use crate::part::{Busy, Icon, Notice, WorkProgress, icon};
use crate::screen::reports::page_language;
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct PrintedProps {
    pub(super) view: PrintView,
    pub(super) hide: Callback<()>,
}

#[component]
pub(super) fn Printed(props: &PrintedProps) -> Html {
    let shared = use_shared();
    let (w, view) = (&shared.words, &props.view);
    let on_print = Callback::from(|_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            let _ = window.print();
        }
    });
    let language = page_language(w);
    let saved = use_state(|| false);
    let save = {
        let saved = saved.clone();
        use_act::<PrintCard>(Callback::from(move |()| saved.set(true)))
    };
    let size = view.picture.size;
    html! {
        <section id="card-printed">
            <article class="printed">
                <div class="printed-head">
                    <p class="strong">{ t!(w, "print-heading") }</p>
                    <p class="lead"><bdi>{ &view.name }</bdi></p>
                </div>
                <svg class="square" viewBox={format!("0 0 {size} {size}")} role="img" aria-label={t!(w, "print-picture")} shape-rendering="crispEdges">
                    <path d={view.picture.path.clone()} />
                </svg>
                <ol>
                    <li>{ t!(w, "print-scan") }</li>
                    <li>{ t!(w, "print-why") }</li>
                    <li>{ t!(w, "print-end", name = view.name.clone()) }</li>
                </ol>
                if !view.call.is_empty() { <p class="strong">{ t!(w, "print-call", who = view.call.clone()) }</p> }
                <p><code dir="ltr">{ &view.text }</code></p>
                <p class="quiet">{ t!(w, "print-until", date = shared.clock().date(view.ends)) }</p>
            </article>
            if let Some(failure) = save.failure.as_ref().filter(|_| !save.busy) { <Notice failure={failure.clone()} /> }
            if save.busy { <WorkProgress work="print_card" label={t!(w, "card-pdf-working")} /> }
            if *saved { <p class="caution" role="status">{ icon(Icon::Warning) }{ t!(w, "card-pdf-done") }</p> }
            <div class="row">
                <button type="button" class="main" id="card-print" onclick={on_print}>{ t!(w, "card-print") }</button>
                <Busy id="card-pdf" label={t!(w, "card-pdf")} busy={save.busy} onclick={save.starter().reform(move |_: MouseEvent| PrintCard { language })} />
                <button type="button" id="card-hide" onclick={props.hide.reform(|_: MouseEvent| ())}>{ t!(w, "card-hide") }</button>
            </div>
        </section>
    }
}
