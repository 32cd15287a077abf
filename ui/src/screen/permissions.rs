//! Who can see what until when, and Stop.

use salus_wire::command::{ListPermissions, StopPermission};
use salus_wire::view::{NewKeys, PermissionState, PermissionView};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::format::Clockface;
use crate::part::{
    Busy, Dialog, Empty, Icon, Notice, Proof, WorkProgress, condition, icon, purpose_line, standing,
    state_tag, terms, unanswered, unconfirmed_words, whom,
};
use crate::route::Route;
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;
use crate::words::Words;

/// The screen.
#[component]
pub fn Permissions() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    let listed = use_ask(Some(ListPermissions {}), shared.beats.permissions.wrapping_add(*turn));
    let asked = use_state(|| None::<PermissionView>);
    let stop = {
        let (asked, turn) = (asked.clone(), turn.clone());
        use_act::<StopPermission>(Callback::from(move |_| {
            asked.set(None);
            turn.set(turn.wrapping_add(1));
        }))
    };
    let all: Vec<PermissionView> = listed.answer.as_ref().map(|a| a.to_vec()).unwrap_or_default();
    let over = |p: &PermissionView| matches!(p.state, PermissionState::Ended | PermissionState::Stopped);
    // A card is for nobody by name, and has a screen of its own.
    let (cards, all): (Vec<_>, Vec<_>) = all.into_iter().partition(|p| p.emergency.is_some());
    let card = cards.into_iter().find(|p| !over(p));
    let (ended, open): (Vec<_>, Vec<_>) = all.into_iter().partition(over);
    let close = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(None))
    };
    html! {
        <>
            <h1>{ if listed.answer.is_some() { t!(w, "permissions-title", n = open.len()) } else { t!(w, "nav-permissions") } }</h1>
            { unanswered(&listed) }
            if listed.answer.is_some() && open.is_empty() {
                <Empty title={t!(w, "permissions-empty")} hint={t!(w, "permissions-empty-hint")}>
                    <p><Link<Route> to={Route::Share} classes="button main">{ t!(w, "share-code-title") }</Link<Route>></p>
                </Empty>
            }
            <ul class="entries">{ for open.iter().map(|p| {
                let onclick = { let (asked, p) = (asked.clone(), p.clone()); Callback::from(move |_: MouseEvent| asked.set(Some(p.clone()))) };
                html! { <li key={p.id.to_string()} data-state={format!("{:?}", p.state)}>
                    { permission(&shared, p) }
                    <div class="row">
                        <Link<Route> to={Route::Seen { id: p.id.to_string() }} classes="button">{ t!(w, "permission-see", name = p.clinician.name.clone()) }</Link<Route>>
                        <button type="button" class="stop" {onclick}>{ t!(w, "permission-stop") }</button>
                    </div>
                </li> }
            }) }</ul>
            <div class="entry-head"><h2>{ t!(w, "card-title") }</h2>if let Some(card) = &card { { state_tag(&shared, card.state) } }</div>
            <p>{ t!(w, "card-why") }</p>
            <p><Link<Route> to={Route::Emergency} classes="button">{ t!(w, "card-open") }</Link<Route>></p>
            if !ended.is_empty() {
                <h2>{ t!(w, "permissions-over") }</h2>
                <p class="quiet">{ t!(w, "promise") }</p>
                <ul class="entries">{ for ended.iter().map(|p| html! {
                    <li key={p.id.to_string()} data-state={format!("{:?}", p.state)}>{ permission(&shared, p) }</li>
                }) }</ul>
            }
            if let Some(p) = &*asked {
                <Dialog title={t!(w, "stop-title", name = p.clinician.name.clone())} on_close={close.clone()}>
                    <p>{ t!(w, "stop-sentence", name = p.clinician.name.clone(), what = w.categories(&p.categories)) }</p>
                    <p>{ t!(w, "promise") }</p>
                    if let Some(failure) = &stop.failure { <Notice failure={failure.clone()} /> }
                    if stop.busy { <WorkProgress work="stop_permission" label={t!(w, "stop-working")} /> }
                    <div class="row">
                        <Busy id="stop-yes" class="danger" label={t!(w, "stop-yes", name = p.clinician.name.clone())} busy={stop.busy}
                            onclick={{ let id = p.id; stop.starter().reform(move |_: MouseEvent| StopPermission { id }) }} />
                        <button type="button" autofocus=true onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "stop-no") }</button>
                    </div>
                </Dialog>
            }
        </>
    }
}

/// Members that have something to delete: one that never got a part confirms nothing.
fn held(p: &PermissionView, members: u16) -> u16 {
    let held = p.members_holding.max(p.members_erased);
    if held == 0 { members } else { held.min(members) }
}

