//! Reports on paper: making a page, those that were made, and checking one.

mod check;
mod choices;
mod made;
mod make;
mod opened;

pub(super) use opened::{PrintOpened, Source};

use salus_wire::command::ListReports;
use salus_wire::view::{ReportKind, ReportLanguage, Role};
use yew::prelude::*;

use crate::part::Notice;
use crate::state::{use_ask, use_shared};
use crate::t;
use crate::words::Words;
use check::Check;
use made::made_list;
use make::Make;

/// The screen.
#[component]
pub fn Reports() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    // A report is recorded by the members some time after it was made.
    let listed = use_ask(Some(ListReports {}), shared.beats.members.wrapping_add(*turn));
    let again = {
        let turn = turn.clone();
        Callback::from(move |()| turn.set(turn.wrapping_add(1)))
    };
    let profile = shared.app.as_ref().and_then(|a| a.profile.as_ref());
    let patient = profile.is_some_and(|p| p.role == Role::Patient);
    // Whoever only helps makes them where they read somebody's record, and checks those that they are given.
    let made = listed.answer.as_ref().is_some_and(|all| !all.is_empty());
    let makes = made || profile.is_some_and(|p| p.role != Role::Family);
    html! {
        <>
            <h1>{ t!(w, "reports-title") }</h1>
            <p>{ t!(w, "reports-what") }</p>
            if patient { <Make done={again} /> }
            <Check />
            if let Some(failure) = listed.failure.as_ref().filter(|_| makes) { <Notice failure={failure.clone()} again={listed.again.clone()} /> }
            if let Some(all) = listed.answer.as_ref().filter(|_| makes) {
                <h2>{ t!(w, "reports-mine") }</h2>
                { made_list(&shared, all) }
            }
        </>
    }
}

/// What kind of page.
fn kind_name(w: &Words, kind: ReportKind) -> String {
    match kind {
        ReportKind::Visit => t!(w, "reports-visit"),
        ReportKind::Diary => t!(w, "reports-diary"),
        ReportKind::Glucose => t!(w, "reports-glucose"),
    }
}

/// The language of the screens, as a page's.
pub(super) fn page_language(w: &Words) -> ReportLanguage {
    match w.language.tag {
        "ar" => ReportLanguage::Arabic,
        _ => ReportLanguage::English,
    }
}
