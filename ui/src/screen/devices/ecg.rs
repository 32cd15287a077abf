//! A device that records an electrocardiogram when told to.

use salus_wire::Category;
use salus_wire::command::{StartEcg, StopEcg};
use salus_wire::view::{DeviceState, DeviceView, EcgTrouble, EcgView};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{Busy, Icon, Notice, icon};
use crate::route::Route;
use crate::state::{use_act, use_shared};
use crate::t;

/// What an electrocardiogram of one lead usually takes.
const SECONDS: u16 = 30;

#[derive(Properties, PartialEq)]
pub(super) struct DeviceEcgProps {
    pub(super) device: DeviceView,
    /// Called when the application took an order.
    pub(super) on_done: Callback<()>,
}

/// Nothing for a device that measures none, or that is not connected and has nothing to tell.
#[component]
pub(super) fn DeviceEcg(props: &DeviceEcgProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let done = props.on_done.reform(|_: DeviceView| ());
    let start = use_act::<StartEcg>(done.clone());
    let stop = use_act::<StopEcg>(done);
    let d = &props.device;
    let connected = d.state == DeviceState::Connected;
    // A link that ends can be why a recording failed: that is said also while there is none.
    let shown = connected || matches!(d.ecg, Some(EcgView::Failed { .. }));
    if !shown || !d.measures.contains(&Category::Electrocardiogram) {
        return Html::default();
    }
    let device = d.id;
    let failure = start.failure.clone().or(stop.failure.clone());
    let running = matches!(d.ecg, Some(EcgView::Starting | EcgView::Running { .. }));
    let said = match d.ecg {
        None => Html::default(),
        Some(EcgView::Starting) => html! { <p role="status" aria-busy="true">{ t!(w, "ecg-starting") }</p> },
        Some(EcgView::Running { until }) => html! {
            <p class="with-icon" role="status">{ icon(Icon::Clock) }{ t!(w, "ecg-running", when = shared.clock().time_seconds(until)) }</p>
        },
        Some(EcgView::Done) => html! {
            <p class="with-icon" role="status">{ icon(Icon::Check) }{ t!(w, "ecg-done") }</p>
        },
        Some(EcgView::Failed { why }) => {
            let why = match why {
                EcgTrouble::Charging => t!(w, "ecg-charging"),
                EcgTrouble::Refused => t!(w, "ecg-refused"),
                EcgTrouble::NoAnswer => t!(w, "ecg-no-answer"),
                EcgTrouble::Cut => t!(w, "ecg-cut"),
            };
            html! { <p class="caution" role="status">{ icon(Icon::Warning) }{ why }</p> }
        }
    };
    html! {
        <>
            { said }
            if let Some(failure) = failure { <Notice {failure} /> }
            if connected {
                <div class="row">
                    if running {
                        <Busy label={t!(w, "ecg-stop")} busy={stop.busy} onclick={stop.starter().reform(move |_: MouseEvent| StopEcg { device })} />
                    } else {
                        <Busy class="main" label={t!(w, "ecg-start", n = SECONDS)} busy={start.busy}
                            onclick={start.starter().reform(move |_: MouseEvent| StartEcg { device, seconds: SECONDS })} />
                        if d.ecg == Some(EcgView::Done) { <Link<Route> to={Route::Home} classes="button">{ t!(w, "ecg-look") }</Link<Route>> }
                    }
                </div>
            }
        </>
    }
}
