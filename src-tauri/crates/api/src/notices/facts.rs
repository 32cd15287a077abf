//! What holds now, from what the record knows already: no member and no device is asked.

mod emergency;

use core::fmt::Display;
use std::collections::BTreeSet;

use salus_sharing::issue::Progress;
use salus_wire::view::{
    CircleView, DeviceState, EmergencyAct, FamilyView, GivenState, GivenView, HelpedView, LaptopView,
    NoticeKind, PermissionState, PowerState, ReplyView, Role, SharedView, UnclaimedView, WaitingView,
};
use salus_wire::{Failure, GrantId, UnixMillis};

use super::book::{Fact, Held};
use crate::lock::Open;
use crate::share::kept::{self, Kept};
use crate::share::reply;
use crate::{App, backup, family, inbox, laptops};

/// A permission ends soon within so long. 2 days.
const SOON_MS: i64 = 2 * 86_400_000;
/// A battery is low from here on, percent.
const LOW: u8 = 15;

/// Everything. A part that cannot be read holds up no other.
pub(super) async fn of(app: &App, open: &Open) -> Held {
    let (mut held, now) = (Held::default(), app.now());
    record(open, &mut held);
    match open.role {
        Role::Patient => {
            let kept = kept::all(&open.vault).await;
            held.part("permission/", kept, |held, all| permissions(held, &all, now));
            let notes = reply::received(&open.vault).await;
            held.part("note/", notes, |held, all| notes_back(held, &all));
            devices(open, &mut held);
            whose(&mut held, &open.devices.unclaimed().await);
            let others = laptops::known(&open.vault).await;
            held.part("laptop/", others, |held, (others, removed)| laptop(held, &others, removed));
        }
        Role::Clinician => {
            let all = inbox::received(&open.vault, now).await;
            held.part("shared/", all, |held, all| all.iter().for_each(|s| shared(held, s, now)));
        }
        // Whom they help, below.
        Role::Family => {}
    }
    let family = family::standing(app, &open.vault).await;
    held.part("family/", family, |held, view| families(held, &view));
    let backups = backup::view(app, open).await;
    held.part("backup/", backups, |held, view| {
        if let Some(need) = view.need {
            held.holds(format!("backup/{need:?}"), NoticeKind::Backup { need });
        }
    });
    held
}

impl Held {
    fn part<T>(&mut self, head: &str, read: Result<T, Failure>, put: impl FnOnce(&mut Self, T)) {
        match read {
            Ok(part) => put(self, part),
            Err(failure) => {
                tracing::debug!(code = %failure.code, head, "nothing is known of it now");
                self.unknown.push(head.to_owned());
            }
        }
    }

    fn holds(&mut self, key: String, kind: NoticeKind) {
        self.facts.push(Fact { key, kind });
    }
}

fn record(open: &Open, held: &mut Held) {
    if open.damaged {
        held.holds("record/damaged".to_owned(), NoticeKind::Damaged);
    }
}

fn permissions(held: &mut Held, all: &[Kept], now: UnixMillis) {
    // One that Salus gave again ends as part of that: to the person it is the same permission.
    let replaced: BTreeSet<GrantId> = all.iter().filter_map(|kept| kept.facts.replaces).collect();
    for kept in all {
        permission(held, kept, replaced.contains(&kept.id()), now);
    }
}

