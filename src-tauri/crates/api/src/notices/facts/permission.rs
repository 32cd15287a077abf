//! What holds of permissions: those that the patient gave, and those that a clinician was given.

use std::collections::BTreeSet;

use salus_sharing::issue::Progress;
use salus_wire::view::{NoticeKind, PermissionState, SharedView};
use salus_wire::{GrantId, UnixMillis};

use super::emergency;
use crate::notices::book::Held;
use crate::share::kept::Kept;

/// A permission ends soon within so long. 2 days.
const SOON_MS: i64 = 2 * 86_400_000;

pub(super) fn permissions(held: &mut Held, all: &[Kept], now: UnixMillis) {
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
pub(super) fn ends_soon(starts: UnixMillis, ends: UnixMillis, now: UnixMillis) -> bool {
    ends.saturating_sub(starts) > SOON_MS && (now..now.saturating_add(SOON_MS)).contains(&ends)
}

pub(super) fn shared(held: &mut Held, s: &SharedView, now: UnixMillis) {
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

#[cfg(test)]
mod tests {
    use salus_wire::Category;

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
}
