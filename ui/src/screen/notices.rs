//! What happened, newest first. Looking at it is reading it; what was new stays marked until another screen is opened.

use std::collections::BTreeSet;

use salus_wire::command::{ListNotices, ReadNotices};
use salus_wire::view::{BackupNeed, FamilyChange, NoticeKind, Role};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::format::{Clockface, count};
use crate::part::{Empty, Icon, icon, unanswered, whom};
use crate::route::Route;
use crate::state::{use_ask, use_shared};
use crate::words::Words;
use crate::{bridge, t};

/// Properties of [`Notices`].
#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    /// Whose record is open.
    pub role: Role,
}

/// The screen.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let listed = use_ask(Some(ListNotices {}), shared.beats.notices);
    let fresh = use_state(BTreeSet::<u32>::new);
    {
        let fresh = fresh.clone();
        use_effect_with(listed.answer.clone(), move |answer| {
            let unread: Vec<u32> = answer
                .iter()
                .flat_map(|view| view.notices.iter())
                .filter(|n| !n.read)
                .map(|n| n.id)
                .collect();
            if let Some(up_to) = unread.iter().max().copied() {
                fresh.set(fresh.iter().copied().chain(unread).collect());
                spawn_local(async move {
                    // What cannot be kept as read is new the next time too.
                    let _ = bridge::invoke(ReadNotices { up_to }).await;
                });
            }
        });
    }
    html! {
        <>
            <h1>{ t!(w, "notices-title") }</h1>
            <p>{ t!(w, "notices-why") }</p>
            { unanswered(&listed) }
            if let Some(view) = &listed.answer {
                if view.notices.is_empty() { <Empty title={t!(w, "notices-empty")} hint={t!(w, "notices-empty-hint")} /> }
                <ol class="entries timeline" id="notices">{ for view.notices.iter().map(|n| {
                    let (picture, said) = (picture(&n.kind), said(w, &clock, &n.kind));
                    let new = !n.read || fresh.contains(&n.id);
                    html! { <li key={n.id} data-new={new.to_string()}>
                        <p class="line">{ icon(picture) }<span>{ said }</span>if new { <span class="tag on">{ t!(w, "notices-fresh") }</span> }</p>
                        <p class="quiet">{ clock.moment(n.at) }</p>
                        if let Some(to) = place(&n.kind, props.role) { <p class="quiet"><Link<Route> {to} classes="back">{ t!(w, "notices-look") }</Link<Route>></p> }
                    </li> }
                }) }</ol>
            }
        </>
    }
}

const fn picture(kind: &NoticeKind) -> Icon {
    match kind {
        NoticeKind::Opened { .. }
        | NoticeKind::OpenedOnDuty { .. }
        | NoticeKind::DutyNamed { .. }
        | NoticeKind::HelperOpened { .. } => Icon::Eye,
        NoticeKind::Wrote { .. } | NoticeKind::WroteAbout { .. } => Icon::Letter,
        NoticeKind::EndsSoon { .. }
        | NoticeKind::HelperEndsSoon { .. }
        | NoticeKind::SharedEndsSoon { .. } => Icon::Clock,
        NoticeKind::Ended { .. } | NoticeKind::SharedEnded { .. } => Icon::Stop,
        NoticeKind::HelperGave { .. } | NoticeKind::GivenAgain { .. } | NoticeKind::Shared { .. } => {
            Icon::Share
        }
        NoticeKind::FamilyChange { .. }
        | NoticeKind::Decide { .. }
        | NoticeKind::ReviewAsked { .. }
        | NoticeKind::CircleCame { .. }
        | NoticeKind::PartsCame => Icon::Heart,
        NoticeKind::LaptopAdded { .. }
        | NoticeKind::Battery { .. }
        | NoticeKind::DeviceDoubted { .. }
        | NoticeKind::PairAgain { .. } => Icon::Device,
        NoticeKind::Backup { .. } => Icon::Clock,
        NoticeKind::Whose { .. } => Icon::Inbox,
        NoticeKind::Unconfirmed { .. }
        | NoticeKind::EmergencyAnnounced { .. }
        | NoticeKind::EmergencyOpened { .. }
        | NoticeKind::EmergencyFor { .. }
        | NoticeKind::LaptopRemoved { .. }
        | NoticeKind::RemovedHere
        | NoticeKind::SpeaksNoMore
        | NoticeKind::Damaged => Icon::Warning,
    }
}

