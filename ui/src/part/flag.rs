//! A clinician's own mark on a permission.

use salus_wire::GrantId;
use salus_wire::command::FlagPatient;
use yew::prelude::*;

use super::{Icon, icon};
use crate::state::use_shared;
use crate::t;

/// Properties of [`FlagButton`].
#[derive(Properties, PartialEq)]
pub struct FlagButtonProps {
    /// Which permission.
    pub id: GrantId,
    /// Whose it is, for the button's name.
    pub patient: String,
    /// Whether it is flagged now.
    pub flagged: bool,
    /// While another flag is being kept.
    pub busy: bool,
    /// Called on a press.
    pub on_flag: Callback<FlagPatient>,
}

/// Flags it, or takes the flag away.
#[component]
pub fn FlagButton(props: &FlagButtonProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let (id, flagged) = (props.id, !props.flagged);
    let onclick = props.on_flag.reform(move |_: MouseEvent| FlagPatient { id, flagged });
    let name = t!(w, "flag-whose", name = props.patient.clone());
    html! {
        <button type="button" class="flag" aria-pressed={props.flagged.to_string()} aria-label={name} aria-disabled={props.busy.then_some("true")} {onclick}>
            { icon(Icon::Flag) }<span>{ t!(w, "flag") }</span>
        </button>
    }
}
