//! Verifying the record: begin, how far it is, cancel, and what was found.

use salus_wire::command::{CancelVerification, Command, GetVerification, VerifyRecord};
use salus_wire::view::{DamageView, FoundView, VerificationState};
use yew::prelude::*;

use crate::format::count;
use crate::part::{Busy, Icon, Notice, WorkProgress, icon};
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;

/// A section of the settings.
#[component]
pub fn Verify() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    // The end is told like progress; in between only the bar moves.
    let ended = shared.progress.as_ref().is_some_and(|p| p.work == VerifyRecord::NAME && p.total == 0);
    let asked = use_ask(Some(GetVerification {}), turn.wrapping_mul(2).wrapping_add(u32::from(ended)));
    let again = {
        let turn = turn.clone();
        Callback::from(move |_| turn.set(turn.wrapping_add(1)))
    };
    let start = use_act::<VerifyRecord>(again.clone());
    let cancel = use_act::<CancelVerification>(again);
    let view = asked.answer.as_deref();
    let running = view.is_some_and(|v| v.state == VerificationState::Running);
    html! {
        <section id="verify">
            <h2>{ t!(w, "verify-title") }</h2>
            <p>{ t!(w, "verify-what") }</p>
            if let Some(failure) = &asked.failure {
                <Notice failure={failure.clone()} again={asked.again.clone()} />
            } else if let Some(failure) = start.failure.as_ref().or(cancel.failure.as_ref()) {
                <Notice failure={failure.clone()} />
            }
            if running {
                <WorkProgress work={VerifyRecord::NAME} label={t!(w, "verify-working")} />
                <div class="row"><Busy id="verify-cancel" label={t!(w, "verify-cancel")} busy={cancel.busy}
                    onclick={cancel.starter().reform(|_: MouseEvent| CancelVerification {})} /></div>
            } else {
                { outcome(&shared, view.map(|v| (v.state, v.found.as_ref()))) }
                <div class="row"><Busy id="verify-start" label={t!(w, "verify-start")} busy={start.busy}
                    onclick={start.starter().reform(|_: MouseEvent| VerifyRecord {})} /></div>
            }
        </section>
    }
}

fn outcome(shared: &Shared, last: Option<(VerificationState, Option<&FoundView>)>) -> Html {
    let w = &shared.words;
    match last {
        Some((VerificationState::Cancelled, _)) => {
            html! { <p class="quiet">{ t!(w, "verify-cancelled") }</p> }
        }
        Some((VerificationState::Failed, _)) => {
            html! { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "verify-failed") }</p> }
        }
        Some((VerificationState::Done, Some(found))) => html! { <Found found={found.clone()} /> },
        _ => Html::default(),
    }
}

/// Properties of [`Found`].
#[derive(Properties, PartialEq)]
struct FoundProps {
    found: FoundView,
}

/// The sentence, and each piece of damage.
#[component]
fn Found(props: &FoundProps) -> Html {
    let shared = use_shared();
    let (w, clock, found) = (&shared.words, shared.clock(), &props.found);
    let readings = count(found.readings);
    if found.damage.is_empty() {
        let sentence = t!(w, "verify-whole", readings = readings, at = clock.moment(found.at));
        return html! {
            <div role="status" data-verified="whole">
                <p class="quiet">{ icon(Icon::Check) }{ sentence }</p>
                { waiting(&shared, found) }
            </div>
        };
    }
    let pieces = u32::try_from(found.damage.len()).unwrap_or(u32::MAX).saturating_add(found.unlisted);
    let at = clock.moment(found.at);
    // They come last: what is not listed is of the same kind, and nothing is lost.
    let overviews = found.damage.iter().all(DamageView::is_overview);
    let harmless = found.damage.iter().all(DamageView::is_harmless);
    let verified = match (overviews, harmless) {
        (true, _) => "overviews",
        (false, true) => "copies",
        (false, false) => "damaged",
    };
    html! {
        <div role="status" data-verified={verified}>
            if harmless {
                <p class="quiet">{ icon(Icon::Check) }{ t!(w, "verify-readings-whole", readings = readings, at = at) }</p>
                if overviews {
                    <p>{ t!(w, "verify-overviews", n = pieces) }</p>
                } else {
                    <p>{ t!(w, "verify-copies", n = pieces) }</p>
                }
            } else {
                <p class="caution">{ icon(Icon::Warning) }{ t!(w, "verify-damaged", n = pieces, at = at) }</p>
                <p>{ t!(w, "verify-rest", readings = readings) }</p>
            }
            { waiting(&shared, found) }
            <ul class="points">{ for found.damage.iter().map(|d| html! { <li>{ piece(&shared, d) }</li> }) }</ul>
            if found.unlisted > 0 { <p class="quiet">{ t!(w, "verify-more", n = found.unlisted) }</p> }
        </div>
    }
}

/// What came while the record was locked, and is not in it yet.
fn waiting(shared: &Shared, found: &FoundView) -> Html {
    if found.waiting == 0 {
        return Html::default();
    }
    html! { <p class="quiet">{ t!(shared.words, "verify-waiting", n = found.waiting) }</p> }
}

fn piece(shared: &Shared, damage: &DamageView) -> String {
    let (w, clock) = (&shared.words, shared.clock());
    match *damage {
        DamageView::Keys => t!(w, "damage-keys"),
        DamageView::History => t!(w, "damage-history"),
        DamageView::Value => t!(w, "damage-value"),
        DamageView::Readings { category, from, to, other } => {
            let (what, when) = (w.category(category), clock.between(from, to));
            if other {
                t!(w, "damage-other", what = what, when = when)
            } else {
                t!(w, "damage-readings", what = what, when = when)
            }
        }
        DamageView::Waiting { entries } => t!(w, "damage-waiting", n = entries),
        DamageView::Copies { category, from, to } => {
            t!(w, "damage-copies", what = w.category(category), when = clock.between(from, to))
        }
        DamageView::StrayCopies => t!(w, "damage-stray-copies"),
        DamageView::Overview { category, from, to } => {
            t!(w, "damage-overview", what = w.category(category), when = clock.between(from, to))
        }
        DamageView::Overviews { removed: true } => t!(w, "damage-overviews-removed"),
        DamageView::Overviews { removed: false } => t!(w, "damage-overviews"),
    }
}
