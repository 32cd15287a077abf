//! A device that may not be the one that was added: why, and that it is the person's all the same.

use salus_wire::command::AcceptDevice;
use salus_wire::view::DeviceView;
use yew::prelude::*;

use crate::part::{Busy, Icon, Notice, icon};
use crate::state::{use_act, use_shared};
use crate::t;

/// Properties of [`DeviceDoubt`].
#[derive(Properties, PartialEq)]
pub(super) struct DeviceDoubtProps {
    /// The device.
    pub(super) device: DeviceView,
    /// Called when the person said that it is theirs.
    pub(super) on_done: Callback<()>,
}

/// Nothing for a device that nothing speaks against.
#[component]
pub(super) fn DeviceDoubt(props: &DeviceDoubtProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let accept = use_act::<AcceptDevice>(props.on_done.reform(|_| ()));
    let d = &props.device;
    if !d.claimed_twice && !d.services_changed {
        return Html::default();
    }
    let onclick = {
        let device = d.id;
        accept.starter().reform(move |_: MouseEvent| AcceptDevice { device })
    };
    html! {
        <>
            if d.claimed_twice { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "device-claimed-twice") }</p> }
            if d.services_changed { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "device-services-changed") }</p> }
            <div class="row"><Busy class="main" label={t!(w, "device-accept", name = d.name.clone())} busy={accept.busy} {onclick} /></div>
            if let Some(failure) = &accept.failure { <Notice failure={failure.clone()} /> }
        </>
    }
}