fn permission(held: &mut Held, kept: &Kept, replaced: bool, now: UnixMillis) {
    let (id, state, facts) = (kept.id(), kept.state(now), &kept.facts);
    let name = || facts.clinician.name.clone();
    if facts.replaces.is_some() && !matches!(kept.permission.progress(), Progress::Pending) {
        held.holds(format!("permission/again/{id}"), NoticeKind::GivenAgain { name: name() });
    }
    let openings = facts.proven.as_ref().map_or(0, |p| p.openings);
    match &facts.card {
        // An opening with the card is an emergency, with words of its own.
        Some(card) => emergency::of(held, id, card),
        None if openings > 0 && facts.group.is_some() => held.holds(
            format!("permission/opening/{id}/{openings}"),
            NoticeKind::OpenedOnDuty { permission: id, group: name(), openings },
        ),
        None if openings > 0 => held.holds(
            format!("permission/opening/{id}/{openings}"),
            NoticeKind::Opened { permission: id, name: name(), openings },
        ),
        None => {}
    }
    for opener in &facts.openers {
        let kind = NoticeKind::DutyNamed { group: name(), name: opener.name.clone() };
        held.holds(format!("permission/named/{id}/{}", hex::encode(opener.key)), kind);
    }
    match state {
        PermissionState::Ended | PermissionState::Stopped if replaced => {}
        PermissionState::Ended | PermissionState::Stopped => {
            let stopped = state == PermissionState::Stopped;
            held.holds(format!("permission/over/{id}"), NoticeKind::Ended { name: name(), stopped });
        }
        PermissionState::Active if !replaced && ends_soon(facts.starts, facts.ends, now) => {
            let kind = NoticeKind::EndsSoon { name: name(), ends: facts.ends };
            held.holds(format!("permission/soon/{id}"), kind);
        }
        _ => {}
    }
    let over = matches!(state, PermissionState::Ended | PermissionState::Stopped);
    if facts.unconfirmed.is_some() && !over {
        held.holds(format!("permission/unconfirmed/{id}"), NoticeKind::Unconfirmed { name: name() });
    }
}

/// Not one that lasts no longer than that anyway: it was given a moment ago.
fn ends_soon(starts: UnixMillis, ends: UnixMillis, now: UnixMillis) -> bool {
    ends.saturating_sub(starts) > SOON_MS && (now..now.saturating_add(SOON_MS)).contains(&ends)
}

fn shared(held: &mut Held, s: &SharedView, now: UnixMillis) {
    let (id, patient) = (s.id, || s.patient.clone());
    if s.new {
        held.holds(format!("shared/new/{id}"), NoticeKind::Shared { patient: patient() });
    }
    match s.state {
        PermissionState::Ended | PermissionState::Stopped => {
            let stopped = s.state == PermissionState::Stopped;
            let kind = NoticeKind::SharedEnded { patient: patient(), stopped };
            held.holds(format!("shared/over/{id}"), kind);
        }
        PermissionState::Active if ends_soon(s.starts, s.ends, now) => {
            let kind = NoticeKind::SharedEndsSoon { patient: patient(), ends: s.ends };
            held.holds(format!("shared/soon/{id}"), kind);
        }
        _ => {}
    }
}

/// Notes that clinicians wrote back; one that was read is nothing new, wherever this record was before.
fn notes_back(held: &mut Held, all: &[ReplyView]) {
    for note in all.iter().filter(|note| !note.read) {
        let key = format!("note/{}/{}", note.permission, note.number);
        held.holds(key, NoticeKind::Wrote { name: note.name.clone() });
    }
}

fn devices(open: &Open, held: &mut Held) {
    for device in open.devices.views() {
        let (id, name) = (device.id, || device.name.clone());
        if device.state == DeviceState::Found {
            continue;
        }
        let battery = format!("device/battery/{id}");
        if device.battery_low || device.battery.is_some_and(|percent| percent <= LOW) {
            held.holds(battery, NoticeKind::Battery { device: name() });
        } else if device.battery.is_none() {
            // It has not said yet.
            held.unknown.push(battery);
        }
        if device.claimed_twice || device.services_changed {
            held.holds(format!("device/doubt/{id}"), NoticeKind::DeviceDoubted { device: name() });
        }
        if device.state == DeviceState::PairAgain {
            held.holds(format!("device/pair/{id}"), NoticeKind::PairAgain { device: name() });
        }
    }
}

/// Told once for each user of a device, however many of their readings come.
fn whose(held: &mut Held, all: &[UnclaimedView]) {
    for waits in all {
        let user = waits.user.map_or_else(|| "unknown".to_owned(), |user| user.to_string());
        let kind = NoticeKind::Whose { device: waits.name.clone() };
        held.holds(format!("device/whose/{}/{user}", waits.device), kind);
    }
}

