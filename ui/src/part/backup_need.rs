//! What a person is to do about backups, said where the day begins: calm, and gone once it is done.

use salus_wire::command::GetBackups;
use salus_wire::view::BackupNeed;
use yew::prelude::*;
use yew_router::prelude::*;

use super::{Icon, icon};
use crate::route::Route;
use crate::state::{use_ask, use_shared};
use crate::t;

/// Nothing when there is nothing to do, or when it cannot be told: the page of backups says why.
#[component]
pub fn BackupNeedNote() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let asked = use_ask(Some(GetBackups {}), shared.beats.backups);
    let Some(need) = asked.answer.as_ref().and_then(|view| view.need) else { return Html::default() };
    let (name, picture, said) = match need {
        BackupNeed::RecoveryKey => ("recovery_key", Icon::Warning, t!(w, "backups-need-key")),
        BackupNeed::Look => ("look", Icon::Warning, t!(w, "backups-need-look")),
        BackupNeed::Test => ("test", Icon::Clock, t!(w, "backups-need-test")),
    };
    html! {
        <div class="proven ask" role="note" aria-label={t!(w, "backups-title")} data-need={name}>
            { icon(picture) }
            <p class="strong">{ said }</p>
            <Link<Route> to={Route::Backups} classes="button">{ t!(w, "backups-open") }</Link<Route>>
        </div>
    }
}
