//! Where today's readings come from: each device in one line, with its battery and when it last sent.

use salus_wire::UnixMillis;
use salus_wire::command::ListDevices;
use salus_wire::view::{DeviceState, DeviceView};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::format::{Clockface, MINUTE, count};
use crate::part::{Icon, icon};
use crate::route::Route;
use crate::state::{Shared, use_ask, use_shared};
use crate::t;

/// At and below this a battery is low, in percent; the screen of devices says so too.
const LOW: u8 = 15;

/// The devices that were added; nothing where there is none.
#[component]
pub(super) fn Sources() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let beat = shared.beats.devices.wrapping_add(shared.beats.readings);
    let listed = use_ask(Some(ListDevices {}), beat);
    // What cannot be listed is told where devices are looked after.
    let mine: Vec<&DeviceView> =
        listed.answer.iter().flat_map(|all| all.iter()).filter(|d| d.state != DeviceState::Found).collect();
    if mine.is_empty() {
        return Html::default();
    }
    html! {
        <section class="sources" aria-label={t!(w, "sources-title")}>
            <ul>{ for mine.into_iter().map(|d| html! {
                <li key={d.id.to_string()} data-state={format!("{:?}", d.state)}>{ source(&shared, d) }</li>
            }) }</ul>
            <p><Link<Route> to={Route::Devices}>{ t!(w, "sources-devices") }</Link<Route>></p>
        </section>
    }
}

fn source(shared: &Shared, d: &DeviceView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let low = d.battery_low || d.battery.is_some_and(|b| b <= LOW);
    let (picture, state) = match d.state {
        DeviceState::Connected => (Icon::Check, t!(w, "device-connected")),
        DeviceState::Connecting => (Icon::Clock, t!(w, "device-connecting")),
        DeviceState::Pairing => (Icon::Clock, t!(w, "device-pairing")),
        DeviceState::PairFirst => (Icon::Warning, t!(w, "device-pair-first")),
        DeviceState::PairAgain => (Icon::Warning, t!(w, "device-pair-again")),
        DeviceState::Waiting | DeviceState::Found => (Icon::Clock, t!(w, "device-waiting")),
    };
    let last = match d.last_reading {
        Some(at) => t!(w, "sources-last", when = clock.moment(at)),
        None if d.stored > 0 => t!(w, "device-from-memory", n = d.stored, count = count(d.stored)),
        None => t!(w, "device-no-reading"),
    };
    let heard = heard_apart(d).map(|at| said_heard(&clock, at));
    let doubted = d.claimed_twice || d.services_changed;
    html! {
        <>
            { icon(if low || doubted { Icon::Warning } else { picture }) }
            <span>
                <bdi class="strong">{ &d.name }</bdi>{ ": " }{ state }{ " · " }{ last }
                if let Some(heard) = heard { { " · " }{ heard } }
                if let Some(percent) = d.battery { { " · " }{ t!(w, "device-battery", percent = percent) } }
                if low { { " · " }<span class="strong">{ t!(w, "device-battery-low") }</span> }
                if doubted { { " · " }<span class="strong">{ t!(w, "sources-doubt") }</span> }
            </span>
        </>
    }
}

/// When it last sent anything, where the last reading does not say so already: a meter sends what it kept, or the same once more.
pub(in crate::screen) fn heard_apart(d: &DeviceView) -> Option<UnixMillis> {
    d.heard.filter(|heard| d.last_reading.is_none_or(|last| heard.saturating_sub(last) >= MINUTE))
}

/// "last sent today at 13:30"
pub(in crate::screen) fn said_heard(clock: &Clockface, at: UnixMillis) -> String {
    t!(clock.words, "sources-heard", when = clock.moment(at))
}

#[cfg(test)]
mod tests {
    use salus_wire::DeviceId;

    use super::*;

    fn meter(last_reading: Option<UnixMillis>, heard: Option<UnixMillis>) -> DeviceView {
        let meter = DeviceView::found(DeviceId([1; 16]), "Meter".into());
        DeviceView { state: DeviceState::Waiting, last_reading, heard, stored: 3, ..meter }
    }

    #[test]
    fn that_it_sent_is_said_where_the_last_reading_does_not_say_it() {
        assert_eq!(
            heard_apart(&meter(None, Some(5 * MINUTE))),
            Some(5 * MINUTE),
            "all of it from its memory"
        );
        assert_eq!(heard_apart(&meter(Some(MINUTE), Some(5 * MINUTE))), Some(5 * MINUTE));
        assert_eq!(heard_apart(&meter(Some(5 * MINUTE), Some(5 * MINUTE + 900))), None, "it was live");
        // Its clock is ahead of ours.
        assert_eq!(heard_apart(&meter(Some(9 * MINUTE), Some(5 * MINUTE))), None);
        assert_eq!(heard_apart(&meter(None, None)), None);
    }
}