/// Where something can be done about it.
fn place(kind: &NoticeKind, role: Role) -> Option<Route> {
    Some(match kind {
        NoticeKind::Opened { .. } | NoticeKind::OpenedOnDuty { .. } | NoticeKind::DutyNamed { .. } => {
            Route::Activity
        }
        NoticeKind::GivenAgain { .. }
        | NoticeKind::EndsSoon { .. }
        | NoticeKind::Ended { .. }
        | NoticeKind::Unconfirmed { .. } => Route::Permissions,
        NoticeKind::Wrote { .. } => Route::Notes,
        NoticeKind::EmergencyAnnounced { .. } | NoticeKind::EmergencyOpened { .. } => Route::Emergency,
        NoticeKind::HelperGave { .. }
        | NoticeKind::WroteAbout { .. }
        | NoticeKind::HelperOpened { .. }
        | NoticeKind::HelperEndsSoon { .. }
        | NoticeKind::FamilyChange { .. }
        | NoticeKind::Decide { .. }
        | NoticeKind::EmergencyFor { .. }
        | NoticeKind::ReviewAsked { .. }
        | NoticeKind::CircleCame { .. }
        | NoticeKind::PartsCame
        | NoticeKind::SpeaksNoMore => Route::Family,
        NoticeKind::LaptopAdded { .. } | NoticeKind::LaptopRemoved { .. } | NoticeKind::RemovedHere => {
            Route::Laptops
        }
        NoticeKind::Battery { .. } | NoticeKind::DeviceDoubted { .. } | NoticeKind::PairAgain { .. } => {
            Route::Devices
        }
        NoticeKind::Whose { .. } => Route::Whose,
        NoticeKind::Backup { .. } => Route::Backups,
        NoticeKind::Damaged => Route::Settings,
        NoticeKind::Shared { .. } | NoticeKind::SharedEndsSoon { .. } | NoticeKind::SharedEnded { .. } => {
            // The inbox, which a patient has none of.
            return (role == Role::Clinician).then_some(Route::Home);
        }
    })
}