/// One permission; also shown after it was given.
pub(super) fn permission(shared: &Shared, p: &PermissionView) -> Html {
    let w = &shared.words;
    let over = matches!(p.state, PermissionState::Ended | PermissionState::Stopped);
    let members = match (over, p.members) {
        (true, 1) => t!(w, "permission-erased-alone", n = p.members_erased),
        (true, total) => t!(w, "permission-erased", n = p.members_erased, total = held(p, total)),
        (false, 1) => t!(w, "permission-holding-alone", n = p.members_holding),
        (false, total) => t!(w, "permission-holding", n = p.members_holding, total = total),
    };
    html! {
        <>
            <div class="entry-head"><h2><bdi>{ &p.clinician.name }</bdi></h2>{ state_tag(shared, p.state) }</div>
            <p>{ sentence(w, p, Times::of(&shared.clock(), p)) }</p>
            { standing(shared, &p.clinician) }
            { for unconfirmed_words(w, p).into_iter().map(|said| html! {
                <div class="notice">{ icon(Icon::Warning) }<p>{ said }{ " " }{ t!(w, "unconfirmed-stop") }</p></div>
            }) }
            { new_keys(shared, p.new_keys) }
            { purpose_line(shared, p.clinician.asks.as_ref()) }
            { terms(shared, &p.categories, (p.data_from, p.data_to), (p.starts, p.ends), p.state) }
            { for p.condition.iter().map(|c| condition(shared, c)) }
            <p class="quiet">{ t!(w, "permission-openings", n = p.openings) }{ " · " }{ members }</p>
            if let Some(proof) = &p.proof { <Proof proof={proof.clone()} /> }
        </>
    }
}

/// The times of a permission as the screen writes them; only a browser can write a date.
struct Times {
    measured: String,
    from: String,
    until: String,
}

impl Times {
    fn of(clock: &Clockface, p: &PermissionView) -> Self {
        let measured = clock.span(p.data_from, p.data_to);
        Self { measured, from: clock.moment(p.starts), until: clock.moment(p.ends) }
    }
}

/// Who can see what of when, until when: in one sentence, before the parts of it. Of one that was stopped it says no more than the
/// promise does: a stop holds within about an hour.
fn sentence(w: &Words, p: &PermissionView, times: Times) -> String {
    let (name, what) = (whom(w, &p.clinician.name), w.categories(&p.categories));
    let Times { measured: span, from, until } = times;
    match p.state {
        PermissionState::Active => {
            t!(w, "permission-now", name = name, what = what, span = span, until = until)
        }
        PermissionState::Pending | PermissionState::NotYet => {
            t!(w, "permission-later", name = name, what = what, span = span, from = from, until = until)
        }
        PermissionState::Ended => t!(w, "permission-over", name = name, what = what, span = span),
        PermissionState::Stopped => {
            t!(w, "permission-over-stopped", name = name, what = what, span = span)
        }
    }
}

/// How it stands to new keys of the record.
fn new_keys(shared: &Shared, stands: NewKeys) -> Html {
    let w = &shared.words;
    let warns = |said: String| html! { <p class="caution">{ icon(Icon::Warning) }{ said }</p> };
    match stands {
        NewKeys::None => Html::default(),
        NewKeys::Due => warns(t!(w, "permission-keys-due")),
        NewKeys::Left => warns(t!(w, "permission-keys-left")),
        NewKeys::GivenAgain => html! { <p>{ t!(w, "permission-keys-again") }</p> },
        NewKeys::InPlace => html! { <p>{ t!(w, "permission-keys-in-place") }</p> },
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::view::ClinicianView;
    use salus_wire::{Category, GrantId};

    use super::*;
    use crate::format::DAY;
    use crate::words::LANGUAGES;

    const NOW: i64 = 1_795_000_000_000;

    fn given(state: PermissionState) -> PermissionView {
        let clinician = ClinicianView {
            name: "Dr Weber".into(),
            organisation: "Heart Clinic".into(),
            attested_by: "Member".into(),
            proven_at_height: "7".into(),
            asks: None,
            on_duty: false,
        };
        PermissionView {
            id: GrantId([1; 32]),
            clinician,
            categories: vec![Category::HeartRate],
            data_from: NOW - 14 * DAY,
            data_to: NOW,
            starts: NOW + 2 * DAY,
            ends: NOW + 9 * DAY,
            condition: None,
            state,
            members_holding: 4,
            members_erased: 0,
            members: 4,
            openings: 0,
            proof: None,
            unconfirmed: None,
            emergency: None,
            new_keys: NewKeys::None,
        }
    }

    #[test]
    fn deletion_is_counted_among_the_members_that_hold_a_part() {
        let of = |members_holding, members_erased| {
            held(&PermissionView { members_holding, members_erased, ..given(PermissionState::Stopped) }, 4)
        };
        assert_eq!([of(4, 0), of(3, 1), of(3, 3), of(3, 4), of(0, 0), of(9, 0)], [4, 3, 3, 4, 4, 4]);
    }

    #[test]
    fn a_permission_is_one_sentence_that_says_who_what_of_when_and_until_when() {
        for language in LANGUAGES {
            let words = Words::of(language.tag);
            let times = || Times { measured: "MEASURED".into(), from: "FROM".into(), until: "UNTIL".into() };
            let said = |state| sentence(&words, &given(state), times());
            let has = |text: &str, parts: &[&str]| parts.iter().all(|part| text.contains(*part));
            let what = words.categories(&[Category::HeartRate]);
            let always = ["Dr Weber", what.as_str(), "MEASURED"];
            let (now, later) = (said(PermissionState::Active), said(PermissionState::NotYet));
            assert!(has(&now, &always) && has(&now, &["UNTIL"]), "{now}");
            assert!(has(&later, &always) && has(&later, &["FROM", "UNTIL"]), "{later}");
            assert_eq!(later, said(PermissionState::Pending));
            let (over, stopped) = (said(PermissionState::Ended), said(PermissionState::Stopped));
            for past in [&over, &stopped] {
                assert!(has(past, &always) && !has(past, &["UNTIL"]) && *past != now, "{past}");
            }
            assert_ne!(over, stopped, "a stop holds within about an hour");
        }
    }
}
