//! What the desktop may do: show notifications, be quiet at night, keep Salus while its window is closed, open it with the session.

use salus_wire::command::{GetDesktop, SetDesktop};
use salus_wire::view::DesktopView;
use yew::prelude::*;

use crate::format::{MINUTE, parse_time};
use crate::part::{Icon, Notice, Submit, field_text, icon};
use crate::state::{use_act, use_ask, use_shared};
use crate::t;

/// "21:00" of minutes after midnight.
fn time_of(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn minutes_of(text: &str) -> Option<u16> {
    parse_time(text).and_then(|ms| u16::try_from(ms / MINUTE).ok())
}

/// Nothing until the application has answered.
#[component]
pub(super) fn DesktopSection() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let asked = use_ask(Some(GetDesktop {}), 0);
    let stored = use_state(|| None::<DesktopView>);
    // As they are typed; nothing while they are as they are stored.
    let hours = use_state(|| None::<(String, String)>);
    let wrong = use_state(|| false);
    let kept = use_state(|| false);
    let set = {
        let (stored, hours, kept) = (stored.clone(), hours.clone(), kept.clone());
        use_act::<SetDesktop>(Callback::from(move |now: DesktopView| {
            kept.set(hours.is_some());
            hours.set(None);
            stored.set(Some(now));
        }))
    };
    let Some(now) = stored.or(asked.answer.as_ref().map(|answer| **answer)) else {
        return html! { <>{ for asked.failure.iter().map(|failure| html! { <Notice failure={failure.clone()} again={asked.again.clone()} /> }) }</> };
    };
    let choose = |desktop: DesktopView| {
        let start = set.starter();
        Callback::from(move |_: Event| start.emit(SetDesktop { desktop }))
    };
    let (from, to) = (*hours).clone().unwrap_or_else(|| (time_of(now.quiet_from), time_of(now.quiet_to)));
    let typed = |first: bool| {
        let (hours, kept, from, to) = (hours.clone(), kept.clone(), from.clone(), to.clone());
        Callback::from(move |event: InputEvent| {
            let text = field_text(&event);
            kept.set(false);
            hours.set(Some(if first { (text, to.clone()) } else { (from.clone(), text) }));
        })
    };
    let (on_from, on_to) = (typed(true), typed(false));
    let onsubmit = {
        let (start, wrong, from, to) = (set.starter(), wrong.clone(), from.clone(), to.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let times = minutes_of(&from).zip(minutes_of(&to));
            wrong.set(times.is_none());
            if let Some((quiet_from, quiet_to)) = times {
                start.emit(SetDesktop { desktop: DesktopView { quiet_from, quiet_to, ..now } });
            }
        })
    };
    html! {
        <>
            <h2>{ t!(w, "desktop-title") }</h2>
            <fieldset class="choices">
                <legend class="hidden">{ t!(w, "desktop-title") }</legend>
                <label class="choice"><input type="checkbox" name="notify" checked={now.notify} onchange={choose(DesktopView { notify: !now.notify, ..now })} />
                    <span>{ t!(w, "desktop-notify") }</span></label>
                <p class="quiet">{ t!(w, "desktop-notify-hint") }</p>
            </fieldset>
            if now.notify {
                <form id="quiet-hours" {onsubmit} novalidate=true>
                    <fieldset>
                        <legend>{ t!(w, "desktop-quiet") }</legend>
                        <p class="quiet">{ t!(w, "desktop-quiet-hint") }</p>
                        <div class="row fields">
                            <p class="field"><label for="quiet-from">{ t!(w, "desktop-quiet-from") }</label>
                                <input id="quiet-from" type="time" placeholder="21:00" value={from} oninput={on_from} /></p>
                            <p class="field"><label for="quiet-to">{ t!(w, "desktop-quiet-to") }</label>
                                <input id="quiet-to" type="time" placeholder="08:00" value={to} oninput={on_to} /></p>
                        </div>
                    </fieldset>
                    if *wrong { <p class="caution" role="alert">{ icon(Icon::Warning) }{ t!(w, "desktop-no-time") }</p> }
                    <div class="row">
                        <Submit id="keep-quiet" label={t!(w, "desktop-keep")} busy={set.busy} disabled={hours.is_none()} />
                        <span role="status">{ if *kept { t!(w, "desktop-kept") } else { String::new() } }</span>
                    </div>
                </form>
            }
            <fieldset class="choices">
                <legend>{ t!(w, "desktop-closed-title") }</legend>
                <label class="choice"><input type="checkbox" name="keep-receiving" checked={now.keep_receiving} onchange={choose(DesktopView { keep_receiving: !now.keep_receiving, ..now })} />
                    <span>{ t!(w, "desktop-keep-receiving") }</span></label>
                <p class="quiet">{ t!(w, "desktop-keep-receiving-hint") }</p>
                <p class="quiet">{ t!(w, "desktop-keep-receiving-back") }</p>
            </fieldset>
            if let Some(on) = now.at_start {
                <fieldset class="choices">
                    <legend>{ t!(w, "desktop-start-title") }</legend>
                    <label class="choice"><input type="checkbox" name="at-start" checked={on} onchange={choose(DesktopView { at_start: Some(!on), ..now })} />
                        <span>{ t!(w, "desktop-start") }</span></label>
                    <p class="quiet">{ t!(w, "desktop-start-hint") }</p>
                    if on && now.keep_receiving {
                        <label class="choice"><input type="checkbox" name="in-background" checked={now.in_background} onchange={choose(DesktopView { in_background: !now.in_background, ..now })} />
                            <span>{ t!(w, "desktop-background") }</span></label>
                        <p class="quiet">{ t!(w, "desktop-background-hint") }</p>
                    }
                </fieldset>
            }
            if let Some(failure) = &set.failure { <Notice failure={failure.clone()} /> }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_as_fields_hold_them() {
        for minutes in [0, 480, 1260, 1439] {
            assert_eq!(minutes_of(&time_of(minutes)), Some(minutes));
        }
        assert_eq!((minutes_of("24:00"), minutes_of("8"), minutes_of("")), (None, None, None));
    }
}