fn said(w: &Words, clock: &Clockface, kind: &NoticeKind) -> String {
    match kind {
        NoticeKind::Opened { name, openings, .. } => {
            t!(w, "notice-opened", name = name.clone(), n = *openings, count = count(*openings))
        }
        NoticeKind::OpenedOnDuty { group, openings, .. } => {
            t!(w, "notice-opened-on-duty", name = group.clone(), n = *openings, count = count(*openings))
        }
        NoticeKind::DutyNamed { group, name } => {
            t!(w, "notice-duty-named", name = name.clone(), group = group.clone())
        }
        NoticeKind::GivenAgain { name } => t!(w, "notice-given-again", name = name.clone()),
        NoticeKind::EndsSoon { name, ends } => {
            t!(w, "notice-ends-soon", name = whom(w, name), when = clock.moment(*ends))
        }
        NoticeKind::Ended { name, stopped: false } => t!(w, "notice-ended", name = whom(w, name)),
        NoticeKind::Ended { name, stopped: true } => t!(w, "notice-stopped", name = whom(w, name)),
        NoticeKind::Unconfirmed { name } => t!(w, "notice-unconfirmed", name = name.clone()),
        NoticeKind::Wrote { name } => t!(w, "notice-wrote", name = name.clone()),
        NoticeKind::WroteAbout { person, name } => {
            t!(w, "notice-wrote-about", name = name.clone(), person = person.clone())
        }
        NoticeKind::EmergencyAnnounced { at } => t!(w, "note-announced", when = clock.moment(*at)),
        NoticeKind::EmergencyOpened { at } => t!(w, "note-opened", when = clock.moment(*at)),
        NoticeKind::EmergencyFor { person, at, opened: false } => {
            t!(w, "note-helped-announced", name = person.clone(), when = clock.moment(*at))
        }
        NoticeKind::EmergencyFor { person, at, opened: true } => {
            t!(w, "note-helped-opened", name = person.clone(), when = clock.moment(*at))
        }
        NoticeKind::HelperGave { person, by, name } => {
            let by = someone(w, by);
            match person {
                None => t!(w, "notice-helper-gave", by = by, name = name.clone()),
                Some(person) => {
                    t!(w, "notice-helper-gave-for", by = by, name = name.clone(), person = person.clone())
                }
            }
        }
        NoticeKind::HelperOpened { person: None, name } => t!(w, "notice-helper-opened", name = name.clone()),
        NoticeKind::HelperOpened { person: Some(person), name } => {
            t!(w, "notice-helper-opened-for", name = name.clone(), person = person.clone())
        }
        NoticeKind::HelperEndsSoon { person: None, name, ends } => {
            t!(w, "notice-helper-ends-soon", name = name.clone(), when = clock.moment(*ends))
        }
        NoticeKind::HelperEndsSoon { person: Some(person), name, ends } => {
            let (name, when) = (name.clone(), clock.moment(*ends));
            t!(w, "notice-helper-ends-soon-for", name = name, person = person.clone(), when = when)
        }
        NoticeKind::FamilyChange { person, change: FamilyChange::NewKey } => match person {
            None => t!(w, "notice-new-key"),
            Some(person) => t!(w, "notice-new-key-for", person = person.clone()),
        },
        NoticeKind::FamilyChange { person, change: FamilyChange::HandedOver } => match person {
            None => t!(w, "notice-handover"),
            Some(person) => t!(w, "notice-handover-for", person = person.clone()),
        },
        NoticeKind::FamilyChange { person: None, .. } => t!(w, "notice-change"),
        NoticeKind::FamilyChange { person: Some(person), .. } => {
            t!(w, "notice-change-for", person = person.clone())
        }
        NoticeKind::Decide { person: None } => t!(w, "notice-decide"),
        NoticeKind::Decide { person: Some(person) } => t!(w, "notice-decide-for", person = person.clone()),
        NoticeKind::ReviewAsked { name } => t!(w, "notice-review", name = someone(w, name)),
        NoticeKind::CircleCame { handed_over: false } => t!(w, "notice-circle-came"),
        NoticeKind::CircleCame { handed_over: true } => t!(w, "notice-circle-handed"),
        NoticeKind::PartsCame => t!(w, "notice-parts-came"),
        NoticeKind::LaptopAdded { name } => t!(w, "notice-laptop-added", name = laptop(w, name)),
        NoticeKind::LaptopRemoved { name } => t!(w, "notice-laptop-removed", name = laptop(w, name)),
        NoticeKind::RemovedHere => t!(w, "notice-removed-here"),
        NoticeKind::SpeaksNoMore => t!(w, "note-recovery-done"),
        NoticeKind::Battery { device } => t!(w, "notice-battery", device = device.clone()),
        NoticeKind::DeviceDoubted { device } => t!(w, "notice-doubted", device = device.clone()),
        NoticeKind::Whose { device } => t!(w, "notice-whose", device = device.clone()),
        NoticeKind::PairAgain { device } => t!(w, "notice-pair", device = device.clone()),
        NoticeKind::Backup { need: BackupNeed::RecoveryKey } => t!(w, "backups-need-key"),
        NoticeKind::Backup { need: BackupNeed::Look } => t!(w, "backups-need-look"),
        NoticeKind::Backup { need: BackupNeed::Test } => t!(w, "backups-need-test"),
        NoticeKind::Damaged => t!(w, "damaged-title"),
        NoticeKind::Shared { patient } => t!(w, "notice-shared", patient = patient.clone()),
        NoticeKind::SharedEndsSoon { patient, ends } => {
            t!(w, "notice-shared-ends-soon", patient = patient.clone(), when = clock.moment(*ends))
        }
        NoticeKind::SharedEnded { patient, stopped: false } => {
            t!(w, "notice-shared-ended", patient = patient.clone())
        }
        NoticeKind::SharedEnded { patient, stopped: true } => {
            t!(w, "notice-shared-stopped", patient = patient.clone())
        }
    }
}

