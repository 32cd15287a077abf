//! Backups and copies: which there are, making one, the test with the paper, and everything in an open format.

mod export;
mod rehearse;

use salus_wire::Failure;
use salus_wire::command::{ChooseBackupFolder, Command, GetBackups, MakeBackup, StopWork};
use salus_wire::view::BackupsView;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{Busy, Icon, Notice, WorkProgress, icon, unanswered};
use crate::route::Route;
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;
use export::Export;
use rehearse::Rehearse;

/// How many backups are listed before "and more".
const LISTED: usize = 8;

/// The screen.
#[component]
pub fn Backups() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    let asked = use_ask(Some(GetBackups {}), shared.beats.backups.wrapping_add(*turn));
    let again = {
        let turn = turn.clone();
        Callback::from(move |()| turn.set(turn.wrapping_add(1)))
    };
    let done: Callback<BackupsView> = again.reform(|_| ());
    let make = use_act::<MakeBackup>(done.clone());
    let choose = use_act::<ChooseBackupFolder>(done);
    let stop = use_act::<StopWork>(Callback::noop());
    let busy = make.busy || choose.busy;
    // A new folder gets its first backup at once, after it was chosen outside the page.
    let first = choose.busy && shared.progress.as_ref().is_some_and(|p| p.work == MakeBackup::NAME);
    let working = make.busy || first;
    let to = |own: bool| choose.starter().reform(move |_: MouseEvent| ChooseBackupFolder { own });
    html! {
        <>
            <h1>{ t!(w, "backups-title") }</h1>
            { unanswered(&asked) }
            if let Some(view) = &asked.answer {
                { sentence(&shared, view) }
                if view.rewriting { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "backups-rewriting") }</p> }
                if let Some(code) = view.failure.filter(|_| make.failure.is_none()) { <Notice failure={Failure::new(code)} /> }
                <p class="quiet">{ icon(Icon::Lock) }{ t!(w, "backups-how") }</p>
                if let Some(failure) = make.failure.as_ref().or(choose.failure.as_ref()) { <Notice failure={failure.clone()} /> }
                if working { <WorkProgress work={MakeBackup::NAME} label={t!(w, "backups-working")} /> }
                <div class="row">
                    <Busy id="make-backup" class="main" label={t!(w, "backups-make")} busy={busy} onclick={make.starter().reform(|_: MouseEvent| MakeBackup {})} />
                    if working { <button type="button" id="stop-backup" onclick={stop.starter().reform(|_: MouseEvent| StopWork {})}>{ t!(w, "work-stop") }</button> }
                </div>
                <h2>{ t!(w, "backups-where") }</h2>
                <p>{ match &view.folder {
                    Some(name) => t!(w, "backups-folder", name = name.clone()),
                    None => t!(w, "backups-own"),
                } }</p>
                <div class="row">
                    <Busy id="choose-folder" label={t!(w, "backups-choose")} {busy} onclick={to(false)} />
                    if view.folder.is_some() { <Busy id="own-folder" label={t!(w, "backups-use-own")} {busy} onclick={to(true)} /> }
                </div>
                { kept(&shared, view) }
                <Rehearse rehearsed={view.rehearsed} due={view.rehearsal_due} done={again} />
            }
            <Export />
            <h2>{ t!(w, "lost-title") }</h2>
            <p>{ t!(w, "lost-when") }</p>
            <p><Link<Route> to={Route::Lost} classes="button">{ t!(w, "lost-open") }</Link<Route>></p>
        </>
    }
}

/// Where it stands, in one sentence.
fn sentence(shared: &Shared, view: &BackupsView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    match view.backups.first() {
        _ if !view.ready => {
            html! { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "backups-not-ready") }</p> }
        }
        Some(newest) => {
            html! { <p class="lead">{ t!(w, "backups-newest", when = clock.moment(newest.at)) }</p> }
        }
        None => html! { <p class="lead">{ t!(w, "backups-none") }</p> },
    }
}

fn kept(shared: &Shared, view: &BackupsView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    if view.backups.is_empty() {
        return Html::default();
    }
    let more = view.backups.len().saturating_sub(LISTED);
    html! {
        <details>
            <summary>{ t!(w, "backups-kept", n = view.backups.len()) }</summary>
            <p class="quiet">{ t!(w, "backups-rule") }</p>
            <ul class="points">{ for view.backups.iter().take(LISTED).map(|b| html! { <li>{ clock.moment(b.at) }</li> }) }</ul>
            if more > 0 { <p class="quiet">{ t!(w, "backups-more", n = more) }</p> }
        </details>
    }
}
