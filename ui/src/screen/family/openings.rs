//! Who opened a relative's readings lately, by permissions that helpers gave.

use salus_wire::view::HelpedView;
use yew::prelude::*;

use super::place::opened;
use crate::part::{Icon, Proof, icon};
use crate::state::use_shared;
use crate::t;

/// So many are shown.
const SHOWN: usize = 20;

#[derive(Properties, PartialEq)]
pub(super) struct OpeningsProps {
    pub(super) helped: HelpedView,
}

#[component]
pub(super) fn Openings(props: &OpeningsProps) -> Html {
    let shared = use_shared();
    let (w, clock, helped) = (&shared.words, shared.clock(), &props.helped);
    let all = opened(&helped.given);
    html! {
        <section data-openings={helped.circle.to_string()}>
            <h3>{ t!(w, "relative-openings") }</h3>
            if all.is_empty() { <p>{ t!(w, "relative-openings-none") }</p> }
            if !all.is_empty() { <ol class="entries timeline">{ for all.iter().take(SHOWN).map(|(at, given)| {
                let by = if given.by.is_empty() { t!(w, "family-somebody") } else { given.by.clone() };
                html! { <li key={format!("{}-{at}", given.id)}>
                    <p class="line">{ icon(Icon::Eye) }<span>{ t!(w, "relative-opened", name = given.clinician.name.clone(), what = w.categories(&given.categories)) }</span></p>
                    <p class="quiet">{ clock.moment(*at) }{ " · " }{ t!(w, "given-by", name = by) }</p>
                </li> }
            }) }</ol> }
            if all.len() > SHOWN { <p class="quiet">{ t!(w, "relative-openings-more", n = all.len() - SHOWN) }</p> }
            <p class="quiet">{ t!(w, "relative-openings-own", name = helped.person.clone()) }</p>
            <Proof proof={helped.proof.clone()} />
        </section>
    }
}