fn someone(w: &Words, name: &str) -> String {
    if name.is_empty() { t!(w, "family-somebody") } else { name.to_owned() }
}

fn laptop(w: &Words, name: &str) -> String {
    if name.is_empty() { t!(w, "laptop-nameless") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_is_said_in_words_and_leads_somewhere() {
        let name = || "Dr Ana".to_owned();
        let mine = None::<String>;
        let theirs = Some("Mum".to_owned());
        let each = |person: &Option<String>| {
            vec![
                NoticeKind::HelperGave { person: person.clone(), by: String::new(), name: name() },
                NoticeKind::HelperOpened { person: person.clone(), name: name() },
                NoticeKind::FamilyChange { person: person.clone(), change: FamilyChange::Added },
                NoticeKind::FamilyChange { person: person.clone(), change: FamilyChange::NewKey },
                NoticeKind::FamilyChange { person: person.clone(), change: FamilyChange::HandedOver },
                NoticeKind::Decide { person: person.clone() },
            ]
        };
        let permission = salus_wire::GrantId([1; 32]);
        let mut all = vec![
            NoticeKind::Opened { permission, name: name(), openings: 2 },
            NoticeKind::OpenedOnDuty { permission, group: name(), openings: 2 },
            NoticeKind::DutyNamed { group: name(), name: name() },
            NoticeKind::GivenAgain { name: name() },
            NoticeKind::ReviewAsked { name: String::new() },
            NoticeKind::CircleCame { handed_over: false },
            NoticeKind::CircleCame { handed_over: true },
            NoticeKind::PartsCame,
            NoticeKind::LaptopAdded { name: name() },
            NoticeKind::LaptopRemoved { name: String::new() },
            NoticeKind::RemovedHere,
            NoticeKind::Ended { name: name(), stopped: false },
            NoticeKind::Ended { name: String::new(), stopped: true },
            NoticeKind::Unconfirmed { name: name() },
            NoticeKind::Wrote { name: name() },
            NoticeKind::WroteAbout { person: "Mum".to_owned(), name: name() },
            NoticeKind::SpeaksNoMore,
            NoticeKind::Battery { device: name() },
            NoticeKind::DeviceDoubted { device: name() },
            NoticeKind::Whose { device: name() },
            NoticeKind::PairAgain { device: name() },
            NoticeKind::Backup { need: BackupNeed::RecoveryKey },
            NoticeKind::Backup { need: BackupNeed::Look },
            NoticeKind::Backup { need: BackupNeed::Test },
            NoticeKind::Damaged,
            NoticeKind::Shared { patient: name() },
            NoticeKind::SharedEnded { patient: name(), stopped: false },
            NoticeKind::SharedEnded { patient: name(), stopped: true },
        ];
        all.extend(each(&mine));
        all.extend(each(&theirs));
        for tag in ["en", "ar"] {
            let words = Words::of(tag);
            // None of these tells a time, which only a browser can write.
            let clock = Clockface { words: words.clone(), offset: 0, now: 0 };
            for kind in &all {
                let said = said(&words, &clock, kind);
                assert!(said.contains(' ') && !said.contains('{'), "{tag}: {kind:?}: {said}");
                assert!(place(kind, Role::Clinician).is_some(), "{kind:?}");
            }
        }
        assert_eq!(place(&NoticeKind::Shared { patient: name() }, Role::Patient), None);
    }
}
