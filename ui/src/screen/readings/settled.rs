//! A value once it stands.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// The last value that stood for `ms` milliseconds; the first at once.
#[hook]
pub(in crate::screen) fn use_settled<T: Clone + PartialEq + 'static>(value: T, ms: u32) -> T {
    let first = value.clone();
    let settled = use_state_eq(move || first);
    {
        let settled = settled.clone();
        use_effect_with(value, move |value| {
            let value = value.clone();
            let waits = Timeout::new(ms, move || settled.set(value));
            move || drop(waits)
        });
    }
    (*settled).clone()
}
