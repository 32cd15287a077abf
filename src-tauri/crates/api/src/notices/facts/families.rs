//! What holds of the person's own circle and of those whom they help.

use core::fmt::Display;

use salus_wire::UnixMillis;
use salus_wire::view::{
    CircleView, EmergencyAct, FamilyView, GivenState, GivenView, HelpedView, NoticeKind, PowerState,
    WaitingView,
};

use super::permission::ends_soon;
use crate::notices::book::Held;

pub(super) fn families(held: &mut Held, view: &FamilyView, now: UnixMillis) {
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
        ending(held, &own.given, None, now);
    }
    if let Some(watched) = &view.watched {
        if !watched.speaks && watched.handed_over.is_none() {
            held.holds(format!("family/speaks/{}", watched.circle), NoticeKind::SpeaksNoMore);
        }
        // Also what was asked for with the person's own key: on the first laptop, which somebody else may have.
        if let Some(waiting) = &watched.waiting {
            change(held, waiting, None);
        }
        watched.given.iter().for_each(|given| helped(held, given, None));
        ending(held, &watched.given, None, now);
    }
    for person in &view.helped {
        let whose = Some(person.person.as_str());
        if let Some(waiting) = &person.waiting {
            change(held, waiting, whose);
        }
        person.given.iter().for_each(|given| helped(held, given, whose));
        ending(held, &person.given, whose, now);
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

/// What ends soon, unless it was given again: whoever may share for the person can give another one, and the others can ask for it.
fn ending(held: &mut Held, all: &[GivenView], whose: Option<&str>, now: UnixMillis) {
    let soon = all.iter().filter(|given| {
        given.state == GivenState::Active
            && ends_soon(given.starts, given.ends, now)
            && !all.iter().any(|other| given.goes_on_in(other))
    });
    for given in soon {
        let (person, name) = (whose.map(str::to_owned), given.clinician.name.clone());
        let kind = NoticeKind::HelperEndsSoon { person, name, ends: given.ends };
        held.holds(format!("family/soon/{}", given.id), kind);
    }
}

fn decide(held: &mut Held, what: impl Display, may: bool, person: Option<String>) {
    if may {
        held.holds(format!("family/decide/{what}"), NoticeKind::Decide { person });
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{ClinicianView, FamilyChange, ProofView, WatchedView};
    use salus_wire::{Category, ChangeId, CircleId, GrantId};

    use super::*;

    const DAY: i64 = 86_400_000;

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
            let (given, may_object) = (Vec::new(), true);
            watched(WatchedView { circle, waiting, given, may_object, speaks, handed_over, retired, proof })
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

    /// What is told of a circle that a laptop watches.
    fn watched(view: WatchedView) -> Vec<NoticeKind> {
        let mut held = Held::default();
        families(&mut held, &FamilyView { watched: Some(view), ..FamilyView::default() }, DAY);
        held.facts.into_iter().map(|fact| fact.kind).collect()
    }

    #[test]
    fn an_added_laptop_tells_of_what_helpers_permit_and_of_each_time_it_is_opened() {
        let given = |opened: &[i64]| GivenView {
            state: GivenState::AwaitsOthers,
            needs: 1,
            ready: None,
            may_stop: false,
            opened: opened.to_vec(),
            ..permitted(3, 0, 9 * DAY)
        };
        let kinds = |given: GivenView| {
            watched(WatchedView {
                circle: CircleId([4; 32]),
                waiting: None,
                given: vec![given],
                may_object: true,
                speaks: true,
                handed_over: None,
                retired: None,
                proof: ProofView { height: "7".into(), block: String::new(), time: DAY, signed_by: vec![] },
            })
        };
        let gave = NoticeKind::HelperGave { person: None, by: "Leila".into(), name: "Dr Ana".into() };
        assert_eq!(
            kinds(given(&[])),
            std::slice::from_ref(&gave),
            "it waits for another, and not for this laptop"
        );
        let opened = NoticeKind::HelperOpened { person: None, name: "Dr Ana".into() };
        assert_eq!(kinds(given(&[DAY])), [gave, opened]);
    }

    fn permitted(n: u8, starts: UnixMillis, ends: UnixMillis) -> GivenView {
        GivenView {
            id: GrantId([n; 32]),
            clinician: ClinicianView {
                name: "Dr Ana".into(),
                organisation: "-".into(),
                attested_by: "Heart Clinic".into(),
                proven_at_height: "7".into(),
                asks: None,
                on_duty: false,
            },
            categories: vec![Category::HeartRate],
            data_from: 0,
            data_to: ends,
            starts,
            ends,
            condition: None,
            by: "Leila".into(),
            state: GivenState::Active,
            agreed: 0,
            needs: 0,
            ready: Some(starts),
            may_agree: false,
            may_stop: true,
            may_object: false,
            objector: None,
            opened: vec![],
            left: false,
        }
    }

    #[test]
    fn what_a_helper_gave_and_ends_soon_is_told_once_for_the_person_it_is_about() {
        let soon = |all: &[GivenView], now| {
            let mut held = Held::default();
            ending(&mut held, all, Some("Maria"), now);
            held.facts
        };
        let one = permitted(1, 0, 9 * DAY);
        assert!(soon(std::slice::from_ref(&one), 6 * DAY).is_empty(), "it lasts for a while");
        let told = soon(std::slice::from_ref(&one), 7 * DAY + 1);
        let (person, name) = (Some("Maria".to_owned()), "Dr Ana".to_owned());
        let kind = NoticeKind::HelperEndsSoon { person, name, ends: 9 * DAY };
        assert!(!kind.is_urgent(), "it waits for the morning");
        assert_eq!(told.iter().map(|fact| &fact.kind).collect::<Vec<_>>(), [&kind]);
        assert_eq!(
            soon(std::slice::from_ref(&one), 8 * DAY)[0].key,
            told[0].key,
            "nothing new the day after"
        );
        assert!(soon(&[permitted(1, 0, DAY)], 1).is_empty(), "it was short from the start");
        let stopped = GivenView { state: GivenState::Stopped, ..one.clone() };
        assert!(soon(&[stopped], 8 * DAY).is_empty());
        let again = permitted(2, 8 * DAY, 30 * DAY);
        assert!(soon(&[one.clone(), again.clone()], 8 * DAY).is_empty(), "it was given again");
        let objected = GivenView { state: GivenState::Objected, ..again };
        assert_eq!(soon(&[one, objected], 8 * DAY).len(), 1);
    }
}