/// Said also of what was done on this computer: whoever did it, the person learns of it.
fn laptop(held: &mut Held, others: &[LaptopView], removed: Option<UnixMillis>) {
    for other in others {
        let (number, name) = (other.number, || other.name.clone());
        if let Some(added) = other.added {
            held.holds(format!("laptop/added/{number}/{added}"), NoticeKind::LaptopAdded { name: name() });
        }
        if let Some(at) = other.removed {
            held.holds(format!("laptop/removed/{number}/{at}"), NoticeKind::LaptopRemoved { name: name() });
        }
    }
    if removed.is_some() {
        held.holds("laptop/here".to_owned(), NoticeKind::RemovedHere);
    }
}

fn families(held: &mut Held, view: &FamilyView) {
    for found in view.recovery.iter().flat_map(|recovery| &recovery.found) {
        let kind = NoticeKind::CircleCame { handed_over: found.handed_over };
        held.holds(format!("family/came/{}", found.circle), kind);
    }
    if view.parts.as_ref().is_some_and(|parts| parts.enough) {
        held.holds("family/parts".to_owned(), NoticeKind::PartsCame);
    }
    if let Some(own) = &view.own {
        // Handed over from here, it is no surprise.
        if !own.speaks && own.handing.is_none() {
            held.holds(format!("family/speaks/{}", own.circle), NoticeKind::SpeaksNoMore);
        }
        reviews(held, own);
        // What the person asked for on this computer is no surprise.
        if let Some(waiting) = own.waiting.as_ref().filter(|waiting| waiting.by.is_some()) {
            change(held, waiting, None);
        }
        own.given.iter().for_each(|given| helped(held, given, None));
    }
    if let Some(watched) = &view.watched {
        if !watched.speaks && watched.handed_over.is_none() {
            held.holds(format!("family/speaks/{}", watched.circle), NoticeKind::SpeaksNoMore);
        }
        // Also what was asked for with the person's own key: on the first laptop, which somebody else may have.
        if let Some(waiting) = &watched.waiting {
            change(held, waiting, None);
        }
    }
    for person in &view.helped {
        let whose = Some(person.person.as_str());
        if let Some(waiting) = &person.waiting {
            change(held, waiting, whose);
        }
        person.given.iter().for_each(|given| helped(held, given, whose));
        emergencies(held, person);
    }
}

fn reviews(held: &mut Held, own: &CircleView) {
    for helper in own.helpers.iter().filter(|helper| helper.state == PowerState::AwaitsReview) {
        let since = helper.limits.review.unwrap_or_default();
        let kind = NoticeKind::ReviewAsked { name: helper.name.clone() };
        held.holds(format!("family/review/{}/{}/{since}", own.circle, helper.seat), kind);
    }
}

/// What this person has not marked as seen yet; the newest come first.
fn emergencies(held: &mut Held, helped: &HelpedView) {
    let unseen = usize::try_from(helped.unseen).unwrap_or(usize::MAX);
    for one in helped.emergencies.iter().take(unseen) {
        let (person, opened) = (helped.person.clone(), one.act == EmergencyAct::Opened);
        let kind = NoticeKind::EmergencyFor { person, at: one.at, opened };
        held.holds(format!("family/emergency/{}", one.id), kind);
    }
}

fn change(held: &mut Held, waiting: &WaitingView, whose: Option<&str>) {
    let person = whose.map(str::to_owned);
    held.holds(
        format!("family/change/{}", waiting.change),
        NoticeKind::FamilyChange { person: person.clone(), change: waiting.what },
    );
    decide(held, waiting.change, waiting.may_agree, person);
}

