//! A proof in plain words, with its figures for those who want to compare them.

use salus_wire::view::ProofView;
use yew::prelude::*;

use crate::state::use_shared;
use crate::t;

/// Properties of [`Proof`].
#[derive(Properties, PartialEq)]
pub struct ProofProps {
    /// The proof.
    pub proof: ProofView,
}

/// Who confirmed it and when; the entry's number and fingerprint folded away.
#[component]
pub fn Proof(props: &ProofProps) -> Html {
    let shared = use_shared();
    let (words, proof) = (&shared.words, &props.proof);
    html! {
        <details class="proof">
            <summary>{ t!(words, "proof-summary", n = proof.signed_by.len()) }</summary>
            <dl>
                <dt>{ t!(words, "proof-by") }</dt><dd>{ words.list(&proof.signed_by) }</dd>
                <dt>{ t!(words, "proof-at") }</dt><dd>{ shared.clock().moment(proof.time) }</dd>
                <dt>{ t!(words, "proof-number") }</dt><dd><bdi dir="ltr">{ &proof.height }</bdi></dd>
                <dt>{ t!(words, "proof-fingerprint") }</dt><dd><code>{ &proof.block }</code></dd>
            </dl>
        </details>
    }
}