fn helped(held: &mut Held, given: &GivenView, whose: Option<&str>) {
    let (id, person, name) = (given.id, whose.map(str::to_owned), given.clinician.name.clone());
    let by = given.by.clone();
    held.holds(
        format!("family/given/{id}"),
        NoticeKind::HelperGave { person: person.clone(), by, name: name.clone() },
    );
    if !given.opened.is_empty() {
        let key = format!("family/opening/{id}/{}", given.opened.len());
        held.holds(key, NoticeKind::HelperOpened { person: person.clone(), name });
    }
    let waits = matches!(given.state, GivenState::AwaitsOthers | GivenState::AwaitsTime | GivenState::Rests);
    // What the person chose to leave at rest waits for nothing more.
    decide(held, id, waits && given.may_agree && !given.left, person);
}

fn decide(held: &mut Held, what: impl Display, may: bool, person: Option<String>) {
    if may {
        held.holds(format!("family/decide/{what}"), NoticeKind::Decide { person });
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{FamilyChange, ProofView, ProvenanceView, ReadingView, WatchedView};
    use salus_wire::{Category, ChangeId, CircleId, DeviceId, Quality};

    use super::*;

    const DAY: i64 = 86_400_000;

    fn of(state: PermissionState, new: bool, ends: UnixMillis) -> SharedView {
        SharedView {
            id: GrantId([3; 32]),
            patient: "Maria".into(),
            note: String::new(),
            asks: None,
            categories: vec![Category::HeartRate],
            data_from: 0,
            data_to: ends,
            starts: 0,
            ends,
            condition: None,
            state,
            new,
            on_duty: false,
            by_helper: false,
        }
    }

    fn kinds(view: &SharedView, now: UnixMillis) -> Vec<NoticeKind> {
        let mut held = Held::default();
        shared(&mut held, view, now);
        held.facts.into_iter().map(|fact| fact.kind).collect()
    }

    #[test]
    fn a_clinician_is_told_of_what_is_new_ends_soon_and_has_ended() {
        let patient = || "Maria".to_owned();
        let active = PermissionState::Active;
        assert_eq!(kinds(&of(active, true, 9 * DAY), DAY), [NoticeKind::Shared { patient: patient() }]);
        assert!(kinds(&of(active, false, 9 * DAY), DAY).is_empty());
        let soon = NoticeKind::SharedEndsSoon { patient: patient(), ends: 9 * DAY };
        assert_eq!(kinds(&of(active, false, 9 * DAY), 7 * DAY + 1), [soon]);
        assert!(kinds(&of(active, false, DAY), 1).is_empty(), "it was short from the start");
        for (state, stopped) in [(PermissionState::Stopped, true), (PermissionState::Ended, false)] {
            let ended = NoticeKind::SharedEnded { patient: patient(), stopped };
            assert_eq!(kinds(&of(state, false, 9 * DAY), 8 * DAY), [ended]);
        }
    }

    #[test]
    fn a_note_is_told_until_it_is_read() {
        let note = |number, read| ReplyView {
            permission: GrantId([3; 32]),
            number,
            name: "Dr Ana".into(),
            organisation: String::new(),
            attested_by: String::new(),
            unconfirmed: None,
            proven_at_height: "1".into(),
            text: "All is well.".into(),
            written: 1,
            came: 1,
            takes_back: None,
            taken_back: false,
            after: None,
            read,
        };
        let mut held = Held::default();
        notes_back(&mut held, &[note(2, false), note(1, true)]);
        let kinds: Vec<_> = held.facts.into_iter().map(|fact| fact.kind).collect();
        assert_eq!(kinds, [NoticeKind::Wrote { name: "Dr Ana".into() }]);
    }

    #[test]
    fn readings_that_wait_for_their_person_are_told_once_for_each_user() {
        let waits = |user, waiting| UnclaimedView {
            device: DeviceId([1; 16]),
            name: "Cuff".into(),
            user,
            categories: vec![Category::BloodPressure],
            waiting,
            first: 1,
            newest: ReadingView {
                at: 1,
                values: vec![],
                quality: Quality(0),
                device: "Cuff".into(),
                note: None,
                provenance: ProvenanceView::Typed { entered: 1 },
            },
        };
        let keys = |all: &[UnclaimedView]| {
            let mut held = Held::default();
            whose(&mut held, all);
            held.facts.into_iter().map(|fact| (fact.key, fact.kind)).collect::<Vec<_>>()
        };
        let both = keys(&[waits(Some(1), 2), waits(None, 1)]);
        assert_eq!(both.len(), 2);
        assert_ne!(both[0].0, both[1].0);
        assert!(both.iter().all(|(_, kind)| *kind == NoticeKind::Whose { device: "Cuff".into() }));
        assert_eq!(keys(&[waits(Some(1), 9)])[0], both[0], "one more reading is nothing new");
        assert!(keys(&[]).is_empty());
    }

    #[test]
    fn laptops_that_come_and_go_are_told() {
        let of = |name: &str, removed| LaptopView {
            number: 1,
            name: name.into(),
            this: false,
            added: Some(DAY),
            seen: None,
            removed,
            shut_out: false,
            gave: Vec::new(),
        };
        let kinds = |others: &[LaptopView], removed| {
            let mut held = Held::default();
            laptop(&mut held, others, removed);
            held.facts.into_iter().map(|fact| fact.kind).collect::<Vec<_>>()
        };
        let (added, name) = (|name: String| NoticeKind::LaptopAdded { name }, || "Kitchen".to_owned());
        assert_eq!(kinds(&[of("Kitchen", None)], None), [added(name())]);
        let gone = NoticeKind::LaptopRemoved { name: name() };
        assert_eq!(kinds(&[of("Kitchen", Some(2 * DAY))], None), [added(name()), gone]);
        let first = LaptopView { added: None, ..of("", None) };
        assert!(kinds(std::slice::from_ref(&first), None).is_empty());
        assert_eq!(kinds(&[first], Some(DAY)), [NoticeKind::RemovedHere]);
    }

    #[test]
    fn an_added_laptop_tells_of_every_change_that_waits_in_the_circle() {
        let waiting = |what, by: Option<&str>| WaitingView {
            change: ChangeId([5; 32]),
            what,
            about: None,
            by: by.map(str::to_owned),
            effective: Some(9 * DAY),
            agreed: 1,
            needs: 1,
            may_agree: false,
        };
        let kinds = |waiting: Option<WaitingView>, speaks| {
            let proof = ProofView { height: "7".into(), block: String::new(), time: DAY, signed_by: vec![] };
            let circle = CircleId([4; 32]);
            let (handed_over, retired) = (None, None);
            let watched =
                WatchedView { circle, waiting, may_object: true, speaks, handed_over, retired, proof };
            let mut held = Held::default();
            families(&mut held, &FamilyView { watched: Some(watched), ..FamilyView::default() });
            held.facts.into_iter().map(|fact| fact.kind).collect::<Vec<_>>()
        };
        assert!(kinds(None, true).is_empty());
        let told = |change| NoticeKind::FamilyChange { person: None, change };
        let recovery = told(FamilyChange::NewKey);
        assert!(recovery.is_urgent());
        assert_eq!(
            kinds(Some(waiting(FamilyChange::NewKey, Some("Nour"))), true),
            std::slice::from_ref(&recovery)
        );
        // Asked for with the person's own key: on the first laptop, and perhaps not by the person.
        assert_eq!(kinds(Some(waiting(FamilyChange::NewKey, None)), true), [recovery]);
        assert_eq!(kinds(Some(waiting(FamilyChange::Added, None)), true), [told(FamilyChange::Added)]);
        assert_eq!(kinds(None, false), [NoticeKind::SpeaksNoMore]);
    }

    #[test]
    fn what_cannot_be_read_is_taken_to_be_as_it_was() {
        let mut held = Held::default();
        let failed: Result<(), Failure> = Err(salus_wire::ErrorCode::Damaged.into());
        held.part("family/", failed, |held, ()| held.holds("family/1".into(), NoticeKind::Damaged));
        assert!(held.facts.is_empty());
        assert_eq!(held.unknown, ["family/"]);
    }
}
